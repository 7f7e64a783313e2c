package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Weir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers of type file. */
class LogFilesTest {
    @TempDir
    private Path directory;

    private Weir start(String handler) {
        return ConfigurationText.of("handlers: { a: { type: file, path: \"${DIR}/app.log\", " + handler + " } }")
                .with(Map.of("DIR", directory.toString()))
                .read()
                .start();
    }

    private void log(String handler, String... messages) {
        Weir weir = start(handler);
        for (String message : messages) {
            weir.loggerOf("any").log(Level.ERROR, message);
        }
        weir.close(Duration.ofSeconds(30));
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static List<String> problems(String keys) {
        return ConfigurationText.of("handlers: { a: { type: file, path: a.log, " + keys + " } }")
                .problems();
    }

    @Test
    void readsEveryKeyOfARotation() throws IOException {
        log(
                "formatter: { type: text, format: '%(message)s' }, append: true, watch: true, sync: every(1s), min-free: 1kB, "
                        + "create-directories: true, follow-links: false, rotate: { size: 4, every: week, zone: UTC, "
                        + "pattern: 'app-%i.log', keep: 9, max-age: 9d, max-total: 1MiB, at-start: true, compress: gzip, "
                        + "jitter: 30d }",
                "one", "two", "six");

        assertThat(names()).containsExactlyInAnyOrder("app.log", "app-1.log", "app-2.log");
        assertThat(directory.resolve("app-2.log")).content().isEqualTo("two\n");
    }

    @Test
    void givesNewFilesTheirMode() throws IOException {
        log("mode: 0600", "one");
        assertThat(Files.getPosixFilePermissions(directory.resolve("app.log")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));

        log("mode: \"0666\", rotate: { at-start: true }", "two");
        assertThat(Files.getPosixFilePermissions(directory.resolve("app.log")))
                .isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("app.log.1")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void compressesByName() throws IOException {
        Files.writeString(directory.resolve("app.log"), "old\n");

        Weir weir = start("rotate: { at-start: true, compress: gzip }");
        weir.loggerOf("any").log(Level.ERROR, "one");
        while (!names().contains("app.log.1.gz")) {
            Thread.onSpinWait();
        }
        weir.close(Duration.ofSeconds(30));

        assertThat(names()).containsExactlyInAnyOrder("app.log", "app.log.1.gz");
    }

    @Test
    void rollsNothingWithoutARotation() throws IOException {
        log("sync: on-error", "one", "two");

        assertThat(names()).containsExactly("app.log");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(problems("rotate: {}"))
                .containsExactly("weir.yaml:1:51: handlers.a.rotate: says nothing (expected: size, every or at-start)");
        assertThat(problems("rotate: { size: 0 }"))
                .containsExactly("weir.yaml:1:59: handlers.a.rotate.size: \"0\" (expected: at least 1)");
        assertThat(problems("rotate: { size: 1, keep: 0 }"))
                .containsExactly("weir.yaml:1:68: handlers.a.rotate.keep: \"0\" (expected: at least 1)");
        assertThat(problems("rotate: { every: fortnight, compress: zip }"))
                .containsExactly(
                        "weir.yaml:1:60: handlers.a.rotate.every: \"fortnight\" (expected: minute, hour, day, week)",
                        "weir.yaml:1:81: handlers.a.rotate.compress: \"zip\" (expected: none, gzip, zstd; did you mean gzip?)");
        assertThat(problems("rotate: { every: day, zone: Mars/Utopia }"))
                .containsExactly(
                        "weir.yaml:1:71: handlers.a.rotate.zone: \"Mars/Utopia\" (expected: local, UTC or a zone, as Europe/Berlin)");
        assertThat(problems("rotate: { every: day, pattern: 'a.log' }"))
                .containsExactly(
                        "weir.yaml:1:74: handlers.a.rotate.pattern: \"a.log\" (expected: one that does not fit a.log)");
        assertThat(problems("rotate: { every: day, compress: zstd }"))
                .containsExactly(
                        "weir.yaml:1:75: handlers.a.rotate.compress: zstd (expected: com.github.luben:zstd-jni on the class path or "
                                + "the module path)");
        assertThat(problems("mode: 0999"))
                .containsExactly(
                        "weir.yaml:1:49: handlers.a.mode: \"0999\" (expected: octal digits as 0640 or 0600, by which the owner "
                                + "can read and write)");
        assertThat(problems("rotate: { every: day, kept: 3 }"))
                .containsExactly(
                        "weir.yaml:1:65: handlers.a.rotate: unknown key \"kept\" (expected: size, every, zone, pattern, keep, max-age, "
                                + "max-total, at-start, compress, jitter)");
        assertThat(problems("watch: false, rotate: { every: day }"))
                .containsExactly(
                        "weir.yaml:1:50: handlers.a.watch: false (expected: true, as a file that is rotated is watched)");
        assertThat(problems("sync: always"))
                .containsExactly(
                        "weir.yaml:1:49: handlers.a.sync: \"always\" (expected: none, on-error, or every(1s) with any time)");
        assertThat(problems("sync: every(0)"))
                .singleElement()
                .asString()
                .contains("handlers.a.sync: \"every(0)\" (expected");
    }
}
