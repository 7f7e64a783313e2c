package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.slf4j.CapturingHandler.Captured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LocationAwareLogger;

class Slf4jLoggerTest {
    private static final Marker AUDIT = new BasicMarkerFactory().getMarker("AUDIT");
    private static final List<String> NAMES = List.of("trace", "debug", "info", "warn", "error");

    private CapturingHandler captured;
    private Logger logger;

    @BeforeEach
    void installsAPipelineThatTakesAll() {
        captured = CapturingHandler.install(Level.TRACE);
        logger = LoggerFactory.getLogger("payment.service");
    }

    // every overload

    static Stream<Method> loggingMethods() {
        return Arrays.stream(Logger.class.getMethods()).filter(method -> NAMES.contains(method.getName()));
    }

    static Stream<Method> levelQuestions() {
        return Arrays.stream(Logger.class.getMethods())
                .filter(method -> method.getReturnType() == boolean.class
                        && method.getName().startsWith("is"))
                .filter(method -> !method.getName().equals("isEnabledForLevel"));
    }

    @ParameterizedTest
    @MethodSource("loggingMethods")
    void logsWhatSlf4jsOwnLoggerWouldLog(Method method) throws ReflectiveOperationException {
        Object[] arguments = argumentsFor(method);
        Oracle oracle = new Oracle();
        method.invoke(oracle, arguments);

        method.invoke(logger, arguments);

        Captured record = captured.only();
        assertThat(record.level()).isEqualTo(Level.valueOf(method.getName().toUpperCase(Locale.ROOT)));
        assertThat(record.logger()).isEqualTo("payment.service");
        assertThat(record.template()).isEqualTo(oracle.template);
        assertThat(record.message()).isEqualTo(MessageFormatter.basicArrayFormat(oracle.template, oracle.arguments));
        assertThat(record.arguments()).hasSize(oracle.arguments == null ? 0 : oracle.arguments.length);
        assertThat(record.markers()).isEqualTo(oracle.marker == null ? List.of() : List.of("AUDIT"));
        assertThat(record.stackTrace().contains("boom")).isEqualTo(oracle.thrown != null);
    }

