package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.pipeline.Account;
import dev.weir.internal.pipeline.Pipeline;
import dev.weir.internal.pipeline.PipelineSettings;
import dev.weir.internal.pipeline.PipelineSettings.LoggerSettings;
import dev.weir.record.LogRecord;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that hang where it hurts: in prepare, in close, at the end of the pipeline. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
        Weir weir = Weir.builder().handler("a", first).start();
        Logger logger = weir.loggerOf("any");
        logger.info("1");

        PipelineSettingsForTest.install(
                weir, Weir.builder().shutdownDeadline(Duration.ofMillis(200)).handler("a", second));
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
    void aSuccessorHasItsPredecessorsTimeBeforeItIsGivenUp() {
        Holding first = new Holding("place") {
            @Override
            public void flush() {
                hang();
            }
        };
        Holding second = new Holding("place");
        Holding third = new Holding("place");
        Holding unrelated = new Holding("elsewhere") {
            @Override
            public void flush() {
                hang();
            }
        };
        Weir weir = Weir.builder().handler("first", first).start();
        Logger logger = weir.loggerOf("any");
        logger.info("1");
        PipelineSettingsForTest.install(
                weir,
                Weir.builder().shutdownDeadline(SOON).handler("second", second).handler("unrelated", unrelated));
        logger.info("2");

        PipelineSettingsForTest.install(
                weir, Weir.builder().shutdownDeadline(Duration.ofMillis(50)).handler("third", third));
        logger.info("3");
        while (weir.stats().total(sums -> Account.sum(sums.dropped[DropReason.RETIRED.ordinal()])) == 0) {
            Thread.onSpinWait(); // the unrelated one, retired after the second and with the same deadline, is given up
        }
        first.letGo.countDown();

        assertThat(weir.flush(SOON).complete()).isTrue();
        assertThat(first.seen).containsExactly("1");
        assertThat(second.seen).containsExactly("2");
        assertThat(third.seen).containsExactly("3");
        unrelated.letGo.countDown();
        weir.close(SOON);
    }

    /** Counts how often it was opened and closed, and hangs in close. */
    private static final class HangingInClose extends Holding {
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();

        HangingInClose(String resource) {
            super(resource);
        }

        @Override
        public void open() {
            opened.incrementAndGet();
        }

        @Override
        public void close(boolean abandoned) {
            closed.incrementAndGet();
            hang();
        }
    }

    @Test
    void anInstallationDuringTheEndWaitsForWhoHoldsItsResource() throws InterruptedException {
        HangingInClose first = new HangingInClose("place");
        HangingInClose second = new HangingInClose("place");
        second.letGo.countDown();
        Weir weir = Weir.builder().handler("a", first).install();
        Logger logger = Weir.logger("any");
        logger.info("1");
        Thread closing = new Thread(() -> weir.close(Duration.ofMinutes(1)), "closing");
        closing.start();
        first.hanging.await();

        Weir.builder().handler("a", second).install();
        logger.info("2");

        assertThat(weir.flush(Duration.ofMillis(200)).complete()).isFalse();
        assertThat(second.opened).hasValue(0);
        first.letGo.countDown();
        closing.join();
        assertThat(weir.flush(SOON).complete()).isTrue();
        weir.close(SOON);
        assertThat(first.seen).containsExactly("1");
        assertThat(second.seen).containsExactly("2");
        for (HangingInClose handler : List.of(first, second)) {
            assertThat(handler.opened).hasValue(1);
            assertThat(handler.closed).hasValue(1);
        }
    }

    @Test
    void anInstanceThatTheEndHasNotFinishedWithIsNotRunAgain() throws InterruptedException {
        HangingInClose handler = new HangingInClose("place");
        Weir weir = Weir.builder().handler("a", handler).install();
        Logger logger = Weir.logger("any");
        logger.info("1");
        Thread closing = new Thread(() -> weir.close(Duration.ofMinutes(1)), "closing");
        closing.start();
        handler.hanging.await();

        assertThatThrownBy(() -> Weir.builder().handler("a", handler).install())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the instance is still finishing");

        assertThat(handler.opened).hasValue(1);
        handler.letGo.countDown();
        closing.join();
        Weir.builder().handler("a", handler).install();
        logger.info("2");
        weir.close(SOON);
        assertThat(handler.seen).containsExactly("1", "2");
        assertThat(handler.opened).hasValue(2);
        assertThat(handler.closed).hasValue(2);
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
        HangingInClose leaving = new HangingInClose("place");
        PipelineSettingsForTest.install(weir, Weir.builder().handler("d", leaving));
        weir.loggerOf("any").info("opens it");
        PipelineSettingsForTest.install(weir, Weir.builder().handler("a", new NullHandler()));
        assertThatThrownBy(() ->
                        PipelineSettingsForTest.install(weir, Weir.builder().handler("d", leaving)))
                .hasMessageContaining("the instance is still finishing");
        leaving.letGo.countDown();
        weir.close(SOON);
        assertThat(leaving.opened).hasValue(1);
    }

    /** Fails once, when the installing thread asks for what is set at a logger: the change is appended by then. */
    private static final class FailingOnce extends HashMap<String, LoggerSettings> {
        private static final long serialVersionUID = 1;

        private final transient Thread installing = Thread.currentThread();
        private final String logger;
        private transient @Nullable Error failure;

        FailingOnce(Map<String, LoggerSettings> settings, String logger, Error failure) {
            super(settings);
            this.logger = logger;
            this.failure = failure;
        }

        @Override
        public @Nullable LoggerSettings get(Object name) {
            Error once = failure;
            if (once != null && name.equals(logger) && Thread.currentThread() == installing) {
                failure = null;
                throw once;
            }
            return super.get(name);
        }
    }

    @Test
    void aFailureBehindTheChangeOfRoutesCompletesTheInstallation() {
        HangingInClose first = new HangingInClose("place");
        first.letGo.countDown();
        Holding second = new Holding("place");
        Holding third = new Holding("place");
        Weir weir = Weir.builder().handler("first", first).start();
        Logger logger = weir.loggerOf("any");
        logger.info("1");
        PipelineSettings settings = Weir.builder().handler("second", second).settings();
        Error failure = new InternalError("test");

        assertThatThrownBy(() -> weir.replace(new PipelineSettings(
                        settings.handlers(),
                        new FailingOnce(settings.loggers(), "any", failure),
                        settings.queueCapacity(),
                        settings.maxRecord(),
                        settings.queueWait(),
                        settings.shutdownDeadline(),
                        settings.statsEvery(),
                        settings.jmx())))
                .isSameAs(failure);
        logger.info("2");
        assertThat(weir.flush(SOON).complete()).isTrue();
        assertThat(first.closed).hasValue(1);
        assertThat(weir.stats().written("second", Level.INFO)).isOne();
        PipelineSettingsForTest.install(weir, Weir.builder().handler("third", third));
        logger.info("3");
        weir.close(SOON);

        assertThat(first.seen).containsExactly("1");
        assertThat(second.seen).containsExactly("2");
        assertThat(third.seen).containsExactly("3");
    }

    /** Claims all the room there is and publishes nothing, as a caller would that is suspended there. */
    private static Journal stopped(Weir weir) throws ReflectiveOperationException {
        Journal journal = (Journal) field(Pipeline.class, "journal")
                .get(field(Weir.class, "pipeline").get(weir));
        Method claim = Class.forName(Journal.class.getPackageName() + ".ClaimedPosition")
                .getDeclaredMethod("casClaimed", long.class, long.class);
        claim.setAccessible(true);
        long end = journal.claimedEnd();
        long room = journal.geometry().ringBytes() - journal.usedBytes();
        assertThat(claim.invoke(journal, end, end + room)).isEqualTo(true);
        return journal;
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static boolean isRunning(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(thread));
    }

    @Test
    void anInstallationThatFindsNoRoomLeavesNoHandlerBehind() throws Exception {
        Weir weir = Weir.builder().handler("kept", new NullHandler()).start();
        assertThat(weir.flush(SOON).complete()).isTrue();
        Journal journal = stopped(weir);
        Thread installing = new Thread(() -> assertThatThrownBy(() -> PipelineSettingsForTest.install(
                        weir, Weir.builder().handler("of no change", new NullHandler())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the pipeline is closed"));
        installing.start();
        while (!isRunning("weir-of no change") || installing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        weir.close(Duration.ofMillis(100)); // which ends the wait for room
        installing.join();

        assertThat(journal.cursors()).noneMatch(cursor -> cursor.name().equals("of no change"));
        long deadline = System.nanoTime() + SOON.toNanos();
        while (isRunning("weir-of no change")) {
            assertThat(System.nanoTime()).as("its worker ends before").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void installationsLeaveNothingBehind(boolean used) throws InterruptedException {
        Handler kept = new NullHandler();
        List<WeakReference<Handler>> replaced = new ArrayList<>();
        Weir weir = Weir.builder().handler("kept", kept).start();
        Logger logger = weir.loggerOf("any");
        for (int i = 0; i < 20; i++) {
            Handler next = new Holding("place");
            replaced.add(new WeakReference<>(next));
            PipelineSettingsForTest.install(
                    weir, Weir.builder().handler("kept", kept).handler("replaced" + i, next));
            if (used) {
                logger.info("opens it");
            }
            assertThat(weir.flush(SOON).complete()).isTrue();
            while (weir.stats().handlerNames().contains("replaced" + (i - 1))) {
                Thread.onSpinWait(); // until the one before has left
            }
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
    void theAccountAddsUpWheneverItIsAskedFor() {
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
