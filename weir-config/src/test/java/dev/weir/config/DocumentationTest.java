package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Weir;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/configuration.md shows and says, and the example of docs/statistics.md. */
class DocumentationTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    private static final Path FORMATS = Path.of("../docs/formats.md");

    private static final Path STATISTICS = Path.of("../docs/statistics.md");

    /** What the example of a factory makes. */
    private static final String TCP_HANDLER = """
            package com.example;

            final class TcpHandler implements dev.weir.handler.Handler {
                TcpHandler(String host, int port, java.time.Duration timeout, dev.weir.format.Formatter formatter) {
                }

                @Override
                public boolean emit(dev.weir.record.LogRecord record) {
                    return true;
                }

                @Override
                public void flush() {}
            }
            """;

    @TempDir
    private Path directory;

    private static List<String> matches(String pattern) throws IOException {
        return matches(PAGE, pattern);
    }

    private static List<String> matches(Path page, String pattern) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher =
                Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL).matcher(Files.readString(page));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void showsAnExampleThatWorks() throws IOException {
        String example = matches("^```yaml\\n(.*?)^```").get(0);
        Weir weir = ConfigurationText.of(example)
                .with(Map.of("LOG_DIR", directory.toString()))
                .read()
                .start();

        weir.loggerOf("payment.service").log(Level.DEBUG, "charging");
        weir.loggerOf("payment.audit").log(Level.ERROR, "refused");
        weir.close(Duration.ofSeconds(30));

        assertThat(Files.readString(directory.resolve("app.log")))
                .matches("[0-9]{2}:[0-9]{2}:[0-9]{2} DEBUG    payment.service: charging\n");
        assertThat(Files.readString(directory.resolve("errors.log")))
                .startsWith("{\"@timestamp\":\"")
                .endsWith(",\"severity\":\"ERROR\",\"message\":\"refused\"}\n");
    }

    @Test
    void showsARotationThatWorks() throws IOException {
        String example = matches("^```yaml\\n(handlers:[^`]*rotate: .*?)^```").get(0);
        Weir weir = ConfigurationText.of(example)
                .with(Map.of("LOG_DIR", directory.toString()))
                .read()
                .start();

        weir.loggerOf("any").info("one");
        weir.close(Duration.ofSeconds(30));

        assertThat(directory.resolve("app.log")).isNotEmptyFile();
        assertThat(directory).isDirectoryNotContaining("glob:**.lock");
    }

    @Test
    void showsHowTheAccountIsLoggedApart() throws IOException {
        String example = matches(STATISTICS, "^```yaml\\n(.*?)^```").get(0);
        Weir weir = ConfigurationText.of(example.replace("60s", "100ms"))
                .with(Map.of("LOG_DIR", directory.toString()))
                .read()
                .start();

        weir.loggerOf("any").info("one");
        while (weir.stats().synthetic("metrics", Level.INFO) == 0) {
            Thread.onSpinWait();
        }
        weir.close(Duration.ofSeconds(30));

        assertThat(Files.readAllLines(directory.resolve("app.log"))).hasSize(1);
        assertThat(Files.readAllLines(directory.resolve("metrics.log")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "\"logger\":\"weir.stats\"", "\"emitted\":{\"INFO\":1}", "\"drainMicros\":{\"p50\":"));
    }

    private static String exampleWith(String part) throws IOException {
        return matches("^```yaml\\n(.*?)^```").stream()
                .filter(example -> example.contains(part))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void showsAMemoryHandlerAMaskAndCallersThatAreAccepted() throws IOException {
        assertThat(ConfigurationText.of(exampleWith("caller: true")).problems()).isEmpty();
        assertThat(ConfigurationText.of(exampleWith("type: memory")).problems()).isEmpty();
        assertThat(ConfigurationText.of(exampleWith("type: mask")).problems()).isEmpty();
    }

    @Test
    void showsProfilesThatWork() throws IOException {
        ConfigurationFiles files = new ConfigurationFiles(directory)
                .file("weir.yaml", exampleWith("profiles:"))
                .profiles("quiet,debug");

        assertThat(files.merged())
                .isEqualTo("{handlers: {stdout: {type: console}}, root: {level: DEBUG, handlers: [stdout]}, "
                        + "loggers: {org.noisy: {level: INFO}}}");
        assertThat(files.problems()).isEmpty();
        assertThat(matches(PAGE, "^\\| `([a-z]+)` \\| For ")).isEqualTo(ReadyMade.NAMES);
    }

    /** Each example is a preset's, and its line what the preset writes of one and the same record. */
    @Test
    void showsEveryPresetAsItWrites() throws IOException {
        List<String> formatters = matches(FORMATS, "^```yaml\\n(.*?)^```");
        List<String> lines = matches(FORMATS, "^```json\\n(.*?)^```");

        assertThat(formatters).hasSize(lines.size() + 1);
        for (int i = 0; i < lines.size(); i++) {
            Path file = directory.resolve(i + ".log");
            Weir weir = ConfigurationText.of("handlers: { a: { type: file, path: \"" + file + "\", formatter: "
                            + formatters.get(i).strip() + " } }")
                    .read()
                    .start();
            weir.loggerOf("shop.Till")
                    .atInfo()
                    .time(1_716_215_531_123_456_789L)
                    .thread("till-1", 7)
                    .keyValue("amount", 12)
                    .log("paid {}", "EUR 12");
            weir.close(Duration.ofSeconds(30));
            assertThat(Files.readString(file)).isEqualTo(lines.get(i).replaceAll("\n(?!$)\\s*", ""));
        }
        assertThat(ConfigurationText.of(formatters.get(lines.size())).problems())
                .isEmpty();
    }

    @Test
    void showsEveryFieldOfJson() throws IOException {
        String problem = ConfigurationText.of("formatters: { a: { type: json, fields: [unknown] } }")
                .problems()
                .get(0);
        String known = problem.replaceAll(".*one of (.*)\\)", "$1");

        assertThat(matches(FORMATS, "^\\| `([a-z_]+)` \\|")).containsAll(List.of(known.split(", ")));
    }

    @Test
    void showsAProblemAsItIsReported() throws IOException {
        String problem = matches("^```\\n(weir.yaml.*?)\\n```").get(0);

        assertThat(ConfigurationText.of("\nhandlers:\n  out: { type: console, formater: json }\n")
                        .problems())
                .containsExactly(problem);
    }

    @Test
    void showsATypeOfHandlerThatWorks() throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        compile(
                Files.writeString(
                        sources.resolve("TcpFactory.java"),
                        matches("^```java\\n(.*?)^```").get(0)),
                Files.writeString(sources.resolve("TcpHandler.java"), TCP_HANDLER));

        try (Beside beside = Beside.of(directory, List.of("com.example.TcpFactory"))) {
            assertThat(ConfigurationText.of(exampleWith("type: tcp"))
                            .with(beside)
                            .problems())
                    .isEmpty();
            assertThat(ConfigurationText.of("handlers: { a: { type: tcp, port: 0, hots: b } }")
                            .with(beside)
                            .problems())
                    .containsExactly(
                            "weir.yaml:1:16: handlers.a: host is missing",
                            "weir.yaml:1:35: handlers.a.port: \"0\" (expected: at least 1, at most 65535)",
                            "weir.yaml:1:38: handlers.a: unknown key \"hots\" (expected: type, host, port, timeout, formatter, "
                                    + "level, max-level, backlog, overflow, breaker, flush-on, filters, fallback; did you mean host?)");
            assertThat(ConfigurationText.of("handlers: { a: { type: tcp, port: 0, host: b } }")
                            .with(beside)
                            .problems())
                    .containsExactly("weir.yaml:1:35: handlers.a.port: \"0\" (expected: at least 1, at most 65535)");
        }
    }

    private void compile(Path... sources) {
        String modules = System.getProperty("jdk.module.path", "");
        String classPath = modules + File.pathSeparator + System.getProperty("java.class.path");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", directory.toString(), "-cp", classPath));
        for (Path source : sources) {
            arguments.add(source.toString());
        }
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages);

        int failed = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));

        assertThat(failed).as(messages.toString()).isZero();
    }

    @Test
    void namesEveryKeyThatIsKnown() throws IOException {
        List<String> known = new ArrayList<>();
        for (String place : List.of(
                "unknown: 1",
                "queue: { unknown: 1 }",
                "stats: { unknown: 1 }",
                "shutdown: { unknown: 1 }",
                "handlers: { a: { type: console, unknown: 1 } }",
                "handlers: { a: { type: file, path: p, unknown: 1 } }",
                "handlers: { a: { type: file, path: p, rotate: { at-start: true, unknown: 1 } } }",
                "handlers: { b: { type: null }, a: { type: memory, target: b, unknown: 1 } }",
                "handlers: { a: { type: null, breaker: { unknown: 1 } } }",
                "handlers: { a: { type: null, overflow: { block-for: 1s, unknown: 1 } } }",
                "formatters: { a: { type: json, unknown: 1 } }",
                "formatters: { a: { type: json, context: { unknown: 1 } } }",
                "formatters: { a: { type: json, key-values: { unknown: 1 } } }",
                "formatters: { a: { type: json, exception: { unknown: 1 } } }",
                "formatters: { a: { type: text, unknown: 1 } }",
                "filters: { a: { type: name, name: n, unknown: 1 } }",
                "filters: { a: { type: marker, marker: m, unknown: 1 } }",
                "filters: { a: { type: key-value, key: k, unknown: 1 } }",
                "filters: { a: { type: rate-limit, unknown: 1 } }",
                "filters: { a: { type: duplicates, unknown: 1 } }",
                "filters: { a: { type: mask, unknown: 1 } }",
                "loggers: { a: { unknown: 1 } }")) {
            String problem = ConfigurationText.of(place).problems().get(0);
            known.addAll(
                    List.of(problem.replaceAll(".*\\(expected: (.*)\\)", "$1").split(", ")));
        }

        List<String> named =
                matches("^\\| `(?:[a-z-]+\\.)?(?:NAME\\.)?(?:breaker\\.|overflow\\.|rotate\\.)?([a-z-]+)(?:\\.NAME)?`");

        known.removeAll(List.of(
                "queue",
                "stats",
                "shutdown",
                "profiles",
                "loggers",
                "root",
                "breaker",
                "context",
                "key-values",
                "exception"));
        assertThat(named).containsAll(known);
    }
}
