package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels that are set at run time, over whatever is configured. */
@Timeout(60)
@SuppressWarnings("try") // scopes are closed, and not used
class LevelsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration BRIEF = Duration.ofMillis(20);

    private final Messages messages = new Messages();
    private final Weir weir = builder().start();
    private final Levels levels = weir.levels();

    private PipelineBuilder builder() {
        return Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("messages", messages)
                .logger("quiet", options -> options.level(Level.ERROR));
    }

    /** Keeps what it gets. */
    private static final class Messages implements Handler {
        final List<String> seen = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) {
            seen.add(record.message());
            return true;
        }

        @Override
        public void flush() {}
    }

    @AfterEach
    void close() {
        weir.close(SOON);
    }

    private boolean isOn(String logger, Level level) {
        return weir.loggerOf(logger).isEnabled(level);
    }

    private List<String> told() {
        return weir.diagnostics().stream()
                .filter(line -> line.startsWith("level"))
                .toList();
    }

    // set and reset

    @Test
    void aLevelHoldsAtItsLoggerAndBelowUntilItIsReset() {
        Logger before = weir.loggerOf("a.b.c");

        levels.set("a.b", Level.DEBUG);

        assertThat(before.isEnabled(Level.DEBUG)).isTrue();
        assertThat(isOn("a.b", Level.DEBUG)).isTrue();
        assertThat(isOn("a.b.new", Level.DEBUG)).isTrue();
        assertThat(isOn("a.b", Level.TRACE)).isFalse();
        assertThat(isOn("a", Level.DEBUG)).isFalse();
        assertThat(isOn("a.bc", Level.DEBUG)).isFalse();
        assertThat(levels.reset("a.b")).isTrue();
        assertThat(before.isEnabled(Level.DEBUG)).isFalse();
        assertThat(levels.reset("a.b")).isFalse();
    }

    @Test
    void aLevelStandsInThePlaceOfTheConfiguredOneOfItsLoggerOnly() {
        levels.set("ROOT", Level.TRACE);
        assertThat(isOn("any", Level.TRACE)).isTrue();
        assertThat(isOn("quiet.below", Level.WARN)).isFalse();

        levels.set("quiet", Level.WARN);
        assertThat(isOn("quiet.below", Level.WARN)).isTrue();

        levels.resetAll();
        assertThat(isOn("any", Level.DEBUG)).isFalse();
        assertThat(isOn("quiet.below", Level.WARN)).isFalse();
    }

    @Test
    void offIsOffForEveryLevel() {
        levels.off("a");

        assertThat(isOn("a.b", Level.CRITICAL)).isFalse();
        levels.set("a.b", Level.CRITICAL);
        assertThat(isOn("a.b", Level.CRITICAL)).isTrue();
        assertThat(isOn("a", Level.CRITICAL)).isFalse();
    }

    @Test
    void recordsAreLoggedAsTheLevelIsWhenTheCallIsMade() {
        Logger logger = weir.loggerOf("a");

        for (int i = 0; i < 100; i++) {
            logger.debug("off");
            levels.set("a", Level.DEBUG);
            logger.debug("on");
            levels.reset("a");
        }
        logger.debug("off");

        weir.flush(SOON);
        assertThat(messages.seen).hasSize(100).containsOnly("on");
    }

    @Test
    void recordsThatRaceAChangeReachAllHandlersOfTheirRouteOrNone() throws Exception {
        Messages other = new Messages();
        PipelineSettingsForTest.install(weir, builder().handler("other", other));
        Logger logger = weir.loggerOf("raced");
        CountDownLatch stop = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int thread = t;
            Thread started = new Thread(() -> {
                for (long i = 0; stop.getCount() > 0; i++) {
                    logger.debug("{} {}", (long) thread, i);
                }
            });
            started.start();
            threads.add(started);
        }

        for (int i = 0; i < 300; i++) {
            levels.set("raced", Level.DEBUG);
            levels.openForContext("ROOT", Level.TRACE, "k", "v", LONG).close();
            levels.off("raced");
        }

        stop.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        DrainResult result = weir.close(SOON);
        assertThat(result.dropped()).isZero();
        assertThat(messages.seen).isNotEmpty().doesNotHaveDuplicates();
        assertThat(other.seen).isEqualTo(messages.seen);
        assertThat(weir.stats().routed("other", Level.DEBUG)).isEqualTo(messages.seen.size());
    }

    // over the configuration

    @Test
    void whatIsSetStaysOverAnotherConfiguration() {
        levels.set("a", Level.DEBUG);
        levels.off("quiet");
        Lens lens = levels.openForContext("b", Level.DEBUG, "customer", "1", LONG);

        PipelineSettingsForTest.install(weir, builder().logger("a", options -> options.level(Level.ERROR)));

        assertThat(isOn("a", Level.DEBUG)).isTrue();
        assertThat(isOn("quiet", Level.ERROR)).isFalse();
        try (TraceContext.Scope scope = Context.scope("customer", "1")) {
            assertThat(isOn("b", Level.DEBUG)).isTrue();
        }
        levels.reset("a");
        assertThat(isOn("a", Level.WARN)).isFalse();
        lens.close();
    }

    @Test
    void whatIsSetEndsWithThePipelineForItsLateRecordsAndForWhatIsInstalledThen() {
        Weir.builder().handler("first", new Messages()).install();
        Logger logger = Weir.logger("ends");
        Levels current = Weir.current().levels();
        current.set("ends", Level.DEBUG);
        Lens lens = current.openForContext("ends", Level.TRACE, "customer", "1", LONG);

        Weir.current().close(SOON);

        assertThat(logger.isEnabled(Level.INFO)).isTrue();
        assertThat(logger.isEnabled(Level.DEBUG)).isFalse();
        try (TraceContext.Scope scope = Context.scope("customer", "1")) {
            assertThat(logger.isEnabled(Level.TRACE)).isFalse();
        }
        assertThat(current.lenses()).isEmpty();
        assertThat(current.list()).allSatisfy(one -> assertThat(one.set()).isNull());
        assertThatThrownBy(() -> current.set("ends", Level.DEBUG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("levels: the pipeline is closed");
        assertThat(current.reset("ends")).isFalse();
        lens.close();
        Weir.builder().handler("second", new Messages()).install();
        assertThat(logger.isEnabled(Level.INFO)).isTrue();
        assertThat(logger.isEnabled(Level.DEBUG)).isFalse();
        Weir.current().close(SOON);
    }

    @Test
    void whatIsSetLiesOverTemporaryPipelinesAndOverTheOneThatIsPutBack() {
        Weir.builder().handler("before", new Messages()).install();
        Logger logger = Weir.logger("interim");
        Levels current = Weir.current().levels();
        current.set("interim", Level.DEBUG);

        Weir.Interim interim = Weir.builder().handler("interim", new Messages()).installTemporarily();
        assertThat(logger.isEnabled(Level.DEBUG)).isTrue();
        current.set("interim", Level.TRACE);
        interim.close();

        assertThat(logger.isEnabled(Level.TRACE)).isTrue();
        Weir.current().close(SOON);
    }

    // for a limited time

    @Test
    void aLimitedTimeEndsByItself() {
        levels.set("a", Level.DEBUG, BRIEF);
        levels.off("b", BRIEF);
        levels.set("c", Level.DEBUG);
        Lens lens = levels.openForContext("d", Level.DEBUG, "customer", "1", BRIEF);

        await().until(() -> !isOn("a", Level.DEBUG) && isOn("b", Level.INFO));
        await().until(() -> levels.lenses().isEmpty());

        assertThat(isOn("c", Level.DEBUG)).isTrue();
        assertThat(levels.list())
                .filteredOn(one -> one.set() != null)
                .extracting(LoggerLevel::logger)
                .containsExactly("c");
        try (TraceContext.Scope scope = Context.scope("customer", "1")) {
            assertThat(isOn("d", Level.DEBUG)).isFalse();
        }
        lens.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("weir-levels")));
    }

    @Test
    void settingAgainReplacesTheTime() {
        levels.set("kept", Level.DEBUG, BRIEF);
        levels.set("kept", Level.DEBUG);
        levels.set("prolonged", Level.DEBUG, BRIEF);
        levels.set("prolonged", Level.DEBUG, LONG);
        levels.set("shortened", Level.DEBUG, LONG);
        levels.set("shortened", Level.DEBUG, BRIEF);

        await().until(() -> !isOn("shortened", Level.DEBUG)); // which is the last to end

        assertThat(isOn("kept", Level.DEBUG)).isTrue();
        assertThat(isOn("prolonged", Level.DEBUG)).isTrue();
    }

    @Test
    void anEndOfALimitedTimeIsAnExactChangeToo() {
        Logger logger = weir.loggerOf("a");
        int on = 0;
        for (int i = 0; i < 5; i++) {
            levels.set("a", Level.DEBUG, BRIEF);
            logger.debug("on");
            on++;
            await().until(() -> !logger.isEnabled(Level.DEBUG));
            logger.debug("off");
        }

        weir.flush(SOON);
        assertThat(messages.seen).hasSize(on).containsOnly("on");
    }

    // what is listed

    @Test
    void listsLoggersThatExistThatAreConfiguredOrSetByName() {
        weir.loggerOf("b.exists");
        levels.set("b", Level.DEBUG, LONG);
        levels.off("a");

        List<LoggerLevel> list = levels.list();

        assertThat(list)
                .extracting(
                        LoggerLevel::logger,
                        LoggerLevel::configured,
                        LoggerLevel::set,
                        one -> one.until() != null,
                        LoggerLevel::effective)
                .containsExactly(
                        tuple("ROOT", "INFO", null, false, "INFO"),
                        tuple("a", null, "OFF", false, "OFF"),
                        tuple("b", null, "DEBUG", true, "DEBUG"),
                        tuple("b.exists", null, null, false, "DEBUG"),
                        tuple("quiet", "ERROR", null, false, "ERROR"),
                        tuple("weir.loss", null, null, false, "INFO"),
                        tuple("weir.stats", null, null, false, "INFO"));
        assertThat(list.get(2).until())
                .isBetween(
                        Instant.now().plus(LONG).minusSeconds(60), Instant.now().plus(LONG));
    }

    @Test
    void aLevelThatNoHandlerTakesStaysOffAndThatIsSaid() {
        PipelineSettingsForTest.install(
                weir, Weir.builder().handler("messages", messages, options -> options.level(Level.WARN)));

        levels.set("a", Level.DEBUG);

        assertThat(isOn("a", Level.INFO)).isFalse();
        assertThat(levels.list())
                .filteredOn(one -> one.logger().equals("a"))
                .extracting(LoggerLevel::effective)
                .containsExactly("WARN");
        assertThat(told()).singleElement().asString().contains("; but no handler on its route takes that level");
    }

    @Test
    void eachChangeIsToldWithWhoMadeItAndUntilWhen() throws Exception {
        Thread operator = new Thread(() -> levels.set("a", Level.DEBUG, LONG), "oper\nator");
        operator.start();
        operator.join();
        Instant until = levels.list().stream()
                .filter(one -> one.until() != null)
                .findAny()
                .orElseThrow()
                .until();
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("level of a: DEBUG until " + until + " (set by thread oper?ator)");

        levels.set("a", Level.DEBUG);
        assertThat(told())
                .singleElement()
                .asString()
                .contains("level of a: DEBUG until it is reset")
                .contains("(2 times");
        levels.set("a", Level.DEBUG);
        assertThat(told()).singleElement().asString().contains("(2 times");
        levels.reset("a");
        assertThat(told())
                .singleElement()
                .asString()
                .contains("level of a: as configured (reset by")
                .contains("(3 times");
        levels.off("a", BRIEF);
        await().untilAsserted(() -> assertThat(told())
                .singleElement()
                .asString()
                .contains("level of a: as configured, since the time of what was set is over"));
        levels.off("b");
        levels.resetAll();
        assertThat(told()).singleElement().asString().contains("levels of all loggers: as configured (reset by");
    }

    @Test
    void theExampleOfThePageWorks() throws IOException {
        levels.set("payment.service", Level.DEBUG);
        levels.set("payment.service", Level.DEBUG, Duration.ofMinutes(10));
        levels.off("org.noisy", Duration.ofHours(1));
        assertThat(isOn("org.noisy.below", Level.ERROR)).isFalse();
        levels.reset("payment.service");
        Lens customer = levels.openForContext("payment", Level.DEBUG, "customer", "4711", Duration.ofMinutes(30));
        Lens trace =
                levels.openForTrace("ROOT", Level.TRACE, "4bf92f3577b34da6a3ce929d0e0e4736", Duration.ofMinutes(5));
        customer.close();
        assertThat(levels.lenses()).singleElement().asString().isEqualTo(trace.toString());
        levels.list().forEach(logger -> System.err.println(logger.logger() + ": " + logger));
        levels.resetAll();
        assertThat(levels.lenses()).isEmpty();

        String page = Files.readString(Path.of("../docs/levels.md"));
        String example = page.substring(page.indexOf("```java\n") + 8, page.indexOf("\n```\n"));
        String here = Files.readString(Path.of("src/test/java/dev/weir/LevelsTest.java"));
        assertThat(example.lines()).hasSize(9);
        assertThat(oneLine(here))
                .contains(example.lines().map(LevelsTest::oneLine).toList());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", "");
    }

    // what cannot be

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> levels.set(name, Level.DEBUG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "logger: \"" + name.replace('\n', '?') + "\" (expected: a name as payment.service, or ROOT)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT168H0.001S", "P100000000D"})
    void aTimeThatIsNoneOrTooLongIsRefused(String time) {
        assertThatThrownBy(() -> levels.set("a", Level.DEBUG, Duration.parse(time)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("time: \\S+ \\(expected: more than zero, and at most a week, PT168H\\)");
        levels.set("a", Level.DEBUG, Levels.LONGEST);
    }
}
