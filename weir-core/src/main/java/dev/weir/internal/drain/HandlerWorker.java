package dev.weir.internal.drain;

import dev.weir.format.FormatException;
import dev.weir.handler.Handler;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.emit.EpochClock;
import dev.weir.internal.emit.Scratches;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.Hand;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Outcome;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Drains the journal into one handler: take, emit, flush, commit, repeat. One platform daemon thread, the only one that
 * calls the handler until the handler has closed.
 *
 * <p>What the handler throws never ends the thread. A failure of the sink is retried with the same records after a
 * growing delay, while the records wait in the journal. A record that the handler fails on by itself three times in a row
 * is offered alone, and dropped if that fails too, so that it never blocks the others.
 */
public final class HandlerWorker implements Runnable {
    private static final long LEAST_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int TRIES_AMONG_OTHERS = 3;
    private static final int NO_SUSPECT = -1;

    private final Handler handler;
    private final Cursor cursor;
    private final Journal journal;
    private final Diagnostics diagnostics;
    private final EpochClock clock;
    private final LogRecord record;
    private volatile List<HandlerWorker> predecessors;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private final Outcome outcome = new Outcome();
    private boolean opened;
    private int suspect = NO_SUSPECT;
    private int suspectFailures;
    private long restNanos = LEAST_REST_NANOS;
    private long delayNanos = FIRST_DELAY_NANOS;

    private volatile long failures;
    private volatile long restarts;
    private volatile long bytes;

