package dev.weir.internal.drain;

import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.emit.EpochClock;
import dev.weir.internal.emit.Scratches;
import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Sleeper;
import dev.weir.internal.journal.Steward;
import dev.weir.internal.thread.OwnThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * The draining side: the steward, the workers, and the thread that fetches memory for backlogs. The counterpart of
 * Python's {@code logging.handlers.QueueListener}.
 *
 * <p>A worker that is retired has until its deadline; then its handler is abandoned and what it still held is counted.
 */
public final class QueueListener {
    private static final long CLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long a handler that has written everything may take to close, beyond its deadline. */
    private static final long CLOSING_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHRINK_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long MEMORY_REST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Journal journal;
    private final EpochClock clock;
    private final Diagnostics diagnostics;
    private final BiConsumer<HandlerWorker, Runnable> onGone;
    private final LongConsumer onTick;
    private final Steward steward;
    private final Thread stewardThread;
    private final Thread memoryThread;
    private final Sleeper memory = new Sleeper();
    private final List<Retirement> retiring = new CopyOnWriteArrayList<>();
    private volatile Collection<HandlerWorker> working = List.of();
    private volatile boolean stopped;

    // the steward's alone
    private long clockedNanos = System.nanoTime();
    private long sweptNanos = System.nanoTime();

    /** A worker on its way out. */
    private static final class Retirement {
        private final HandlerWorker worker;
        private volatile long deadlineNanos;
        private volatile DropReason reason;
        private final long sinceNanos = System.nanoTime();
        /** The handler's close has been told that its time is over. Steward. */
        private boolean told;

        Retirement(HandlerWorker worker, long deadlineNanos, DropReason reason) {
            this.worker = worker;
            this.deadlineNanos = deadlineNanos;
            this.reason = reason;
        }

        /** Whether this is the end of the pipeline, and half of the time for it is over. */
        boolean isRunningOut(long nowNanos) {
            long left = deadlineNanos - nowNanos;
            return reason == DropReason.SHUTDOWN_DEADLINE && left < nowNanos - sinceNanos;
        }
    }

    /**
     * A listener; {@link #start} starts its threads.
     *
     * @param onGone called by the steward when a retired handler has left the journal, with what takes it off the list
     *     of those on their way out; must not wait
     * @param onTick called by the steward at every tick with its {@link System#nanoTime()}; must not wait
     */
    public QueueListener(
            Journal journal,
            EpochClock clock,
            Diagnostics diagnostics,
            BiConsumer<HandlerWorker, Runnable> onGone,
            LongConsumer onTick) {
        this.journal = journal;
        this.clock = clock;
        this.diagnostics = diagnostics;
        this.onGone = onGone;
        this.onTick = onTick;
        this.steward = new Steward(journal, Scratches::notes, new Duties());
        this.stewardThread = daemon(steward, "weir-steward");
        this.memoryThread = daemon(this::fetchMemory, "weir-memory");
    }

    public void start() {
        stewardThread.start();
        memoryThread.start();
    }

    /** Looks after these workers, and those on their way out. */
    public void lookAfter(Collection<HandlerWorker> workers) {
        working = List.copyOf(workers);
    }

    /** Lets a worker finish until a deadline; its cursor ends by the change of routes, or by the seal. */
    public void retire(HandlerWorker worker, long deadlineNanos, DropReason reason) {
        long deadline = deadlineNanos;
        for (Retirement earlier : retiring) {
            if (worker.follows(earlier.worker) && earlier.deadlineNanos - deadline > 0) {
                deadline = earlier.deadlineNanos; // it cannot even begin before that
            }
        }
        retiring.add(new Retirement(worker, deadline, reason));
        journal.wakeAll();
    }

    /** Brings the deadlines of all workers on their way out forward. */
    public void hasten(long deadlineNanos, DropReason reason) {
        for (Retirement retirement : retiring) {
            if (retirement.deadlineNanos - deadlineNanos > 0) {
                retirement.reason = reason;
                retirement.deadlineNanos = deadlineNanos;
            }
        }
    }

    /** Workers on their way out. */
    public List<HandlerWorker> retiring() {
        List<HandlerWorker> workers = new ArrayList<>();
        for (Retirement retirement : retiring) {
            workers.add(retirement.worker);
        }
        return workers;
    }

    /** Ends the threads of the listener; workers end by themselves. */
    public void stop() {
        stopped = true;
        steward.stop();
        memory.wake();
    }

    private void fetchMemory() {
        long idleSince = System.nanoTime();
        while (!stopped) {
            if (journal.slabs().wantsMore()) {
                idleSince = System.nanoTime();
                if (!journal.slabs().provide()) {
                    diagnostics.report(
                            "memory",
                            "no more direct memory for backlogs: they grow on the heap, if at all, beyond "
                                    + journal.slabs().allocatedBytes() + " bytes");
                }
                journal.steward().wake();
            } else if (System.nanoTime() - idleSince > SHRINK_NANOS) {
                idleSince = System.nanoTime();
                journal.slabs().shrink();
            }
            memory.sleep(MEMORY_REST_NANOS, () -> !stopped && !journal.slabs().wantsMore());
            Thread.interrupted();
        }
    }

    private static Thread daemon(Runnable body, String name) {
        return OwnThread.of(
                () -> {
                    Scratches.muteThread();
                    body.run();
                },
                name);
    }

    private final class Duties implements Steward.Duties {
        @Override
        public void tick(long nowNanos) {
            for (HandlerWorker worker : working) {
                worker.lookAfter(nowNanos);
            }
            for (Retirement retirement : retiring) {
                see(retirement, nowNanos);
            }
            if (nowNanos - clockedNanos > CLOCK_NANOS) {
                clockedNanos = nowNanos;
                clock.adjust();
            }
            if (nowNanos - sweptNanos > SWEEP_NANOS) {
                sweptNanos = nowNanos;
                Scratches.sweep();
            }
            onTick.accept(nowNanos);
        }

        private void see(Retirement retirement, long nowNanos) {
            HandlerWorker worker = retirement.worker;
            if (retirement.isRunningOut(nowNanos)) {
                worker.cursor().hurry();
            }
            if (nowNanos - retirement.deadlineNanos >= 0 && !retirement.told) {
                retirement.told = worker.hastenClose();
            }
            if (nowNanos - retirement.deadlineNanos >= 0
                    && !worker.isClosed()
                    && worker.isGivenNoMore()
                    && (!worker.cursor().isDrained() || nowNanos - retirement.deadlineNanos >= CLOSING_NANOS)
                    && worker.cursor().abandon(retirement.reason)) {
                diagnostics.report(
                        "abandoned " + worker.cursor().name(),
                        "handler " + worker.cursor().name()
                                + " did not finish in time: what it still holds is dropped (" + retirement.reason.key()
                                + ")");
            }
            if (worker.cursor().isEnded() && worker.isGone()) {
                journal.detach(worker.cursor());
                onGone.accept(worker, () -> retiring.remove(retirement));
            }
        }

        @Override
        public void memoryWanted() {
            memory.wake();
        }

        @Override
        public void failed(Throwable thrown) {
            diagnostics.report("steward", "the steward failed and went on: " + thrown);
        }
    }
}
