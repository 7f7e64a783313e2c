package dev.weir.internal.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Keeps {@link GatePosition} off the header's cache line. */
abstract class PadBeforeGate {
    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14;
}

/** The position that callers of a blocking handler read, alone on its cache line. */
abstract class GatePosition extends PadBeforeGate {
    private volatile long allowed = Long.MIN_VALUE;

    /** Callers on the handler's routes claim no further. */
    final long allowedVolatile() {
        return allowed;
    }

    /** Under the take lock. */
    final void allowedVolatile(long position) {
        allowed = position;
    }
}

/** Keeps {@link GatePosition} off the cache line of what follows. */
abstract class PadAfterGate extends GatePosition {
    @SuppressWarnings("unused")
    private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14;
}

/** The position below which a handler needs the ring no more, and the one below which it is done. */
abstract class CursorPositions extends PadAfterGate {
    private volatile long position;
    private volatile long committed;

    private static final VarHandle POSITION;
    private static final VarHandle COMMITTED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            POSITION = lookup.findVarHandle(CursorPositions.class, "position", long.class);
            COMMITTED = lookup.findVarHandle(CursorPositions.class, "committed", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final long positionVolatile() {
        return position;
    }

    /** Under the take lock, or before the cursor is attached. What the ring's bytes below it were read for is done. */
    final void positionRelease(long value) {
        POSITION.setRelease(this, value);
    }

    final long committedVolatile() {
        return committed;
    }

    /** Under the take lock, or before the cursor is attached. */
    final void committedRelease(long value) {
        COMMITTED.setRelease(this, value);
    }
}
