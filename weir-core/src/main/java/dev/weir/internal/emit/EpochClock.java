package dev.weir.internal.emit;

import java.time.Instant;

/**
 * Nanoseconds since 1970-01-01T00:00Z from the monotonic clock, kept in step with the wall clock by {@link #adjust}. So
 * one clock read a record is enough, and the times of a thread's records do not run backwards within a step.
 *
 * <p>Any thread reads; one thread adjusts.
 */
public final class EpochClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** The two clocks are read one after the other; what differs by less is that. */
    private static final long TOLERANCE_NANOS = 10_000;

    private volatile long offset = offsetNow();

    public long nanos() {
        return System.nanoTime() + offset;
    }

    /** Follows the wall clock if it has run off or was set. */
    public void adjust() {
        long now = offsetNow();
        if (Math.abs(now - offset) > TOLERANCE_NANOS) {
            offset = now;
        }
    }

    private static long offsetNow() {
        long monotonic = System.nanoTime();
        Instant wall = Instant.now();
        return wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano() - monotonic;
    }
}
