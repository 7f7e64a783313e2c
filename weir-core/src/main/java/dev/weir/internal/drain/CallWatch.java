package dev.weir.internal.drain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * Whether one call of a handler takes too long. The worker says when a call begins, which costs it a plain store; the steward
 * looks now and then whether it is still the same one.
 */
final class CallWatch {
    private static final VarHandle CALLS;
    private static final long NONE = 0;

    static {
        try {
            CALLS = MethodHandles.lookup().findVarHandle(CallWatch.class, "calls", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long slowNanos;

    // the worker's
    private long count;

    /** The number of the call under way, {@link #NONE} between calls. */
    @SuppressWarnings("UnusedVariable") // by its VarHandle
    private long calls;

    /** The last call found to be slow. */
    private volatile long slowCall;

    private long toldOf;

    // the steward's
    private long seen;
    private long sinceNanos;

    CallWatch(Duration slow) {
        slowNanos = slow.toNanos();
    }

    /** Sets how long a call may take. Any thread. */
    void limit(Duration slow) {
        slowNanos = slow.toNanos();
    }

    /** A call begins. Worker. */
    void begin() {
        CALLS.setOpaque(this, ++count);
    }

    /** No call is under way. Worker. */
    void end() {
        CALLS.setOpaque(this, NONE);
    }

    /** Whether a call was slow since this was asked last. Worker. */
    boolean wasSlow() {
        long found = slowCall;
        boolean was = found != toldOf;
        toldOf = found;
        return was;
    }

    /**
     * Looks at the call under way. Steward.
     *
     * @return for how long it has been seen, if that is too long; else 0
     */
    long look(long nowNanos) {
        long call = (long) CALLS.getOpaque(this);
        if (call == NONE || call != seen) {
            seen = call;
            sinceNanos = nowNanos;
            return 0;
        }
        long nanos = nowNanos - sinceNanos;
        if (nanos < slowNanos) {
            return 0;
        }
        slowCall = call;
        return nanos;
    }
}
