package dev.weir.internal.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.BreakerState;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitBreakerTest {
    private static final long MILLI = 1_000_000;
    private static final long BEGIN = -100 * MILLI;

    private double random = 0.5; // in the middle: no jitter
    private long now = BEGIN;

    private CircuitBreaker breaker(BreakerPolicy policy) {
        return new CircuitBreaker(policy, () -> random, state -> {}, now);
    }

    private void fail(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            now += breaker.leftNanos(now);
            assertThat(breaker.allows(now)).isTrue();
            breaker.failed(now);
        }
    }

    @Test
    void opensAfterSoManyFailuresInARowAndNotBefore() {
        CircuitBreaker breaker = breaker(BreakerPolicy.DEFAULT);
        fail(breaker, 4);
        now += breaker.leftNanos(now);
        breaker.succeeded(now);
        fail(breaker, 4);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);

        fail(breaker, 1);

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.allows(now)).isFalse();
    }

    @Test
    void everyFailureIsFollowedByALongerDelayUpToTheLongest() {
        CircuitBreaker breaker = breaker(BreakerPolicy.DEFAULT);
        long[] delays = new long[6];
        for (int i = 0; i < delays.length; i++) {
            fail(breaker, 1);
            delays[i] = breaker.leftNanos(now) / MILLI;
        }
        assertThat(delays).containsExactly(500, 750, 1125, 1687, 2000, 2000);
    }

    @Test
    void theDelayVariesByAFifth() {
        random = 0;
        CircuitBreaker early = breaker(BreakerPolicy.DEFAULT);
        fail(early, 1);
        assertThat(early.leftNanos(now)).isEqualTo(400 * MILLI);
        random = Math.nextDown(1.0);
        CircuitBreaker late = breaker(BreakerPolicy.DEFAULT);
        fail(late, 1);
        assertThat(late.leftNanos(now)).isBetween(599 * MILLI, 600 * MILLI);
    }

    @Test
    void oneProbeDecidesWhenTheDelayIsOver() {
        CircuitBreaker breaker = breaker(BreakerPolicy.DEFAULT);
        fail(breaker, 5);
        now += breaker.leftNanos(now);

        assertThat(breaker.allows(now)).isTrue();
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        breaker.failed(now);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.allows(now)).isFalse();
        now += breaker.leftNanos(now);
        assertThat(breaker.allows(now)).isTrue();
        breaker.succeeded(now);

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breaker.allows(now)).isTrue();
        fail(breaker, 1);
        assertThat(breaker.leftNanos(now)).as("begins anew").isEqualTo(500 * MILLI);
    }

    @Test
    void anotherPolicyShortensAWaitThatIsUnderWay() {
        CircuitBreaker breaker = breaker(BreakerPolicy.DEFAULT.withDelays(Duration.ofHours(1), Duration.ofHours(1)));
        fail(breaker, 1);

        breaker.policy(BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(50), Duration.ofMillis(100)));

        assertThat(breaker.leftNanos(now)).isEqualTo(120 * MILLI);
        fail(breaker, 1);
        assertThat(breaker.leftNanos(now)).isEqualTo(100 * MILLI);
    }

    @Test
    void countsItsStatesAndTheTimeInThem() {
        CircuitBreaker breaker = breaker(BreakerPolicy.DEFAULT.withFailures(1));
        now += 7 * MILLI;
        fail(breaker, 1);
        now += 500 * MILLI;
        assertThat(breaker.allows(now)).isTrue();
        now += 3 * MILLI;
        breaker.succeeded(now);
        now += 11 * MILLI;

        CircuitBreaker.Snapshot snapshot = breaker.snapshot();
        assertThat(snapshot.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(snapshot.entered()).containsExactly(1, 1, 1);
        assertThat(snapshot.nanosIn(BreakerState.CLOSED, now)).isEqualTo(18 * MILLI);
        assertThat(snapshot.nanosIn(BreakerState.OPEN, now)).isEqualTo(500 * MILLI);
        assertThat(snapshot.nanosIn(BreakerState.HALF_OPEN, now)).isEqualTo(3 * MILLI);
    }

    @Test
    void thereAreAtMostFortyAttemptsInAnyMinuteWhileItIsOpen() {
        random = 0; // as soon as may be
        CircuitBreaker breaker = breaker(BreakerPolicy.DEFAULT);
        fail(breaker, 5);
        long open = now;
        int attempts = 0;
        while (now - open < TimeUnit.MINUTES.toNanos(1)) {
            fail(breaker, 1);
            attempts++;
        }
        assertThat(attempts).isLessThanOrEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void goesThroughTheSameStatesAsAnOlderOne(long seed) {
        Random choices = new Random(seed);
        int failures = 1 + choices.nextInt(6);
        Duration delay = Duration.ofMillis(100);
        CircuitBreaker ours =
                breaker(BreakerPolicy.DEFAULT.withFailures(failures).withDelays(delay, delay));
        Clock clock = new MovedClock();
        io.github.resilience4j.circuitbreaker.CircuitBreaker oracle =
                io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                        "oracle",
                        CircuitBreakerConfig.custom()
                                .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
                                .failureRateThreshold(100)
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .waitDurationInOpenState(delay)
                                .clock(clock)
                                .currentTimestampFunction(any -> now, TimeUnit.NANOSECONDS)
                                .build());
        for (int i = 0; i < 10_000; i++) {
            now += choices.nextInt(40) * MILLI + 1; // never just when a delay is over, which is a matter of taste
            if (ours.state() == BreakerState.CLOSED) {
                now += ours.leftNanos(now); // which the other one does not know
            }
            boolean allowed = ours.allows(now);
            assertThat(oracle.tryAcquirePermission())
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(allowed);
            if (allowed && choices.nextInt(100) < 70) {
                oracle.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException());
                ours.failed(now);
            } else if (allowed) {
                oracle.onSuccess(0, TimeUnit.NANOSECONDS);
                ours.succeeded(now);
            }
            assertThat(ours.state().name())
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(oracle.getState().name());
        }
        assertThat(ours.snapshot().entered()[BreakerState.OPEN.ordinal()]).isPositive();
    }

    /** Shows the test's time. */
    private final class MovedClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }
    }
}
