package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.BreakerState;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import dev.weir.testkit.CapturingHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How often a sink is tried that is down, flaps or hangs, under a steady load. The default delays are scaled, and so is the
 * minute. Figures are printed.
 */
@Timeout(60)
class BreakerTest {
    private static final int SCALE = 40;
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1) / SCALE;
    private static final long HALF_SECOND_NANOS = TimeUnit.MILLISECONDS.toNanos(500) / SCALE;
    private static final int MOST_IN_A_MINUTE = 40;
    private static final double JITTER = 0.2;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final BreakerPolicy SCALED = BreakerPolicy.DEFAULT.withDelays(
            BreakerPolicy.DEFAULT.delay().dividedBy(SCALE),
            BreakerPolicy.DEFAULT.maxDelay().dividedBy(SCALE));

    @Test
    void aSinkThatIsDownIsTriedRarely() {
        Sink sink = new Sink(() -> {
            throw new IOException("down");
        });
        Run run = new Run(sink, SCALED);

        run.logFor(MINUTE_NANOS);

        assertThat(run.stats().breaker("sink")).isIn(BreakerState.OPEN, BreakerState.HALF_OPEN);
        Stats stats = run.recover();
        long failed = sink.attempts.stream().filter(Attempt::failed).count();
        assertThat(stats.breakerEntered("sink", BreakerState.OPEN)).isEqualTo(failed - SCALED.failures() + 1);
        assertThat(stats.breakerEntered("sink", BreakerState.CLOSED)).isOne();
        run.requireWithinBounds("is down");
    }

    @Test
    void aSinkThatFlapsIsTriedRarelyWhileItsBreakerIsOpen() {
        long begun = System.nanoTime();
        Sink sink = new Sink(() -> {
            if ((System.nanoTime() - begun) / HALF_SECOND_NANOS % 2 == 0) {
                throw new IOException("down for half a second of each");
            }
            return false;
        });
        Run run = new Run(sink, SCALED.withFailures(2));

        run.logFor(MINUTE_NANOS);

        Stats stats = run.recover();
        assertThat(stats.breakerEntered("sink", BreakerState.CLOSED)).isGreaterThan(1);
        run.requireWithinBounds("flaps");
    }

    @Test
    void aSinkThatHangsIsLeftAloneThoughItReturns() {
        Duration slow = Duration.ofMillis(150);
        Sink sink = new Sink(() -> {
            LockSupport.parkNanos(slow.multipliedBy(2).toNanos());
            return true;
        });
        Run run = new Run(sink, SCALED.withFailures(2).withSlow(slow));

        run.logUntil(() -> run.stats().breakerEntered("sink", BreakerState.OPEN) >= 3);

        assertThat(run.stats().written("sink", Level.INFO)).as("it did return").isPositive();
        assertThat(run.stats().failures("sink")).isGreaterThanOrEqualTo(4);
        Stats stats = run.recover();
        assertThat(stats.breakerEntered("sink", BreakerState.CLOSED)).isOne();
        run.requireWithinBounds("hangs");
    }

    /** A pipeline with one sink, and what was logged to it. */
    private static final class Run {
        private final Sink sink;
        private final BreakerPolicy policy;
        private final Weir weir;
        private final Logger logger;
        private int logged;

        Run(Sink sink, BreakerPolicy policy) {
            this.sink = sink;
            this.policy = policy;
            weir = Weir.builder()
                    .handler("sink", sink, options -> options.breaker(policy))
                    .start();
            logger = weir.loggerOf("any");
        }

        private interface Condition {
            boolean holds();
        }

        void logFor(long nanos) {
            long begun = System.nanoTime();
            logUntil(() -> System.nanoTime() - begun >= nanos);
        }

        /** A thousand a second. */
        void logUntil(Condition end) {
            long deadline = System.nanoTime() + SOON.toNanos();
            while (!end.holds()) {
                assertThat(System.nanoTime()).as("still in time: %s", stats()).isLessThan(deadline);
                logger.info("{}", logged++);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }

        Stats stats() {
            return weir.stats();
        }

        /** Lets the sink be well; in the end everything is written, once and in order, and the breaker is closed. */
        Stats recover() {
            sink.well = true;
            assertThat(weir.flush(SOON).complete()).isTrue();
            Awaitility.await().until(() -> stats().breaker("sink") == BreakerState.CLOSED);
            assertThat(weir.close(SOON).complete()).isTrue();
            Stats stats = stats();
            assertThat(sink.captured.messages())
                    .containsExactlyElementsOf(IntStream.range(0, logged)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(stats.emitted(Level.INFO)).isEqualTo(logged);
            assertThat(stats.written("sink", Level.INFO)).isEqualTo(logged);
            assertThat(stats.breakerEntered("sink", BreakerState.OPEN))
                    .isPositive()
                    .isEqualTo(stats.breakerEntered("sink", BreakerState.HALF_OPEN));
            return stats;
        }

        /** After each failure the least delay that jitter allows; and while open, no more than so many in a minute. */
        void requireWithinBounds(String sick) {
            List<Attempt> attempts = sink.attempts;
            long[] open = new long[attempts.size()];
            int opened = 0;
            int inRow = 0;
            for (int i = 0; i + 1 < attempts.size(); i++) {
                Attempt attempt = attempts.get(i);
                if (attempt.failed) {
                    long gap = attempts.get(i + 1).begunNanos - attempt.endedNanos;
                    assertThat(gap)
                            .as("from failure %d in a row to the next attempt", inRow + 1)
                            .isGreaterThanOrEqualTo(leastDelayNanos(inRow));
                }
                inRow = attempt.failed ? inRow + 1 : 0;
                if (inRow >= policy.failures()) {
                    open[opened++] = attempts.get(i + 1).begunNanos;
                }
            }
            int most = mostInAMinute(open, opened);
            System.out.printf(
                    "breaker, a sink that %s: %d attempts, %d while open, at most %d in a minute at defaults%n",
                    sick, attempts.size(), opened, most);
            assertThat(most).isBetween(1, MOST_IN_A_MINUTE);
        }

        private long leastDelayNanos(int failuresBefore) {
            long delay = (long) (policy.delay().toNanos() * Math.pow(1.5, failuresBefore));
            return (long) ((1 - JITTER) * Math.min(delay, policy.maxDelay().toNanos())) - 1_000; // it rounds down
        }

        private static int mostInAMinute(long[] times, int count) {
            int most = 0;
            for (int from = 0, to = 0; to < count; to++) {
                while (times[to] - times[from] >= MINUTE_NANOS) {
                    from++;
                }
                most = Math.max(most, to - from + 1);
            }
            return most;
        }
    }

    /** What a sink does instead of working. */
    private interface Sickness {
        /** Whether it takes too long. */
        boolean befall() throws IOException;
    }

    /** From the first call to the one that committed, or failed, or took too long. */
    private record Attempt(long begunNanos, long endedNanos, boolean failed) {}

    /** A sink that is sick until it is well, and notes when it was tried. */
    private static final class Sink implements Handler {
        final CapturingHandler captured = new CapturingHandler();
        final List<Attempt> attempts = new CopyOnWriteArrayList<>();
        volatile boolean well;

        private final Sickness sickness;
        private boolean begun;
        private long begunNanos;

        Sink(Sickness sickness) {
            this.sickness = sickness;
        }

        @Override
        public boolean emit(LogRecord record) {
            if (!begun) {
                begun = true;
                begunNanos = System.nanoTime();
            }
            return captured.emit(record);
        }

        @Override
        public void flush() throws IOException {
            try {
                boolean slow = !well && sickness.befall();
                captured.flush();
                ended(slow);
            } catch (IOException down) {
                ended(true);
                throw down;
            }
        }

        private void ended(boolean failed) {
            attempts.add(new Attempt(begunNanos, System.nanoTime(), failed));
            begun = false;
        }

        @Override
        public void rollback() {
            captured.rollback();
        }
    }
}
