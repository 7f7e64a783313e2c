package dev.weir.internal.drain;

import dev.weir.BreakerPolicy;
import dev.weir.BreakerState;
import dev.weir.Level;
import dev.weir.QueueWait;
import dev.weir.filter.Filter;
import dev.weir.format.FormatException;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.diagnostics.FlightEvents;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.emit.Scratches;
import dev.weir.internal.emit.ThrownText;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.Hand;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Outcome;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.thread.OwnThread;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drains the journal into one handler: take, emit, flush, commit, repeat. One platform daemon thread, the only one that
 * calls the handler until the handler has closed.
 *
 * <p>What the handler throws never ends the thread. After a failure of the sink the same records are offered again when the
 * {@link CircuitBreaker} allows it, and wait meanwhile. A record that the handler fails on by itself three times in a row
 * is offered alone, and dropped if that fails too, so that it never blocks the others.
 *
 * <p>What is in the worker's hand is committed up to one index and emitted up to another, from which a handler that
 * collects batches goes on with what is taken next:
 *
 * <pre>
 *  | committed |  emitted, to be flushed  |  to be emitted  |  room  |
 * </pre>
 */
public final class HandlerWorker implements Runnable {
    private static final long LEAST_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** After such a silence it sleeps until the next record, or so long. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long RESTART_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TRIES_AMONG_OTHERS = 3;
    private static final int NO_SUSPECT = -1;
    private static final int NOT_FLUSHED = -1;
    private static final String LOSS_LOGGER = "weir.loss";

    private final Handler handler;
    private final Cursor cursor;
    private final Journal journal;
    private final Diagnostics diagnostics;
    private final QueueHandler queue;
    private final LogRecord record;
    private final LogRecord own;
    private final Announcements announcements;
    private final Sieve sieve;
    private volatile List<HandlerWorker> predecessors;
    private final Set<String> held;
    private final @Nullable HandlerWorker fallback;
    /** The handler, if it is one that passes records on; and then there is a fallback. */
    private final @Nullable MemoryHandler memory;

    private final List<HandlerWorker> givers = new CopyOnWriteArrayList<>();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private final Outcome outcome = new Outcome();
    private final Release release = new Release();
    private final CircuitBreaker breaker;
    private final CallWatch watch;
    private final long flushDelayNanos;

    /** The handler's close is under way, and nothing will follow that an interrupt could disturb. */
    private volatile boolean closing;

    private volatile int flushOn;
    private volatile boolean flushOnTraceEnd;
    private volatile boolean reopen;
    private volatile int levels;
    private boolean opened;
    private boolean everOpened;
    private int emitted;
    /** What is in hand below has been flushed, whether or not that is counted yet. */
    private int flushedTo = NOT_FLUSHED;
    /** Whether the handler has got anything since the last commit. */
    private boolean offered;
    /** What is in hand below is held by a memory handler, committed or not. */
    private int heldTo;

    private boolean announcing;
    /** The last one that the handler was given. */
    private byte @Nullable [] announcement;

    private long emittedSinceNanos;
    private int suspect = NO_SUSPECT;
    private int suspectFailures;
    private long restNanos = LEAST_REST_NANOS;
    private long silentAt = -1;
    private long silentSinceNanos;
    private long startedNanos;

    // the steward's
    private long toldDropped;
    private long toldNanos = System.nanoTime() - TELL_NANOS;
    private long toldStuckNanos = System.nanoTime() - TELL_NANOS;

    private volatile long failures;
    private volatile long restarts;
    private volatile long bytes;

    /**
     * How a worker treats its handler; may change while it runs.
     *
     * @param flushOn ordinal of the least severe level whose records do not wait for others, {@link
     *     dev.weir.Level#COUNT} for none
     * @param flushOnTraceEnd whether those logged before the end of a trace do not either
     * @param levels the handler takes
     * @param filters in the order in which they are asked
     * @param flushDelayNanos how long an emitted record may wait for others; of the handler, so it does not change
     */
    public record Settings(
            BreakerPolicy breaker,
            int flushOn,
            boolean flushOnTraceEnd,
            int levels,
            List<Filter> filters,
            long flushDelayNanos) {
        /** These with other filters. */
        public Settings withFilters(List<Filter> others) {
            return new Settings(breaker, flushOn, flushOnTraceEnd, levels, others, flushDelayNanos);
        }
    }

