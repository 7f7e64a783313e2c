package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a right configuration makes, seen in the files it writes. */
class YamlConfigurationSourceTest {
    @Test
    void aMemoryHandlerPassesOnToItsTargetWhichGetsNothingElse() {
        Weir weir = ConfigurationText.of("""
                        handlers:
                          app: { type: null }
                          debug: { type: memory, target: app, pass-level: INFO, per-trace: true, capacity: 64KiB,
                                   flush-level: CRITICAL, flush-on-close: true }
                        root: { level: DEBUG }
                        """).read().start();

        weir.loggerOf("any").debug("held");
        weir.loggerOf("any").error("passed on");

        assertThat(weir.flush(Duration.ofSeconds(20)).complete()).isTrue();
        assertThat(weir.stats().pending("debug", Level.DEBUG)).isEqualTo(1);
        assertThat(weir.close(Duration.ofSeconds(20)).complete()).isTrue();
        assertThat(weir.stats().written("app", Level.ERROR)).isEqualTo(1);
        assertThat(weir.stats().written("app", Level.DEBUG)).isEqualTo(1);
    }

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    /** Runs a pipeline, in whose configuration {@code DIR} is a directory, and closes it. */
    private void run(String yaml, java.util.function.Consumer<Weir> calls) {
        Weir weir = builder(yaml).start();
        calls.accept(weir);
        weir.close(LONG);
    }

