package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordsTest {
    @Test
    void recordsOfOneLoggerHaveOneArrayForItsName() {
        List<LogRecord> records = Records.logged(logger -> {
            logger.info("first");
            logger.info("second");
        });

        LogRecord copy = Records.copyOf(records.get(1));

        assertThat(records.get(1).loggerNameUtf8())
                .isSameAs(records.get(0).loggerNameUtf8())
                .isSameAs(copy.loggerNameUtf8())
                .isSameAs(copy.loggerNameUtf8());
    }

    @Test
    void makesRecordsAsNoCallCan() {
        LogRecord record = Records.make()
                .level(Level.ERROR)
                .severity(18, "ALARM")
                .logger("a.b")
                .thread("t", 7)
                .time(5)
                .observed(6)
                .trace("4bf92f3577b34da6a3ce929d0e0e4736", "", 3)
                .synthetic()
                .context("twice", "first")
                .context("twice", null)
                .keyValue("list", List.of(1))
                .marker("M")
                .marker("M")
                .eventName("event")
                .uniqueId("id")
                .caller(new StackTraceElement("C", "m", "C.java", 9))
                .message("{} of {}", 1, 'c')
                .record();

        List<Object> context = new ArrayList<>();
        record.forEachContext((key, value) -> context.add(key + "=" + value));
        assertThat(context).containsExactly("twice=first", "twice=null");
        assertThat(record.message()).isEqualTo("1 of c");
        assertThat(record.severityNumber()).isEqualTo(18);
        assertThat(record.severityText()).isEqualTo("ALARM");
        assertThat(record.observedNanos()).isEqualTo(6);
        assertThat(record.hasTrace() && !record.hasSpan()).isTrue();
        assertThat(record.isSynthetic()).isTrue();
        assertThat(record.markers()).containsExactly("M");
        assertThat(record.eventName()).isEqualTo("event");
        assertThat(record.uniqueId()).isEqualTo("id");
        assertThat(record.values().text(record.callerClassAt())).isEqualTo("C");
        assertThat(record.values().text(record.callerMethodAt())).isEqualTo("m");
        assertThat(record.values().text(record.callerFileAt())).isEqualTo("C.java");
        assertThat(record.callerLine()).isEqualTo(9);
    }

    @Test
    void takesThrowablesApart() {
        Exception cause = new Exception("cause", new Error("root"));
        cause.addSuppressed(new Exception("suppressed", new Error()));
        CapturedRecord captured = CapturedRecord.of(Records.make()
                .eventName("event")
                .severity(18, null)
                .cause(new IllegalStateException("top", cause))
                .record());

        CapturedThrowable thrown = Objects.requireNonNull(captured.thrown());
        assertThat(thrown.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(thrown.message()).isEqualTo("top");
        assertThat(thrown.causes()).extracting(CapturedThrowable::message).containsExactly("cause", "root");
        assertThat(thrown.causes().get(0).suppressed())
                .singleElement()
                .satisfies(suppressed -> assertThat(suppressed.causes())
                        .extracting(CapturedThrowable::type)
                        .containsExactly("java.lang.Error"));
        assertThat(captured.throwable()).startsWith("java.lang.IllegalStateException: top\n\tat ");
        assertThat(captured.severityNumber()).isEqualTo(18);
        assertThat(captured.eventName()).isEqualTo("event");
    }
}