    /** What is being done with the handler, for what its failure means. */
    private enum Step {
        ANNOUNCEMENT,
        SAYING,
        RECORD,
        FLUSH
    }

    /**
     * A worker that is not started yet.
     *
     * @param loggers gives the logger of a name
     * @param predecessors earlier workers that write to the same resource: it opens after them
     * @param held resources that handlers of the pipeline have opened; shared by all its workers
     * @param fallback whose handler takes the records while the breaker is open, or the target of a memory handler; it ends
     *     after this one
     */
    public HandlerWorker(
            Handler handler,
            Cursor cursor,
            Journal journal,
            LoggerNames names,
            QueueHandler queue,
            Function<String, LoggerNode> loggers,
            Diagnostics diagnostics,
            List<HandlerWorker> predecessors,
            Set<String> held,
            @Nullable HandlerWorker fallback,
            Settings settings) {
        this.handler = handler;
        this.cursor = cursor;
        this.journal = journal;
        this.queue = queue;
        this.diagnostics = diagnostics;
        this.record = new LogRecord(names);
        this.own = new LogRecord(names);
        this.announcements = new Announcements(new LossNotice(cursor, queue, loggers.apply(LOSS_LOGGER)));
        this.sieve = new Sieve(cursor.name(), queue, loggers, diagnostics, settings.filters());
        this.predecessors = List.copyOf(predecessors);
        this.held = held;
        this.fallback = fallback;
        this.memory = handler instanceof MemoryHandler holding ? holding : null;
        this.breaker = new CircuitBreaker(
                settings.breaker(),
                () -> ThreadLocalRandom.current().nextDouble(),
                state -> FlightEvents.breakerEntered(cursor.name(), state.name()),
                System.nanoTime());
        this.watch = new CallWatch(settings.breaker().slow());
        this.flushDelayNanos = settings.flushDelayNanos();
        this.flushOn = settings.flushOn();
        this.flushOnTraceEnd = settings.flushOnTraceEnd();
        this.levels = settings.levels();
        this.thread = OwnThread.of(this, "weir-" + cursor.name());
    }

    /**
     * Begins to work.
     *
     * @throws OutOfMemoryError if there can be no more threads
     */
    public void start() {
        thread.start();
        if (fallback != null) {
            fallback.givers.removeIf(HandlerWorker::isGone); // as long as it goes on, nobody else does
            fallback.givers.add(this);
        }
    }

    /** Goes on with other settings. Any thread. */
    public void adopt(Settings settings) {
        breaker.policy(settings.breaker());
        watch.limit(settings.breaker().slow());
        flushOn = settings.flushOn();
        flushOnTraceEnd = settings.flushOnTraceEnd();
        levels = settings.levels();
        sieve.adopt(settings.filters());
    }

    /** What the handler's filters make of a record that is written late, null if they reject it: the worker has ended. */
    public @Nullable LogRecord siftedLate(LogRecord late) {
        return sieve.siftedLate(late);
    }

    /**
     * Lets the handler write a record of Weir's own, when its breaker is closed and before its next record, unless it is
     * offered another one before that. Any thread.
     *
     * @param record the bytes, which nobody changes any more
     */
    public void offer(byte[] record) {
        announcements.offer(record);
        cursor.worker().wake();
    }

