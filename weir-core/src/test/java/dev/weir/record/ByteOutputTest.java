package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.record.ByteOutput.Escape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
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

    @Test
    void writesWordsWithTheLowestByteFirst() {
        ByteOutput out = new ByteOutput(1);
        out.putIntLE(0x04030201);
        out.putLongLE(0x8006050403020100L);

        assertThat(written(out)).containsExactly(1, 2, 3, 4, 0, 1, 2, 3, 4, 5, 6, 0x80);
    }

    @Test
    void writesVarints() {
        ByteOutput out = new ByteOutput(1);
        out.putVarint(0);
        out.putVarint(127);
        out.putVarint(300);
        assertThat(written(out)).containsExactly(0, 127, 0xAC, 2);

        out.truncate(0);
        out.putVarint(-1);
        assertThat(written(out)).containsExactly(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1);
    }

    @Test
    void makesRoomWithinWhatWasWritten() {
        ByteOutput out = new ByteOutput(4);
        out.put("abcd");
        out.insert(1, 2);
        out.putByteAt(1, '-');
        out.putByteAt(2, '+');
        out.insert(out.size(), 1);
        out.putByteAt(out.size() - 1, '.');
        out.insert(0, 0);

        assertThat(out.toString()).isEqualTo("a-+bcd.");
        assertThatThrownBy(() -> out.insert(8, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> out.putByteAt(7, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void writesWordsWhereverItsArrayEnds() {
        byte[] source = "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
        for (int initialBytes = 0; initialBytes < 32; initialBytes++) {
            for (int length = 0; length <= 20; length++) {
                ByteOutput out = new ByteOutput(initialBytes);
                out.putWords(source, 3, length);

                assertThat(out.toString()).isEqualTo(new String(source, 3, length, StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void writesHexAndBase64AsTheJdkDoes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int length = 0; length < 40; length++) {
            byte[] source = new byte[length + 2];
            random.nextBytes(source);
            byte[] part = Arrays.copyOfRange(source, 1, 1 + length);
            ByteOutput out = new ByteOutput(1);
            out.putHex(source, 1, length);
            out.put(' ');
            out.putBase64(source, 1, length);

            assertThat(out.toString())
                    .as("seed %s", seed)
                    .isEqualTo(HexFormat.of().formatHex(part) + " "
                            + Base64.getEncoder().encodeToString(part));
        }
    }

    @Test
    void writesNumbersThatJsonReads() {
        ByteOutput out = new ByteOutput(1);
        for (double value : new double[] {0.1, -0.0, 1e300, Double.NaN, Double.NEGATIVE_INFINITY}) {
            out.putDouble(value);
            out.put(' ');
        }
        out.putFloat(0.1f);
        out.put(' ');
        out.putFloat(Float.POSITIVE_INFINITY);

        assertThat(out.toString()).isEqualTo("0.1 -0.0 1.0E300 \"NaN\" \"-Infinity\" 0.1 \"Infinity\"");
    }

    @Test
    void countsAndCutsCharactersAndNotBytes() {
        assertThat(cut("aü€𝄞", 4, false)).isEqualTo("4 <aü€𝄞");
        assertThat(cut("aü€𝄞", 3, false)).isEqualTo("4 <aü€");
        assertThat(cut("aü€𝄞", 3, true)).isEqualTo("4 <ü€𝄞");
        assertThat(cut("aü€𝄞", 1, true)).isEqualTo("4 <𝄞");
        assertThat(cut("aü€𝄞", 0, false)).isEqualTo("4 <");
        assertThat(cut("aü€𝄞", 0, true)).isEqualTo("4 <");
        assertThat(cut("", 1, true)).isEqualTo("0 <");
    }

    /** How many characters a text has, and what is left of it. */
    private static String cut(String text, int most, boolean keepEnd) {
        ByteOutput out = new ByteOutput(1);
        out.put('<');
        out.put(text);
        int characters = out.characters(1);
        out.truncateCharacters(1, most, keepEnd);
        return characters + " " + out;
    }

    private static int[] written(ByteOutput out) {
        int[] all = new int[out.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = out.array()[i] & 0xFF;
        }
        return all;
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
