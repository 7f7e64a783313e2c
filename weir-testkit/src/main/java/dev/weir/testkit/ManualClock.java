package dev.weir.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A clock that stands still until it is moved by hand: both the time of day, as a {@link Clock}, and a counter of
 * nanoseconds like {@link System#nanoTime}, for which {@code clock::nanoTime} can be passed as a {@link
 * java.util.function.LongSupplier}.
 *
 * <p>All methods may be called by any thread; who has seen a time sees no earlier one afterwards, unless the time of day was
 * set back. Clocks made of each other by {@link #withZone} are moved together.
 */
public final class ManualClock extends Clock {
    /** What a clock shows that nobody has set. */
    public static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final Hands hands;
    private final ZoneId zone;

    /** What clocks have in common that are moved together. */
    private static final class Hands {
        private Instant instant;
        private long nanoTime;

        Hands(Instant start) {
            instant = start;
        }

        synchronized void advance(Duration time) {
            instant = instant.plus(time);
            nanoTime += time.toNanos();
        }

        synchronized void set(Instant to) {
            instant = to;
        }

        synchronized Instant instant() {
            return instant;
        }

        synchronized long nanoTime() {
            return nanoTime;
        }
    }

    /** A clock in UTC that shows {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /**
     * A clock in UTC.
     *
     * @param start what it shows until it is moved
     */
    public ManualClock(Instant start) {
        this(new Hands(Objects.requireNonNull(start, "start")), ZoneOffset.UTC);
    }

    private ManualClock(Hands hands, ZoneId zone) {
        this.hands = hands;
        this.zone = zone;
    }

    /**
     * Lets time pass.
     *
     * @param time how much; not negative
     * @throws IllegalArgumentException if it is
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time: " + time + " (expected: 0 or more)");
        }
        hands.advance(time);
    }

    /**
     * Sets the time of day, forwards or back, as an administrator does or a time server; no time passes by that, so {@link
     * #nanoTime} stays.
     *
     * @param instant what it shows from now on
     */
    public void set(Instant instant) {
        hands.set(Objects.requireNonNull(instant, "instant"));
    }

    /**
     * How much time has passed since the clock was made.
     *
     * @return nanoseconds
     */
    public long nanoTime() {
        return hands.nanoTime();
    }

    @Override
    public Instant instant() {
        return hands.instant();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public ManualClock withZone(ZoneId zone) {
        return new ManualClock(hands, Objects.requireNonNull(zone, "zone"));
    }

    @Override
    public String toString() {
        return instant() + " [" + zone + "]";
    }
}
