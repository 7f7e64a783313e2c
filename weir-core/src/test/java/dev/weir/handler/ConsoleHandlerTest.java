package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleHandlerTest {
    @TempDir
    private Path directory;

    @Test
    void writesToWhateverHasReplacedTheStream() throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        ByteArrayOutputStream later = new ByteArrayOutputStream();
        ConsoleHandler handler = ConsoleHandler.stdout(TextFormatter.of("%(message)s"));
        try {
            System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
            handler.emit(record("one ü"));
            handler.flush();
            System.setOut(new PrintStream(later, true, StandardCharsets.UTF_8));
            handler.emit(record("two"));
            handler.flush();
        } finally {
            System.setOut(before);
        }

        assertThat(captured.toString(StandardCharsets.UTF_8)).isEqualTo("one ü\n");
        assertThat(later.toString(StandardCharsets.UTF_8)).isEqualTo("two\n");
        assertThat(handler.bytesWritten()).isEqualTo(11);
    }

    @Test
    void tellsThatAReplacedStreamHasFailedAndStartsALineOfItsOwnAfterwards() throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        ConsoleHandler handler = ConsoleHandler.stderr(TextFormatter.of("%(message)s"));
        try {
            System.setErr(new PrintStream(new FailingStream(), true, StandardCharsets.UTF_8));
            handler.emit(record("one"));
            assertThatThrownBy(handler::flush).isInstanceOf(IOException.class);
            handler.rollback();
            System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
            handler.emit(record("one"));
            handler.flush();
            assertThat(handler.late(record("late"))).isTrue();
        } finally {
            System.setErr(before);
        }

        assertThat(captured.toString(StandardCharsets.UTF_8)).isEqualTo("\none\nlate\n");
    }

    /** Of contents that JSON and text write in several lengths, a stack trace, and many fields. */
    @ParameterizedTest
    @ValueSource(ints = {1024, 5000, 16 * 1024})
    void shortensARecordWhoseLineIsTooLong(int maxLine) throws Exception {
        for (String content : List.of("x", "é", "\uD83D\uDE00", "\u0001", "\"", "\n")) {
            Records records = Records.message("before " + content.repeat(9000) + " behind {}", content.repeat(7000))
                    .keyValue("amount", 12)
                    .thrown(new IllegalStateException(content.repeat(5000)));
            for (int i = 0; i < 300; i++) {
                records.keyValue("key" + i, i + content);
            }
            LogRecord record = records.record();

            String json =
                    printed(new ConsoleHandler(ConsoleHandler.Stream.STDOUT, JsonFormatter.weir(), maxLine), record);
            String text = printed(
                    new ConsoleHandler(
                            ConsoleHandler.Stream.STDOUT, TextFormatter.of("%(levelname)s %(message)s"), maxLine),
                    Records.message(content.repeat(30_000)).record());

            assertThat(json).endsWith("}\n").doesNotContain("\uFFFD");
            assertThat(json.getBytes(StandardCharsets.UTF_8).length).isBetween(maxLine / 5, maxLine);
            assertThat(JsonParser.parseString(json)
                            .getAsJsonObject()
                            .get("truncated")
                            .getAsBoolean())
                    .isTrue();
            assertThat(json).contains("\"msg\":\"before ").contains("…[truncated]");
            assertThat(text).startsWith("INFO ").endsWith("…[truncated]\n").doesNotContain("\uFFFD");
            assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(maxLine / 5, maxLine);
        }
    }

    @Test
    void leavesALineThatIsJustNotTooLong() throws Exception {
        TextFormatter format = TextFormatter.of("%(message)s");
        ConsoleHandler handler = new ConsoleHandler(ConsoleHandler.Stream.STDOUT, format, 1024);

        assertThat(printed(handler, record("x".repeat(1023)))).isEqualTo("x".repeat(1023) + "\n");
        assertThat(printed(handler, record("x".repeat(1024))))
                .endsWith("x…[truncated]\n")
                .hasSizeLessThan(1024);
    }

    @Test
    void leavesAStackTraceWhoseLinesAreNotTooLong() throws Exception {
        Error thrown = new Error("deep");
        StackTraceElement[] frames = new StackTraceElement[200];
        Arrays.setAll(frames, i -> new StackTraceElement("shop.Orders", "settle" + i, "Orders.java", i + 1));
        thrown.setStackTrace(frames);
        LogRecord record = Records.message("m").thrown(thrown).record();
        TextFormatter format = TextFormatter.of("%(message)s");

        String printed = printed(new ConsoleHandler(ConsoleHandler.Stream.STDOUT, format, 1024), record);

        assertThat(printed.lines()).hasSize(202);
        assertThat(printed).endsWith("\tat shop.Orders.settle199(Orders.java:200)\n");
    }

    @Test
    void shortensOneLineOfManyThatIsTooLong() throws Exception {
        LogRecord record = Records.message("m".repeat(500))
                .thrown(new Error("x".repeat(3000)))
                .record();
        TextFormatter format = TextFormatter.of("%(message)s");

        String printed = printed(new ConsoleHandler(ConsoleHandler.Stream.STDOUT, format, 1024), record);

        assertThat(printed).contains("x…[truncated]\n\tat ");
        assertThat(printed.lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length < 1024);
    }

    @Test
    void refusesALimitThatLeavesNothing() {
        assertThatThrownBy(() -> new ConsoleHandler(ConsoleHandler.Stream.STDOUT, JsonFormatter.weir(), 1023))
                .hasMessage("max-line: 1023 (expected: from 1024)");
    }

    private static String printed(ConsoleHandler handler, LogRecord record) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
            handler.emit(record);
            handler.flush();
        } finally {
            System.setOut(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repo/target/surefire/surefirebooter-20260101_3.jar /repo/target/surefire x y",
                "org.apache.maven.surefire.booter.ForkedBooter /repo/target/surefire",
                "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1'",
                "com.intellij.rt.junit.JUnitStarter -ideVersion5"
            })
    void knowsTheWorkersOfTestRunners(String command) {
        assertThat(ConsoleHandler.isForkedByRunner(command)).isTrue();
    }

    @Test
    void writesStraightToTheDescriptorInAnOrdinaryProcess() throws Exception {
        Path out = directory.resolve("out");
        Process process = java(out, "print");

        assertThat(process.waitFor()).isZero();

        assertThat(out).content().isEqualTo("direct\n");
    }

    @Test
    void seesErrorsOfTheDescriptor() throws Exception {
        Process process = java(Path.of("/dev/full"), "print");

        assertThat(process.waitFor()).isEqualTo(3);
    }

    private static Process java(Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                TestProcess.classPath(ConsoleHandler.class, Main.class),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs in a process of its own. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            ConsoleHandler handler = ConsoleHandler.stdout((record, out) -> out.put("direct\n"));
            try {
                handler.emit(new LogRecord(TestProcess.NO_NAMES));
                handler.flush();
            } catch (IOException e) {
                System.exit(3);
            }
        }
    }

    private static final class FailingStream extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("broken");
        }
    }

    private static LogRecord record(String message) {
        return Records.message(message).record();
    }
}
