package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Handlers that hang where it hurts: in prepare, in close, at the end of the pipeline. */
class HardEndsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Writes to a named resource and may hang in any of its methods. */
    private static class Holding implements Handler {
        final CountDownLatch letGo = new CountDownLatch(1);
        final CountDownLatch hanging = new CountDownLatch(1);
        final List<String> seen = new ArrayList<>();
        final String resource;

        Holding(String resource) {
            this.resource = resource;
        }

        void hang() {
            hanging.countDown();
            boolean free = false;
            while (!free) {
                try {
                    free = letGo.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    free = false;
                }
            }
        }

        @Override
        public boolean emit(LogRecord record) {
            seen.add(record.message());
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public @Nullable String resource() {
            return resource;
        }
    }

    @Test
    void aSuccessorGoesOnWhenItsPredecessorHangsInClose() {
        Holding first = new Holding("place") {
            @Override
            public void close(boolean abandoned) {
                hang();
            }
        };
        Holding second = new Holding("place");
        Weir weir = Weir.builder()
                .shutdownDeadline(Duration.ofMillis(200))
                .handler("a", first)
                .start();
        Logger logger = weir.loggerOf("any");
        logger.info("1");

        PipelineSettingsForTest.install(weir, Weir.builder().handler("a", second));
        logger.info("2");

        assertThat(weir.flush(SOON).complete()).isTrue();
        assertThat(second.seen).containsExactly("2");
        first.letGo.countDown();
        weir.close(SOON);
        assertThat(first.seen).containsExactly("1");
    }

    @Test
    void aSuccessorWaitsForEveryEarlierHolderAndNotOnlyForTheLast() throws InterruptedException {
        Holding first = new Holding("place") {
            @Override
            public void flush() {
                hang();
            }
        };
        Holding idle = new Holding("place");
        Holding last = new Holding("place");
        Weir weir = Weir.builder().handler("a", first).start();
        Logger logger = weir.loggerOf("any");
        logger.info("1");
        first.hanging.await();

        PipelineSettingsForTest.install(weir, Weir.builder().handler("a", idle));
        PipelineSettingsForTest.install(weir, Weir.builder().handler("a", last));
        logger.info("2");

        assertThat(weir.flush(Duration.ofMillis(100)).complete()).isFalse();
        assertThat(last.seen).isEmpty();
        first.letGo.countDown();
        assertThat(weir.flush(SOON).complete()).isTrue();
        assertThat(last.seen).containsExactly("2");
        weir.close(SOON);
    }

    @Test
    void theEndDoesNotWaitForAnInstallationThatHangs() throws InterruptedException {
        Holding hanging = new Holding("place") {
            @Override
            public void prepare() {
                hang();
            }
        };
        Weir weir = Weir.builder().handler("a", new NullHandler()).start();
        Thread installing = new Thread(() -> assertThatThrownBy(() ->
                        PipelineSettingsForTest.install(weir, Weir.builder().handler("b", hanging)))
                .isInstanceOf(IllegalStateException.class));
        installing.start();
        hanging.hanging.await();

        long begun = System.nanoTime();
        weir.close(Duration.ofMillis(300));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        hanging.letGo.countDown();
        installing.join();
    }

    @Test
    void callsAfterAnEndWithAHandlerThatHangsDoNotWaitForIt() {
        Holding hanging = new Holding("place") {
            @Override
            public void flush() {
                hang();
            }
        };
        Weir weir = Weir.builder().handler("a", hanging).start();
        Logger logger = weir.loggerOf("any");
        logger.info("1");
        weir.close(Duration.ofMillis(200));

        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            logger.info("late");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(weir.stats().refused(Level.INFO)).isEqualTo(20);
        hanging.letGo.countDown();
    }

    @Test
    void aLateRecordOfAnInterruptedThreadIsWritten() {
        List<String> late = new ArrayList<>();
        Weir weir = Weir.builder()
                .handler("a", new Handler() {
                    @Override
                    public boolean emit(LogRecord record) {
                        return true;
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public boolean late(LogRecord record) {
                        return late.add(record.message());
                    }
                })
                .start();
        Logger logger = weir.loggerOf("any");
        weir.close(SOON);

        Thread.currentThread().interrupt();
        logger.info("late");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(late).containsExactly("late");
    }

    @Test
    void oneResourceHasOneHandlerAndOneInstanceOneWorker() {
        Weir weir = Weir.builder().handler("a", new NullHandler()).start();

        assertThatThrownBy(() -> PipelineSettingsForTest.install(
                        weir, Weir.builder().handler("b", new Holding("place")).handler("c", new Holding("place"))))
                .hasMessageContaining("place is written to by handler b");
        weir.close(SOON);
    }

    @Test
    void installationsLeaveNothingBehind() throws InterruptedException {
        Handler kept = new NullHandler();
        List<WeakReference<Handler>> replaced = new ArrayList<>();
        Weir weir = Weir.builder().handler("kept", kept).start();
        for (int i = 0; i < 20; i++) {
            Handler next = new Holding("place");
            replaced.add(new WeakReference<>(next));
            PipelineSettingsForTest.install(
                    weir, Weir.builder().handler("kept", kept).handler("replaced", next));
            weir.flush(SOON);
        }

        long deadline = System.nanoTime() + SOON.toNanos();
        while (alive(replaced) > 1 && System.nanoTime() < deadline) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
        }

        assertThat(alive(replaced)).isLessThanOrEqualTo(1);
        weir.close(SOON);
    }

    private static long alive(List<WeakReference<Handler>> handlers) {
        return handlers.stream().filter(handler -> handler.get() != null).count();
    }

    @Test
    void askingForTheAccountAgainAndAgainCostsNoRecords() {
        Weir weir = Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("a", new NullHandler())
                .start();
        Logger logger = weir.loggerOf("any");

        for (int i = 0; i < 200_000; i++) {
            logger.info("{}", i);
            if (i % 1000 == 0) {
                Stats stats = weir.stats();
                assertThat(stats.written("a", Level.INFO) + stats.pending("a", Level.INFO))
                        .isEqualTo(stats.routed("a", Level.INFO));
            }
        }

        weir.close(SOON);
        assertThat(weir.stats().written("a", Level.INFO)).isEqualTo(200_000);
    }
}
