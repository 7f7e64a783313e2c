package dev.weir.internal.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Keeps {@link ClaimedPosition} off the header's cache line. */
abstract class PadBeforeClaimed {
    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14;
}

/** The position that all producers fight for, alone on its cache line. */
abstract class ClaimedPosition extends PadBeforeClaimed {
    private volatile long claimed;

    private static final VarHandle CLAIMED;

    static {
        try {
            CLAIMED = MethodHandles.lookup().findVarHandle(ClaimedPosition.class, "claimed", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final long claimedVolatile() {
        return claimed;
    }

    /** Only while nobody else can see the object. */
    final void claimedInitially(long position) {
        claimed = position;
    }

    final boolean casClaimed(long seen, long to) {
        return CLAIMED.compareAndSet(this, seen, to);
    }

    /** Sets bits in one atomic step; returns what was there before. */
    final long getAndSetClaimedBits(long bits) {
        return (long) CLAIMED.getAndBitwiseOr(this, bits);
    }
}

/** Keeps {@link ClaimedPosition} off the cache line of what follows. */
abstract class PadAfterClaimed extends ClaimedPosition {
    @SuppressWarnings("unused")
    private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14;
}
