package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records go to another handler while a breaker is open. */
@Timeout(60)
class FallbackTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final BreakerPolicy QUICK =
            BreakerPolicy.DEFAULT.withFailures(2).withDelays(Duration.ofMillis(20), Duration.ofMillis(20));

    /** Keeps what it has committed; fails, or hangs, while it is told to. */
    private static class Sink implements Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();
        volatile boolean down;
        volatile long nanosEach;
        volatile CountDownLatch hanging = new CountDownLatch(0);
        private final List<String> open = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) throws IOException {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            LockSupport.parkNanos(nanosEach);
            if (down) {
                throw new IOException("down");
            }
            open.add(record.message());
            return true;
        }

        @Override
        public void flush() {
            lines.addAll(open);
            open.clear();
        }

        @Override
        public void rollback() {
            open.clear();
        }
    }

    private final Sink collector = new Sink();
    private final Sink local = new Sink();

    private PipelineBuilder builder() {
        return Weir.builder()
                .handler(
                        "collector",
                        collector,
                        options -> options.fallback("local").breaker(QUICK))
                .handler("local", local)
                .root(options -> options.handlers("collector"));
    }

    private static List<String> log(Weir weir, int from, int to) {
        List<String> messages = new ArrayList<>();
        for (int i = from; i < to; i++) {
            messages.add("number " + i);
            weir.loggerOf("any").info("number {}", i);
        }
        return messages;
    }

    @Test
    void takesTheRecordsInTheirOrderUntilTheSinkIsBack() {
        collector.down = true;
        Weir weir = builder().start();

        List<String> outage = log(weir, 0, 20_000);
        await().until(() -> weir.stats().breaker("collector") == BreakerState.OPEN);
        assertThat(weir.flush(SOON).left()).isZero();
        assertThat(local.lines).isEqualTo(outage);
        collector.down = false;
        await().until(() -> {
            weir.loggerOf("any").debug("off");
            log(weir, 20_000, 20_001);
            return weir.stats().breaker("collector") == BreakerState.CLOSED;
        });
        List<String> after = log(weir, 30_000, 30_100);
        weir.close(SOON);

        Stats stats = weir.stats();
        assertThat(collector.lines).endsWith(after.toArray(String[]::new));
        assertThat(stats.passedOn("collector", Level.INFO)).isEqualTo(local.lines.size());
        assertThat(stats.routed("local", Level.INFO)).isEqualTo(local.lines.size());
        assertThat(stats.written("local", Level.INFO)).isEqualTo(local.lines.size());
        assertThat(stats.routed("collector", Level.INFO))
                .isEqualTo(stats.emitted(Level.INFO))
                .isEqualTo(stats.written("collector", Level.INFO) + stats.passedOn("collector", Level.INFO));
        assertThat(stats.toJson()).contains("\"passedOn\": {\"INFO\": " + local.lines.size() + "}");
    }

    @Test
    void aFlushWaitsForWhatWasPassedOn() {
        collector.down = true;
        local.hanging = new CountDownLatch(1);
        Weir weir = builder().start();
        log(weir, 0, 10);
        await().until(() -> weir.stats().passedOn("collector", Level.INFO) == 10);

        assertThat(weir.flush(Duration.ofMillis(50)).left()).isEqualTo(10);
        local.hanging.countDown();
        assertThat(weir.flush(SOON).left()).isZero();

        assertThat(local.lines).hasSize(10);
        weir.close(SOON);
    }

    @Test
    void aFlushWaitsForWhatIsPassedOnTwice() throws InterruptedException {
        Sink last = new Sink();
        last.hanging = new CountDownLatch(1);
        local.hanging = new CountDownLatch(1);
        collector.down = true;
        Weir weir = Weir.builder()
                .handler(
                        "collector",
                        collector,
                        options -> options.fallback("local").breaker(QUICK))
                .handler("local", local, options -> options.fallback("last").breaker(QUICK))
                .handler("last", last)
                .start();
        log(weir, 0, 10);
        await().until(() -> weir.stats().passedOn("collector", Level.INFO) == 10);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Thread flusher = new Thread(() -> {
            assertThat(weir.flush(SOON).complete()).isTrue();
            seen.add(last.lines.size());
        });
        flusher.start();
        await().until(() -> flusher.getState() != Thread.State.NEW && flusher.getState() != Thread.State.RUNNABLE);

        local.down = true;
        local.hanging.countDown();
        await().until(() -> weir.stats().passedOn("local", Level.INFO) == 10);
        flusher.join(100); // which it would be through with if it did not wait
        last.hanging.countDown();
        flusher.join();

        assertThat(seen).containsExactly(10);
        weir.close(SOON);
    }

    @Test
    void aFlushDoesNotWaitForWhatIsPassedOnAfterIt() throws InterruptedException {
        collector.down = true;
        local.nanosEach = 20_000; // so that something that was passed on waits all the time
        Weir weir = builder().queueCapacity(1 << 20).start();
        AtomicBoolean ended = new AtomicBoolean();
        Thread more = new Thread(() -> {
            while (!ended.get()) {
                log(weir, 0, 50);
                LockSupport.parkNanos(100_000);
            }
        });
        more.start();
        await().until(() -> weir.stats().passedOn("collector", Level.INFO) > 100);

        for (int i = 0; i < 3; i++) {
            assertThat(weir.flush(Duration.ofSeconds(5)).complete()).isTrue();
        }
        ended.set(true);
        more.join();
        weir.close(SOON);
    }

    @Test
    void theFallbackEndsAfterThoseThatPassOnToIt() {
        collector.down = true;
        Weir weir = builder().start();
        log(weir, 0, 1_000);

        weir.close(SOON);

        Stats stats = weir.stats();
        assertThat(local.lines.size() + collector.lines.size()).isEqualTo(1_000);
        assertThat(stats.dropped("collector", Level.INFO) + stats.dropped("local", Level.INFO))
                .isZero();
    }

    @Test
    void recordsOfItsOwnAndThosePassedOnKeepTheirOrder() {
        collector.down = true;
        local.hanging = new CountDownLatch(1);
        Weir weir = builder()
                .root(options -> options.level(Level.DEBUG).handlers("collector"))
                .logger("both", options -> options.handlers("local"))
                .start();
        Logger passed = weir.loggerOf("any");
        Logger both = weir.loggerOf("both");
        for (int i = 0; i < 200; i++) {
            if (i % 3 == 0) {
                passed.error("passed {}", i);
            } else if (i % 3 == 1) {
                passed.debug("passed {}", i);
            } else {
                both.warn("own {}", i);
            }
        }
        await().until(() -> weir.stats().passedOn("collector", Level.ERROR) == 67);
        local.hanging.countDown();
        weir.close(SOON);

        assertThat(numbers("passed ")).isSorted().hasSize(134);
        assertThat(numbers("own ")).isSorted().hasSize(66);
    }

    /** Without those that came twice: once by their own route, and once passed on. */
    private List<Integer> numbers(String prefix) {
        return local.lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> Integer.valueOf(line.substring(prefix.length())))
                .distinct()
                .toList();
    }

    @Test
    void aDeadFallbackDropsWithinItsOwnBudget() {
        collector.down = true;
        local.hanging = new CountDownLatch(1);
        Weir weir = builder().queueCapacity(1 << 20).start();
        await().until(() -> {
            log(weir, 0, 5_000);
            return weir.stats().dropped("local", Level.INFO) > 0;
        });
        local.hanging.countDown();
        weir.close(SOON);

        Stats stats = weir.stats();
        assertThat(stats.routed("local", Level.INFO))
                .isEqualTo(stats.passedOn("collector", Level.INFO))
                .isEqualTo(stats.written("local", Level.INFO) + stats.dropped("local", Level.INFO));
    }

    @Test
    void findsFallbacksThatAreNone() {
        assertThatThrownBy(() -> Weir.builder()
                        .handler("a", new NullHandler(), options -> options.fallback("b"))
                        .handler("b", new NullHandler(), options -> options.fallback("a"))
                        .handler("c", new NullHandler(), options -> options.fallback("c"))
                        .handler("d", new NullHandler(), options -> options.fallback("missing"))
                        .handler("e", new NullHandler(), options -> options.fallback("a"))
                        .start())
                .hasMessage("""
                        handler a: fallback: b (expected: a handler that does not pass on to this one)
                        handler b: fallback: a (expected: a handler that does not pass on to this one)
                        handler c: fallback: c (expected: a handler that does not pass on to this one)
                        handler d: fallback: missing (expected: one of [a, b, c, d, e])""");
    }

    @Test
    void aHandlerThatGoesOnKeepsItsFallback() {
        Weir weir = builder().start();
        assertThatThrownBy(() -> PipelineSettingsForTest.install(
                        weir, Weir.builder().handler("collector", collector).handler("local", local)))
                .hasMessageContaining("handler collector: the instance runs with another fallback");
        weir.close(SOON);
    }
}
