package dev.weir.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class YamlTextTest {
    private static Object read(String yaml) {
        return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "a b",
                "true",
                "NULL",
                "~",
                "1",
                "-1",
                "1e3",
                "0x1F",
                ".inf",
                ".NaN",
                "+1",
                "- a",
                "a: b",
                "a #b",
                "#",
                "'",
                "\"",
                "\\",
                "it's \"so\"",
                "%d{HH:mm}",
                "@a",
                "`",
                "[a]",
                "{a}",
                "a,b",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "?",
                "-",
                "---",
                "...",
                "a\nb",
                "\t",
                "\r",
                "\u0000",
                "\u0007",
                "\u0085",
                "\u2028",
                "\uFEFF",
                "ä",
                "😀",
                "\uD800",
                "<<",
                "=",
                "/var/log",
                "a/b.log",
                "2024-05-20",
                "yes",
                "Off",
            })
    void writesATextSoThatItIsReadAsThatText(String text) {
        String expected = text.equals("\uD800") ? "\uD800" : text;

        assertThat(read("{ key: " + YamlText.quoted(text) + ", " + YamlText.quoted("k" + text) + ": 1 }"))
                .isEqualTo(Map.of("key", expected, "k" + text, 1));
        assertThat(read(YamlText.quoted(text))).isEqualTo(expected);
    }

    @Test
    void writesAnyTextSoThatItIsReadAsThatText() {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(6); j >= 0; j--) {
                text.append("a0 :#-'\"\\{}[],&*!|>%@`~?$\n\t.e".charAt(random.nextInt(29)));
            }
            assertThat(read(YamlText.quoted(text.toString()))).isEqualTo(text.toString());
        }
    }

    @Test
    void breaksWhatIsTooLongOrHasComments() {
        Keys inner = new Keys().put("type", "console").put("formatter", Scalar.literal("x".repeat(120)));
        Keys told = new Keys().put("type", "null");
        Keys handlers = new Keys().put("long", inner).put("told", told);
        told.entries().get("type").say(Remark.Kind.DIFFERS, 3, "so");
        handlers.entries().get("told").say(Remark.Kind.NOT_NEEDED, 2, "why");

        String yaml = YamlText.of(new Keys().put("version", "1").put("handlers", handlers));

        assertThat(yaml).isEqualTo("""
                version: 1

                handlers:
                  long:
                    type: console
                    formatter: %s
                  # not needed: 2: why
                  told:
                    # differs: 3: so
                    type: null
                """.formatted("x".repeat(120)));
    }

    @Test
    void letsADollarSignStandForItself() {
        for (String text : List.of("${HOME}", "$", "$$", "a$${b}", "${env:X:-y}", "$1")) {
            String yaml = "handlers: { a: { type: console, level: "
                    + Scalar.literal(text).yaml() + " } }";

            // no level, and named as it was understood
            assertThat(Converted.problems(yaml)).singleElement().asString().contains("level: \"" + text + "\" from ");
        }
    }
}
