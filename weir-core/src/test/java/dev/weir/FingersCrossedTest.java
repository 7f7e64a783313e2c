package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.filter.DuplicatesFilter;
import dev.weir.filter.Filter;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A memory handler in a running pipeline. */
@Timeout(60)
class FingersCrossedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Keeps messages; hangs until it is let go if it is told to; writes late records too. */
    private static final class Target implements Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final CountDownLatch letGo;

        Target(boolean hanging) {
            letGo = new CountDownLatch(hanging ? 1 : 0);
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            lines.add(record.message());
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public boolean late(LogRecord record) {
            lines.add("late " + record.message());
            return true;
        }
    }

    private static Weir start(Handler target, MemoryHandler memory) {
        return Weir.builder()
                .handler("memory", memory)
                .handler("target", target)
                .root(options -> options.level(Level.DEBUG))
                .start();
    }

    private static void requireSum(Stats stats) {
        for (String handler : stats.handlerNames()) {
            for (Level level : Level.values()) {
                assertThat(stats.written(handler, level)
                                + stats.passedOn(handler, level)
                                + stats.filtered(handler, level)
                                + stats.dropped(handler, level)
                                + stats.pending(handler, level))
                        .as("%s %s: %s", handler, level, stats)
                        .isEqualTo(stats.routed(handler, level));
            }
        }
    }

    @Test
    void whatIsHeldIsPendingUntilAnErrorLetsItGo() {
        Target target = new Target(false);
        Weir weir = start(target, MemoryHandler.builder("target").build());
        Logger logger = weir.loggerOf("any");

        logger.debug("one");
        logger.info("two");
        assertThat(weir.flush(PATIENCE).complete()).isTrue();
        Stats before = weir.stats();
        logger.error("three");
        weir.flush(PATIENCE);
        await().until(() -> weir.stats().written("target", Level.ERROR) == 1);
        Stats after = weir.stats();
        logger.debug("four");
        assertThat(weir.close(PATIENCE).complete()).isTrue();

        assertThat(before.pending("memory", Level.DEBUG)).isEqualTo(1);
        assertThat(before.pending("memory", Level.INFO)).isEqualTo(1);
        assertThat(before.routed("target", Level.INFO)).isZero();
        assertThat(after.passedOn("memory", Level.DEBUG)).isEqualTo(1);
        assertThat(after.pending("memory", Level.DEBUG)).isZero();
        assertThat(target.lines).containsExactly("one", "two", "three");
        Stats end = weir.stats();
        assertThat(end.filtered("memory", Level.DEBUG)).isEqualTo(1);
        assertThat(end.written("target", Level.DEBUG)).isEqualTo(1);
        for (Stats stats : List.of(before, after, end)) {
            requireSum(stats);
        }
    }

    @Test
    void aFlushWaitsForWhatIsLetGoThoughMemoryForItHasToArrive() {
        CountDownLatch letGo = new CountDownLatch(1);
        Handler target = new Handler() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                try {
                    if (record.level() == Level.ERROR) {
                        letGo.await();
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder()
                .queueCapacity(64 << 20)
                .handler(
                        "memory",
                        MemoryHandler.builder("target").capacity(16 << 20).build())
                .handler("target", target)
                .start();
        Logger logger = weir.loggerOf("any");
        for (int i = 0; i < 16; i++) {
            for (int j = 0; j < 500; j++) {
                logger.info("x".repeat(1000));
            }
            assertThat(weir.flush(PATIENCE).complete()).isTrue();
        }

        logger.error("severe");

        assertThat(weir.flush(Duration.ofMillis(500)).complete()).isFalse();
        letGo.countDown();
        assertThat(weir.flush(PATIENCE).complete()).isTrue();
        assertThat(weir.stats().written("target", Level.INFO)).isEqualTo(8000);
        assertThat(weir.stats().written("target", Level.ERROR)).isEqualTo(1);
        weir.close(PATIENCE);
        requireSum(weir.stats());
    }

    @Test
    void aTargetGetsNothingFromLoggersUnlessItIsNamedThere() {
        Target target = new Target(false);
        Weir weir = Weir.builder()
                .handler("memory", MemoryHandler.builder("target").build())
                .handler("target", target)
                .root(options -> options.level(Level.DEBUG))
                .logger("direct", options -> options.propagate(false).handlers("target"))
                .start();

        weir.loggerOf("any").info("held");
        weir.loggerOf("direct").info("written");

        weir.close(PATIENCE);
        assertThat(target.lines).containsExactly("written");
    }

    @Test
    void atTheEndItPassesOnWhatItHoldsIfItIsToldTo() {
        Target target = new Target(false);
        Weir weir =
                start(target, MemoryHandler.builder("target").flushOnClose(true).build());

        weir.loggerOf("any").info("held");

        assertThat(weir.close(PATIENCE).complete()).isTrue();
        assertThat(target.lines).containsExactly("held");
        requireSum(weir.stats());
    }

    @Test
    void whatATargetThatHangsDoesNotGetIsCounted() {
        Target target = new Target(true);
        Weir weir =
                start(target, MemoryHandler.builder("target").flushOnClose(true).build());
        Logger logger = weir.loggerOf("any");
        logger.error("hangs");
        await().until(() -> weir.stats().passedOn("memory", Level.ERROR) == 1);
        logger.info("held");

        weir.close(Duration.ofMillis(300));

        Stats stats = weir.stats();
        target.letGo.countDown();
        requireSum(stats);
        assertThat(stats.dropped("target", Level.ERROR)).isEqualTo(1);
        assertThat(stats.passedOn("memory", Level.INFO) + stats.dropped("memory", Level.INFO))
                .isEqualTo(1);
    }

    @Test
    void oneThatWasGivenUpHoldsNothingInItsNextPipeline() {
        CountDownLatch letGo = new CountDownLatch(1);
        Filter hanging = record -> {
            try {
                return !record.message().equals("hang") || letGo.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        MemoryHandler memory = MemoryHandler.builder("target").build();
        Weir before = Weir.builder()
                .handler("details", memory, options -> options.filter(hanging))
                .handler("target", new NullHandler())
                .start();
        before.loggerOf("any").info("old");
        before.flush(PATIENCE);
        before.loggerOf("any").info("hang");
        before.close(Duration.ofMillis(50));
        letGo.countDown();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("weir-details")));
        Target target = new Target(false);
        Weir weir = start(target, memory);

        weir.loggerOf("any").error("new");

        assertThat(weir.close(PATIENCE).complete()).isTrue();
        assertThat(target.lines).containsExactly("new");
        requireSum(before.stats());
        requireSum(weir.stats());
    }

    @Test
    void chainsOfMemoryHandlersEndInOrder() {
        Target target = new Target(false);
        Weir weir = Weir.builder()
                .handler(
                        "first",
                        MemoryHandler.builder("second").flushLevel(Level.WARN).build())
                .handler("second", MemoryHandler.builder("target").build())
                .handler("target", target)
                .start();
        Logger logger = weir.loggerOf("any");

        logger.info("1");
        logger.warn("2");
        logger.info("3");
        logger.error("4");

        assertThat(weir.close(PATIENCE).complete()).isTrue();
        assertThat(target.lines).containsExactly("1", "2", "3", "4");
        requireSum(weir.stats());
    }

    @Test
    void aFlushWaitsForWhatGoesAlongAChain() throws InterruptedException {
        CountDownLatch passing = new CountDownLatch(1);
        Filter hanging = record -> {
            try {
                passing.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return true;
        };
        Target target = new Target(true);
        Weir weir = Weir.builder()
                .handler("first", MemoryHandler.builder("second").build())
                .handler("second", MemoryHandler.builder("target").build(), options -> options.filter(hanging))
                .handler("target", target)
                .start();
        weir.loggerOf("any").error("severe");
        await().until(() -> weir.stats().passedOn("first", Level.ERROR) == 1);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Thread flusher = new Thread(() -> {
            assertThat(weir.flush(PATIENCE).complete()).isTrue();
            seen.add(target.lines.size());
        });
        flusher.start();
        await().until(() -> flusher.getState() == Thread.State.TIMED_WAITING);

        passing.countDown();
        await().until(() -> weir.stats().passedOn("second", Level.ERROR) == 1);
        flusher.join(100); // which it would be through with if it did not wait
        target.letGo.countDown();
        flusher.join();

        assertThat(seen).containsExactly(1);
        weir.close(PATIENCE);
    }

    @Test
    void itsFiltersDecideWhatIsHeld() {
        Target target = new Target(false);
        Weir weir = Weir.builder()
                .handler(
                        "memory",
                        MemoryHandler.builder("target").build(),
                        options -> options.filter(new DuplicatesFilter(Duration.ofHours(1))))
                .handler("target", target)
                .start();

        for (int i = 0; i < 5; i++) {
            weir.loggerOf("any").info("same");
        }
        weir.loggerOf("any").error("error");

        weir.close(PATIENCE);
        assertThat(target.lines).containsExactly("same", "error");
        assertThat(weir.stats().filtered("memory", Level.INFO)).isEqualTo(4);
        requireSum(weir.stats());
    }

    @Test
    void lateRecordsThatItWouldPassOnAreItsTargetsToWrite() {
        Target target = new Target(false);
        Weir weir = start(
                target, MemoryHandler.builder("target").passLevel(Level.WARN).build());
        Logger logger = weir.loggerOf("any");
        weir.close(PATIENCE);

        logger.info("held");
        logger.warn("passed");
        logger.error("severe");

        assertThat(target.lines).containsExactly("late passed", "late severe");
        assertThat(weir.stats().refused(Level.INFO)).isEqualTo(1);
    }

    @Test
    void itsFiltersDecideAboutLateRecordsToo() {
        Target target = new Target(false);
        Weir weir = Weir.builder()
                .handler(
                        "memory",
                        MemoryHandler.builder("target").build(),
                        options -> options.filter(record -> !record.message().equals("secret")))
                .handler("target", target)
                .start();
        Logger logger = weir.loggerOf("any");
        weir.close(PATIENCE);

        logger.error("secret");
        logger.error("severe");

        assertThat(target.lines).containsExactly("late severe");
        assertThat(weir.stats().refused(Level.ERROR)).isEqualTo(1);
    }

    @Test
    void theAccountAddsUpAtEveryLookWhileManyThreadsLog() throws InterruptedException {
        long seed = System.nanoTime();
        Target target = new Target(false);
        Weir weir = start(
                target,
                MemoryHandler.builder("target")
                        .capacity(20_000)
                        .passLevel(Level.WARN)
                        .perTrace(true)
                        .build());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            Random random = new Random(seed + t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    String trace = "%032x".formatted(1 + random.nextInt(30));
                    try (TraceContext.Scope scope = TraceContext.scope("00-" + trace + "-0000000000000001-01")) {
                        int choice = random.nextInt(100);
                        Level level = choice < 80 ? Level.DEBUG : choice < 98 ? Level.WARN : Level.ERROR;
                        weir.loggerOf("any").log(level, "message {} {}", i, scope.hashCode());
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                requireSum(weir.stats());
                thread.join(1);
            }
        }
        assertThat(weir.close(PATIENCE).complete()).as("seed " + seed).isTrue();

        Stats stats = weir.stats();
        requireSum(stats);
        long passed = 0;
        long routed = 0;
        for (Level level : Level.values()) {
            passed += stats.passedOn("memory", level);
            routed += stats.routed("memory", level);
            assertThat(stats.routed("target", level)).isEqualTo(stats.passedOn("memory", level));
            assertThat(stats.dropped("memory", level)).isZero();
        }
        assertThat(routed).isEqualTo(60_000);
        assertThat(passed).as("seed " + seed).isEqualTo(target.lines.size()).isBetween(12_000L, 59_999L);
        assertThat(stats.filtered("memory", Level.DEBUG)).isPositive();
    }

    @Test
    void settingsOfNoUseAreRefusedTogether() {
        PipelineBuilder builder = Weir.builder()
                .handler("a", MemoryHandler.builder("nobody").build())
                .handler("b", MemoryHandler.builder("b").build())
                .handler("c", MemoryHandler.builder("null").build(), options -> options.fallback("null"))
                .handler("null", new NullHandler());

        assertThatThrownBy(builder::start).hasMessage("""
                        handler c: fallback: null (expected: none, since a memory handler passes on to its target)
                        handler a: target: nobody (expected: one of [a, b, c, null])
                        handler b: target: b (expected: a handler that does not pass on to this one)""");
    }
}
