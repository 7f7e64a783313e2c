package dev.weir.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.format.Formatter;
import dev.weir.format.TextFormatter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings that a program gives, by keys that are declared. */
class SettingsTest {
    private static final Key<String> TEXT = Key.text("text").required();
    private static final Key<Path> PATH = Key.path("path");
    private static final Key<Integer> NUMBER =
            Key.number("number").from(2).upTo(9).otherwise(1);
    private static final Key<Long> BYTES = Key.bytes("bytes");
    private static final Key<Duration> TIME = Key.duration("time").from(Duration.ofMillis(1));
    private static final Key<Boolean> BOOL = Key.bool("bool").otherwise(true);
    private static final Key<Level> LEVEL = Key.level("level");
    private static final Key<Integer> WORD = Key.oneOf("word", Map.of("one", 1, "two", 2));
    private static final Key<List<String>> TEXTS = Key.texts("texts");
    private static final Key<Map<String, String>> NAMED = Key.namedTexts("named");
    private static final Key<Boolean> DEEP = Key.bool("deep").otherwise(false);
    private static final Key<Settings> SECTION = Key.section("section", DEEP);
    private static final Key<Integer> LENGTH = Key.text("length").as(String::length);
    private static final Key<Object> EITHER = Key.of(
            "either", Kind.number().<Object>as(number -> number).or(Kind.text().as(text -> text)));
    private static final Key<String> TOKEN = Key.text("token").secret().as(SettingsTest::refused);
    private static final Key<String> OTHER = Key.of("other", Kind.handlerName());
    private static final List<Key<?>> KEYS = List.of(
            TEXT,
            PATH,
            NUMBER,
            BYTES,
            TIME,
            BOOL,
            LEVEL,
            WORD,
            TEXTS,
            NAMED,
            SECTION,
            LENGTH,
            EITHER,
            TOKEN,
            OTHER,
            Key.formatter());

    private static String refused(String token) {
        throw new IllegalArgumentException(token + " is none");
    }

    @Test
    void readsWhatIsGiven() {
        Formatter formatter = TextFormatter.of("%(message)s");
        Settings settings = Settings.of(
                KEYS,
                Map.ofEntries(
                        Map.entry("text", "t"),
                        Map.entry("path", "a/b"),
                        Map.entry("number", 9),
                        Map.entry("bytes", 64),
                        Map.entry("time", Duration.ofSeconds(1)),
                        Map.entry("bool", false),
                        Map.entry("level", Level.WARN),
                        Map.entry("word", "two"),
                        Map.entry("texts", List.of("a", "b")),
                        Map.entry("named", Map.of("n", "v")),
                        Map.entry("section", Map.of("deep", true)),
                        Map.entry("length", "four"),
                        Map.entry("either", "text"),
                        Map.entry("other", "stdout"),
                        Map.entry("formatter", formatter)));

        assertThat(settings.get(TEXT)).isEqualTo("t");
        assertThat(settings.get(PATH)).isEqualTo(Path.of("a/b"));
        assertThat(settings.get(NUMBER)).isEqualTo(9);
        assertThat(settings.get(BYTES)).isEqualTo(64L);
        assertThat(settings.get(TIME)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.get(BOOL)).isFalse();
        assertThat(settings.get(LEVEL)).isEqualTo(Level.WARN);
        assertThat(settings.get(WORD)).isEqualTo(2);
        assertThat(settings.get(TEXTS)).containsExactly("a", "b");
        assertThat(settings.get(NAMED)).containsExactly(Map.entry("n", "v"));
        assertThat(settings.get(SECTION).get(DEEP)).isTrue();
        assertThat(settings.get(LENGTH)).isEqualTo(4);
        assertThat(settings.get(EITHER)).isEqualTo("text");
        assertThat(settings.get(OTHER)).isEqualTo("stdout");
        assertThat(settings.get(Key.formatter())).isSameAs(formatter);
    }

    @Test
    void givesDefaultsForWhatIsLeftOut() {
        Settings settings = Settings.of(KEYS, Map.of("text", "t"));

        assertThat(settings.get(NUMBER)).isEqualTo(1);
        assertThat(settings.get(BOOL)).isTrue();
        assertThat(settings.get(SECTION).get(DEEP)).isFalse();
        assertThat(settings.find(SECTION)).isEmpty();
        assertThat(settings.find(BOOL)).isEmpty();
        assertThat(settings.has(BOOL)).isFalse();
        assertThat(settings.get(Key.formatter())).isNotNull();
        List<Object> given = new ArrayList<>();
        settings.give(BOOL, given::add);
        settings.give(TEXT, given::add);
        assertThat(given).containsExactly("t");
        assertThatThrownBy(() -> settings.get(WORD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the key word is left out, and has no default");
        assertThatThrownBy(() -> settings.has(Key.text("none")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the key none is read, but not declared");
    }

    @Test
    void refusesEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> Settings.of(
                        KEYS,
                        Map.ofEntries(
                                Map.entry("number", 1),
                                Map.entry("bytes", -1L),
                                Map.entry("time", Duration.ZERO),
                                Map.entry("bool", "true"),
                                Map.entry("word", "three"),
                                Map.entry("section", Map.of("deeper", true)),
                                Map.entry("token", "hunter2"),
                                Map.entry("unknown", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refused -> assertThat(refused.getMessage().lines())
                        .containsExactlyInAnyOrder(
                                "text is missing",
                                "number: 1 (expected: Integer, from 2, up to 9)",
                                "bytes: -1 (expected: Long, not negative)",
                                "time: PT0S (expected: Duration, from PT0.001S)",
                                "bool: true (expected: Boolean)",
                                words(),
                                "section.deeper: unknown key (expected: deep)",
                                "token: a value that is not shown is refused",
                                "unknown: unknown key (expected: text, path, number, bytes, time, bool, level, word, texts, "
                                        + "named, section, length, either, token, other, formatter)"));
    }

    private static String words() {
        return "word: three (expected: "
                + String.join(", ", Map.of("one", 1, "two", 2).keySet()) + ")";
    }

    @Test
    void makesSomethingOfATypeWithoutAFile() {
        FormatterFactory factory = new FormatterFactory() {
            @Override
            public String type() {
                return "fixed";
            }

            @Override
            public List<Key<?>> keys() {
                return List.of(TEXT);
            }

            @Override
            public Formatter create(Settings settings) {
                return TextFormatter.of(settings.get(TEXT));
            }
        };

        assertThat(factory.create(Map.of("text", "%(message)s"))).isInstanceOf(TextFormatter.class);
        assertThatThrownBy(() -> factory.create(Map.of("txt", "")))
                .hasMessage("txt: unknown key (expected: text)\ntext is missing");
    }

    @Test
    void refusesRangesOfWhatHasNone() {
        assertThatThrownBy(() -> Key.text("a").from("b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Key.section("a", TEXT, TEXT)).isInstanceOf(IllegalArgumentException.class);
    }
}
