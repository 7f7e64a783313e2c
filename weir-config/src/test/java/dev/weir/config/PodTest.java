package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of files in a pod. */
class PodTest {
    private static final String NOTICE =
            ": this file is in the container alone and ends with it (expected: the profile "
                    + "kubernetes, by WEIR_PROFILES or -Dweir.profiles, which logs to stdout instead, or a path on a volume, and "
                    + "volume: true)";

    @TempDir
    private Path temporary;

    private Path directory;
    private ConfigurationFiles files;

    @BeforeEach
    void begin() throws IOException {
        directory = temporary.toRealPath();
        files = new ConfigurationFiles(directory);
        Files.createDirectories(directory.resolve("layer"));
        Files.createDirectories(directory.resolve("a volume"));
        files.file("mountinfo", """
                21 1 0:20 / / rw,relatime master:1 - overlay overlay rw,lowerdir=/l
                22 21 0:21 / /proc rw - proc proc rw
                23 21 8:1 / %1$s/a\\040volume rw,relatime shared:2 master:3 - ext4 /dev/sda rw
                24 21 0:30 / %1$s rw - tmpfs tmpfs rw
                25 21 0:31 / %1$s rw - overlay overlay rw
                """.formatted(directory));
        files.in(new Pod(true, directory.resolve("mountinfo")));
    }

    private ConfigurationFiles handlers(String handlers) {
        return files.file(
                "weir.yaml", "handlers:\n  out: { type: \"null\" }\n" + handlers.replace("DIR", directory.toString()));
    }

    @Test
    void isToldOnceOfAFileOnItsOwnLayer() {
        handlers("  b: { type: file, path: DIR/layer/b.log }\n  c: { type: file, path: DIR/layer/c.log }\n");

        assertThat(files.warnings()).containsExactly("weir.yaml:3:26: handlers.b" + NOTICE);
    }

    @Test
    void isToldOfADirectoryThatWillBeMadeAndOfLinks() throws IOException {
        Files.createSymbolicLink(directory.resolve("a volume/link"), directory.resolve("layer"));
        handlers("  b: { type: file, path: \"DIR/a volume/link/new/b.log\", create-directories: true }\n");

        assertThat(files.warnings()).containsExactly("weir.yaml:3:26: handlers.b" + NOTICE);
    }

    @Test
    void isNotToldOfVolumes() {
        handlers(
                "  b: { type: file, path: \"DIR/a volume/b.log\" }\n  c: { type: file, path: DIR/c.log, volume: true }\n");

        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void isNotToldWithTheProfile() {
        handlers("  b: { type: file, path: DIR/layer/b.log }\n").profiles("kubernetes");

        assertThat(files.warnings()).isEmpty();
    }

    @Test
    void isNotToldWhatIsNotInAPodOrNotOnLinux() {
        handlers("  b: { type: file, path: DIR/layer/b.log }\n");

        assertThat(files.in(new Pod(false, directory.resolve("mountinfo"))).warnings())
                .isEmpty();
        assertThat(files.in(new Pod(true, directory.resolve("none"))).warnings())
                .isEmpty();
    }

    @Test
    void isOneByTheVariableThatEveryContainerHasThere() {
        assertThat(Pod.of(new Variables(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1")::get, name -> null))
                        .inside())
                .isTrue();
    }
}