    /**
     * A worker that is not started yet.
     *
     * @param predecessors earlier workers that write to the same resource: it opens after them
     */
    public HandlerWorker(
            Handler handler,
            Cursor cursor,
            Journal journal,
            LoggerNames names,
            EpochClock clock,
            Diagnostics diagnostics,
            List<HandlerWorker> predecessors) {
        this.handler = handler;
        this.cursor = cursor;
        this.journal = journal;
        this.clock = clock;
        this.diagnostics = diagnostics;
        this.record = new LogRecord(names);
        this.predecessors = List.copyOf(predecessors);
        this.thread = new Thread(this, "weir-" + cursor.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    public void start() {
        thread.start();
    }

    public Handler handler() {
        return handler;
    }

    public Cursor cursor() {
        return cursor;
    }

    /** Whether the handler holds its resource no more, or has been given up. */
    public boolean isGone() {
        return closed.getCount() == 0 || cursor.isAbandoned();
    }

    /** Whether the handler has been closed. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Whether it opens only after another one. */
    boolean follows(HandlerWorker other) {
        return predecessors.contains(other);
    }

    /** Failed calls. */
    public long failures() {
        return failures;
    }

    /** How often the worker itself failed and began again. */
    public long restarts() {
        return restarts;
    }

    /** Bytes that the handler committed. */
    public long bytes() {
        return bytes;
    }

    /** The time from call to commit that a share of the records did not exceed, in microseconds. */
    public long latencyMicros(double share) {
        return latency.micros(share);
    }

    @Override
    public void run() {
        Scratches.muteThread();
        boolean done = false;
        while (!done) {
            try {
                drain();
                done = true;
            } catch (Throwable thrown) {
                restarted(thrown);
            }
        }
        close();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void restarted(Throwable thrown) {
        try {
            restarts++;
            outcome.clear();
            diagnostics.report(
                    "worker " + cursor.name(),
                    "the worker of handler " + cursor.name() + " began again after " + thrown);
            pause(FIRST_DELAY_NANOS);
        } catch (Throwable again) {
            Thread.onSpinWait(); // not even that is possible now; the loop goes on
        }
    }

    /** Until the cursor has ended and nothing is left, or the handler is abandoned. */
    private void drain() {
        Hand hand = cursor.hand();
        while (true) {
            if (hand.isEmpty()) {
                long seen = journal.claimedEnd();
                if (cursor.take() == 0) {
                    if (cursor.isDrained() || cursor.isAbandoned()) {
                        return;
                    }
                    rest(seen);
                    continue;
                }
                restNanos = LEAST_REST_NANOS;
            }
            if (cursor.isAbandoned()) {
                return;
            }
            if (ensureOpen()) {
                deliver(hand);
            }
        }
    }

    private void rest(long seen) {
        if (cursor.hasNext(seen)) {
            return;
        }
        if (journal.hasOrphans()) {
            journal.steward().wake();
        }
        long bound = cursor.seesHole(seen) ? LEAST_REST_NANOS / 10 : restNanos;
        cursor.worker().sleep(bound, () -> journal.claimedEnd() == seen && !cursor.hasBacklog() && !journal.isSealed());
        restNanos = Math.min(2 * restNanos, LONGEST_REST_NANOS);
        Thread.interrupted(); // nobody has to interrupt it, and a park would not wait any more
    }

    private boolean ensureOpen() {
        if (opened) {
            return true;
        }
        for (HandlerWorker predecessor : predecessors) {
            if (!predecessor.isGone()) {
                pause(LEAST_REST_NANOS);
                return false;
            }
        }
        try {
            handler.open();
            opened = true;
            predecessors = List.of(); // else every worker would keep all before it alive
            return true;
        } catch (Throwable thrown) {
            failed("open", thrown);
            return false;
        }
    }

    // deliver

    private void deliver(Hand hand) {
        byte[] held = hand.bytes();
        int from = hand.committed();
        int end = end(hand, from);
        int at = from;
        boolean emitting = true;
        try {
            while (at < end) {
                record.moveTo(held, at);
                emit();
                at += record.length();
                if (cursor.isAbandoned()) {
                    outcome.clear();
                    return;
                }
            }
            emitting = false;
            handler.flush();
        } catch (Throwable thrown) {
            outcome.clear();
            failed(hand, at, emitting && !(thrown instanceof IOException), thrown);
            return;
        }
        commit(held, from, end);
    }

    /** All that is in hand; but a suspect is offered after the others before it, and alone. */
    private int end(Hand hand, int from) {
        if (suspectFailures < TRIES_AMONG_OTHERS) {
            return hand.size();
        }
        if (from < suspect) {
            return suspect;
        }
        record.moveTo(hand.bytes(), suspect);
        return suspect + record.length();
    }

    private void emit() throws IOException {
        int level = record.level().ordinal();
        try {
            if (handler.emit(record)) {
                outcome.written(level);
            } else {
                outcome.rejected(level);
                diagnostics.report(
                        "rejected " + cursor.name(),
                        "handler " + cursor.name() + " rejected a record, which is dropped");
            }
        } catch (FormatException thrown) {
            outcome.formatError(level);
            diagnostics.report(
                    "format " + cursor.name(),
                    "the formatter of handler " + cursor.name() + " failed, the record is dropped: "
                            + thrown.getCause());
        }
    }

    private void commit(byte[] held, int from, int end) {
        bytes = handler.bytesWritten();
        delayNanos = FIRST_DELAY_NANOS;
        long now = clock.nanos();
        for (int at = from; at < end; at += record.length()) {
            record.moveTo(held, at);
            latency.record(now - record.timeNanos());
        }
        if (end > suspect) {
            suspectFailures = 0;
            suspect = NO_SUSPECT;
        }
        cursor.commit(end, outcome);
    }

    private void failed(Hand hand, int at, boolean byRecord, Throwable thrown) {
        if (cursor.isAbandoned()) {
            return;
        }
        rollback();
        if (byRecord) {
            suspectFailures = at == suspect ? suspectFailures + 1 : 1;
            suspect = at;
            if (suspectFailures > TRIES_AMONG_OTHERS) {
                reject(hand, at, thrown);
                return;
            }
        }
        failed("write", thrown);
    }

    /** Drops the record on which the handler failed even alone. */
    private void reject(Hand hand, int at, Throwable thrown) {
        countFailure();
        record.moveTo(hand.bytes(), at);
        outcome.rejected(record.level().ordinal());
        diagnostics.report(
                "poison " + cursor.name(),
                "handler " + cursor.name() + " failed " + (TRIES_AMONG_OTHERS + 1)
                        + " times on one record, which is dropped: " + thrown);
        suspectFailures = 0;
        suspect = NO_SUSPECT;
        cursor.commit(at + record.length(), outcome);
    }

    private void rollback() {
        try {
            handler.rollback();
        } catch (Throwable thrown) {
            diagnostics.report(
                    "rollback " + cursor.name(), "handler " + cursor.name() + " could not roll back: " + thrown);
            opened = false;
        }
    }

    private void failed(String action, Throwable thrown) {
        countFailure();
        diagnostics.report(
                action + ' ' + cursor.name(),
                "handler " + cursor.name() + " failed to " + action + ", its records wait: " + thrown);
        double jitter = 0.8 + ThreadLocalRandom.current().nextDouble() * 0.4;
        pause((long) (delayNanos * jitter));
        delayNanos = Math.min(delayNanos + delayNanos / 2, LONGEST_DELAY_NANOS);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void countFailure() {
        failures++;
    }

    /** Waits, but not for longer than the handler has time. */
    private void pause(long nanos) {
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && !cursor.isAbandoned()) {
            LockSupport.parkNanos(this, Math.min(left, LOOK_NANOS));
            Thread.interrupted(); // a park would not wait any more
            left = deadline - System.nanoTime();
        }
    }

    // the end

    private void close() {
        try {
            if (opened) {
                handler.close(cursor.isAbandoned());
            }
            bytes = handler.bytesWritten();
        } catch (Throwable thrown) {
            diagnostics.report("close " + cursor.name(), "handler " + cursor.name() + " failed to close: " + thrown);
        } finally {
            predecessors = List.of();
            closed.countDown();
            journal.wakeAll();
        }
    }

    /** Waits until the handler has been closed. */
    public boolean awaitClosed(long timeoutNanos) throws InterruptedException {
        return closed.await(timeoutNanos, TimeUnit.NANOSECONDS);
    }
}
