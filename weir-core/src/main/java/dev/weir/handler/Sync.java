package dev.weir.handler;

import java.time.Duration;
import java.util.Objects;

/**
 * When a file's handler has the device keep what it has written. Whatever was written survives the end of the process in any case;
 * this is about the machine's.
 */
public final class Sync {
    /** Never: it is left to the operating system. */
    public static final Sync NONE = new Sync(false, Duration.ZERO);

    /** Before a batch is committed that has a record of ERROR or above. */
    public static final Sync ON_ERROR = new Sync(true, Duration.ZERO);

    private final boolean onError;
    private final Duration every;

    private Sync(boolean onError, Duration every) {
        this.onError = onError;
        this.every = every;
    }

    /**
     * Once in a period, if something was written in it.
     *
     * @param period more than zero
     * @return such a policy
     */
    public static Sync every(Duration period) {
        if (Objects.requireNonNull(period, "period").isNegative() || period.isZero()) {
            throw new IllegalArgumentException("every: " + period + " (expected: more than 0)");
        }
        return new Sync(false, period);
    }

    boolean onError() {
        return onError;
    }

    /** Zero if there is no period. */
    Duration every() {
        return every;
    }
}
