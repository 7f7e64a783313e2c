package dev.weir.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.format.TextFormatter;
import dev.weir.record.LogRecord;

/** Any record is one line of text from which the message can be told, and lines of a stack trace that cannot pass for another. */
class TextFormatterFuzzTest {
    private static final TextFormatter MESSAGE = TextFormatter.of("%(message)s");
    private static final TextFormatter ALL = TextFormatter.of(
            "%(asctime)s %(levelname)-8s [%(threadName).20s] %(name)30s %(trace_id)s %(key)s %(msecs)d: %(message)s");

    @FuzzTest
    void isOneLineThatIsReversible(FuzzedDataProvider data) {
        LogRecord record = FuzzedRecords.record(data);

        String text = TwoParsers.text(FuzzedRecords.written(MESSAGE, record));
        String all = TwoParsers.text(FuzzedRecords.written(ALL, record));

        String[] lines = lines(text);
        assertThat(unescaped(lines[0])).isEqualTo(record.message());
        assertThat(unescaped(lines(all)[0])).endsWith(record.message());
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i];
            assertThat(line.startsWith("\t")
                            || line.startsWith("java.lang.Exception")
                            || line.startsWith("Caused by: "))
                    .as(line)
                    .isTrue();
        }
        if (!record.hasThrowable()) {
            assertThat(lines).hasSize(1);
        }
    }

    private static String[] lines(String text) {
        assertThat(text).endsWith("\n");
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        for (String line : lines) {
            assertThat(line.chars().noneMatch(c -> c != '\t' && TwoParsers.isControl(c)))
                    .as(line)
                    .isTrue();
        }
        return lines;
    }

    /** What a text was before it was escaped. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int code = text.charAt(i) == '\\' && i + 1 < text.length() ? "nrt\\u".indexOf(text.charAt(i + 1)) : -1;
            if (code < 0) {
                plain.append(text.charAt(i));
            } else if (code == 4) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                plain.append("\n\r\t\\".charAt(code));
                i++;
            }
        }
        return plain.toString();
    }
}