    private PipelineBuilder builder(String yaml) {
        return ConfigurationText.of(yaml)
                .with(Map.of("DIR", directory.toString(), "LEVEL", "DEBUG", "APPEND", "false"))
                .read();
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(directory.resolve(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void isFoundByWeirItself() throws IOException {
        Path file = Files.writeString(
                directory.resolve("weir.yaml"),
                "handlers: { out: { type: file, path: \"" + directory + "/out.log\", formatter: text } }");
        System.setProperty(ConfigurationFinder.PROPERTY, file.toString());

        Weir.logger("a").log(Level.INFO, "message");
        Weir.current().flush(LONG);

        assertThat(lines("out.log")).singleElement().asString().endsWith(" a: message");
        Weir.current().close(LONG);
    }

    @Test
    void routesByLoggersLevelsAndPropagation() {
        run(
                """
                version: 1
                formatters:
                  short: { type: text, format: "%(levelname)s %(name)s %(message)s" }
                handlers:
                  all: { type: file, path: "${DIR}/all.log", formatter: short }
                  errors: { type: file, path: "${DIR}/errors.log", formatter: short, level: ERROR }
                  middle: { type: file, path: "${DIR}/middle.log", formatter: short, level: INFO, max-level: WARN }
                  audit: { type: file, path: "${DIR}/audit.log", formatter: short }
                loggers:
                  payment: { level: "${LEVEL}" }
                  payment.audit: { propagate: false, handlers: [audit] }
                  noise: { level: OFF }
                root: { level: WARN, handlers: [all, errors, middle] }
                """,
                weir -> {
                    weir.loggerOf("payment.service").log(Level.DEBUG, "one");
                    weir.loggerOf("payment.audit").log(Level.INFO, "two");
                    weir.loggerOf("other").log(Level.INFO, "lost");
                    weir.loggerOf("other").log(Level.WARN, "three");
                    weir.loggerOf("noise").log(Level.CRITICAL, "lost");
                    weir.loggerOf("payment").log(Level.CRITICAL, "four");
                });

        assertThat(lines("all.log"))
                .containsExactly("DEBUG payment.service one", "WARNING other three", "CRITICAL payment four");
        assertThat(lines("errors.log")).containsExactly("CRITICAL payment four");
        assertThat(lines("middle.log")).containsExactly("WARNING other three");
        assertThat(lines("audit.log")).containsExactly("INFO payment.audit two");
    }

    @Test
    void formatsAsTheFileSays() {
        run("""
                handlers:
                  default: { type: file, path: "${DIR}/default.log" }
                  python: { type: file, path: "${DIR}/python.log", formatter: { type: json, preset: python } }
                  chosen: { type: file, path: "${DIR}/chosen.log", formatter: { type: json, fields: [level, msg] } }
                  named: { type: file, path: "${DIR}/named.log", formatter: { type: json, fields: { severity: level } } }
                  text: { type: file, path: "${DIR}/text.log", formatter: text }
                  dated: { type: file, path: "${DIR}/dated.log",
                           formatter: { type: text, format: "%(asctime)s", datefmt: "day %%" } }
                """, weir -> weir.loggerOf("a").log(Level.WARN, "full"));

        assertThat(lines("default.log").get(0)).startsWith("{\"time\":\"").contains("\"level\":\"WARN\"");
        assertThat(lines("python.log").get(0)).contains("\"level\":\"WARNING\"");
        assertThat(lines("chosen.log")).containsExactly("{\"level\":\"WARN\",\"msg\":\"full\"}");
        assertThat(lines("named.log")).containsExactly("{\"severity\":\"WARN\"}");
        assertThat(lines("text.log").get(0)).contains(" WARNING [").endsWith("a: full");
        assertThat(lines("dated.log")).containsExactly("day %");
    }

    @Test
    void appendsToAFileUnlessItIsToldOtherwise() throws IOException {
        Files.writeString(directory.resolve("kept.log"), "before\n");
        Files.writeString(directory.resolve("cut.log"), "before\n");

        run("""
                handlers:
                  kept: { type: file, path: "${DIR}/kept.log", formatter: { type: text, format: after } }
                  cut: { type: file, path: "${DIR}/cut.log", append: "${APPEND}", formatter: { type: text, format: after } }
                """, weir -> weir.loggerOf("a").log(Level.INFO, ""));

        assertThat(lines("kept.log")).containsExactly("before", "after");
        assertThat(lines("cut.log")).containsExactly("after");
    }

    @Test
    void givesTheRootAllHandlersUnlessItNamesSome() {
        String handlers = """
                handlers:
                  a: { type: file, path: "${DIR}/a.log" }
                  b: { type: file, path: "${DIR}/b.log" }
                """;

        run(handlers + "root: { level: WARN }", weir -> weir.loggerOf("a").log(Level.WARN, "first"));
        run(handlers + "root: { handlers: [b] }", weir -> weir.loggerOf("a").log(Level.INFO, "second"));
        run(handlers + "root: { handlers: [] }", weir -> weir.loggerOf("a").log(Level.ERROR, "third"));

        assertThat(lines("a.log")).hasSize(1);
        assertThat(lines("b.log")).hasSize(2);
    }

    @Test
    void takesAllKeys() {
        PipelineBuilder builder = builder("""
                version: 1
                queue: { capacity: 16MiB, max-record: 64KiB, wait: yield, overflow: block }
                handlers:
                  out: { type: console, stream: stderr, level: WARNING, max-level: critical, backlog: 1 MiB,
                         overflow: drop-oldest, formatter: json }
                  nothing: { type: null, overflow: { block-for: 1.5s } }
                  calm: { type: null, breaker: { failures: 3, slow: 5s, delay: 1s, max-delay: 30s }, flush-on: ERROR,
                          fallback: nothing }
                  more: { type: null, overflow: { block-for: 50ms, per-second: 100 ms } }
                loggers:
                root: { handlers: }
                """);

        assertThat(builder).isNotNull();
    }

    @Test
    void takesJson() {
        run("""
                {"version": 1, "handlers": {"out": {"type": "file", "path": "${DIR}/out.log", "append": true}},
                 "root": {"level": "INFO", "handlers": ["out"]}}
                """, weir -> weir.loggerOf("a").log(Level.INFO, "message"));

        assertThat(lines("out.log")).hasSize(1);
    }

    @Test
    void takesAnchors() {
        run("""
                handlers:
                  a: { type: file, path: "${DIR}/a.log", formatter: &short { type: text, format: "%(message)s" } }
                  b: { type: file, path: "${DIR}/b.log", formatter: *short }
                """, weir -> weir.loggerOf("a").log(Level.INFO, "message"));

        assertThat(lines("a.log")).containsExactly("message");
        assertThat(lines("b.log")).containsExactly("message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# a comment\n",
                "---\n",
                "{}",
                "handlers:\nloggers:\nroot:\nqueue:\nformatters:\n",
                "\uFEFF# with a byte order mark\r\n"
            })
    void isAsByDefaultWhereTheFileSaysNothing(String yaml) {
        ConfigurationText text = ConfigurationText.of(yaml);

        assertThat(text.problems()).isEmpty();
        assertThat(text.read().start().loggerOf("a").isEnabled(Level.INFO)).isTrue();
    }

    @Test
    void recordsSayTheirCallerWhereTheLoggersAskForIt() {
        run("""
                handlers:
                  all: { type: file, path: "${DIR}/all", formatter: { type: json, fields: [logger, level, function] } }
                loggers:
                  quick: { caller: false }
                  quick.but.careful: { caller: "${LEVEL}" }
                  severe: { caller: error }
                root: { caller: "${CALLER:-true}" }
                """, weir -> {
            weir.loggerOf("any").info("m");
            weir.loggerOf("quick").error("m");
            weir.loggerOf("quick.but.careful").info("m");
            weir.loggerOf("severe").warn("m");
            weir.loggerOf("severe.below").error("m");
        });

        assertThat(lines("all").stream().map(line -> line.contains("\"function\":\"lambda$")))
                .containsExactly(true, false, true, false, true);
    }
}
