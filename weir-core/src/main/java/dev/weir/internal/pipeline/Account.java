package dev.weir.internal.pipeline;

import dev.weir.BreakerState;
import dev.weir.Level;
import dev.weir.internal.drain.CircuitBreaker;
import dev.weir.internal.drain.HandlerWorker;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.HandlerCounts;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Refusal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Puts the counts of a pipeline together, those of handlers that have left included. Any thread. */
public final class Account {
    private static final int MOST_NAMES = 256;
    private static final String OTHERS = "(others)";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, HandlerSums> past = new LinkedHashMap<>();

    /**
     * A pipeline's account; arrays by level.
     *
     * @param takenNanos when it was made, since 1970
     * @param handlers of the configuration in force and of those on their way out, by name, with what earlier handlers of
     *     the same name did
     * @param retired what handlers did whose names are gone
     */
    public record Snapshot(
            long[] journaled,
            Map<Refusal, long[]> refused,
            long[] late,
            long capacityBytes,
            long usedBytes,
            long failedRenderings,
            long truncations,
            long takenNanos,
            Map<String, HandlerSums> handlers,
            HandlerSums retired) {
        /** Journaled or refused. */
        public long[] emitted() {
            long[] emitted = journaled.clone();
            refused.values().forEach(byLevel -> add(emitted, byLevel));
            return emitted;
        }

        /** All handlers, those that have left included, by what a function picks. */
        public long total(ToLongFunction<HandlerSums> pick) {
            long total = pick.applyAsLong(retired);
            for (HandlerSums sums : handlers.values()) {
                total += pick.applyAsLong(sums);
            }
            return total;
        }
    }

    /** What one name's handlers were given and did. */
    public static final class HandlerSums {
        public final long[] routed = new long[Level.COUNT];
        public final long[] written = new long[Level.COUNT];
        public final long[] pending = new long[Level.COUNT];
        public final long[] passedOn = new long[Level.COUNT];
        public final long[] filtered = new long[Level.COUNT];
        /** Records of Weir's own. */
        public final long[] synthetic = new long[Level.COUNT];
        /** By reason and level. */
        public final long[][] dropped = new long[DropReason.values().length][Level.COUNT];

        public long bytes;
        public long failures;
        public long restarts;
        public long heldBytes;
        /** When the oldest pending record was logged, since 1970; 0 if there is none. */
        public long oldestNanos;

        /** Of the handler in force; null if there is none. */
        public @Nullable BreakerState breaker;

        /** How often its breaker went into each state. */
        public final long[] breakerEntered = new long[BreakerState.values().length];

        /** How long its breaker was in each state. */
        public final long[] breakerNanos = new long[BreakerState.values().length];

        public long latencyP50;
        public long latencyP99;
        public long latencyMax;

        private void add(HandlerWorker worker) {
            HandlerCounts.Snapshot counts = worker.cursor().snapshot();
            Account.add(routed, counts.routed());
            Account.add(written, counts.written());
            Account.add(pending, counts.pending());
            Account.add(passedOn, counts.passedOn());
            Account.add(filtered, counts.filtered());
            Account.add(synthetic, counts.synthetic());
            addAll(dropped, counts.dropped());
            bytes += worker.bytes();
            failures += worker.failures();
            restarts += worker.restarts();
            heldBytes += counts.heldBytes();
            oldestNanos = oldestNanos == 0 ? counts.oldestNanos() : oldestNanos;
            if (breaker == null) {
                CircuitBreaker.Snapshot now = worker.breaker();
                breaker = now.state();
                for (BreakerState state : BreakerState.values()) {
                    breakerEntered[state.ordinal()] = now.entered()[state.ordinal()];
                    breakerNanos[state.ordinal()] = now.nanosIn(state, System.nanoTime());
                }
            }
            latencyP50 = Math.max(latencyP50, worker.latencyMicros(0.5));
            latencyP99 = Math.max(latencyP99, worker.latencyMicros(0.99));
            latencyMax = Math.max(latencyMax, worker.latencyMicros(1));
        }

        private void add(HandlerSums other) {
            Account.add(routed, other.routed);
            Account.add(written, other.written);
            Account.add(pending, other.pending);
            Account.add(passedOn, other.passedOn);
            Account.add(filtered, other.filtered);
            Account.add(synthetic, other.synthetic);
            addAll(dropped, other.dropped);
            bytes += other.bytes;
            failures += other.failures;
            restarts += other.restarts;
        }

        private static void addAll(long[][] into, long[][] more) {
            for (int reason = 0; reason < into.length; reason++) {
                Account.add(into[reason], more[reason]);
            }
        }
    }

    private static void add(long[] into, long[] more) {
        for (int level = 0; level < Level.COUNT; level++) {
            into[level] += more[level];
        }
    }

    /** Of all levels. */
    public static long sum(long[] byLevel) {
        long sum = 0;
        for (long count : byLevel) {
            sum += count;
        }
        return sum;
    }

    /** Of all reasons and levels. */
    public static long sumAll(long[][] byReason) {
        long sum = 0;
        for (long[] byLevel : byReason) {
            sum += sum(byLevel);
        }
        return sum;
    }

    /** Runs what must not be seen half done by a snapshot. */
    void exclusively(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the counts of a handler that has left; within {@link #exclusively}. */
    void retire(HandlerWorker worker) {
        String name = worker.cursor().name();
        String kept = past.containsKey(name) || past.size() < MOST_NAMES ? name : OTHERS;
        past.computeIfAbsent(kept, key -> new HandlerSums()).add(worker);
    }

    Snapshot snapshot(
            Journal journal,
            QueueHandler queue,
            Supplier<Map<String, HandlerWorker>> current,
            Supplier<Collection<HandlerWorker>> retiring) {
        Map<String, HandlerSums> handlers = new LinkedHashMap<>();
        HandlerSums retired = new HandlerSums();
        exclusively(() -> {
            Set<HandlerWorker> workers = new LinkedHashSet<>(current.get().values());
            workers.addAll(retiring.get());
            for (HandlerWorker worker : workers) {
                handlers.computeIfAbsent(worker.cursor().name(), name -> new HandlerSums())
                        .add(worker);
            }
            past.forEach((name, sums) -> handlers.getOrDefault(name, retired).add(sums));
        });
        long held = handlers.values().stream().mapToLong(sums -> sums.heldBytes).sum();
        Map<Refusal, long[]> refused = new EnumMap<>(Refusal.class);
        for (Refusal reason : Refusal.values()) {
            refused.put(reason, queue.refused(reason));
        }
        return new Snapshot(
                journal.journaled(),
                refused,
                queue.late(),
                journal.geometry().capacityBytes(),
                journal.usedBytes() + held,
                queue.failedRenderings(),
                queue.truncations(),
                queue.now(),
                handlers,
                retired);
    }
}
