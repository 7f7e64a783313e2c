package dev.weir.internal.emit;

import java.util.concurrent.TimeUnit;

/**
 * When and for how long one thread waited of late, as an array of longs: what bounds its waits within any second. Used by
 * that thread alone.
 *
 * <p>Each wait is its end and its length. If more waits fall into a second than there are places, the oldest are added to
 * the one after them, so that the sum is never too small.
 */
final class WaitLog {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PLACES = 16;
    private static final int NEXT = 2 * PLACES;

    private WaitLog() {}

    /** A log of no waits. */
    static long[] create() {
        return new long[NEXT + 1];
    }

    /** How long the thread waited within the last second. */
    static long waitedNanos(long[] log, long nowNanos) {
        long sum = 0;
        for (int place = 0; place < PLACES; place++) {
            sum += remaining(log, place, nowNanos);
        }
        return sum;
    }

    /** Notes a wait that ends now. */
    static void add(long[] log, long lengthNanos, long nowNanos) {
        int place = (int) log[NEXT];
        int following = (place + 1) % PLACES;
        log[2 * following + 1] += remaining(log, place, nowNanos);
        log[2 * place] = nowNanos;
        log[2 * place + 1] = lengthNanos;
        log[NEXT] = following;
    }

    /** The part of a wait that lies within the last second. */
    private static long remaining(long[] log, int place, long nowNanos) {
        long length = log[2 * place + 1];
        long ago = nowNanos - log[2 * place];
        return length == 0 || ago >= SECOND_NANOS ? 0 : Math.min(length, SECOND_NANOS - ago);
    }
}