    /** Lets the handler open what it writes to anew, before its next batch. Any thread. */
    public void reopen() {
        reopen = true;
        cursor.worker().wake();
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

    /** The breaker's state and history. */
    public CircuitBreaker.Snapshot breaker() {
        return breaker.snapshot();
    }

    /** Tells of losses, and of a call that takes too long. Steward. */
    void lookAfter(long nowNanos) {
        long dropped = cursor.droppedTotal();
        if (dropped != toldDropped && nowNanos - toldNanos >= TELL_NANOS) {
            toldDropped = dropped;
            toldNanos = nowNanos;
            FlightEvents.recordsDropped(cursor.name(), dropped);
            diagnostics.report("loss " + cursor.name(), "handler " + cursor.name() + " has lost records: " + dropped);
        }
        long nanos = watch.look(nowNanos);
        if (nanos > 0 && nowNanos - toldStuckNanos >= TELL_NANOS) {
            toldStuckNanos = nowNanos;
            diagnostics.report(
                    "stuck " + cursor.name(),
                    "handler " + cursor.name() + " has been in one call for " + TimeUnit.NANOSECONDS.toMillis(nanos)
                            + " ms; its oldest record is " + TimeUnit.NANOSECONDS.toMillis(oldestNanos()) + " ms old");
        }
    }

    /** Tells what has been lost in all, at the end. */
    public void tellLosses() {
        long dropped = cursor.droppedTotal();
        if (dropped > 0) {
            diagnostics.report(
                    "lost " + cursor.name(),
                    "handler " + cursor.name() + " has lost " + dropped + " records in all: " + lost(cursor.dropped()));
        }
    }

    private static String lost(long[][] dropped) {
        StringJoiner lost = new StringJoiner(", ");
        for (DropReason reason : DropReason.values()) {
            for (Level level : Level.values()) {
                long count = dropped[reason.ordinal()][level.ordinal()];
                if (count > 0) {
                    lost.add(reason.key() + ' ' + level + ' ' + count);
                }
            }
        }
        return lost.toString();
    }

    private long oldestNanos() {
        long oldest = cursor.oldestInHandNanos();
        return oldest == 0 ? 0 : Math.max(0, queue.now() - oldest);
    }

    /** Whose handler takes the records while the breaker is open; the target of a memory handler. */
    public @Nullable HandlerWorker fallback() {
        return fallback;
    }

    /** Whether no other handler has this one for its fallback any more. */
    boolean isGivenNoMore() {
        givers.removeIf(HandlerWorker::isGone);
        return givers.isEmpty();
    }

    /** Failed calls, and slow ones. */
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
        startedNanos = System.nanoTime();
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
            takeUp(cursor.hand());
            diagnostics.report(
                    "worker " + cursor.name(),
                    "the worker of handler " + cursor.name() + " began again after " + ThrownText.of(thrown));
            pause(RESTART_NANOS);
        } catch (Throwable again) {
            Thread.onSpinWait(); // not even that is possible now; the loop goes on
        }
    }

    /** What the sink has for good is counted; what it has not is offered again. */
    private void takeUp(Hand hand) {
        if (flushedTo >= hand.committed() && flushedTo <= hand.size()) {
            commitFlushed(flushedTo);
        } else {
            outcome.clear();
            if (!cursor.isAbandoned() && offered) {
                rollback();
            }
        }
        announcing = false;
        flushedTo = NOT_FLUSHED;
        emitted = hand.committed();
    }

    /** Until the cursor has ended and nothing is left, or the handler is abandoned. */
    private void drain() {
        Hand hand = cursor.hand();
        while (!cursor.isAbandoned()) {
            keepUp();
            if (emitted >= hand.size() && !takeMore(hand)) {
                if (hand.isEmpty() && isDone()) {
                    letGo();
                    return;
                }
                continue;
            }
            sift(hand);
            long now = System.nanoTime();
            if (memory != null) {
                hold(hand, memory);
            } else if (!breaker.allows(now)) {
                if (fallback != null && (breaker.state() == BreakerState.OPEN || cursor.isHurried())) {
                    passOn(hand, fallback);
                } else {
                    pause(breaker.leftNanos(now));
                }
            } else if (ensureOpen() && !cursor.isAbandoned()) {
                deliver(hand);
            }
        }
    }

    /** Lets the handler do what is due by time, between batches. */
    private void keepUp() {
        if (!opened || offered) {
            return;
        }
        boolean anew = reopen;
        watch.begin();
        try {
            if (anew) {
                reopen = false;
                handler.reopen();
            }
            handler.upkeep();
        } catch (Throwable thrown) {
            diagnostics.report(
                    "upkeep " + cursor.name(), "handler " + cursor.name() + " has a problem: " + ThrownText.of(thrown));
        } finally {
            watch.end();
        }
    }

    /** Lets filters decide; one that hangs is told of as a handler that does. */
    private void sift(Hand hand) {
        if (hand.sifted() < hand.size()) {
            watch.begin();
            try {
                sieve.sift(hand, record);
            } finally {
                watch.end();
            }
        }
    }

    /** Whether nothing is left to write, and nothing more will come. */
    private boolean isDone() {
        return cursor.isEnded() && isGivenNoMore() && cursor.isDrained();
    }

    /** What the handler, or who gets its records, is given of the record at an index; null if a filter rejects it. */
    private @Nullable LogRecord given(Hand hand, int at) {
        return Sieve.isRejected(hand.bytes(), at) ? null : sieve.rewritten(record);
    }

    /** Gives what is in hand to the fallback. */
    private void passOn(Hand hand, HandlerWorker receiver) {
        int at = hand.committed();
        boolean accepted = true;
        try {
            while (accepted && at < hand.sifted() && !cursor.isAbandoned()) {
                record.moveTo(hand.bytes(), at);
                LogRecord given = given(hand, at);
                if (given == null) {
                    outcome.filtered(record.level().ordinal());
                } else if (receiver.cursor.acceptPassedOn(given.bytes(), given.start(), given.length())) {
                    outcome.passedOn(record.level().ordinal());
                } else {
                    accepted = false;
                }
                at += accepted ? record.length() : 0;
            }
        } finally {
            sieve.forgetAll(); // about records that the fallback has not got either, and counted
            commitTo(at);
        }
        if (!accepted) {
            journal.steward().wake(); // which has memory fetched
            pause(LEAST_REST_NANOS);
        }
    }

    /**
     * Takes what is next behind what has been emitted, or rests if there is nothing.
     *
     * @return whether there is something to emit, or to flush
     */
    private boolean takeMore(Hand hand) {
        long seen = journal.claimedEnd();
        long position;
        do {
            position = cursor.position();
            if (cursor.take() > 0) {
                restNanos = LEAST_REST_NANOS;
                return true;
            }
        } while (cursor.position() != position); // on through others' records
        if (hand.isEmpty()) {
            boolean done = isDone();
            if (canSay() && (!announcementsDue().isEmpty() || sieve.listen(hand, done))) {
                return true;
            }
            if (!done) {
                forgetPredecessors();
                rest(seen, isSilent(seen) ? SILENCE_NANOS : restNanos);
            }
            return false;
        }
        long left = emittedSinceNanos + flushDelayNanos - System.nanoTime();
        boolean due = isFlushDue() || isFlushWanted() || cursor.hasBacklog() || cursor.hasNext(seen); // no room for it
        if (!due) {
            rest(seen, Math.min(restNanos, left));
        }
        return due;
    }

    /** Whether the sink would take a record of Weir's own now. */
    private boolean canSay() {
        return memory == null && breaker.leftNanos(System.nanoTime()) == 0;
    }

    /** Whether the time that a batch may wait is over; a handler that does not collect any is not asked the time. */
    private boolean isFlushDue() {
        return flushDelayNanos > 0 && System.nanoTime() - emittedSinceNanos >= flushDelayNanos;
    }

    /** Whether a batch must not wait any more for what may come. */
    private boolean isFlushWanted() {
        return cursor.isEnded()
                || journal.isSealed()
                || journal.isCommitAwaited()
                || (flushOnTraceEnd && !cursor.hasCommittedTraces());
    }

    /** Whether nothing has been logged for a while, for any handler. */
    private boolean isSilent(long seen) {
        long now = System.nanoTime();
        if (seen != silentAt) {
            silentAt = seen;
            silentSinceNanos = now;
        }
        return now - silentSinceNanos >= SILENCE_NANOS && !cursor.isEnded() && !cursor.seesHole(seen);
    }

    private void rest(long seen, long nanos) {
        if (cursor.hasNext(seen)) {
            return;
        }
        if (journal.hasOrphans()) {
            journal.steward().wake();
        }
        boolean hole = cursor.seesHole(seen);
        QueueWait wait = journal.queueWait();
        if (wait == QueueWait.ADAPTIVE && nanos > LONGEST_REST_NANOS) {
            journal.sleepLong(cursor, nanos, seen);
        } else if (wait == QueueWait.ADAPTIVE) {
            cursor.worker().sleep(hole ? LEAST_REST_NANOS / 10 : nanos, () -> cursor.mayRest(seen));
            if (System.nanoTime() - startedNanos > SILENCE_NANOS) { // the first line of a process is not to wait
                restNanos = Math.min(2 * restNanos, LONGEST_REST_NANOS);
            }
        } else {
            BusyWait.until(
                    () -> hole ? cursor.hasNext(seen) : !cursor.mayRest(seen), wait, Math.min(nanos, LEAST_REST_NANOS));
        }
        Thread.interrupted(); // nobody has to interrupt it, and a park would not wait any more
    }

    /**
     * Forgets those that held the resource before, else each would keep all before it alive.
     *
     * @return whether all are gone
     */
    private boolean forgetPredecessors() {
        for (HandlerWorker predecessor : predecessors) {
            if (!predecessor.isGone()) {
                return false;
            }
        }
        predecessors = List.of();
        return true;
    }

    private boolean ensureOpen() {
        if (opened) {
            return true;
        }
        if (!forgetPredecessors()) {
            pause(LEAST_REST_NANOS);
            return false;
        }
        watch.begin();
        try {
            String resource = handler.resource();
            if (!everOpened && resource != null && held.contains(resource)) {
                handler.inherit();
            }
            handler.open();
            opened = true;
            everOpened = true;
            if (resource != null) {
                held.add(resource);
            }
            return true;
        } catch (Throwable thrown) {
            failed("open", thrown);
            return false;
        } finally {
            watch.end();
        }
    }

    // a memory handler

    /**
     * Lets the handler hold what is in hand, and hands over what it lets go for that. A record is committed after what it lets
     * go, so that a flush waits for both.
     */
    private void hold(Hand hand, MemoryHandler holding) {
        int at = hand.committed();
        try {
            while (at < hand.sifted() && !cursor.isAbandoned()) {
                record.moveTo(hand.bytes(), at);
                int level = record.level().ordinal();
                int next = at + record.length();
                LogRecord given = given(hand, at);
                if (given == null) {
                    outcome.filtered(level);
                } else {
                    if (heldTo < next) {
                        holding.emit(given);
                        heldTo = next;
                    }
                    settle(holding, at);
                    outcome.held(level);
                }
                at = next;
            }
        } finally {
            sieve.forgetAll(); // nobody here could write it
            commitTo(at);
            heldTo = hand.isEmpty() ? 0 : heldTo;
        }
    }

    /**
     * Hands over what waits to be, until all is.
     *
     * @param at up to where may be committed meanwhile
     */
    private void settle(MemoryHandler holding, int at) {
        while (!cursor.isAbandoned() && !holding.settle(release)) {
            commitTo(at);
            journal.steward().wake(); // which has memory fetched
            pause(LEAST_REST_NANOS);
        }
    }

    /** Lets a memory handler hold nothing any more, at the end. */
    private void letGo() {
        if (memory != null) {
            int at = cursor.hand().committed();
            try {
                memory.finish();
                settle(memory, at);
            } finally {
                commitTo(at);
            }
        }
    }

    /** Counts what a memory handler lets go. */
    private final class Release implements MemoryHandler.Receiver {
        @Override
        public boolean passOn(byte[] bytes, Level level) {
            if (fallback == null || !fallback.cursor.acceptPassedOn(bytes, 0, bytes.length)) {
                return false;
            }
            outcome.letGo(level.ordinal());
            outcome.passedOn(level.ordinal());
            return true;
        }

        @Override
        public void forget(Level level) {
            outcome.letGo(level.ordinal());
            outcome.filtered(level.ordinal());
        }
    }

    // deliver

    private void deliver(Hand hand) {
        byte[] held = hand.bytes();
        boolean probe = breaker.state() == BreakerState.HALF_OPEN;
        int end = end(hand, emitted, probe);
        boolean flush = flushDelayNanos == 0 || end < hand.size() || end == emitted || probe || isFlushWanted();
        int at = emitted;
        Step step = Step.ANNOUNCEMENT;
        try {
            if (at == hand.committed()) {
                emittedSinceNanos = System.nanoTime();
                announce();
            }
            step = Step.SAYING;
            while (sayBefore(at) && at < end) {
                step = Step.RECORD;
                record.moveTo(held, at);
                boolean full = emit(hand, at);
                at += record.length();
                if (full) {
                    flush = true;
                    end = at;
                }
                step = Step.SAYING;
            }
            if (cursor.isAbandoned()) {
                outcome.clear();
                return;
            }
            emitted = at;
            if (offered) {
                if (!flush) {
                    return;
                }
                step = Step.FLUSH;
                watch.begin();
                handler.flush();
                flushedTo = at;
            }
        } catch (Throwable thrown) {
            outcome.clear();
            boolean mistake = !(thrown instanceof IOException);
            if (mistake && isGivenUp(step)) {
                reportOwn(thrown);
            }
            failed(hand, at, step == Step.RECORD && mistake, thrown);
            return;
        } finally {
            watch.end();
        }
        if (offered) {
            commit(held, hand.committed(), at);
            attempted();
        } else {
            commitTo(at); // the sink has nothing to do with what was rejected
        }
    }

    /** Of which a report waits for a closed breaker: what is left of a sink that fails is not for that. */
    private List<byte[]> announcementsDue() {
        return announcements.due(levels, breaker.state() == BreakerState.CLOSED && cursor.hasBegun());
    }

    /** Says, before the next record, what has been lost since it was said last, and what the newest report says. */
    private void announce() throws IOException {
        announcement = null;
        List<byte[]> due = announcementsDue();
        for (byte[] next : due) {
            announcement = next;
            emitOwn(own.moveTo(next, 0));
            if (cursor.isAbandoned()) {
                return;
            }
        }
        announcing = !due.isEmpty();
    }

    /**
     * Writes what filters say before a record.
     *
     * @return false if the handler was abandoned meanwhile
     */
    private boolean sayBefore(int at) throws IOException {
        byte[] saying = sieve.next(at);
        while (saying != null && !cursor.isAbandoned()) {
            LogRecord said = sieve.rewritten(own.moveTo(saying, 0));
            if (said != null) {
                emitOwn(said);
            }
            sieve.said();
            saying = sieve.next(at);
        }
        return !cursor.isAbandoned();
    }

    private void emitOwn(LogRecord written) throws IOException {
        watch.begin();
        offered = true;
        try {
            if (handler.emit(written)) {
                outcome.synthetic(own.level().ordinal());
            }
        } catch (FormatException thrown) {
            reportFormat(thrown);
        }
    }

    /** A handler that cannot write a record of Weir's own, whatever it tries, does without that one. */
    private boolean isGivenUp(Step failed) {
        byte[] failing = announcement;
        if (failed == Step.ANNOUNCEMENT) {
            return failing != null && announcements.failed(failing, TRIES_AMONG_OTHERS);
        }
        return failed == Step.SAYING && sieve.failed(TRIES_AMONG_OTHERS);
    }

    private void reportOwn(Throwable thrown) {
        diagnostics.report(
                "notice " + cursor.name(),
                "handler " + cursor.name()
                        + " failed again and again to write what it has lost or filtered, or a report: "
                        + ThrownText.of(thrown));
    }

    private void reportFormat(FormatException thrown) {
        diagnostics.report(
                "format " + cursor.name(),
                "the formatter of handler " + cursor.name() + " failed, the record is dropped: "
                        + ThrownText.of(thrown.getCause()));
    }

    /**
     * All that filters have decided about; but a suspect is offered after the others before it, and alone, and a probe is one
     * record.
     *
     * @param from where to go on
     */
    private int end(Hand hand, int from, boolean probe) {
        boolean suspecting = suspectFailures >= TRIES_AMONG_OTHERS;
        boolean isAhead = suspecting && from < suspect;
        int last = isAhead ? suspect : hand.sifted();
        if (!probe && (isAhead || !suspecting)) {
            return last;
        }
        int end = from;
        boolean rejected = true;
        while (rejected && end < last) {
            record.moveTo(hand.bytes(), end);
            rejected = Sieve.isRejected(hand.bytes(), end);
            end += record.length();
        }
        return end;
    }

    /** What was committed tells the breaker of a sink that works, or that works too slowly. */
    private void attempted() {
        if (watch.wasSlow()) {
            countFailure();
            breaker.failed(System.nanoTime());
        } else {
            breaker.succeeded(System.nanoTime());
        }
    }

    /**
     * Emits one record unless it was rejected.
     *
     * @return whether a flush must follow now
     */
    private boolean emit(Hand hand, int at) throws IOException {
        int level = record.level().ordinal();
        watch.begin();
        LogRecord given = given(hand, at);
        if (given == null) {
            outcome.filtered(level);
            return false;
        }
        offered = true;
        try {
            if (handler.emit(given)) {
                outcome.written(level);
            } else {
                outcome.rejected(level);
                diagnostics.report(
                        "rejected " + cursor.name(),
                        "handler " + cursor.name() + " rejected a record, which is dropped");
            }
        } catch (FormatException thrown) {
            outcome.formatError(level);
            reportFormat(thrown);
        }
        return !cursor.isAbandoned() && (level >= flushOn || handler.shouldFlush(given) || isFlushDue());
    }

    private void commit(byte[] held, int from, int end) {
        readBytes();
        long now = queue.now();
        int records = 0;
        for (int at = from; at < end; at += Bytes.getInt(held, RecordLayout.lengthAt(at))) {
            if (!Sieve.isRejected(held, at)) {
                latency.record(now - Bytes.getLong(held, RecordLayout.timeAt(at)));
                records++;
            }
        }
        FlightEvents.batchWritten(cursor.name(), records, bytes, emittedSinceNanos);
        commitFlushed(end);
    }

    private void commitFlushed(int end) {
        if (commitTo(end) && announcing) {
            announcements.committed();
        }
        announcing = false;
    }

    /** Commits what is in hand up to an index; a suspect before that is none any more. */
    private boolean commitTo(int end) {
        if (end > suspect) {
            suspectFailures = 0;
            suspect = NO_SUSPECT;
        }
        boolean counted = cursor.commit(end, outcome);
        flushedTo = NOT_FLUSHED;
        emitted = cursor.hand().committed();
        offered = false;
        sieve.committed(cursor.hand());
        return counted;
    }

    private void readBytes() {
        try {
            bytes = handler.bytesWritten();
        } catch (Throwable thrown) {
            diagnostics.report(
                    "bytes " + cursor.name(),
                    "handler " + cursor.name() + " could not say how much it has written: " + ThrownText.of(thrown));
        }
    }

    private void failed(Hand hand, int at, boolean byRecord, Throwable thrown) {
        if (cursor.isAbandoned()) {
            return;
        }
        rollback();
        announcing = false;
        emitted = hand.committed();
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
                        + " times on one record, which is dropped: " + ThrownText.of(thrown));
        commitTo(at + record.length());
    }

    private void rollback() {
        offered = false;
        sieve.rollback();
        try {
            handler.rollback();
        } catch (Throwable thrown) {
            diagnostics.report(
                    "rollback " + cursor.name(),
                    "handler " + cursor.name() + " could not roll back: " + ThrownText.of(thrown));
            opened = false;
        }
    }

    private void failed(String action, Throwable thrown) {
        countFailure();
        String text = ThrownText.of(thrown);
        FlightEvents.handlerFailed(cursor.name(), action, text);
        diagnostics.report(
                action + ' ' + cursor.name(),
                "handler " + cursor.name() + " failed to " + action + ", its records wait: " + text);
        watch.wasSlow(); // a call that failed counts once
        breaker.failed(System.nanoTime());
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
        closing = true;
        try {
            if (everOpened || memory != null) {
                handler.close(cursor.isAbandoned());
            }
        } catch (Throwable thrown) {
            diagnostics.report(
                    "close " + cursor.name(),
                    "handler " + cursor.name() + " failed to close: " + ThrownText.of(thrown));
        } finally {
            closing = false;
            readBytes();
            predecessors = List.of();
            closed.countDown();
            journal.wakeAll();
        }
    }

    /**
     * Tells a handler's close that its time is over. Steward.
     *
     * @return whether there was one under way
     */
    boolean hastenClose() {
        boolean told = closing;
        if (told) {
            thread.interrupt();
        }
        return told;
    }

    /** Waits until the handler has been closed. */
    public boolean awaitClosed(long timeoutNanos) throws InterruptedException {
        return closed.await(timeoutNanos, TimeUnit.NANOSECONDS);
    }
}
