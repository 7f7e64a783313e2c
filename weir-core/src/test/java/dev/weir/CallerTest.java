package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.handler.TestProcess;
import dev.weir.internal.pipeline.PipelineSettings;
import dev.weir.record.LogRecord;
import java.io.BufferedReader;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a record says that it was logged: by Weir's own API, and by the rules of the configuration. */
class CallerTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 2000;

    private final List<StackTraceElement> seen = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public boolean emit(LogRecord record) {
            seen.add(new StackTraceElement(
                    text(record, record.callerClassAt()),
                    text(record, record.callerMethodAt()),
                    record.callerFileAt() == 0 ? null : text(record, record.callerFileAt()),
                    (int) record.callerLine()));
            return true;
        }

        @Override
        public void flush() {}

        private static String text(LogRecord record, int text) {
            return text == 0 ? "" : record.values().text(text);
        }
    };

    private @Nullable Weir weir;

    @AfterEach
    void close() {
        if (weir != null) {
            weir.close(LONG);
        }
    }

    private Weir start(Consumer<PipelineBuilder> options) {
        PipelineBuilder builder = Weir.builder().handler("seen", handler);
        options.accept(builder);
        weir = builder.start();
        return weir;
    }

    /** One whose records all say where they were logged. */
    private Logger located() {
        return start(builder -> builder.root(root -> root.level(Level.TRACE).caller(true)))
                .loggerOf("shop.Till");
    }

    private List<StackTraceElement> seen() {
        if (weir != null) {
            weir.flush(LONG);
        }
        return seen;
    }

    private StackTraceElement only() {
        assertThat(seen()).hasSize(1);
        return seen.get(0);
    }

    private static StackTraceElement here() {
        return new Throwable().getStackTrace()[1];
    }

    private static StackTraceElement below(StackTraceElement line) {
        return new StackTraceElement(
                line.getClassName(), line.getMethodName(), line.getFileName(), line.getLineNumber() + 1);
    }

    private void assertCalledBelow(StackTraceElement line) {
        assertThat(seen()).isNotEmpty().allSatisfy(caller -> assertThat(caller).isEqualTo(below(line)));
        seen.clear();
    }

    private static boolean isUnknown(StackTraceElement caller) {
        return caller.equals(new StackTraceElement("", "", null, 0));
    }

    // calls

    @Test
    void isWhoCallsALoggerByWhateverMethod() throws ReflectiveOperationException {
        Logger logger = located();
        int calls = 0;
        for (Method method : Logger.class.getMethods()) {
            boolean logs = method.getReturnType() == void.class && method.getDeclaringClass() == Logger.class;
            if (logs) {
                Object[] arguments = new Object[method.getParameterCount()];
                if (method.getName().equals("log")) {
                    arguments[0] = Level.INFO;
                }
                StackTraceElement line = here();
                method.invoke(logger, arguments);
                assertCalledBelow(line);
                calls++;
            }
        }

        assertThat(calls).isEqualTo(29);
    }

    @Test
    void isWhoEndsARecordOfABuilder() {
        Logger logger = located();
        RecordBuilder begun = logger.atInfo().keyValue("a", 1).message("m");

        StackTraceElement line = here();
        begun.log();
        assertCalledBelow(line);
        line = here();
        logger.atWarn().marker("AUDIT").log("m");
        assertCalledBelow(line);
        line = here();
        logger.atLevel(Level.CRITICAL).log("m {} {}", 1, 2);
        assertCalledBelow(line);
    }

    @Test
    void isTheBodyOfALambda() {
        Logger logger = located();
        Runnable lambda = () -> logger.info("m");

        lambda.run();

        assertThat(only().getClassName()).isEqualTo(CallerTest.class.getName());
        assertThat(only().getMethodName()).startsWith("lambda$isTheBodyOfALambda$");
    }

    @Test
    void isAConstructorOrAnInitialiser() {
        WhenMade.logger = located();
        new WhenMade();

        assertThat(seen()).extracting(StackTraceElement::getMethodName).containsExactly("<clinit>", "<init>");
        assertThat(seen).extracting(StackTraceElement::getClassName).containsOnly(WhenMade.class.getName() + "$Inner");
    }

    private static final class WhenMade {
        private static Logger logger;

        WhenMade() {
            new Inner();
        }

        private static final class Inner {
            static {
                logger.info("initialised");
            }

            Inner() {
                logger.info("made");
            }
        }
    }

    @Test
    void isSeenOnAVirtualThread() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21);
        Logger logger = located();

        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                        () -> fromVirtualThread(logger));
        thread.join();

        assertThat(only().getMethodName()).isEqualTo("fromVirtualThread");
    }

    private static void fromVirtualThread(Logger logger) {
        logger.info("m");
    }

    @Test
    void isOfTheInnerCallWhereAnArgumentLogs() {
        Logger logger = located();
        Object argument = new Object() {
            @Override
            public String toString() {
                logger.info("inner");
                return "";
            }
        };

        StackTraceElement line = here();
        logger.info("{}", argument);

        assertThat(seen()).hasSize(2);
        assertThat(seen.get(0).getMethodName()).isEqualTo("toString");
        assertThat(seen.get(1)).isEqualTo(below(line));
    }

    // boundaries

    @Test
    void isWhoCallsTheClassThatWasNamed() {
        Logger logger = located();

        StackTraceElement line = here();
        Facade.plain(logger.withCallerBoundary(Facade.class.getName()));
        assertCalledBelow(line);
        line = here();
        Facade.built(logger);
        assertCalledBelow(line);
    }

    /** Hands calls on, from a method that another one of it calls by way of a class that is not its own. */
    private static final class Facade {
        static void plain(Logger logger) {
            handOn(logger);
        }

        private static void handOn(Logger logger) {
            logger.info("m");
        }

        static void built(Logger logger) {
            Other.log(logger.atInfo().callerBoundary(Facade.class.getName()));
        }
    }

    private static final class Other {
        static void log(RecordBuilder record) {
            record.log("m");
        }
    }

    @Test
    void isUnknownIfTheClassThatWasNamedHasNotCalled() {
        located().withCallerBoundary("no.Such").info("m");

        assertThat(only()).matches(CallerTest::isUnknown);
    }

    @Test
    void aBoundaryIsOfOneRecord() {
        Logger logger = located();
        logger.atInfo().callerBoundary("no.Such").log("m");
        logger.atInfo().caller(null).log("m");
        seen().clear();

        StackTraceElement line = here();
        logger.atInfo().log("m");
        assertCalledBelow(line);
    }

    @Test
    void isTakenFromWhoKnows() {
        Logger logger = start(builder -> {}).loggerOf("any");

        logger.atInfo().caller(new StackTraceElement("a.B", "c", "B.java", 7)).log("m");
        logger.atInfo().caller(new StackTraceElement("a.B", "c", null, -2)).log("m");

        assertThat(seen())
                .containsExactly(
                        new StackTraceElement("a.B", "c", "B.java", 7), new StackTraceElement("a.B", "c", null, 0));
    }

    @Test
    void isNotLookedForIfItIsSaidToBeUnknown() {
        located().atInfo().caller(null).log("m");

        assertThat(only()).matches(CallerTest::isUnknown);
    }

    // which records

    @Test
    void isNotThereByDefault() {
        Logger logger = start(builder -> {}).loggerOf("any");

        logger.error("m");
        logger.atError().marker("AUDIT").log("m");

        assertThat(seen()).hasSize(2).allMatch(CallerTest::isUnknown);
    }

    @Test
    void isThereFromALevelOn() {
        Logger logger =
                start(builder -> builder.root(root -> root.caller(Level.WARN))).loggerOf("any");

        logger.info("m");
        logger.atInfo().log("m");
        logger.warn("m");
        logger.atCritical().log("m");

        assertThat(seen()).extracting(CallerTest::isUnknown).containsExactly(true, true, false, false);
    }

    @Test
    void isInheritedAndOverruledAlsoWhereRecordsDoNotPropagate() {
        Weir weir = start(builder -> builder.root(root -> root.caller(true))
                .logger("quick", options -> options.caller(false))
                .logger("quick.but.careful", options -> options.caller(Level.ERROR))
                .logger("alone", options -> options.propagate(false).handlers("seen")));

        for (String name : List.of("any", "quick", "quick.but", "quick.but.careful", "alone.below", "ROOT")) {
            weir.loggerOf(name).info("m");
        }
        weir.loggerOf("quick.but.careful.below").error("m");

        assertThat(seen())
                .extracting(CallerTest::isUnknown)
                .containsExactly(false, true, true, true, false, false, false);
    }

    @Test
    void followsAChangeOfConfiguration() {
        Weir.Interim interim = Weir.builder().handler("seen", handler).installTemporarily();
        try {
            Logger logger = Weir.logger("any.logger");
            logger.info("m");
            Weir.builder()
                    .handler("seen", handler)
                    .root(root -> root.caller(true))
                    .install();
            logger.info("m");
            Weir.builder().handler("seen", handler).install();
            logger.info("m");
            Weir.current().flush(LONG);
        } finally {
            interim.close();
        }

        assertThat(seen).extracting(CallerTest::isUnknown).containsExactly(true, false, true);
    }

    @Test
    void isNotInWhatWeirSaysItself() throws InterruptedException {
        Logger logger = start(builder ->
                        builder.statsEvery(PipelineSettings.LEAST_STATS_PERIOD).root(root -> root.caller(true)))
                .loggerOf("any");
        while (seen().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(logger.name()).isEqualTo("any");
        assertThat(seen.get(0)).matches(CallerTest::isUnknown);
    }

    // bounds

    @Test
    void isCutLikeAllElseInARecordThatIsTooLong() {
        String name = "x".repeat(100_000);
        Logger logger = start(builder -> builder.maxRecord(1024)).loggerOf("any");

        logger.atInfo().caller(new StackTraceElement(name, name, name, 7)).log("m");

        assertThat(only().getClassName()).startsWith("xxxxxxxx").endsWith("…[truncated]");
        assertThat(only().getClassName().length()
                        + only().getMethodName().length()
                        + String.valueOf(only().getFileName()).length())
                .isLessThan(1024);
        assertThat(only().getLineNumber()).isEqualTo(7);
    }

    /** A walk allocates, so this tells whether there was one. */
    @Test
    void isLookedForOnlyWhereItIsAskedFor() {
        Logger logger =
                start(builder -> builder.root(root -> root.caller(Level.WARN))).loggerOf("any");

        assertThat(bytesFor(() -> logger.info("m"))).isZero();
        assertThat(bytesFor(() -> logger.atInfo().log("m"))).isZero();
        assertThat(bytesFor(() -> logger.atWarn().caller(null).log("m"))).isZero();
        assertThat(bytesFor(() -> logger.warn("m"))).isPositive();
    }

    @Test
    void costsTheSameAtWhateverDepth() {
        Logger logger = located();

        long shallow = bytesFor(() -> logger.info("m"));
        long deep = at(1000, () -> bytesFor(() -> logger.info("m")));

        assertThat(shallow).isPositive();
        assertThat(deep).isLessThan(2 * shallow);
    }

    /** What is initialised first at the end of a stack never is again, and the JVM could not describe a frame any more. */
    @Test
    void isFoundByWhatWasInitialisedBefore() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+init=info:stdout",
                        "-cp",
                        TestProcess.classPath(Weir.class, FirstCall.class),
                        FirstCall.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines;
        try (BufferedReader out = process.inputReader()) {
            lines = out.lines().toList();
        }

        assertThat(process.waitFor()).isZero();
        assertThat(lines).contains("configured", "called");
        assertThat(lines.subList(lines.indexOf("configured"), lines.indexOf("called")))
                .filteredOn(line -> line.contains("Initializing 'java/lang/Stack") && !line.contains("(no method)"))
                .isEmpty();
    }

    /** Runs in a process of its own. */
    static final class FirstCall {
        private FirstCall() {}

        public static void main(String[] arguments) {
            Weir weir = Weir.builder()
                    .handler("none", new NullHandler())
                    .root(root -> root.caller(true))
                    .start();
            Logger logger = weir.loggerOf("any");
            System.out.println("configured");
            List.of("m").forEach(logger::info); // the caller is a class of the JDK
            System.out.println("called");
            weir.close(LONG);
        }
    }

    @Test
    void aBoundaryThatIsNotThereDoesNotCostTheWholeStack() {
        Logger logger = located().withCallerBoundary("no.Such");

        long deep = at(500, () -> bytesFor(() -> logger.info("m")));
        long deeper = at(3000, () -> bytesFor(() -> logger.info("m")));

        assertThat(deep).isPositive();
        assertThat(deeper).isLessThan(2 * deep);
    }

    private static long at(int depth, java.util.function.LongSupplier measured) {
        return depth == 0 ? measured.getAsLong() : at(depth - 1, measured);
    }

    /** Of one call: the least of several rounds, since others allocate on this thread, too. */
    private static long bytesFor(Runnable call) {
        for (int i = 0; i < WARM_UP; i++) {
            call.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = AllocatedBytes.ofThisThread();
            for (int i = 0; i < MEASURED; i++) {
                call.run();
            }
            least = Math.min(least, (AllocatedBytes.ofThisThread() - before) / MEASURED);
        }
        return least;
    }
}
