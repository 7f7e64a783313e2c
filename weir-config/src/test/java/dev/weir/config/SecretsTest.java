package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Weir;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files hold that a configuration refers to, and that no message shows it. */
class SecretsTest {
    private static final String SECRET = "hunter2-and-more";

    @TempDir
    private Path directory;

    private final List<String> problems = new ArrayList<>();

    private String substituted(String text) {
        Variables variables = new Variables(name -> null, name -> null);
        return new Substitution(variables, new Secrets(), problems::add)
                .apply(text.replace("DIR", directory.toString()))
                .replace(directory.toString(), "DIR");
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(directory.resolve(name), content);
    }

    private void write(String name, String content) throws IOException {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void areTheTextOfTheirFileLessOneLineEnd() throws IOException {
        write("plain", "one");
        write("line", "one\n");
        write("windows", "one\r\n");
        write("lines", " one\ntwo\n\n");
        write("dollar", "${HOME}$$\n");

        assertThat(substituted(
                        "${file:DIR/plain}|${file:DIR/line}|${file:DIR/windows}|${file:DIR/lines}|${file:DIR/dollar}"))
                .isEqualTo("one|one|one| one\ntwo\n|${HOME}$$");
        assertThat(problems).isEmpty();
    }

    @Test
    void haveADefaultWhereThereIsNoFileOrNothingInIt() throws IOException {
        write("empty", "\n");
        write("there", "one");

        assertThat(substituted("${file:DIR/none:-a:-b}|${file:DIR/empty:-c}|${file:DIR/there:-d}|${file:DIR/empty}|"))
                .isEqualTo("a:-b|c|one||");
        assertThat(problems).isEmpty();
    }

    @Test
    void mustBeInFilesThatAreThere() {
        substituted("${file:DIR/none}");

        assertThat(problems)
                .containsExactly("\"${file:" + directory
                        + "/none}\" (expected: the file to be there, or a default: ${file:" + directory + "/none:-…})");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void mustBeInFilesOfTextThatCanBeRead() throws Exception {
        write("long", "x".repeat(64 * 1024 + 1));
        write("full", "x".repeat(64 * 1024));
        write("binary", new byte[] {'a', (byte) 0xFF});
        assertThat(new ProcessBuilder("mkfifo", directory.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(substituted("${file:DIR/full}")).hasSize(64 * 1024);
        assertThat(problems).isEmpty();
        for (String name : List.of("DIR/long", "DIR/binary", "DIR", "DIR/pipe", "/dev/zero", "relative", "/a\u0000b")) {
            substituted("${file:" + name + "}");
            substituted("${file:" + name + ":-default}");
        }

        assertThat(problems)
                .hasSize(14)
                .allMatch(problem ->
                        problem.contains("(expected: the absolute path of a file of UTF-8 with at most 65536 bytes; "));
        assertThat(problems.stream()
                        .map(problem -> problem.replaceAll(".*bytes; (.*)\\)", "$1"))
                        .distinct())
                .containsExactly(
                        "it is longer than 65536 bytes",
                        "it is not UTF-8",
                        "it is a directory",
                        "it is a pipe, a device or a socket",
                        "its path is not absolute",
                        "its path is none");
    }

    @Test
    void areReadOnceInAConfiguration() throws IOException {
        write("changing", "before");
        Secrets secrets = new Secrets();
        String path = directory.resolve("changing").toString();

        String first = secrets.of(path).text();
        write("changing", "after");

        assertThat(first).isEqualTo("before");
        assertThat(secrets.of(path).text()).isEqualTo("before");
    }

    @Test
    void areUsed() throws IOException {
        write("level", "debug\n");
        Weir weir = ConfigurationText.of(
                        "handlers: { a: { type: 'null' } }\nroot: { level: \"${file:" + directory + "/level}\" }")
                .read()
                .start();

        assertThat(weir.loggerOf("any").isEnabled(Level.DEBUG)).isTrue();
        weir.close(Duration.ofSeconds(30));
    }

    /** Whatever key they stand at, and whoever reports that they do not fit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: SECRET",
                "queue: SECRET",
                "queue: { capacity: SECRET }",
                "queue: { max-record: SECRET, wait: SECRET, overflow: SECRET }",
                "stats: { every: SECRET }",
                "jmx: SECRET",
                "handlers: SECRET",
                "handlers: { a: { type: SECRET } }",
                "handlers: { a: { type: file, path: p, sync: SECRET, mode: SECRET, rotate: { keep: SECRET } } }",
                "handlers: { a: { type: file, path: p, sync: SECRET } }",
                "handlers: { a: { type: file, path: p, mode: SECRET } }",
                "handlers: { a: { type: file, path: p, rotate: { every: day, zone: SECRET } } }",
                "handlers: { a: { type: file, path: p, rotate: { every: day, pattern: '%SECRET' } } }",
                "handlers: { a: { type: file, path: p }, b: { type: file, path: p, rotate: SECRET } }",
                "handlers: { a: { type: memory, target: SECRET } }",
                "handlers: { a: { type: 'null', fallback: SECRET, level: SECRET, max-level: SECRET, flush-on: SECRET } }",
                "handlers: { a: { type: 'null', breaker: { failures: SECRET }, filters: [SECRET] } }",
                "handlers: { a: { type: console, formatter: SECRET } }",
                "handlers: { a: { type: console, formatter: { type: json, preset: SECRET } } }",
                "handlers: { a: { type: console, formatter: { type: json, fields: [SECRET] } } }",
                "handlers: { a: { type: console, formatter: { type: json, fields: { x: SECRET } } } }",
                "handlers: { a: { type: console, formatter: { type: text, format: 'SECRET %(' } } }",
                "handlers: { a: { type: console, formatter: { type: text, pattern: '%d{SECRET' } } }",
                "handlers: { a: { type: console, formatter: { type: text, zone: SECRET, colours: SECRET } } }",
                "handlers: { a: { type: console, formatter: { type: text, datefmt: '%SECRET' } } }",
                "filters: { a: { type: mask, expressions: ['SECRET('] } }",
                "filters: { a: { type: mask, detect: [SECRET] } }",
                "filters: { a: { type: rate-limit, records: SECRET, per: SECRET } }",
                "filters: { a: { type: name, name: n, on-match: SECRET } }",
                "loggers: { a: { propagate: SECRET, caller: SECRET, handlers: [SECRET], level: SECRET } }",
                "root: { handlers: SECRET }"
            })
    void areShownByNoMessage(String yaml) throws IOException {
        write("secret", SECRET + "\n");
        String reference = "${file:" + directory + "/secret}";
        String quoted = yaml.replace("'SECRET", "'" + reference)
                .replace(" SECRET", " \"" + reference + "\"")
                .replace("[SECRET", "[\"" + reference + "\"")
                .replace("SECRET", reference);

        List<String> told = ConfigurationText.of(quoted).problems();

        assertThat(told).isNotEmpty().allSatisfy(problem -> assertThat(problem).doesNotContain(SECRET));
    }

    /** Of which more is shown than a head, line by line, or escaped. */
    @Test
    void areShownByNoMessageThoughTheyAreLongOrHaveLines() throws IOException {
        write("long", SECRET.repeat(10));
        write("lines", "-----BEGIN-----\n" + SECRET + "\n-----END-----\n");

        List<String> told = new ArrayList<>();
        for (String name : List.of("long", "lines")) {
            String reference = "\"${file:" + directory + "/" + name + "}\"";
            told.addAll(ConfigurationText.of("handlers: { a: { type: memory, target: " + reference + " } }")
                    .problems());
            told.addAll(
                    ConfigurationText.of("root: { level: " + reference + " }").problems());
            told.addAll(ConfigurationText.of("filters: { a: { type: mask, detect: [" + reference + "] } }")
                    .problems());
        }

        assertThat(told).hasSize(6).allSatisfy(problem -> assertThat(problem).doesNotContain(SECRET));
    }

    @Test
    void areShownByNoMessageThoughTheyAreShort() throws IOException {
        write("short", "DEBAG");

        assertThat(ConfigurationText.of("root: { level: \"${file:" + directory + "/short}\" }")
                        .problems())
                .singleElement()
                .asString()
                .contains("root.level: \"${file:")
                .doesNotContain("DEBAG");
        assertThat(ConfigurationText.of(
                                "formatters: { a: { type: json, fields: [ \"${file:" + directory + "/short}\" ] } }")
                        .problems())
                .singleElement()
                .asString()
                .endsWith("/short}\" is refused; why might show what it stands for");
    }

    @Test
    void areNotGuessedAt() throws IOException {
        write("near", "stdeer");

        assertThat(ConfigurationText.of(
                                "handlers: { a: { type: console, stream: \"${file:" + directory + "/near}\" } }")
                        .problems())
                .singleElement()
                .asString()
                .endsWith("/near}\" (expected: stdout, stderr)");
    }

    @Test
    void leaveDefaultsAndVariablesToBeShown() throws IOException {
        assertThat(ConfigurationText.of("root: { level: \"${file:" + directory + "/none:-LOUD}\" }")
                        .problems())
                .singleElement()
                .asString()
                .contains("\"LOUD\" from \"${file:");
        assertThat(ConfigurationText.of("root: { level: \"${L}\" }")
                        .with(Map.of("L", "LOUD"))
                        .problems())
                .singleElement()
                .asString()
                .contains("\"LOUD\" from \"${L}\"");
    }
}
