package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The current pipeline: installed, replaced, closed and installed again. */
class CurrentTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final class Messages implements Handler {
        final List<String> seen = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) {
            seen.add(record.loggerName() + ": " + record.message());
            return true;
        }

        @Override
        public void flush() {}
    }

    @Test
    void loggersStayValidOverInstallationsAndTheEnd() {
        Messages first = new Messages();
        Messages second = new Messages();
        Messages third = new Messages();

        Weir.builder().handler("first", first).install();
        Logger logger = Weir.logger("a.b");
        logger.info("one");
        Weir.builder().handler("second", second).install();
        logger.info("two");
        Weir.current().close(SOON);
        logger.info("nobody can write this");
        Weir.builder().handler("third", third).install();
        logger.info("three");
        Weir.current().close(SOON);

        assertThat(first.seen).containsExactly("a.b: one");
        assertThat(second.seen).containsExactly("a.b: two");
        assertThat(third.seen).containsExactly("a.b: three");
        assertThat(Weir.logger("a.b")).isSameAs(logger);
    }

    /** Counts how often it was opened and closed. */
    private static final class Lived implements Handler {
        final Messages written = new Messages();
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public void open() {
            opened.incrementAndGet();
        }

        @Override
        public boolean emit(LogRecord record) {
            return written.emit(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close(boolean abandoned) {
            closed.incrementAndGet();
        }
    }

    @Test
    void aTemporaryPipelineGivesWayToTheOneBefore() {
        Lived before = new Lived();
        Lived temporary = new Lived();
        Weir.builder()
                .handler("before", before)
                .logger("quiet", options -> options.off())
                .install();
        Logger logger = Weir.logger("quiet");
        Logger root = Weir.logger("ROOT");

        root.info("one");
        Weir.Interim interim = Weir.builder()
                .handler("temporary", temporary)
                .root(options -> options.level(Level.TRACE))
                .installTemporarily();
        logger.trace("two");
        interim.close();
        interim.close();
        logger.critical("is off again");
        root.info("three");
        Weir.current().flush(SOON);

        assertThat(before.opened).hasValue(1);
        assertThat(before.closed).hasValue(0);
        Weir.current().close(SOON);
        assertThat(before.written.seen).containsExactly("ROOT: one", "ROOT: three");
        assertThat(temporary.written.seen).containsExactly("quiet: two");
        assertThat(temporary.closed).hasValue(1);
    }

    @Test
    void temporaryPipelinesThatOverlapGiveWayToTheOneBeforeThemAll() {
        Lived before = new Lived();
        Lived first = new Lived();
        Lived second = new Lived();
        Weir.builder().handler("before", before).install();
        Weir.Interim one = Weir.builder().handler("first", first).installTemporarily();
        Weir.Interim two = Weir.builder().handler("second", second).installTemporarily();
        Logger root = Weir.logger("ROOT");

        one.close();
        root.info("still the second");
        two.close();
        root.info("back");
        Weir.current().close(SOON);

        assertThat(second.written.seen).containsExactly("ROOT: still the second");
        assertThat(before.written.seen).containsExactly("ROOT: back");
        assertThat(first.written.seen).isEmpty();
    }

    @Test
    void temporaryPipelinesNest() {
        Messages outer = new Messages();
        Messages inner = new Messages();
        Weir.builder().handler("before", new Messages()).install();

        Weir.Interim first = Weir.builder().handler("outer", outer).installTemporarily();
        Weir.logger("a").info("one");
        Weir.Interim second = Weir.builder().handler("inner", inner).installTemporarily();
        Weir.logger("a").info("two");
        second.close();
        Weir.logger("a").info("three");
        first.close();
        Weir.current().close(SOON);

        assertThat(outer.seen).containsExactly("a: one", "a: three");
        assertThat(inner.seen).containsExactly("a: two");
    }

    @Test
    void whatIsInstalledOverATemporaryPipelineStays() {
        Lived before = new Lived();
        Messages later = new Messages();
        Weir.builder().handler("before", before).install();
        Weir.logger("a").info("one");

        Weir.Interim interim =
                Weir.builder().handler("temporary", new Messages()).installTemporarily();
        Weir.builder().handler("later", later).install();
        interim.close();
        Weir.logger("a").info("two");
        Weir.current().close(SOON);

        assertThat(later.seen).containsExactly("a: two");
        assertThat(before.written.seen).containsExactly("a: one");
        assertThat(before.closed).hasValue(1);
    }

    @Test
    void aPipelineThatWasClosedIsClosedAfterATemporaryOne() {
        Messages before = new Messages();
        Messages temporary = new Messages();
        Weir.builder().handler("before", before).install().close(SOON);

        Weir.Interim interim = Weir.builder().handler("temporary", temporary).installTemporarily();
        Weir.logger("a").info("one");
        interim.close();
        Weir.logger("a").info("nobody writes this");

        assertThat(temporary.seen).containsExactly("a: one");
        assertThat(before.seen).isEmpty();
    }

    @Test
    void aPipelineThatWasClosedIsClosedAfterTemporaryOnesThatOverlap() {
        Messages first = new Messages();
        Messages second = new Messages();
        Weir.builder().install().close(SOON);
        Weir.Interim one = Weir.builder().handler("first", first).installTemporarily();
        Weir.Interim two = Weir.builder().handler("second", second).installTemporarily();

        one.close();
        Weir.logger("a").info("still the second");
        two.close();
        Weir.logger("a").info("nobody writes this");
        Weir.current().close(SOON);

        assertThat(second.seen).containsExactly("a: still the second");
        assertThat(first.seen).isEmpty();
    }

    @Test
    void whatIsInstalledOverATemporaryPipelineStaysEvenIfTheOneBeforeWasClosed() {
        Messages later = new Messages();
        Weir.builder().install().close(SOON);

        Weir.Interim interim =
                Weir.builder().handler("temporary", new Messages()).installTemporarily();
        Weir.builder().handler("later", later).install();
        interim.close();
        Weir.logger("a").info("one");
        Weir.current().close(SOON);

        assertThat(later.seen).containsExactly("a: one");
    }

    @Test
    void aTemporaryPipelineThatDoesNotFitChangesNothing() {
        Messages before = new Messages();
        Weir.builder().handler("taken", before).install();

        assertThatThrownBy(() -> Weir.builder().handler("taken", new Messages()).installTemporarily())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handler taken: ");
        Weir.logger("a").info("goes on");
        Weir.current().close(SOON);

        assertThat(before.seen).containsExactly("a: goes on");
    }

    @Test
    void aBadInstallationChangesNothing() {
        Messages running = new Messages();
        Weir weir = Weir.builder().handler("running", running).start();
        Logger logger = weir.loggerOf("a");
        PipelineBuilder dangling =
                Weir.builder().handler("other", new Messages()).logger("a", options -> options.handlers("nobody"));
        PipelineBuilder unable = Weir.builder().handler("unable", new Handler() {
            @Override
            public void prepare() throws IOException {
                throw new IOException("no such place");
            }

            @Override
            public boolean emit(LogRecord record) {
                return true;
            }

            @Override
            public void flush() {}
        });

        assertThatThrownBy(() -> PipelineSettingsForTest.install(weir, dangling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(() -> PipelineSettingsForTest.install(weir, unable))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handler unable: no such place");

        logger.info("goes on");
        weir.close(SOON);
        assertThat(running.seen).containsExactly("a: goes on");
    }

    @Test
    void levelsPropagationAndHandlersFollowTheTree() {
        Messages root = new Messages();
        Messages own = new Messages();
        Weir weir = Weir.builder()
                .handler("root", root)
                .handler("own", own, options -> options.level(Level.WARN))
                .root(options -> options.level(Level.WARN).handlers("root"))
                .logger("a", options -> options.level(Level.DEBUG).handlers("own"))
                .logger("a.b", options -> options.handlers("own").propagate(false))
                .logger("quiet", options -> options.off())
                .start();

        weir.loggerOf("a").debug("passes to the root, whose own level does not count");
        weir.loggerOf("a.c").warn("reaches both");
        weir.loggerOf("a.b").warn("stays");
        weir.loggerOf("x").info("is below the root's level");
        weir.loggerOf("quiet").critical("is off");
        assertThat(weir.loggerOf("a.b").isEnabled(Level.DEBUG)).isFalse();
        weir.close(SOON);

        assertThat(root.seen)
                .containsExactly("a: passes to the root, whose own level does not count", "a.c: reaches both");
        assertThat(own.seen).containsExactly("a.c: reaches both", "a.b: stays");
    }

    @Test
    void budgetsThatDoNotFitAreAnError() {
        PipelineBuilder tooMuch = Weir.builder()
                .queueCapacity(1 << 20)
                .handler("a", new Messages(), options -> options.backlog(700 * 1024))
                .handler("b", new Messages(), options -> options.backlog(700 * 1024));

        assertThatThrownBy(tooMuch::start).hasMessageContaining("queue.capacity: 1048576");
        assertThatThrownBy(() -> Weir.builder().queueCapacity(1000)).hasMessageContaining("at least 524288");
    }

    @Test
    void aHandlerThatLogsWhileItIsPreparedStartsNoSecondPipeline() throws ReflectiveOperationException {
        closeAndForgetCurrent();
        Messages seen = new Messages();
        List<Weir> within = new ArrayList<>();
        Weir weir = Weir.builder()
                .handler("logging", new Handler() {
                    @Override
                    public void prepare() {
                        within.add(Weir.current());
                        Weir.logger("inner").info("while it is prepared");
                    }

                    @Override
                    public boolean emit(LogRecord record) {
                        return seen.emit(record);
                    }

                    @Override
                    public void flush() {}
                })
                .install();

        Weir.logger("inner").info("afterwards");
        Weir.current().close(SOON);

        assertThat(Weir.current()).isSameAs(weir);
        assertThat(within).containsExactly(weir);
        assertThat(seen.seen).containsExactly("inner: afterwards");
    }

    /** Writes once it has been let go in its prepare. */
    private static final class SlowToPrepare implements Handler {
        final CountDownLatch preparing = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        final Messages written = new Messages();

        @Override
        public void prepare() throws IOException {
            preparing.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public boolean emit(LogRecord record) {
            return written.emit(record);
        }

        @Override
        public void flush() {}
    }

    @Test
    @Timeout(60)
    void whoLogsWhileThePipelineStartsSlowlyWaitsAndLosesNothing() throws Exception {
        SlowToPrepare slow = new SlowToPrepare();
        AtomicBoolean enabled = new AtomicBoolean();
        Thread starting = new Thread(() -> Weir.builder().handler("slow", slow).install(), "starting");
        Thread logging = new Thread(
                () -> {
                    Logger logger = Weir.logger("early");
                    enabled.set(logger.isEnabled(Level.INFO));
                    for (int i = 0; i < 10; i++) {
                        logger.info("{}", i);
                    }
                },
                "logging");

        closeAndForgetCurrent();
        starting.start();
        slow.preparing.await();
        logging.start();
        while (logging.isAlive() && logging.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        slow.letGo.countDown();
        starting.join();
        logging.join();
        Weir.current().close(SOON);

        assertThat(enabled).isTrue();
        assertThat(slow.written.seen)
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "early: " + i).toList());
    }

    /** As in a new process: only then does a pipeline start while others may want it. */
    private static void closeAndForgetCurrent() throws ReflectiveOperationException {
        Weir.current().close(SOON);
        Field current = Weir.class.getDeclaredField("current");
        current.setAccessible(true);
        current.set(null, null);
    }

    @Test
    void aHandlerThatGoesOnKeepsItsName() {
        Messages running = new Messages();
        Weir weir = Weir.builder().handler("old", running).start();

        assertThatThrownBy(() ->
                        PipelineSettingsForTest.install(weir, Weir.builder().handler("new", running)))
                .hasMessageContaining("the instance runs under the name old");
        weir.close(Duration.ofSeconds(Long.MAX_VALUE));
    }

    @Test
    void aLaterMaximumHoldsFromItsInstallationOn() {
        Messages running = new Messages();
        Weir weir = Weir.builder().handler("a", running).start();
        Logger logger = weir.loggerOf("x");

        assertThatThrownBy(() -> PipelineSettingsForTest.install(
                        weir, Weir.builder().maxRecord(1 << 29).handler("a", running)))
                .hasMessageContaining("queue.max-record: 536870912");
        PipelineSettingsForTest.install(weir, Weir.builder().maxRecord(1024).handler("a", running));
        logger.info("y".repeat(10_000));
        weir.close(SOON);

        assertThat(running.seen.get(0)).hasSizeLessThan(1024).endsWith("…[truncated]");
    }
}
