package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatterTest {
    private static final LogRecord RECORD = Records.message("paid {} {}", 12, "EUR")
            .level(Level.WARN)
            .traced()
            .context("user", "of the context")
            .context("tenant", "t1")
            .keyValue("user", "u1")
            .keyValue("amount", 12.5)
            .record();

    /** What Python 3.11 prints for the same values. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%(message)s|paid 12 EUR",
                "%(msg)s|paid {} {}",
                "[%(levelname)-8s]|[WARNING ]",
                "[%(levelname)8s]|[ WARNING]",
                "[%(levelname).4s]|[WARN]",
                "[%(levelname)-6.4s]|[WARN  ]",
                "[%(levelname).0s]|[]",
                "[%(levelname)3.0s]|[   ]",
                "[%(levelname)08s]|[ WARNING]",
                "%(levelno)d %(levelno)s %(levelno)05d|30 30 00030",
                "%(levelno).1f|30.0",
                "[%(levelno)+d] [%(levelno) d] [%(levelno)-6d] [%(levelno)+06d]|[+30] [ 30] [30    ] [+00030]",
                "%(levelno)x %(levelno)X %(levelno)o %(levelno)#x %(levelno)#06x|1e 1E 36 0x1e 0x001e",
                "%(levelno).4d %(levelno)i %(levelno)u|0030 30 30",
                "[%(levelname)+ #08s]|[ WARNING]",
                "%(name)s|payment.service",
                "%(name).7s|payment",
                "%(msecs)03d %(msecs)d|123 123",
                "%(msecs).3f|123.456",
                "%(created).3f %(created)d|1716215531.123 1716215531",
                "%(created)f|1716215531.123456",
                "%(threadName)s/%(thread)d|main/42",
                "%(trace_id)s-%(span_id)s-%(trace_flags)s|0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "100%% %(message)s %%(|100% paid 12 EUR %(",
                "%(user)s %(tenant)s %(amount)s|u1 t1 12.5",
                "%(nobody)s %(nobody)4s %(nobody)-3s.|-    - -  .",
                "no value at all|no value at all",
            })
    void formatsAsPythonDoes(String format, String expected) {
        assertThat(text(TextFormatter.of(format), RECORD)).isEqualTo(expected + "\n");
    }

    @Test
    void countsSecondsBefore1970BackwardsAsPythonDoes() {
        TextFormatter formatter = TextFormatter.of("%(created).3f %(created)f %(created)s %(created)d");

        assertThat(text(formatter, Records.message("m").time(-500_250_000L).record()))
                .isEqualTo("-0.500 -0.500250 -0.500250 0\n");
        assertThat(text(formatter, Records.message("m").time(-2_500_250_000L).record()))
                .isEqualTo("-2.500 -2.500250 -2.500250 -2\n");
    }

    @Test
    void countsMillisecondsForwardsWithinASecondBefore1970() {
        assertThat(text(
                        TextFormatter.of("%(asctime).23s %(msecs)d %(msecs).3f"),
                        Records.message("m").time(-500_250_000L).record()))
                .endsWith(",499 499 499.750\n");
    }

    /** As somebody writes one who thinks of {@code java.time}. */
    @Test
    void saysThatATimePatternHasNoWordAtAll() {
        assertThatThrownBy(() -> TextFormatter.builder().datefmt("yyyy-MM-dd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("datefmt: \"yyyy-MM-dd\" (expected: words of strftime, as %Y-%m-%d %H:%M:%S)");
    }

    @Test
    void writesTimesAsPythonDoes() {
        TextFormatter berlin = TextFormatter.builder()
                .format("%(asctime)s")
                .zone(ZoneId.of("Europe/Berlin"))
                .build();

        assertThat(text(berlin, RECORD)).isEqualTo("2024-05-20 16:32:11,123\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%Y-%m-%dT%H:%M:%S%z|2024-05-20T16:32:11+0200",
                "%d.%m.%y %I:%M %p|20.05.24 04:32 PM",
                "%a %A %b %B %j %%|Mon Monday May May 141 %",
                "%H:%M:%S.%f %Z|16:32:11.123456 CEST",
                "%f%f|123456123456",
            })
    void writesTimesByAPatternOfStrftime(String datefmt, String expected) {
        TextFormatter formatter = TextFormatter.builder()
                .format("%(asctime)s")
                .datefmt(datefmt)
                .zone(ZoneId.of("Europe/Berlin"))
                .build();

        assertThat(text(formatter, RECORD)).isEqualTo(expected + "\n");
    }

    @Test
    void writesWhereTheCallIsIfTheRecordSaysSo() {
        TextFormatter formatter = TextFormatter.of("%(filename)s %(module)s:%(lineno)d %(funcName)s");
        LogRecord record = Records.message("m")
                .caller("shop.Orders", "settle", "Orders.java", 17)
                .record();

        assertThat(text(formatter, record)).isEqualTo("Orders.java Orders:17 settle\n");
        assertThat(text(
                        formatter,
                        Records.message("m").keyValue("module", "of the call").record()))
                .isEqualTo("- of the call:0 -\n");
    }

    @Test
    void pads0BehindTheSign() {
        TextFormatter formatter = TextFormatter.of("%(created)012.3f|%(created)+012.3f|%(created)-12.1f|");

        assertThat(text(formatter, Records.message("m").time(-2_500_250_000L).record()))
                .isEqualTo("-0000002.500|-0000002.500|-2.5        |\n");
    }

    @Test
    void writesWhatIsGivenForAbsentNames() {
        TextFormatter formatter = TextFormatter.builder()
                .format("%(trace_id)s %(user)s %(span_id)s")
                .defaults(Map.of("trace_id", "none", "user", "nobody"))
                .build();

        assertThat(text(formatter, Records.message("m").record())).isEqualTo("none nobody -\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%|1",
                "abc %d|5",
                "%(message|2",
                "%()s|2",
                "%(message)|10",
                "%(message)d|10",
                "%(message)x|10",
                "%(levelno)e|10",
                "%(created)x|10",
                "%(created).12f|13",
                "%(message)99999s|13",
                "%(message)*s|10",
                "%(message) s x%|15",
            })
    void saysWhereAFormatIsWrong(String format, int position) {
        assertThatThrownBy(() -> TextFormatter.of(format))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("format: \"" + format + "\", position " + position + " (expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%Q", "%H:%", "%3", "%9"})
    void saysWhatATimePatternMayHave(String datefmt) {
        assertThatThrownBy(() -> TextFormatter.builder().datefmt(datefmt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position " + datefmt.lastIndexOf('%') + " (expected: one of %Y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nb\u0085c\u2028d\u2029e\u000bf\fg\u0000",
                "\u001b[2J\u001b]0;title\u0007\u001b]52;c;eA==\u0007",
                "\u009b31m \u007f \u0090"
            })
    void keepsARecordOnOneLineWhateverItHolds(String attack) {
        LogRecord record = Records.message(attack + "{}", attack)
                .logger(attack)
                .thread(attack)
                .keyValue("key", attack)
                .record();
        TextFormatter formatter =
                TextFormatter.of("%(name)s %(threadName)s %(message)s %(msg)s %(key)s %(key).500s %(name)300s");

        String line = text(formatter, record);

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(line.substring(0, line.length() - 1).chars())
                .noneMatch(c -> c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029);
    }

    @Test
    void keepsWhatAnExceptionSaysOffTheBeginningOfALine() {
        String forged = "x\n2024-05-20 14:32:11,123 CRITICAL forged";
        Exception thrown = new IllegalStateException(forged, new RuntimeException("cause\r\n" + forged));
        thrown.addSuppressed(new Error(forged));
        LogRecord record = Records.message("failed").thrown(thrown).record();

        String text = text(TextFormatter.of("%(levelname)s %(message)s"), record);

        assertThat(text).startsWith("INFO failed\njava.lang.IllegalStateException: x\\n2024-05-20 14:32:11,123");
        assertThat(text.lines().skip(1))
                .allMatch(line -> line.startsWith("\t")
                        || line.startsWith("java.lang.IllegalStateException: ")
                        || line.startsWith("Caused by: java.lang.RuntimeException: "));
    }

    @Test
    void countsCharactersAndNotBytes() {
        LogRecord record = Records.message("ü€𝄞x").record();

        assertThat(text(TextFormatter.of("[%(message)6s][%(message)-6s][%(message).3s]"), record))
                .isEqualTo("[  ü€𝄞x][ü€𝄞x  ][ü€𝄞]\n");
    }

    @Test
    void cutsBeforeItEscapesSoThatNoEscapeIsCut() {
        LogRecord record = Records.message("a\u001bb").record();

        assertThat(text(TextFormatter.of("%(message).2s|"), record)).isEqualTo("a\\u001b|\n");
    }

    @Test
    void writesNullForANullMessage() {
        assertThat(text(
                        TextFormatter.of("%(message)s %(msg)s"),
                        Records.message(null).record()))
                .isEqualTo("null null\n");
    }

    private static String text(Formatter formatter, LogRecord record) {
        ByteOutput out = new ByteOutput(1);
        out.put("before");
        formatter.format(record, out);
        return new String(Arrays.copyOfRange(out.array(), 6, out.size()), StandardCharsets.UTF_8);
    }
}
