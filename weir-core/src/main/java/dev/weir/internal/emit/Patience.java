package dev.weir.internal.emit;

import dev.weir.OverflowPolicy;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.Routing;
import java.util.Arrays;

/**
 * How long one call goes on waiting, and for which of the handlers on its route. Used by the call's thread.
 *
 * <p>A handler under {@code block-for} is waited for until its time is over: the lesser of its longest wait and of what the
 * thread has left of its time in any second.
 */
final class Patience {
    private final long[] log;
    private final long beganNanos;
    private final long waitedBefore;

    /** Begins a wait. */
    Patience(long[] log, long nowNanos) {
        this.log = log;
        beganNanos = nowNanos;
        waitedBefore = WaitLog.waitedNanos(log, nowNanos);
    }

    /** Those of the blocking handlers on a route that are still waited for; lent, not to be changed. */
    Cursor[] keep(Cursor[] onRoute, Routing routing, long nowNanos) {
        int kept = 0;
        for (Cursor gate : onRoute) {
            kept += left(gate, routing, nowNanos) > 0 ? 1 : 0;
        }
        return kept == onRoute.length
                ? onRoute
                : Arrays.stream(onRoute)
                        .filter(gate -> left(gate, routing, nowNanos) > 0)
                        .toArray(Cursor[]::new);
    }

    /** Until when at most none of the handlers waited for is given up; {@link Long#MAX_VALUE} for none at all. */
    long leftNanos(Cursor[] kept, Routing routing, long nowNanos) {
        long least = Long.MAX_VALUE;
        for (Cursor gate : kept) {
            least = Math.min(least, left(gate, routing, nowNanos));
        }
        return least;
    }

    /** Ends the wait, which counts against the thread's next ones. */
    void end(long nowNanos) {
        WaitLog.add(log, nowNanos - beganNanos, nowNanos);
    }

    private long left(Cursor gate, Routing routing, long nowNanos) {
        Routing.Entry entry = routing.entryOf(gate);
        if (entry == null || entry.policy().kind() == OverflowPolicy.Kind.BLOCK) {
            return Long.MAX_VALUE;
        }
        OverflowPolicy policy = entry.policy();
        return Math.min(policy.longestNanos(), policy.perSecondNanos() - waitedBefore) - (nowNanos - beganNanos);
    }
}
