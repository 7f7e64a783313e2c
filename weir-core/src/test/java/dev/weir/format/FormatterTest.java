package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormatterTest {
    private final LogRecord record = Records.message("m").record();
    private final ByteOutput out = new ByteOutput(16);

    static Throwable[] faultsOfAFormatter() {
        return new Throwable[] {
            new IllegalStateException("x"),
            new StackOverflowError(),
            new NoClassDefFoundError("x"),
            new AssertionError("x")
        };
    }

    @ParameterizedTest
    @MethodSource("faultsOfAFormatter")
    void leavesNothingOfARecordOnWhichItFailed(Throwable fault) {
        out.put("before");

        assertThatThrownBy(() -> failingWith(fault).formatWhole(record, out))
                .isInstanceOf(FormatException.class)
                .hasCause(fault);
        assertThat(out).hasToString("before");
    }

    @Test
    void throwsOnWhatTheMachineFailsWith() {
        OutOfMemoryError fault = new OutOfMemoryError("x");

        assertThatThrownBy(() -> failingWith(fault).formatWhole(record, out)).isSameAs(fault);
    }

    @Test
    void appendsWhatItWrites() {
        Formatter formatter = (formatted, to) -> to.put("written");
        out.put("before ");
        formatter.formatWhole(record, out);

        assertThat(out).hasToString("before written");
    }

    private static Formatter failingWith(Throwable fault) {
        return (record, out) -> {
            out.put("half");
            FormatterTest.<RuntimeException>sneak(fault);
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable fault) throws T {
        throw (T) fault;
    }
}
