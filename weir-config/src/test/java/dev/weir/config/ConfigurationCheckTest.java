package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.spi.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that is looked at and not used. */
class ConfigurationCheckTest {
    private static final String EVERYTHING = """
            version: 1
            queue: { capacity: 33554432, max-record: 64 KiB, overflow: { block-for: 1.5s } }
            stats: { every: 60s }
            jmx: True
            shutdown: { deadline: none }
            reload-on: [file, sighup]
            formatters:
              short: { type: text, format: "%(levelname)s: \\"%(message)s\\"\\t${NAME}", datefmt: "%H:%M" }
            filters:
              calm: { type: rate-limit, per: 1000ms }
              m: { type: mask, expressions: ['a\\d+', "it's \\\\d"], mask: "~" }
            handlers:
              out: { type: console, formatter: short, filters: [calm, { type: name, name: "a b" }], level: fine }
              none: { type: null, flush-on: [ERROR, trace-end], breaker: { delay: 250ms } }
              file:
                type: file
                path: "a: b/$$HOME $${x}.log"
                rotate: { size: 1MB, every: day, max-age: 7d, zone: UTC }
                formatter: { type: json, add: { "a b": "null", "null": "12", c: "é\\u2028\\U0001F600" }, fields: [time, level] }
                sync: every(1s)
                fallback: none
            loggers:
              a.b: { level: "off", caller: true, propagate: false, handlers: [] }
            root: { level: INFO, caller: ERROR, handlers: [out, file] }
            """;

    @Test
    void showsWhatIsInForceSoThatItReadsTheSame() {
        ConfigurationCheck first = Checked.of(EVERYTHING, null, Map.of("NAME", "a#b: ${c}"));
        assertThat(first.problems()).isEmpty();

        ConfigurationCheck second = Checked.of(first.effective());

        assertThat(second.problems()).isEmpty();
        assertThat(second.written()).isEqualTo(first.written());
        assertThat(second.effective()).isEqualTo(first.effective());
    }

    @Test
    void writesItAsOneWouldByHand() {
        assertThat(Checked.of(EVERYTHING, null, Map.of("NAME", "a#b")).effective())
                .isEqualTo("""
                version: 1
                queue: { capacity: 32MiB, max-record: 64KiB, overflow: { block-for: 1500ms } }
                stats: { every: 1m }
                jmx: true
                shutdown: { deadline: none }
                reload-on: [file, sighup]

                formatters:
                  short: { type: text, format: "%(levelname)s: \\"%(message)s\\"\\ta#b", datefmt: "%H:%M" }

                filters:
                  calm: { type: rate-limit, per: 1s }
                  m: { type: mask, expressions: ['a\\d+', "it's \\\\d"], mask: "~" }

                handlers:
                  out: { type: console, formatter: short, level: DEBUG, filters: [calm, { type: name, name: "a b" }] }
                  none: { type: null, breaker: { delay: 250ms }, flush-on: [ERROR, trace-end] }
                  file:
                    type: file
                    path: "a: b/$$HOME $${x}.log"
                    rotate: { size: 1000000, every: day, zone: UTC, max-age: 7d }
                    sync: "every(1s)"
                    formatter: { type: json, fields: [time, level], add: { "a b": "null", "null": "12", c: "é\\u2028😀" } }
                    fallback: none

                loggers:
                  a.b: { propagate: false, level: off, caller: true, handlers: [] }

                root: { level: INFO, caller: ERROR, handlers: [out, file] }
                """);
    }

    @Test
    void masksSecretsAndShowsTheirShape(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "hunter2!");
        ConfigurationCheck check =
                Checked.of("handlers: { a: { type: console, formatter: { type: json, add: { k: \"x${file:" + secret
                        + "}\" } } } }");

        assertThat(check.problems()).isEmpty();
        assertThat(check.effective())
                .isEqualTo("handlers:\n  a: { type: console, formatter: { type: json, add: { k: \"***\" } } }\n");
        assertThat(Checked.of("handlers: { a: { type: \"${file:" + secret + "}\" } }")
                        .missingTypes())
                .isEmpty();
        assertThat(WrittenText.of(Map.of(
                        "a", new Written.Secret(Map.of("key", List.of("hunter1!", new Written.Secret("hunter2!")))))))
                .isEqualTo("a: { key: [\"***\", \"***\"] }\n");
    }

    @Test
    void appliesProfilesAndVariables() {
        String yaml =
                "handlers: { a: { type: \"null\", level: \"${L:-INFO}\" } }\nprofiles: { p: { root: { level: ERROR } } }\n";

        assertThat(Checked.of(yaml).effective()).isEqualTo("handlers:\n  a: { type: null, level: INFO }\n");
        assertThat(Checked.of(yaml, "p", Map.of("L", "WARN")).effective())
                .isEqualTo("handlers:\n  a: { type: null, level: WARN }\n\nroot: { level: ERROR }\n");
        assertThat(Checked.of("").effective()).isEmpty();
        assertThat(Checked.of("").routes().of("x").handlers()).containsOnlyKeys("stdout");
    }

    @Test
    void tellsProblemsAndNothingElseThen() {
        ConfigurationCheck check = Checked.of("handlers: { a: { type: http }, b: { type: mine } }");

        assertThat(check.problems()).hasSize(3);
        assertThat(check.missingTypes()).containsExactly("http", "mine");
        assertThat(Checked.of("handlers: { a: { type: \"a\\e[0m\" } }").missingTypes())
                .containsExactly("a\\u001b[0m");
        assertThatThrownBy(check::effective).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(check::routes).isInstanceOf(IllegalStateException.class);
        assertThat(Checked.of("a: [").problems()).hasSize(1);
    }

    @Test
    void tellsApartWhatCannotBeRead(@TempDir Path directory) {
        String none = directory.resolve("none.yaml").toString();

        assertThatThrownBy(() -> ConfigurationCheck.of(none, null))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(none + " (expected: a file that can be read; there is no such file)"));
        assertThatThrownBy(() -> Checked.of("version: 1", "a b", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--profiles: \"a b\"");
        assertThatThrownBy(() -> ConfigurationCheck.of(
                        null,
                        null,
                        new Variables(name -> null, name -> null),
                        getClass().getClassLoader(),
                        new Pod(false, directory)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no configuration is found");
    }

    /** A file that would be opened would be there. */
    @Test
    void opensNoHandler(@TempDir Path directory) {
        Path log = directory.resolve("logs").resolve("a.log");
        ConfigurationCheck check = Checked.of(
                "handlers: { a: { type: file, path: \"" + log + "\", create-directories: true } }", null, Map.of());

        assertThat(check.routes().explain("x", Level.INFO)).isNotEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
