package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns as Logback and Log4j 2 have them. */
class PatternFormatTest {
    private static final LogRecord RECORD = Records.message("paid {} {}", 12, "EUR")
            .level(Level.WARN)
            .logger("mainPackage.sub.sample.Bar")
            .traced()
            .context("user", "u1")
            .context("tenant", "t 1")
            .keyValue("amount", 12.5)
            .keyValue("item", "a \"b\"")
            .markers("AUDIT", "MONEY")
            .caller("shop.orders.Orders", "settle", "Orders.java", 17)
            .record();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%p %level %le|WARN WARN WARN",
                "[%-6level][%6level][%.2level][%.-2level][%-3.-2p]|[WARN  ][  WARN][RN][WA][WA ]",
                "%c %logger %lo|mainPackage.sub.sample.Bar mainPackage.sub.sample.Bar mainPackage.sub.sample.Bar",
                "%c{0} %logger{5} %logger{10}|Bar m.s.s.Bar m.s.s.Bar",
                "%logger{15} %logger{16} %logger{26}|m.s.sample.Bar m.sub.sample.Bar mainPackage.sub.sample.Bar",
                "[%-16.10logger{16}]|[sample.Bar      ]",
                "%t %thread %tid|main main 42",
                "%m %msg %message|paid 12 EUR paid 12 EUR paid 12 EUR",
                "%X{user} %mdc{tenant} [%X{nobody}] %X{nobody:-not there} %X{user:-x}|u1 t 1 [] not there u1",
                "%X|user=u1, tenant=t 1",
                "%X{traceId} %X{span_id}|0af7651916cd43dd8448eb211c80319c b7ad6b7169203331",
                "%kvp|amount=\"12.5\" item=\"a \\\"b\\\"\"",
                "%kvp{SINGLE}|amount='12.5' item='a \"b\"'",
                "%kvp{NONE}|amount=12.5 item=a \"b\"",
                "%msg%attributes|paid 12 EUR user=u1 tenant=\"t 1\" amount=12.5 item=\"a \\\"b\\\"\"",
                "%marker|AUDIT, MONEY",
                "%class %C{0} %M(%F:%L)|shop.orders.Orders Orders settle(Orders.java:17)",
                "100%% \\(%m\\) 100\\% a\\_b (%p)|100% (paid 12 EUR) 100% ab (WARN)",
                "%-20(%p [%t])|WARN [main]         ",
                "%20(%p [%t])|         WARN [main]",
                "%.6(%p [%t])<|[main]<",
                "%replace(%msg){[0-9]+}{#}|paid # EUR",
                "%replace(%msg){'[0-9]+', '#'}|paid # EUR",
                "%replace(%msg){(\\w+) (\\d{2})}{$2 $1}|12 paid EUR",
                "%replace(%X){=}{: }|user: u1, tenant: t 1",
                "[%-14replace(%msg){ }{}]|[paid12EUR     ]",
                "%red(%p) %highlight(%p) %boldBlue(%m)|WARN WARN paid 12 EUR",
                "nothing|nothing",
            })
    void showsWhatItsWordsStandFor(String pattern, String expected) {
        assertThat(text(pattern, RECORD)).isEqualTo(expected + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%d|2024-05-20 16:32:11,123",
                "%date{ISO8601}|2024-05-20 16:32:11,123",
                "%d{STRICT}|2024-05-20T16:32:11,123",
                "%d{ABSOLUTE}|16:32:11,123",
                "%d{COMPACT}|20240520163211123",
                "%d{DATE}|20 May 2024 16:32:11,123",
                "%d{HH:mm:ss.SSS}|16:32:11.123",
                "%d{HH:mm:ss,SSS}|16:32:11,123",
                "%d{HH:mm:ss.SSSSSS}|16:32:11.123456",
                "%d{HH:mm:ss.SSSSSSSSS}|16:32:11.123456789",
                "%d{SS:S ss}|12:1 11",
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}|2024-05-20T16:32:11.123+02:00",
                "%d{HH:mm:ss, UTC}|14:32:11",
                "%d{HH:mm}{America/New_York}|10:32",
                "%d{\"HH:mm:ss,SSS\", UTC}|14:32:11,123",
                "%d{'HH:mm:ss,SSS', UTC}|14:32:11,123",
                "%d{EEE, d MMM yyyy}|Mon, 20 May 2024",
                "%d{'it is' HH}|it is 16",
            })
    void showsTimes(String pattern, String expected) {
        TextFormatter formatter = TextFormatter.builder()
                .pattern(pattern)
                .zone(ZoneId.of("Europe/Berlin"))
                .build();

        assertThat(text(formatter, RECORD)).isEqualTo(expected + "\n");
    }

    @Test
    void showsTheTimeOfEachRecord() {
        TextFormatter formatter = TextFormatter.builder()
                .pattern("%d{ss.SSS}")
                .zone(ZoneId.of("UTC"))
                .build();

        assertThat(text(formatter, Records.message("m").time(1_999_999_999L).record()))
                .isEqualTo("01.999\n");
        assertThat(text(formatter, Records.message("m").time(1_000_000_000L).record()))
                .isEqualTo("01.000\n");
        assertThat(text(formatter, Records.message("m").time(-1L).record())).isEqualTo("59.999\n");
    }

    @Test
    void showsWhatIsGivenForKeysThatARecordDoesNotHave() {
        TextFormatter formatter = TextFormatter.builder()
                .pattern("%X{user} %X{user:-mine}")
                .defaults(Map.of("user", "nobody"))
                .build();

        assertThat(text(formatter, Records.message("m").record())).isEqualTo("nobody mine\n");
    }

    @Test
    void showsNothingOfWhatARecordDoesNotHave() {
        assertThat(text(
                        "[%X%kvp%attributes%marker%X{a}%ex] %M %L",
                        Records.message("m").record()))
                .isEqualTo("[] ? ?\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%msg%n|m/java.lang.Error: outer/\tat A.a(A.java:1)/\tat A.b(A.java:2)"
                        + "/Caused by: java.lang.Error: inner/\tat B.c(B.java:3)/",
                "%msg|m/java.lang.Error: outer/\tat A.a(A.java:1)/\tat A.b(A.java:2)"
                        + "/Caused by: java.lang.Error: inner/\tat B.c(B.java:3)/",
                "%msg%n%ex{1}|m/java.lang.Error: outer/\tat A.a(A.java:1)/\t... 1 omitted"
                        + "/Caused by: java.lang.Error: inner/\tat B.c(B.java:3)/",
                "%msg %throwable{0}%n|m java.lang.Error: outer/\t... 2 omitted/Caused by: java.lang.Error: inner/\t... 1 omitted/",
                "%msg%n%rEx{short}|m/java.lang.Error: inner/\tat B.c(B.java:3)/Wrapped by: java.lang.Error: outer"
                        + "/\tat A.a(A.java:1)/\t... 1 omitted/",
                "%msg%nopex%n|m/",
                "%msg%ex{none}|m/",
                "%replace(%msg %ex{0}){\\s+}{ }|m java.lang.Error: outer ... 2 omitted Caused by: java.lang.Error: inner"
                        + " ... 1 omitted /",
            })
    void showsWhatWasThrown(String pattern, String expected) {
        Error inner = new Error("inner");
        inner.setStackTrace(new StackTraceElement[] {new StackTraceElement("B", "c", "B.java", 3)});
        Error outer = new Error("outer", inner);
        outer.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("A", "a", "A.java", 1), new StackTraceElement("A", "b", "A.java", 2)
        });

        assertThat(text(pattern, Records.message("m").thrown(outer).record())).isEqualTo(expected.replace('/', '\n'));
    }

    @Test
    void breaksLinesWhereItSaysSoAndAlwaysAtTheEnd() {
        LogRecord record = Records.message("m").record();

        assertThat(text("%p%n%m%n", record)).isEqualTo("INFO\nm\n");
        assertThat(text("%p%n%n", record)).isEqualTo("INFO\n\n");
        assertThat(text("%p\\n%m", record)).isEqualTo("INFO\nm\n");
        assertThat(text("%m%n%ex%n", record)).isEqualTo("m\n");
        assertThat(text("%m\n", record)).isEqualTo("m\n");
        assertThat(text("", record)).isEqualTo("\n");
    }

    @Test
    void breaksALineBehindAGroupThatEndsWithOne() {
        LogRecord record = Records.message("m").record();

        assertThat(text("%highlight(%p %m%n)", record)).isEqualTo("INFO m\n");
        assertThat(text("%highlight(%p %(%m%n))%ex", record)).isEqualTo("INFO m\n");
        assertThat(text("[%5(%m%n)]", record)).isEqualTo("[    m\n]\n");
        assertThat(text("%red(%n)%m", record)).isEqualTo("\nm\n");
        assertThat(text("%replace(%m%n){m}{x}", record)).isEqualTo("x\\n\n");
        TextFormatter coloured = TextFormatter.builder()
                .pattern("%red(%m%n)")
                .colours(Colours.ALWAYS)
                .build();
        assertThat(text(coloured, record)).isEqualTo("\u001b[31mm\u001b[0m\n");
    }

    @Test
    void takesWhatStandsBehindABackslashInBracesAsItIs() {
        LogRecord record = Records.message("m").context("a}b", "x").record();

        assertThat(text("%X{user:-it\\'s \\{none\\} \\\\} %X{a\\}b}", record)).isEqualTo("it's {none} \\\\ x\n");
    }

    /** Each is one by itself, whatever stands behind it. */
    @Test
    void replacesByExpressionsThatRunToTheirEnd() {
        LogRecord record = Records.message("a.b c").record();

        assertThat(text("%replace(%m){\\Qa.b}{x}", record)).isEqualTo("x c\n");
        assertThat(text("%replace(%m){(?x)(a) # a letter}{$1$1}", record)).isEqualTo("aa.b c\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%messge|1|did you mean message?)",
                "%d %levl|4|did you mean level?)",
                "%levle|1|did you mean level?)",
                "%X{user, tenant}|1|(expected: one key, as {user} or {user:-nobody})",
                "%m%hilight(%p)|3|did you mean highlight?)",
                "%zzzzzzzz|1|found \"zzzzzzzz\")",
                "%m%nfoo|3|found \"nfoo\"",
                "%|1|(expected: a word, as %msg, a parenthesis, or a second %)",
                "a % b|3|(expected: a word, as %msg, a parenthesis, or a second %)",
                "%-(%m|5|(expected: a closing parenthesis)",
                "%red %m|4|(expected: a parenthesis after %red)",
                "%5.m|3|(expected: how many characters are left)",
                "%2000m|4|(expected: a number of at most 1000)",
                "%m{x}|1|(expected: nothing in braces behind this word)",
                "%c{x}|1|(expected: the most characters of the name, as 36, at most 1000)",
                "%c{1.}|1|(expected: the most characters of the name, as 36, at most 1000)",
                "%X{a|3|(expected: a closing brace)",
                "%X{a}{b}|1|(expected: one key, as {user} or {user:-nobody})",
                "%X{:-b}|1|(expected: one key, as {user} or {user:-nobody})",
                "%kvp{x}|1|(expected: DOUBLE, SINGLE or NONE)",
                "%ex{x}|1|(expected: full, short, none, or how many frames of each throwable, at most 1000)",
                "%d{bogus}|1|(expected: a time pattern of java.time, ",
                "%d{HH[:mm]}|1|(expected: a time pattern of java.time, ",
                "%d{nnn}|1|(expected: a time pattern of java.time, ",
                "%d{SSSSSSSSSS}|1|(expected: a time pattern of java.time, ",
                "%d{HH:mm}{Mars}|1|(expected: a zone, as UTC or Europe/Berlin; found \"Mars\")",
                "%replace(%m){a}|1|(expected: {regular expression}{replacement} behind the parenthesis)",
                "%replace(%m){(}{b}|1|(expected: a regular expression; found \"(\"",
                "%replace(%m){a}{$1}|1|(expected: a replacement that names groups there are; found \"$1\")",
                "\\q|1|after a backslash)",
            })
    void saysWhereAPatternIsWrongAndWhatWasMeant(String pattern, int position, String expected) {
        assertThatThrownBy(() -> TextFormatter.builder().pattern(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pattern: \"" + pattern + "\", position " + position + " (expected: ")
                .hasMessageContaining(expected);
    }

    @Test
    void refusesParenthesesThatGoDeep() {
        assertThatThrownBy(() -> TextFormatter.builder().pattern("%(".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: at most 16 parentheses within each other)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%m|%c|%c{3}|%t|%X|%X{key}|%kvp|%kvp{NONE}|%kvp{SINGLE}|%attributes|%marker|%C|%M|%F|",
                "%.500m|%-500.500c|%.9(%t %m)|%replace(%m %X %kvp %t %ex){x}{y}",
                "%red(%m) %highlight(%c{0}) %-30(%faint(%t) %attributes)"
            })
    void keepsContentFromEndingLinesAndFromBeingColoured(String pattern) {
        String attack = "a\r\nb\u0085c\u2028d\u2029e\u000bf\fg\u0000\u001b[31m\u001b[2J\u009b31m\u007f\"\\n";
        LogRecord record = Records.message(attack + "{}", attack)
                .logger(attack)
                .thread(attack)
                .context("key", attack)
                .context(attack, attack)
                .keyValue(attack, attack)
                .keyValue("list", List.of(attack))
                .markers(attack)
                .caller(attack, attack, attack, 1)
                .record();
        TextFormatter coloured =
                TextFormatter.builder().pattern(pattern).colours(Colours.ALWAYS).build();

        String line = text(coloured, record);

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(line.substring(0, line.length() - 1)
                        .replaceAll("\u001b\\[(0|2|31|32)m", "")
                        .chars())
                .noneMatch(c -> c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029);
        assertThat(line).doesNotContain("a\u001b[31m").doesNotContain("\u001b[2J");
    }

    @Test
    void givesUpASearchThatTakesTooLongAndShowsNothingOfTheContent() {
        LogRecord record = Records.message("a".repeat(5000) + "!").record();

        assertThat(text("%p %replace(%m){(a+)+b}{x} %t", record))
                .isEqualTo("INFO (left out: %replace took too long) main\n");
        assertThat(text("%p %replace(%m){^(?:a|b)*$}{x} %t", record))
                .startsWith("INFO ")
                .endsWith(" main\n");
    }

    @Test
    void replacesInALongTextInTime() {
        LogRecord record = Records.message("a1".repeat(20_000)).record();

        assertThat(text("%replace(%m){[0-9]}{}", record)).isEqualTo("a".repeat(20_000) + "\n");
    }

    @Test
    void replacesWhatManyAlternativesFindInALongText() {
        LogRecord record = Records.message("x".repeat(60_000) + " key29=secret").record();
        StringBuilder keys = new StringBuilder("key0");
        for (int i = 1; i < 30; i++) {
            keys.append('|')
                    .append("abcdefghijklmnopqrstuvwyzABCDEF".charAt(i))
                    .append("key")
                    .append(i);
        }

        assertThat(text("%replace(%m){(" + keys + "|key29)=[a-z]+}{#}", record)).isEqualTo("x".repeat(60_000) + " #\n");
    }

    private static String text(String pattern, LogRecord record) {
        return text(TextFormatter.builder().pattern(pattern).build(), record);
    }

    private static String text(Formatter formatter, LogRecord record) {
        ByteOutput out = new ByteOutput(1);
        formatter.format(record, out);
        return out.toString();
    }
}
