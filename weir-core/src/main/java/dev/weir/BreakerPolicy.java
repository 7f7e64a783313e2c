package dev.weir;

import java.time.Duration;

/**
 * When a handler's circuit breaker opens, and how long it leaves the sink alone.
 *
 * <p>A failed call, or one that took too long, is followed by a delay that grows with every further one. After so many in a
 * row the breaker opens; when the delay is over, a single record is tried, and if that succeeds it closes. Meanwhile the
 * records wait, within the handler's backlog: a breaker gates attempts and never acceptance.
 *
 * @param failures in a row that open it; at least 1
 * @param slow a call that takes longer counts as a failure, though what it wrote is written, and is told while it lasts;
 *     measured to within some 100 ms; more than zero, at most a day
 * @param delay how long the sink is left alone after the first failure, within a fifth of it, and half as long again after
 *     each further one; more than zero, at most a day
 * @param maxDelay the longest such delay; no less than the first, at most a day
 */
public record BreakerPolicy(int failures, Duration slow, Duration delay, Duration maxDelay) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** 5 failures, 10 seconds, 500 ms growing to 2 seconds: at most 40 attempts in a minute while it is open. */
    public static final BreakerPolicy DEFAULT =
            new BreakerPolicy(5, Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(2));

    /**
     * A policy.
     *
     * @param failures in a row that open it
     * @param slow a call that takes longer counts as a failure
     * @param delay after the first failure
     * @param maxDelay the longest delay
     * @throws IllegalArgumentException if something is out of its range
     */
    public BreakerPolicy {
        if (failures < 1) {
            throw new IllegalArgumentException("failures: " + failures + " (expected: at least 1)");
        }
        requireWithin("slow", slow);
        requireWithin("delay", delay);
        requireWithin("max-delay", maxDelay);
        if (maxDelay.compareTo(delay) < 0) {
            throw new IllegalArgumentException(
                    "max-delay: " + maxDelay + " (expected: " + delay + ", the delay, or more)");
        }
    }

    private static void requireWithin(String key, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + ": " + time + " (expected: more than zero, at most a day)");
        }
    }

    /**
     * The same with another number of failures.
     *
     * @param count in a row that open it; at least 1
     * @return the policy
     */
    public BreakerPolicy withFailures(int count) {
        return new BreakerPolicy(count, slow, delay, maxDelay);
    }

    /**
     * The same with another limit to a call's time.
     *
     * @param time more than zero, at most a day
     * @return the policy
     */
    public BreakerPolicy withSlow(Duration time) {
        return new BreakerPolicy(failures, time, delay, maxDelay);
    }

    /**
     * The same with other delays.
     *
     * @param first after the first failure
     * @param longest no less than the first
     * @return the policy
     */
    public BreakerPolicy withDelays(Duration first, Duration longest) {
        return new BreakerPolicy(failures, slow, first, longest);
    }
}
