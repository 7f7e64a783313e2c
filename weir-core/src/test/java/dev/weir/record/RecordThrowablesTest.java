package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordThrowablesTest {
    private static final StackTraceElement CALLER = new StackTraceElement("a.Caller", "call", "Caller.java", 7);
    private static final StackTraceElement NATIVE =
            new StackTraceElement(null, "app.module", "1.0", "a.Native", "run", null, -2);

    @Test
    void thereAreNoneWithoutAThrowable() {
        assertThat(Records.message("m").record().throwables().count()).isZero();
    }

    @Test
    void areInTheOrderInWhichTheyArePrinted() {
        Exception cause = with(new IllegalStateException("cause"), CALLER);
        cause.addSuppressed(with(new RuntimeException("suppressed", with(new Error("its cause"), CALLER)), CALLER));
        Exception top = with(new Exception(null, cause), CALLER);
        cause.addSuppressed(top);

        assertThat(shown(Records.message("m").thrown(top).record()))
                .containsExactly(
                        "0 TOP java.lang.Exception null",
                        "0 CAUSE java.lang.IllegalStateException cause",
                        "1 SUPPRESSED java.lang.RuntimeException suppressed",
                        "1 CAUSE java.lang.Error its cause",
                        "1 SUPPRESSED circular java.lang.Exception null");
    }

    private static List<String> shown(LogRecord record) {
        RecordThrowables throwables = record.throwables();
        RecordValues values = record.values();
        List<String> all = new ArrayList<>();
        int throwable = throwables.first();
        for (int left = throwables.count(); left > 0; left--) {
            all.add(throwables.depth(throwable) + " " + throwables.relation(throwable)
                    + (throwables.isCircular(throwable) ? " circular " : " ")
                    + values.text(throwables.typeOf(throwable)) + " " + values.object(throwables.messageOf(throwable)));
            throwable = throwables.after(throwable);
        }
        return all;
    }

    @Test
    void showTheirFrames() {
        LogRecord record = Records.message("m")
                .thrown(with(new Exception(), NATIVE, CALLER))
                .record();
        RecordThrowables throwables = record.throwables();
        RecordValues values = record.values();
        int throwable = throwables.first();

        int frame = throwables.firstFrame(throwable);
        assertThat(throwables.frameCount(throwable)).isEqualTo(2);
        assertThat(values.text(throwables.moduleOf(frame))).isEqualTo("app.module");
        assertThat(values.text(throwables.classOf(frame))).isEqualTo("a.Native");
        assertThat(values.text(throwables.methodOf(frame))).isEqualTo("run");
        assertThat(values.text(throwables.fileOf(frame))).isEmpty();
        assertThat(throwables.line(frame)).isNegative();
        assertThat(throwables.isNative(frame)).isTrue();
        int next = throwables.nextFrame(frame);
        assertThat(values.text(throwables.moduleOf(next))).isEmpty();
        assertThat(values.text(throwables.fileOf(next))).isEqualTo("Caller.java");
        assertThat(throwables.line(next)).isEqualTo(7);
        assertThat(throwables.isNative(next)).isFalse();
    }

    @Test
    void tellHowManyFramesAreInCommonOrLeftOut() {
        StackTraceElement[] deep = new StackTraceElement[1500];
        for (int i = 0; i < deep.length; i++) {
            deep[i] = new StackTraceElement("C", "m", "C", i);
        }
        Exception cause = with(new Exception("cause"), NATIVE, deep[1498], deep[1499]);
        RecordThrowables throwables = Records.message("m")
                .thrown(with(new Exception("top", cause), deep))
                .record()
                .throwables();

        int top = throwables.first();
        assertThat(throwables.frameCount(top)).isEqualTo(1024);
        assertThat(throwables.omittedFrames(top)).isEqualTo(1500 - 1024);
        assertThat(throwables.commonFrames(top)).isZero();
        assertThat(throwables.commonFrames(throwables.after(top))).isEqualTo(2);
        assertThat(throwables.frameCount(throwables.after(top))).isEqualTo(1);
    }

    private static <T extends Throwable> T with(T thrown, StackTraceElement... frames) {
        thrown.setStackTrace(frames);
        return thrown;
    }
}
