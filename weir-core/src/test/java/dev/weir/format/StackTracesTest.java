package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StackTracesTest {
    private static final StackTraceElement MAIN = frame("Main", 1);
    private static final StackTraceElement SERVICE = frame("Service", 2);
    private static final StackTraceElement STORE = frame("Store", 3);

    @Test
    void lookAsTheyPrintThemselves() {
        Exception thrown = nested();
        StringWriter printed = new StringWriter();
        thrown.printStackTrace(new PrintWriter(printed, true));

        assertThat(written(StackTraces.builder(), thrown)).isEqualTo(printed.toString());
    }

    @Test
    void sayWhereAFrameIsAsItPrintsItself() {
        Exception thrown = with(
                new Exception("top"),
                frame("Main", 0),
                frame("Main", -1),
                frame("Main", -2),
                new StackTraceElement("Main", "run", null, 1));
        StringWriter printed = new StringWriter();
        thrown.printStackTrace(new PrintWriter(printed, true));

        assertThat(written(StackTraces.builder(), thrown)).isEqualTo(printed.toString());
    }

    @Test
    void beginWithTheRootIfToldTo() {
        assertThat(written(StackTraces.builder().rootFirst(true), nested())).isEqualTo("""
                        java.lang.Error: root
                        \tat Store.run(Store.java:3)
                        \t... 2 more
                        Wrapped by: java.lang.IllegalStateException: middle
                        \tat Service.run(Service.java:2)
                        \t... 1 more
                        \tSuppressed: java.lang.RuntimeException: closing
                        \t\tat Store.run(Store.java:3)
                        \t\t... 2 more
                        \tCaused by: java.lang.Error: why
                        \t\t... 3 more
                        Wrapped by: java.lang.Exception: top
                        \tat Main.run(Main.java:1)
                        """);
    }

    @Test
    void showNoMoreFramesThanTheyMay() {
        Exception thrown = new Exception("top", with(new Error("root"), STORE, SERVICE, SERVICE, MAIN));
        with(thrown, MAIN);

        assertThat(written(StackTraces.builder().maxFrames(1), thrown)).isEqualTo("""
                        java.lang.Exception: top
                        \tat Main.run(Main.java:1)
                        Caused by: java.lang.Error: root
                        \tat Store.run(Store.java:3)
                        \t... 2 omitted
                        \t... 1 more
                        """);
        assertThatThrownBy(() -> StackTraces.builder().maxFrames(-1)).hasMessageContaining("-1 (expected: 0 or more)");
    }

    @Test
    void escapeWhatTheThrowableSaysAndNothingElse() {
        Exception thrown = with(new Exception("a\n\"b"), MAIN);

        assertThat(written(
                        StackTraces.builder()
                                .escape(Escape.JSON)
                                .lineBreak("\\n")
                                .indent("  "),
                        thrown))
                .isEqualTo("java.lang.Exception: a\\n\\\"b\\n  at Main.run(Main.java:1)\\n");
    }

    @Test
    void areNothingWithoutAThrowable() {
        ByteOutput out = new ByteOutput(1);
        LogRecord record = Records.message("m").record();
        StackTraces.builder().build().append(record, out);
        StackTraces.builder().rootFirst(true).build().append(record, out);

        assertThat(out.size()).isZero();
    }

    private static Exception nested() {
        Throwable why = with(new Error("why"), STORE, SERVICE, MAIN);
        Throwable root = with(new Error("root"), STORE, SERVICE, MAIN);
        Throwable middle = with(new IllegalStateException("middle", root), SERVICE, MAIN);
        middle.addSuppressed(with(new RuntimeException("closing", why), STORE, SERVICE, MAIN));
        return with(new Exception("top", middle), MAIN);
    }

    private static String written(StackTraces.Builder builder, Throwable thrown) {
        ByteOutput out = new ByteOutput(64);
        builder.build().append(Records.message("m").thrown(thrown).record(), out);
        return out.toString();
    }

    private static <T extends Throwable> T with(T thrown, StackTraceElement... frames) {
        thrown.setStackTrace(frames);
        return thrown;
    }

    private static StackTraceElement frame(String name, int line) {
        return new StackTraceElement(name, "run", name + ".java", line);
    }
}