    @ParameterizedTest
    @MethodSource("loggingMethods")
    void logsNothingBelowTheLevel(Method method) throws ReflectiveOperationException {
        captured = CapturingHandler.install(above(levelOf(method.getName())));

        method.invoke(logger, argumentsFor(method));

        assertThat(captured.records()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("levelQuestions")
    void tellsWhichLevelsAreOn(Method method) throws ReflectiveOperationException {
        Level level = levelOf(method.getName().substring(2, method.getName().length() - "Enabled".length()));
        Object[] arguments = method.getParameterCount() == 0 ? new Object[0] : new Object[] {AUDIT};

        CapturingHandler.install(level);
        assertThat(method.invoke(logger, arguments)).isEqualTo(true);
        CapturingHandler.install(above(level));
        assertThat(method.invoke(logger, arguments)).isEqualTo(false);
    }

    @ParameterizedTest
    @EnumSource
    void answersForLevelsOfTheFluentApi(org.slf4j.event.Level level) {
        Level ours = levelOf(level.name());

        CapturingHandler.install(ours);
        assertThat(logger.isEnabledForLevel(level)).isTrue();
        CapturingHandler.install(above(ours));
        assertThat(logger.isEnabledForLevel(level)).isFalse();
    }

    private static Object[] argumentsFor(Method method) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        int next = 1;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == Marker.class) {
                arguments[i] = AUDIT;
            } else if (types[i] == String.class) {
                arguments[i] = "a {} b {} c";
            } else if (types[i] == Throwable.class) {
                arguments[i] = new IllegalStateException("boom");
            } else if (types[i] == Object[].class) {
                arguments[i] = new Object[] {1, "two", 3.5, new IllegalStateException("boom")};
            } else {
                arguments[i] = next++;
            }
        }
        return arguments;
    }

    private static Level above(Level level) {
        return Level.ofSeverityNumber(level.severityNumber() + 4);
    }

    private static Level levelOf(String name) {
        return Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    // throwables among the arguments

    @Test
    void takesTheSecondOfTwoArgumentsForTheThrowable() {
        logger.info("charge {} failed", "c-1", new IllegalStateException("boom"));

        assertThat(captured.only().message()).isEqualTo("charge c-1 failed");
        assertThat(captured.only().stackTrace()).contains("java.lang.IllegalStateException: boom");
    }

    @Test
    void takesTheLastOfManyArgumentsForTheThrowable() {
        logger.info(AUDIT, "{} {} {}", 1, 2, 3, new IllegalStateException("boom"));

        assertThat(captured.only().message()).isEqualTo("1 2 3");
        assertThat(captured.only().stackTrace()).contains("java.lang.IllegalStateException: boom");
    }

    // bad input

    static Stream<Arguments> badInput() {
        return Stream.of(
                Arguments.of("no placeholder", new Object[] {1, 2}),
                Arguments.of("too few {} {} {}", new Object[] {1, 2}),
                Arguments.of("too many {}", new Object[] {1, 2, 3}),
                Arguments.of("ends in a backslash \\", new Object[] {1}),
                Arguments.of("ends in an escaped one \\{}", new Object[] {1}),
                Arguments.of("a backslash before {} \\\\{}", new Object[] {1, 2}),
                Arguments.of("half { and } and {", new Object[] {1}),
                Arguments.of("null argument {}", new Object[] {null}),
                Arguments.of("array {}", new Object[] {new int[] {1, 2}}),
                Arguments.of("nested {}", new Object[] {new Object[] {"a", new long[] {3}}}),
                Arguments.of("throws {}", new Object[] {new Hostile()}),
                Arguments.of("", new Object[] {1}),
                Arguments.of("{}", new Object[] {}),
                Arguments.of("{}", null));
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void formatsBadInputAsSlf4jDoes(String template, Object[] arguments) {
        String expected = MessageFormatter.basicArrayFormat(template, arguments);

        logger.info(template, arguments);
        logger.info(AUDIT, template, arguments);
        logger.atInfo().log(template, arguments);
        ((LocationAwareLogger) logger).log(null, "", LocationAwareLogger.INFO_INT, template, arguments, null);

        assertThat(captured.records())
                .hasSize(4)
                .allMatch(record -> record.message().equals(expected));
    }

    @Test
    void logsANullMessage() {
        logger.info((String) null);
        logger.info((String) null, 1);
        logger.info((String) null, 1, 2);
        logger.info((Marker) null, null, new Object[] {1, 2, 3});
        logger.info((String) null, new IllegalStateException("boom"));

        assertThat(captured.records()).hasSize(5).allMatch(record -> record.template() == null);
    }

    @Test
    void logsWithANullMarkerAsWithoutOne() {
        logger.error((Marker) null, "message");

        assertThat(captured.only().level()).isEqualTo(Level.ERROR);
        assertThat(captured.only().markers()).isEmpty();
        assertThat(logger.isErrorEnabled(null)).isTrue();
    }

    private static final class Hostile {
        @Override
        public String toString() {
            throw new IllegalStateException("toString()");
        }
    }

    // bridges

    @Test
    void takesTheNumbersOfLevelsThatBridgesPass() {
        LocationAwareLogger bridged = (LocationAwareLogger) logger;

        for (int number : new int[] {0, 5, 10, 20, 30, 40, 50}) {
            bridged.log(null, "java.util.logging.Logger", number, "message", null, null);
        }

        assertThat(captured.records().stream().map(Captured::level))
                .containsExactly(
                        Level.TRACE, Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR, Level.ERROR);
    }

    @Test
    void takesMarkerArgumentsAndThrowableOfABridge() {
        ((LocationAwareLogger) logger)
                .log(
                        AUDIT,
                        "fqcn",
                        LocationAwareLogger.WARN_INT,
                        "{} and {}",
                        new Object[] {1, 2},
                        new IllegalStateException("boom"));

        assertThat(captured.only().message()).isEqualTo("1 and 2");
        assertThat(captured.only().markers()).containsExactly("AUDIT");
        assertThat(captured.only().stackTrace()).contains("boom");
    }

    // the logger itself

    @Test
    void isTheSameForTheSameName() {
        assertThat(LoggerFactory.getLogger("payment.service")).isSameAs(logger);
        assertThat(logger.getName()).isEqualTo("payment.service");
    }

    @Test
    void hasNoLoggerWithoutAName() {
        assertThatThrownBy(() -> LoggerFactory.getLogger((String) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logger name: null (expected: a name)");
    }

    @Test
    void isTheLoggerOfItsNameAfterSerialization() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(logger);

        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(read).isSameAs(logger);
    }

    /** SLF4J's own reading of a call. */
    private static final class Oracle extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;

        private transient String template;
        private transient Object[] arguments;
        private transient Throwable thrown;
        private transient Marker marker;

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                org.slf4j.event.Level level, Marker marker, String template, Object[] arguments, Throwable thrown) {
            this.template = template;
            this.arguments = arguments;
            this.thrown = thrown;
            this.marker = marker;
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
