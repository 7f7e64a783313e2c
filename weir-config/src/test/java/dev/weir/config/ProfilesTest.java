package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What profiles make of a document, and what is said of wrong ones. */
class ProfilesTest {
    @TempDir
    private Path directory;

    private ConfigurationFiles files;

    @BeforeEach
    void begin() {
        files = new ConfigurationFiles(directory);
    }

    private ConfigurationFiles main(String yaml) {
        return files.file("weir.yaml", yaml);
    }

    // merging

    @Test
    void areNotActiveByThemselves() {
        main("root: { level: INFO }\nprofiles: { a: { root: { level: DEBUG } } }");

        assertThat(files.merged()).isEqualTo("{root: {level: INFO}}");
    }

    @Test
    void mergeMappingsAndReplaceAllElse() {
        main("""
                handlers: { out: { type: console, level: INFO }, err: { type: console, stream: stderr } }
                root: { level: WARN, handlers: [out, err] }
                profiles:
                  a:
                    handlers: { out: { level: DEBUG }, more: { type: "null" } }
                    root: { handlers: [more] }
                    queue: { capacity: 8MiB }
                """).profiles("a");

        assertThat(files.merged())
                .isEqualTo("{handlers: {out: {type: console, level: DEBUG}, err: {type: console, stream: stderr}, "
                        + "more: {type: null}}, root: {level: WARN, handlers: [more]}, queue: {capacity: 8MiB}}");
    }

    @Test
    void areLaidOverInTheOrderGivenTheFileOfEachLast() {
        main("profiles: { a: { jmx: a, root: { level: a } }, b: { jmx: b, queue: { wait: b } } }")
                .file("weir-a.yaml", "jmx: file of a\nstats: { every: a }\n")
                .file("weir-b.yaml", "queue: { wait: file of b }");

        assertThat(files.profiles("b, a,").merged())
                .isEqualTo("{jmx: file of a, queue: {wait: file of b}, root: {level: a}, stats: {every: a}}");
        assertThat(files.profiles("a,b,a").merged())
                .isEqualTo("{jmx: b, root: {level: a}, stats: {every: a}, queue: {wait: file of b}}");
    }

    @Test
    void areNamedByThePropertyBeforeTheEnvironment() {
        main("profiles: { a: { jmx: a }, b: { jmx: b } }");
        files.environment.put("WEIR_PROFILES", "a");

        assertThat(files.merged()).isEqualTo("{jmx: a}");
        assertThat(files.profiles("b").merged()).isEqualTo("{jmx: b}");
        assertThat(files.profiles(" ").merged()).isEqualTo("{jmx: a}");
    }

    @Test
    void putDefaultsBackByNothing() {
        main("""
                queue: { capacity: 8MiB, wait: spin }
                root: { level: WARN }
                profiles: { a: { queue: { wait: null, max-record: ~ }, root: , stats: { every: null } } }
                """).profiles("a");

        assertThat(files.merged()).isEqualTo("{queue: {capacity: 8MiB}, stats: {}}");
    }

    @Test
    void mayNameTheTypeNull() {
        main("handlers: { a: { type: console } }\nprofiles: { p: { handlers: { a: { type: null }, b: { type: null } } } }")
                .profiles("p");

        assertThat(files.merged()).isEqualTo("{handlers: {a: {type: null}, b: {type: null}}}");
        assertThat(files.problems()).isEmpty();
    }

    @Test
    void leaveWhatAnAliasSharesAsItIs() {
        main("""
                handlers:
                  a: &console { type: console, breaker: { failures: 1 } }
                  b: *console
                profiles: { p: { handlers: { b: { breaker: { slow: 1s } } } } }
                """).profiles("p");

        assertThat(files.merged())
                .isEqualTo("{handlers: {a: {type: console, breaker: {failures: 1}}, "
                        + "b: {type: console, breaker: {failures: 1, slow: 1s}}}}");
    }

    @Test
    void mayBeDescribedByAliases() {
        main("""
                profiles:
                  a: &quiet { root: { level: WARN } }
                  b: *quiet
                """).profiles("b");

        assertThat(files.merged()).isEqualTo("{root: {level: WARN}}");
    }

