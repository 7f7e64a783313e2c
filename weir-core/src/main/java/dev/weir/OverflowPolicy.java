package dev.weir;

import java.time.Duration;
import java.util.Objects;

/**
 * What happens when a handler's backlog is full: what is lost, and whom it lets wait. Whatever a policy drops is counted
 * by level as {@code backlog-full}. Immutable; policies that say the same are equal.
 */
public final class OverflowPolicy {
    /**
     * The oldest record of the least severe level goes, and the new one comes in; if all that wait are more severe, the new
     * one goes. So no record is lost while a less severe one waits. No caller waits. The default.
     */
    public static final OverflowPolicy DROP_BY_SEVERITY = new OverflowPolicy(Kind.DROP_BY_SEVERITY);

    /** The oldest waiting record goes, and the newest comes in. No caller waits. */
    public static final OverflowPolicy DROP_OLDEST = new OverflowPolicy(Kind.DROP_OLDEST);

    /** The new record goes, what waits stays. No caller waits. */
    public static final OverflowPolicy DROP_NEWEST = new OverflowPolicy(Kind.DROP_NEWEST);

    /**
     * Callers whose records this handler would take wait until it has room, and so does whoever meets a full journal on
     * such a route. A handler that hangs stops the routes to it, and only those. Nothing is lost but for one case: the
     * records with which virtual threads wait may use a quarter of {@code queue.capacity}; beyond that a call is refused
     * and counted as {@code block-timeout}.
     */
    public static final OverflowPolicy BLOCK = new OverflowPolicy(Kind.BLOCK);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LEAST_PER_SECOND = Duration.ofMillis(100);

    private final Kind kind;
    private final long longestNanos;
    private final long perSecondNanos;

    /** The kinds of policies. */
    public enum Kind {
        /** {@link OverflowPolicy#DROP_BY_SEVERITY}. */
        DROP_BY_SEVERITY("drop-by-severity"),
        /** {@link OverflowPolicy#DROP_OLDEST}. */
        DROP_OLDEST("drop-oldest"),
        /** {@link OverflowPolicy#DROP_NEWEST}. */
        DROP_NEWEST("drop-newest"),
        /** {@link OverflowPolicy#BLOCK}. */
        BLOCK("block"),
        /** {@link OverflowPolicy#blockFor}. */
        BLOCK_FOR("block-for");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /**
         * The name in {@code weir.yaml}.
         *
         * @return lower-case with dashes
         */
        public String key() {
            return key;
        }
    }

    private OverflowPolicy(Kind kind) {
        this(kind, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private OverflowPolicy(Kind kind, long longestNanos, long perSecondNanos) {
        this.kind = kind;
        this.longestNanos = longestNanos;
        this.perSecondNanos = perSecondNanos;
    }

    /**
     * Callers wait as under {@link #BLOCK}, but not for longer than this, and no thread for longer than 100 ms, or than one
     * such wait, in any second.
     *
     * @param longest of one call; more than zero, at most a day
     * @return the policy
     */
    public static OverflowPolicy blockFor(Duration longest) {
        return blockFor(longest, longest.compareTo(LEAST_PER_SECOND) < 0 ? LEAST_PER_SECOND : longest);
    }

    /**
     * Callers wait as under {@link #BLOCK}, but not for longer than this. When a call's time is over and the handler still
     * has no room, the record goes on to the others on its route and only this handler drops it; if it is the journal
     * that is full, the call is refused and counted as {@code block-timeout}.
     *
     * @param longest of one call; more than zero, at most a day
     * @param perSecond how long one thread waits in all within any second, so that a sink that is dead cannot eat a
     *     caller's time; more than zero, at most a day
     * @return the policy
     */
    public static OverflowPolicy blockFor(Duration longest, Duration perSecond) {
        return new OverflowPolicy(Kind.BLOCK_FOR, nanos("block-for", longest), nanos("per-second", perSecond));
    }

    private static long nanos(String key, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + ": " + time + " (expected: more than zero, at most a day)");
        }
        return time.toNanos();
    }

    /**
     * Which kind of policy it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether callers may have to wait.
     *
     * @return true for {@link #BLOCK} and {@link #blockFor}
     */
    public boolean blocks() {
        return kind == Kind.BLOCK || kind == Kind.BLOCK_FOR;
    }

    /**
     * How long a call waits at most.
     *
     * @return nanoseconds; {@link Long#MAX_VALUE}, which means nothing, for all but {@link #blockFor}
     */
    public long longestNanos() {
        return longestNanos;
    }

    /**
     * How long a thread waits at most within any second.
     *
     * @return nanoseconds; {@link Long#MAX_VALUE}, which means nothing, for all but {@link #blockFor}
     */
    public long perSecondNanos() {
        return perSecondNanos;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OverflowPolicy policy
                && kind == policy.kind
                && longestNanos == policy.longestNanos
                && perSecondNanos == policy.perSecondNanos;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, longestNanos, perSecondNanos);
    }

    @Override
    public String toString() {
        return kind != Kind.BLOCK_FOR
                ? kind.key()
                : "{block-for: " + Duration.ofNanos(longestNanos) + ", per-second: " + Duration.ofNanos(perSecondNanos)
                        + '}';
    }
}
