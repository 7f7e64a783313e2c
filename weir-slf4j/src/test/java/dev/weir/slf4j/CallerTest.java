package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.slf4j.CapturingHandler.Captured;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.SubstituteLogger;
import org.slf4j.spi.CallerBoundaryAware;
import org.slf4j.spi.DefaultLoggingEventBuilder;
import org.slf4j.spi.LocationAwareLogger;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/** Where a record says that it was logged, whatever way a call takes through SLF4J. */
class CallerTest {
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error");
    private static final Marker CRITICAL = new BasicMarkerFactory().getMarker("CRITICAL");

    private CapturingHandler captured;
    private Logger logger;

    @BeforeEach
    void installsAPipelineWhoseRecordsSayIt() {
        captured = CapturingHandler.install(root -> root.level(Level.TRACE).caller(true));
        logger = LoggerFactory.getLogger("payment.service");
    }

    private static StackTraceElement here() {
        return new Throwable().getStackTrace()[1];
    }

    private void assertCalledBelow(StackTraceElement line) {
        StackTraceElement below = new StackTraceElement(
                line.getClassName(), line.getMethodName(), line.getFileName(), line.getLineNumber() + 1);
        assertThat(captured.only().caller()).isEqualTo(below);
        captured.clear();
    }

    @Test
    void isWhoCallsALoggerByWhateverMethod() throws ReflectiveOperationException {
        int calls = 0;
        for (Method method : Logger.class.getMethods()) {
            if (LEVELS.contains(method.getName())) {
                Object[] arguments = new Object[method.getParameterCount()];
                StackTraceElement line = here();
                method.invoke(logger, arguments);
                assertCalledBelow(line);
                calls++;
            }
        }

        assertThat(calls).isEqualTo(5 * 10);
    }

    @Test
    void isWhoLogsWithAMarkerThatRaisesTheLevel() {
        StackTraceElement line = here();
        logger.error(CRITICAL, "m {}", 1);
        assertCalledBelow(line);
    }

    // the fluent API

    @Test
    void isWhoEndsAFluentCallByWhateverMethod() throws ReflectiveOperationException {
        int calls = 0;
        for (Method method : LoggingEventBuilder.class.getMethods()) {
            if (method.getName().equals("log")) {
                Object[] arguments = new Object[method.getParameterCount()];
                LoggingEventBuilder begun = logger.atInfo().addKeyValue("a", 1).addMarker(CRITICAL);
                StackTraceElement line = here();
                method.invoke(begun, arguments);
                assertCalledBelow(line);
                calls++;
            }
        }

        assertThat(calls).isEqualTo(6);
    }

    @Test
    void isWhoCallsTheBoundaryThatAWrapperOfAFluentCallNames() {
        StackTraceElement line = here();
        Wrapper.fluent(logger, Wrapper.class.getName());
        assertCalledBelow(line);
    }

    @Test
    void isTheWrapperAgainOnceItNamesNone() {
        Wrapper.fluent(logger, "no.Such");
        logger.atInfo().log("m");
        Wrapper.fluent(logger, null);

        List<Captured> records = captured.records();
        assertThat(records.get(0).caller()).isNull();
        assertThat(records.get(1).caller().getMethodName()).isEqualTo("isTheWrapperAgainOnceItNamesNone");
        assertThat(records.get(2).caller().getMethodName()).isEqualTo("fluent");
    }

    // bridges and wrappers

    @Test
    void isWhoCallsTheBridgeThatNamesItself() {
        StackTraceElement line = here();
        new Wrapper().info(logger, "m");
        assertCalledBelow(line);
        line = here();
        new SubWrapper().info(logger, "m");
        assertCalledBelow(line);
    }

    @Test
    void isTheBridgeIfItNamesNothing() {
        StackTraceElement line = here();
        ((LocationAwareLogger) logger).log(CRITICAL, null, LocationAwareLogger.INFO_INT, "m", null, null);
        assertCalledBelow(line);
    }

    @Test
    void isUnknownIfTheBridgeIsNotOnTheStack() {
        ((LocationAwareLogger) logger).log(null, "no.Such", LocationAwareLogger.INFO_INT, "m", null, null);

        assertThat(captured.only().caller()).isNull();
    }

    /** As bridges do it: of its methods one calls the other, and the last of them another class. */
    private static class Wrapper {
        void info(Logger to, String message) {
            log(() -> to, message);
        }

        private static void log(Supplier<Logger> to, String message) {
            HandsOn.log((LocationAwareLogger) to.get(), Wrapper.class.getName(), message);
        }

        static void fluent(Logger to, String boundary) {
            LoggingEventBuilder builder = to.atInfo();
            ((CallerBoundaryAware) builder).setCallerBoundary(boundary);
            builder.log("m");
        }
    }

    private static final class SubWrapper extends Wrapper {}

    private static final class HandsOn {
        static void log(LocationAwareLogger to, String boundary, String message) {
            to.log(null, boundary, LocationAwareLogger.WARN_INT, message, null, null);
        }
    }

    // events

    @Test
    void isWhoUsesSlf4jsOwnBuilder() {
        StackTraceElement line = here();
        new DefaultLoggingEventBuilder(logger, org.slf4j.event.Level.INFO).log("m {}", 1);
        assertCalledBelow(line);
    }

    @Test
    void isWhoCallsTheBoundaryOfAnEvent() {
        DefaultLoggingEvent event = new DefaultLoggingEvent(org.slf4j.event.Level.INFO, logger);
        event.setCallerBoundary(Slf4jLogger.class.getName());

        StackTraceElement line = here();
        ((LoggingEventAware) logger).log(event);
        assertCalledBelow(line);
    }

    /** SLF4J gave it out while it was being initialised; calls go through it for ever. */
    @Test
    void isWhoCallsASubstitute() {
        SubstituteLogger substitute = new SubstituteLogger("payment.service", new ArrayDeque<>(), false);
        substitute.setDelegate(logger);

        StackTraceElement line = here();
        substitute.info("m");
        assertCalledBelow(line);
    }

    @Test
    void isUnknownOfWhatASubstituteHadKept() {
        Queue<SubstituteLoggingEvent> kept = new ArrayDeque<>();
        SubstituteLogger substitute = new SubstituteLogger("payment.service", kept, false);
        substitute.info("early");

        substitute.setDelegate(logger);
        substitute.log(kept.remove());

        assertThat(captured.only().caller()).isNull();
    }
}