    /** Of each there are a thousand million by its aliases. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void mergeABombOfAliasesByTheNode() {
        main("queue: " + bomb()).file("weir-a.yaml", "queue: " + bomb()).profiles("a");

        assertThat(files.problems()).hasSize(31).first().asString().contains("queue: unknown key \"x0\"");
    }

    private static String bomb() {
        StringBuilder yaml = new StringBuilder("{ x0: &x0 { k: v }");
        for (int i = 1; i <= 30; i++) {
            String before = "*x" + (i - 1);
            yaml.append(", x" + i + ": &x" + i + " { l: " + before + ", r: " + before + " }");
        }
        return yaml + " }";
    }

    // removal

    @Test
    void removeAHandlerAndEveryReferenceToIt() {
        main("""
                handlers:
                  out: { type: console }
                  errors: { type: file, path: e.log, fallback: out }
                  audit: { type: file, path: a.log, fallback: errors }
                loggers: { a: { handlers: [errors, audit] }, b: { handlers: [ "${sys:name}" ] } }
                root: { handlers: [out, errors] }
                profiles: { p: { handlers: { errors: null } } }
                """).profiles("p");
        files.properties.put("name", "errors");

        assertThat(files.merged())
                .isEqualTo("{handlers: {out: {type: console}, audit: {type: file, path: a.log}}, "
                        + "loggers: {a: {handlers: [audit]}, b: {handlers: []}}, root: {handlers: [out]}}");
    }

    @Test
    void removeFormattersFiltersAndLoggers() {
        main("""
                formatters: { short: { type: text }, nested: { type: x, formatter: short } }
                filters: { calm: { type: rate-limit }, mask: { type: mask } }
                handlers: { out: { type: console, formatter: short, filters: [mask, calm] } }
                loggers: { a: { filters: [calm] }, b: { level: OFF } }
                root: { filters: [ { type: name, name: n }, calm ] }
                profiles: { p: { formatters: { short: null }, filters: { calm: null }, loggers: { b: null } } }
                """).profiles("p");

        assertThat(files.merged())
                .isEqualTo("{formatters: {nested: {type: x}}, filters: {mask: {type: mask}}, "
                        + "handlers: {out: {type: console, filters: [mask]}}, loggers: {a: {filters: []}}, "
                        + "root: {filters: [{type: name, name: n}]}}");
    }

    @Test
    void mayNotReferToWhatTheyRemove() {
        main("""
                handlers: { out: { type: console }, errors: { type: "null" } }
                profiles: { p: { handlers: { errors: null }, root: { handlers: [errors] } } }
                """).profiles("p");

        assertThat(files.problems()).containsExactly("weir.yaml:2:65: root.handlers: \"errors\" (expected: out)");
    }

    @Test
    void mayNotRemoveWhatIsNotThere() {
        main("""
                handlers: { out: { type: console }, errors: { type: "null" } }
                profiles: { p: { handlers: { erors: null }, filters: { calm: null } } }
                """).file("weir-p.yaml", "loggers:\n  a.b:\n").profiles("p");

        assertThat(files.problems())
                .containsExactly(
                        "weir.yaml:2:30: profiles.p.handlers.erors: nothing to remove (expected: out, errors; did you mean "
                                + "errors?)",
                        "weir.yaml:2:56: profiles.p.filters.calm: nothing to remove (expected: none is there)",
                        "weir-p.yaml:2:3: loggers.a.b: nothing to remove (expected: none is there)");
    }

    @Test
    void mayRemoveWhatAnotherOneHasRemoved() {
        main("""
                handlers: { out: { type: console }, errors: { type: "null" } }
                profiles: { a: { handlers: { errors: null } }, b: { handlers: { errors: null } } }
                """).profiles("a,b");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void mayNotRemoveTheTargetOfAMemoryHandlerThatStays() {
        main("""
                handlers: { out: { type: console }, errors: { type: "null" }, debug: { type: memory, target: errors } }
                profiles:
                  without: { handlers: { errors: null } }
                  both: { handlers: { errors: null, debug: null } }
                  elsewhere: { handlers: { errors: null, debug: { target: out } } }
                """);

        assertThat(files.profiles("without").problems())
                .contains(
                        "weir.yaml:3:26: profiles.without.handlers.errors: the target of handlers.debug cannot be removed "
                                + "(expected: null for that one, too, or another target)");
        assertThat(files.profiles("both").problems()).isEmpty();
        assertThat(files.profiles("elsewhere").problems()).isEmpty();
    }

    @Test
    void warnOfLoggersThatDiscard() {
        main("""
                handlers: { out: { type: "null" }, errors: { type: "null" } }
                loggers:
                  alone: { propagate: false, handlers: [errors] }
                  below: { handlers: [errors] }
                root: { handlers: [errors] }
                profiles:
                  silent: { handlers: { errors: null } }
                  loud: { root: { handlers: [out] }, loggers: { alone: { propagate: true } } }
                """);

        assertThat(files.profiles("silent").warnings())
                .containsExactly(
                        "weir.yaml:7:25: loggers.alone: no handler is left, so what only it would get is discarded",
                        "weir.yaml:7:25: root: no handler is left, so what only it would get is discarded");
        assertThat(files.profiles("silent,loud").warnings()).isEmpty();
    }

    // where they are

    @Test
    void haveProblemsInTheirOwnPlaces() {
        main("""
                handlers: { out: { type: console } }
                profiles: { a: { root: { level: LOUD } } }
                """)
                .file("weir-b.yaml", "# of b\nhandlers: { out: { levl: INFO }, more: { type: none } }\nlogers: {}\n")
                .profiles("a,b");

        assertThat(files.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("weir.yaml:2:33: root.level: \"LOUD\" (expected: "),
                        problem ->
                                assertThat(problem).startsWith("weir-b.yaml:2:20: handlers.out: unknown key \"levl\""),
                        problem -> assertThat(problem).startsWith("weir-b.yaml:2:48: handlers.more.type: \"none\" "),
                        problem -> assertThat(problem).startsWith("weir-b.yaml:3:1: unknown key \"logers\" "));
    }

    @Test
    void areFilesThatAreReadAsStrictlyAsAnyOther() {
        main("").file("weir-a.yaml", "root: { level: INFO, level: WARN }")
                .file("weir-b.yaml", "root:\n\tlevel: INFO\n")
                .file("weir-c.yaml", "- a\n")
                .file("weir-d.yaml", "profiles: {}")
                .profiles("a,b,c,d");

        assertThat(files.problems())
                .containsExactly(
                        "weir-a.yaml:1:22: root: \"level\" stands twice (first in line 1)",
                        "weir-b.yaml:2:1: not YAML: a tab as indentation (expected: spaces)",
                        "weir-c.yaml:1:1: a list (expected: keys with values)",
                        "weir-d.yaml:1:1: a profile has no profiles of its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "{}", "root:\n"})
    void mayBeFilesThatSayNothing(String overlay) {
        main("root: { level: WARN }").file("weir-p.yaml", overlay).profiles("p");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void mustBeThere() {
        main("profiles: { production: {} }").profiles("prodction,kubernets");

        assertThat(files.problems())
                .containsExactly(
                        "-Dweir.profiles: \"kubernets\" (expected: batch, kubernetes, production, or a file "
                                + "weir-kubernets.yaml beside weir.yaml; did you mean kubernetes?)",
                        "-Dweir.profiles: \"prodction\" (expected: batch, kubernetes, production, or a file "
                                + "weir-prodction.yaml beside weir.yaml; did you mean production?)");
    }

    @Test
    void areFilesThatCanBeRead() throws IOException {
        main("root: { level: LOUD }").profiles("a,b");
        Files.createDirectory(directory.resolve("weir-a.yaml"));
        Files.createSymbolicLink(directory.resolve("weir-b.yaml"), Path.of("nowhere"));

        assertThat(files.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "profile a: weir-a.yaml (expected: a file that can be read; it is a directory)"),
                        problem -> assertThat(problem)
                                .isEqualTo(
                                        "profile b: weir-b.yaml (expected: a file that can be read; there is no such "
                                                + "file)"),
                        problem -> assertThat(problem).startsWith("weir.yaml:1:16: root.level: \"LOUD\""));
    }

    @Test
    void areCheckedForTheirShapeWithoutBeingActive() {
        main("profiles: { a: 3, b: [x], c: { profiles: {} }, d: }");

        assertThat(files.problems())
                .containsExactly(
                        "weir.yaml:1:16: profiles.a: \"3\" (expected: keys with values)",
                        "weir.yaml:1:22: profiles.b: a list (expected: keys with values)",
                        "weir.yaml:1:32: profiles.c: a profile has no profiles of its own");
        assertThat(main("profiles: all").problems())
                .containsExactly("weir.yaml:1:11: profiles: \"all\" (expected: keys with values)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "a/b", ".hidden", "a b", "\u001b[31m", "a\u0000"})
    void haveNamesThatLeadNowhereElse(String name) {
        main("").profiles("fine," + name);

        assertThatThrownBy(() -> files.configure(Weir.builder()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("-Dweir.profiles: \"")
                .hasMessageContaining(
                        "(expected: names of letters, digits, dots, hyphens and underscores, separated by commas)")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void workWithoutAnyFile() throws IOException {
        assertThat(withoutFile(Map.of("WEIR_PROFILES", "batch"))).isEqualTo("WEIR_PROFILES");
        assertThatThrownBy(() -> withoutFile(Map.of("WEIR_PROFILES", "mine")))
                .hasMessageContaining(
                        "WEIR_PROFILES: \"mine\" (expected: batch, kubernetes, or a file weir-mine.yaml on the class path)");
        files.file("weir-mine.yaml", "version: 1");
        assertThat(withoutFile(Map.of("WEIR_PROFILES", "mine"))).isEqualTo("WEIR_PROFILES");
    }

    @Test
    void areOnTheClassPathWhereTheFileIs() throws IOException {
        files.file("weir.yaml", "version: 1").file("weir-mine.yaml", "version: 2");

        assertThatThrownBy(() -> withoutFile(Map.of("WEIR_PROFILES", "mine")))
                .hasMessageContaining("/weir-mine.yaml:1:10: version: \"2\" (expected: 1)");
    }

    /** The file of tests is a configuration of its own, and has the name of an overlay for a profile {@code test}. */
    @Test
    void mayBeTestWhereTheFileIsThatOfTests() throws IOException {
        files.file("weir-test.yaml", "version: 1\nprofiles: {}");

        assertThat(withoutFile(Map.of("WEIR_PROFILES", "test"))).endsWith("/weir-test.yaml");
    }

    /** With the directory as the class path. */
    private String withoutFile(Map<String, String> environment) throws IOException {
        URL[] classPath = {directory.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
            return new YamlConfigurationSource(
                            new Variables(environment::get, name -> null),
                            loader,
                            getClass().getClassLoader())
                    .configure(Weir.builder());
        }
    }
}
