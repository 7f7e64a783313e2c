package dev.weir;

import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.Refusal;
import dev.weir.internal.pipeline.Account;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes an account as JSON. Names are handlers' names, which may hold anything and are escaped. */
final class StatsJson {
    private final StringBuilder out = new StringBuilder(1024);

    private final long takenNanos;

    private StatsJson(long takenNanos) {
        this.takenNanos = takenNanos;
    }

    static String of(Account.Snapshot account) {
        StatsJson json = new StatsJson(account.takenNanos());
        json.pipeline(account);
        return json.out.toString();
    }

    private void pipeline(Account.Snapshot account) {
        long[] emitted = account.journaled().clone();
        account.refused().values().forEach(refused -> add(emitted, refused));
        out.append('{');
        key("emitted");
        levels(emitted);
        out.append(", ");
        key("refused");
        out.append('{');
        String separator = "";
        for (Map.Entry<Refusal, long[]> entry : account.refused().entrySet()) {
            separator = reason(separator, entry.getKey().key(), entry.getValue());
        }
        out.append("}, ");
        key("late");
        levels(account.late());
        out.append(", ");
        key("journal");
        out.append("{\"capacityBytes\": ").append(account.capacityBytes());
        out.append(", \"usedBytes\": ").append(account.usedBytes()).append("}, ");
        key("truncated");
        out.append(account.truncations()).append(", ");
        key("failedRenderings");
        out.append(account.failedRenderings()).append(", ");
        key("handlers");
        out.append('{');
        separator = "";
        for (Map.Entry<String, Account.HandlerSums> entry : account.handlers().entrySet()) {
            out.append(separator);
            key(entry.getKey());
            handler(entry.getValue());
            separator = ", ";
        }
        out.append("}, ");
        key("retired");
        handler(account.retired());
        out.append('}');
    }

    private void handler(Account.HandlerSums sums) {
        out.append('{');
        key("routed");
        levels(sums.routed);
        out.append(", ");
        key("written");
        levels(sums.written);
        out.append(", ");
        key("filtered");
        levels(sums.filtered);
        out.append(", ");
        key("dropped");
        out.append('{');
        String separator = "";
        for (DropReason reason : DropReason.values()) {
            separator = reason(separator, reason.key(), sums.dropped[reason.ordinal()]);
        }
        out.append("}, ");
        key("passedOn");
        levels(sums.passedOn);
        out.append(", ");
        key("pending");
        out.append(sum(sums.pending)).append(", ");
        key("pendingByLevel");
        levels(sums.pending);
        out.append(", ");
        key("synthetic");
        levels(sums.synthetic);
        out.append(", \"bytes\": ").append(sums.bytes);
        out.append(", \"failures\": ").append(sums.failures);
        out.append(", \"restarts\": ").append(sums.restarts);
        if (sums.breaker != null) {
            breaker(sums.breaker, sums.breakerEntered, sums.breakerNanos);
        }
        out.append(", \"oldestMillis\": ").append(oldestMillis(sums));
        out.append(", \"drainMicros\": {\"p50\": ").append(sums.latencyP50);
        out.append(", \"p99\": ").append(sums.latencyP99);
        out.append(", \"max\": ").append(sums.latencyMax).append("}}");
    }

    private void breaker(BreakerState now, long[] entered, long[] nanos) {
        out.append(", \"breaker\": \"").append(now).append("\", \"breakerEntered\": {");
        String separator = "";
        for (BreakerState state : BreakerState.values()) {
            out.append(separator).append('"').append(state).append("\": ").append(entered[state.ordinal()]);
            separator = ", ";
        }
        out.append("}, \"breakerMillis\": {");
        separator = "";
        for (BreakerState state : BreakerState.values()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos[state.ordinal()]);
            out.append(separator).append('"').append(state).append("\": ").append(millis);
            separator = ", ";
        }
        out.append('}');
    }

    private long oldestMillis(Account.HandlerSums sums) {
        return sums.oldestNanos == 0 ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(takenNanos - sums.oldestNanos));
    }

    /** A reason with its levels, if there are any; returns what has to stand before the next. */
    private String reason(String separator, String reason, long[] byLevel) {
        if (sum(byLevel) == 0) {
            return separator;
        }
        out.append(separator);
        key(reason);
        levels(byLevel);
        return ", ";
    }

    private void levels(long[] byLevel) {
        out.append('{');
        String separator = "";
        for (int level = 0; level < Level.COUNT; level++) {
            if (byLevel[level] != 0) {
                out.append(separator);
                key(Level.at(level).name());
                out.append(byLevel[level]);
                separator = ", ";
            }
        }
        out.append('}');
    }

    private void key(String name) {
        out.append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append("\": ");
    }

    private static long sum(long[] byLevel) {
        long sum = 0;
        for (long count : byLevel) {
            sum += count;
        }
        return sum;
    }

    private static void add(long[] into, long[] more) {
        for (int level = 0; level < Level.COUNT; level++) {
            into[level] += more[level];
        }
    }
}
