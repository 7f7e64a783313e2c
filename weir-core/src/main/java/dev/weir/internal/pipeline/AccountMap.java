package dev.weir.internal.pipeline;

import dev.weir.BreakerState;
import dev.weir.Level;
import dev.weir.internal.journal.DropReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * An account as names and values, which are texts, numbers and maps of the same kind: what {@code Stats.toJson()} prints
 * and what a record of the logger {@code weir.stats} carries. Levels and reasons without a count are left out.
 */
public final class AccountMap {
    private final long takenNanos;

    private AccountMap(long takenNanos) {
        this.takenNanos = takenNanos;
    }

    /** The whole account, in the order of the documentation. */
    public static Map<String, Object> of(Account.Snapshot account) {
        return new AccountMap(account.takenNanos()).pipeline(account);
    }

    private Map<String, Object> pipeline(Account.Snapshot account) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("emitted", levels(account.emitted()));
        Map<String, Object> refused = new LinkedHashMap<>();
        account.refused().forEach((reason, byLevel) -> putReason(refused, reason.key(), byLevel));
        map.put("refused", refused);
        map.put("late", levels(account.late()));
        Map<String, Object> journal = new LinkedHashMap<>();
        journal.put("capacityBytes", account.capacityBytes());
        journal.put("usedBytes", account.usedBytes());
        map.put("journal", journal);
        map.put("truncations", account.truncations());
        map.put("failedRenderings", account.failedRenderings());
        Map<String, Object> handlers = new LinkedHashMap<>();
        account.handlers().forEach((name, sums) -> handlers.put(name, handler(sums)));
        map.put("handlers", handlers);
        map.put("retired", handler(account.retired()));
        return map;
    }

    private Map<String, Object> handler(Account.HandlerSums sums) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("routed", levels(sums.routed));
        map.put("written", levels(sums.written));
        map.put("filtered", levels(sums.filtered));
        Map<String, Object> dropped = new LinkedHashMap<>();
        for (DropReason reason : DropReason.values()) {
            putReason(dropped, reason.key(), sums.dropped[reason.ordinal()]);
        }
        map.put("dropped", dropped);
        map.put("passedOn", levels(sums.passedOn));
        map.put("pending", Account.sum(sums.pending));
        map.put("pendingByLevel", levels(sums.pending));
        map.put("synthetic", levels(sums.synthetic));
        map.put("bytes", sums.bytes);
        map.put("failures", sums.failures);
        map.put("restarts", sums.restarts);
        if (sums.breaker != null) {
            map.put("breaker", sums.breaker.name());
            map.put("breakerEntered", states(state -> sums.breakerEntered[state.ordinal()]));
            map.put(
                    "breakerMillis",
                    states(state -> TimeUnit.NANOSECONDS.toMillis(sums.breakerNanos[state.ordinal()])));
        }
        map.put("oldestMillis", oldestMillis(sums));
        Map<String, Object> drain = new LinkedHashMap<>();
        drain.put("p50", sums.latencyP50);
        drain.put("p99", sums.latencyP99);
        drain.put("max", sums.latencyMax);
        map.put("drainMicros", drain);
        return map;
    }

    private static Map<String, Object> states(ToLongFunction<BreakerState> value) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (BreakerState state : BreakerState.values()) {
            map.put(state.name(), value.applyAsLong(state));
        }
        return map;
    }

    private long oldestMillis(Account.HandlerSums sums) {
        return sums.oldestNanos == 0 ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(takenNanos - sums.oldestNanos));
    }

    private static void putReason(Map<String, Object> map, String reason, long[] byLevel) {
        Map<String, Object> levels = levels(byLevel);
        if (!levels.isEmpty()) {
            map.put(reason, levels);
        }
    }

    private static Map<String, Object> levels(long[] byLevel) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int level = 0; level < Level.COUNT; level++) {
            if (byLevel[level] != 0) {
                map.put(Level.at(level).name(), byLevel[level]);
            }
        }
        return map;
    }
}
