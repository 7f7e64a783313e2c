package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.Types;
import dev.weir.Weir;
import dev.weir.spi.FormatterFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formatter {@code text} by its keys, and types of formatters that are not Weir's own. */
class FormatsTest {
    @TempDir
    private Path directory;

    private Beside beside;

    @BeforeEach
    void provide() {
        beside = Beside.of(
                directory, FormatterFactory.class, List.of(Types.Framing.class.getName(), Types.Terse.class.getName()));
    }

    @AfterEach
    void close() throws IOException {
        beside.close();
    }

    private List<String> problems(String yaml) {
        return ConfigurationText.of(yaml).with(beside).problems();
    }

    /** What a file handler writes of the message "hello". */
    private List<String> written(String yaml) throws IOException {
        Path file = directory.resolve("written.log");
        Weir weir = ConfigurationText.of(yaml.replace("FILE", file.toString()))
                .with(beside)
                .read()
                .start();
        weir.loggerOf("a").info("hello");
        weir.close(Duration.ofSeconds(30));
        return Files.readAllLines(file);
    }

    @Test
    void aHandlerHasOneByItsTypeAlone() throws IOException {
        assertThat(written("handlers: { a: { type: file, path: \"FILE\", formatter: terse } }"))
                .containsExactly("hello");
    }

    @Test
    void aHandlerHasOneWithItsKeys() throws IOException {
        assertThat(written("""
                handlers:
                  a: { type: file, path: "FILE", formatter: { type: framing, frame: "> ", formatter: terse } }
                """)).containsExactly("> hello");
    }

    @Test
    void aHandlerHasOneByName() throws IOException {
        assertThat(written("""
                formatters:
                  outer: { type: framing, frame: "> ", formatter: inner }
                  inner: { type: framing, frame: "- ", formatter: terse }
                handlers:
                  a: { type: file, path: "FILE", formatter: outer }
                """)).containsExactly("> - hello");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "format: '%(levelname)s %(message)s %(user)s', defaults: { user: nobody }|INFO hello nobody",
                "pattern: '%-6p%m %X{user}', defaults: { user: nobody }|INFO  hello nobody",
                "pattern: '%highlight(%p) %m', colours: always|\u001b[32mINFO\u001b[0m hello",
                "pattern: '%highlight(%p) %m'|INFO hello",
                "pattern: '%d{VV}', zone: Europe/Berlin|Europe/Berlin",
                "format: '%(asctime)s', datefmt: '%z', zone: '+03:00'|+0300",
            })
    void aTextHasItsKeys(String keys, String expected) throws IOException {
        assertThat(written("handlers: { a: { type: file, path: \"FILE\", formatter: { type: text, " + keys + " } } }"))
                .containsExactly(expected);
    }

    @Test
    void aTextMayBePretty() throws IOException {
        assertThat(written(
                        "handlers: { a: { type: file, path: \"FILE\", formatter: { type: text, preset: pretty } } }"))
                .singleElement()
                .asString()
                .matches("[0-9:.]{12} INFO     \\[ *main\\] a {32}hello");
    }

    @Test
    void reportsWhatIsWrongWithTheirKeys() {
        assertThat(problems("""
                formatters:
                  a: { type: framing, frame: "", formatter: terse }
                  b: { type: framing, farme: x }
                  c: { type: terse, frame: x }
                handlers:
                  a: { type: console, formatter: framing }
                  b: { type: console, formatter: ters }
                  c: { type: console, formatter: { type: ters } }
                """))
                .containsExactly(
                        "weir.yaml:2:30: formatters.a.frame: \"\" (expected: a text)",
                        "weir.yaml:3:6: formatters.b: frame is missing",
                        "weir.yaml:3:23: formatters.b: unknown key \"farme\" (expected: type, frame, formatter; "
                                + "did you mean frame?)",
                        "weir.yaml:4:21: formatters.c: unknown key \"frame\" (expected: type)",
                        "weir.yaml:6:34: handlers.a.formatter: frame is missing",
                        "weir.yaml:7:34: handlers.b.formatter: \"ters\" (expected: json, text, framing, terse, a, b, c; "
                                + "did you mean terse?)",
                        "weir.yaml:8:42: handlers.c.formatter.type: \"ters\" (expected: json, text, framing, terse; "
                                + "did you mean terse?)");
    }

    @Test
    void refusesOneThatIsWithinItself() {
        assertThat(problems("""
                formatters:
                  a: { type: framing, frame: x, formatter: b }
                  b: { type: framing, frame: x, formatter: a }
                """))
                .contains(
                        "weir.yaml:3:44: formatters.b.formatter: within itself: \"a\" (expected: another formatter)",
                        "weir.yaml:2:44: formatters.a.formatter: within itself: \"b\" (expected: another formatter)");
    }
}
