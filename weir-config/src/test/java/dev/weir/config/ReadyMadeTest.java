package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the profiles {@code kubernetes} and {@code batch} make of a document. */
class ReadyMadeTest {
    @TempDir
    private Path directory;

    private ConfigurationFiles files;

    @BeforeEach
    void begin() {
        files = new ConfigurationFiles(directory);
    }

    private String kubernetes(String yaml) {
        return files.file("weir.yaml", yaml).profiles("kubernetes").merged();
    }

    @Test
    void kubernetesLeavesTheDefaultsAsTheyAre() {
        assertThat(kubernetes("root: { level: WARN }")).isEqualTo("{root: {level: WARN}}");
        assertThat(files.problems()).isEmpty();
    }

    @Test
    void kubernetesRemovesFilesButThoseOnVolumes() {
        assertThat(kubernetes("""
                handlers:
                  out: { type: console }
                  app: { type: file, path: app.log }
                  kept: { type: file, path: kept.log, volume: true }
                  not: { type: file, path: not.log, volume: false }
                root: { handlers: [out, app, kept, not] }
                """))
                .isEqualTo("{handlers: {out: {type: console}, kept: {type: file, path: kept.log, volume: true}}, "
                        + "root: {handlers: [out, kept]}}");
        assertThat(files.problems()).isEmpty();
    }

    @Test
    void kubernetesKeepsAFileThatTheUsersProfileOfThisNamePutsOnAVolume() {
        assertThat(kubernetes("""
                handlers: { out: { type: console }, app: { type: file, path: app.log } }
                profiles: { kubernetes: { handlers: { app: { path: /logs/app.log, volume: true } } } }
                """))
                .isEqualTo("{handlers: {out: {type: console}, app: {type: file, path: /logs/app.log, volume: true}}}");
    }

    @Test
    void kubernetesMakesAConsoleForTheRootAndForWhoHadOnlyFiles() {
        assertThat(kubernetes("""
                handlers:
                  err: { type: console, stream: stderr }
                  app: { type: file, path: app.log }
                loggers:
                  audit: { propagate: false, handlers: [app] }
                  below: { handlers: [app] }
                  silent: { propagate: false, handlers: [] }
                root: { handlers: [app] }
                """))
                .isEqualTo("{handlers: {err: {type: console, stream: stderr}, stdout: {type: console}}, "
                        + "loggers: {audit: {propagate: false, handlers: [stdout]}, below: {handlers: []}, "
                        + "silent: {propagate: false, handlers: []}}, root: {handlers: [stdout]}}");
        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void kubernetesLeadsTheRootToStdoutByWhateverIsThere() {
        assertThat(
                        kubernetes(
                                "handlers: { app: { type: file, path: a }, out: { type: console } }\nroot: { handlers: [app] }"))
                .endsWith("root: {handlers: [out]}}");
        assertThat(kubernetes("handlers: { app: { type: file, path: a }, http: { type: http, fallback: out }, "
                        + "out: { type: console } }"))
                .endsWith("root: {handlers: [http, out]}}");
        assertThat(kubernetes("handlers: { held: { type: memory, target: out }, out: { type: console } }"))
                .doesNotContain("root");
        assertThat(kubernetes("handlers: { a: { type: file, path: a } }\nroot: { handlers: }"))
                .endsWith("root: {handlers: [stdout]}}");
    }

    @Test
    void kubernetesMakesTheFilesOfMemoryHandlersTheConsole() {
        assertThat(kubernetes("""
                handlers:
                  app: { type: file, path: app.log }
                  held: { type: memory, target: app }
                """))
                .isEqualTo("{handlers: {held: {type: memory, target: stdout}, stdout: {type: console}}}");
        assertThat(files.problems()).isEmpty();
    }

    @Test
    void kubernetesTakesAnotherNameIfStdoutIsTaken() {
        assertThat(kubernetes("handlers: { stdout: { type: console, stream: stderr } }"))
                .isEqualTo("{handlers: {stdout: {type: console, stream: stderr}, kubernetes: {type: console}}}");
    }

    @Test
    void whatKubernetesHasRemovedTheUserMayRemoveToo() {
        assertThat(kubernetes("""
                handlers: { out: { type: console }, errors: { type: file, path: e.log } }
                profiles: { kubernetes: { handlers: { errors: null }, root: { level: WARN } } }
                """)).isEqualTo("{handlers: {out: {type: console}}, root: {level: WARN}}");
    }

    @Test
    void kubernetesLeavesWrongValuesToBeReported() {
        files.file("weir.yaml", "handlers: { a: { type: file, path: a }, b: 3 }\nroot: { handlers: 4 }")
                .profiles("kubernetes");

        assertThat(files.problems())
                .containsExactly(
                        "weir.yaml:1:44: handlers.b: \"3\" (expected: keys with values)",
                        "weir.yaml:1:44: handlers.b: type is missing",
                        "weir.yaml:2:19: root.handlers: \"4\" (expected: a list)");
    }

    @Test
    void batchDropsNothing() {
        files.file("weir.yaml", """
                queue: { capacity: 8MiB, overflow: drop-oldest }
                handlers:
                  out: { type: console, overflow: drop-newest }
                  app: { type: file, path: app.log, overflow: { block-for: 1s } }
                shutdown: { deadline: 2s }
                """).profiles("batch");

        assertThat(files.merged())
                .isEqualTo(
                        "{queue: {capacity: 8MiB, overflow: block}, "
                                + "handlers: {out: {type: console}, app: {type: file, path: app.log}}, shutdown: {deadline: none}}");
        assertThat(files.problems()).isEmpty();
    }

    @Test
    void aUsersBatchIsLaidOverIt() {
        files.file("weir.yaml", """
                handlers: { out: { type: console, overflow: drop-newest } }
                profiles: { batch: { handlers: { out: { overflow: drop-oldest } }, shutdown: { deadline: 1m } } }
                """).profiles("batch");

        assertThat(files.merged())
                .isEqualTo("{handlers: {out: {type: console, overflow: drop-oldest}}, queue: {overflow: block}, "
                        + "shutdown: {deadline: 1m}}");
    }
}
