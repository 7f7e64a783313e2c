package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.record.ByteOutput.Escape;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ByteOutputTest {
    @Test
    void escapesControlCharactersVisibly() {
        assertThat(text("a\nb\rc\td\u001b[2J\u0000\u007f\u009b\u0085\u2028\u2029"))
                .isEqualTo("a\\nb\\rc\\td\\u001b[2J\\u0000\\u007f\\u009b\\u0085\\u2028\\u2029");
    }

    @Test
    void leavesFormatCharactersAsTheyAre() {
        assertThat(text("\u202e \u200b \ufeff \u200d")).isEqualTo("\u202e \u200b \ufeff \u200d");
    }

    @Test
    void doublesABackslashOnlyWhereItCouldBeTakenForAnEscape() {
        assertThat(text("C:\\dir\\x")).isEqualTo("C:\\dir\\x");
        assertThat(text("C:\\new\\temp\\")).isEqualTo("C:\\\\new\\\\temp\\\\");
        assertThat(text("\\\n")).isEqualTo("\\\\\\n");
    }

    @Test
    void escapesTextSoThatItCanBeToldBack() {
        String alphabet = "\\\\\\nrtux0000 \n\r\t\"ab\u0000\u001b\u0085\u009b\u2028\u2029ü€\u00a0\u2030";
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder content = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                content.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }

            String escaped = text(content.toString());

            assertThat(toldBack(escaped)).as("seed %s: %s", seed, escaped).isEqualTo(content.toString());
        }
    }

    @Test
    void writesHalvesOfCharactersAsReplacementCharacters() {
        assertThat(text("a\ud83d b\ude00 c\ude00\ud83d \ud83d\ude00"))
                .isEqualTo("a\ufffd b\ufffd c\ufffd\ufffd \ud83d\ude00");
        ByteOutput out = new ByteOutput(1);
        out.put("\ud83d");
        assertThat(out.toString()).isEqualTo("\ufffd");
    }

    private static String text(String content) {
        ByteOutput out = new ByteOutput(1);
        out.putText(content, Escape.TEXT);
        return out.toString();
    }

    private static String toldBack(String escaped) {
        return Pattern.compile("\\\\(?:u([0-9a-f]{4})|([nrt\\\\]))")
                .matcher(escaped)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) != null
                                ? Character.toString(Integer.parseInt(found.group(1), 16))
                                : switch (found.group(2)) {
                                    case "n" -> "\n";
                                    case "r" -> "\r";
                                    case "t" -> "\t";
                                    default -> "\\";
                                }));
    }
}
