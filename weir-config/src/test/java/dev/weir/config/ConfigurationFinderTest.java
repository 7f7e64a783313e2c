package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFinderTest {
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    @TempDir
    private Path directory;

    private String found(Path... classPath) throws IOException {
        return found(Weir.builder(), classPath);
    }

    private String found(PipelineBuilder builder, Path... classPath) throws IOException {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            return new YamlConfigurationSource(
                            new Variables(environment::get, properties::get),
                            loader,
                            ConfigurationFinderTest.class.getClassLoader())
                    .configure(builder);
        }
    }

    private Path file(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "version: 1\n");
    }

    @Test
    void findsNothingWhereThereIsNothing() throws IOException {
        assertThat(found()).isNull();
    }

    @Test
    void prefersTheFileOfTheProperty() throws IOException {
        properties.put("weir.config", file("property.yaml").toString());
        environment.put("WEIR_CONFIG", file("environment.yaml").toString());
        file("cp/weir.yaml");

        assertThat(found(directory.resolve("cp/"))).isEqualTo(properties.get("weir.config"));
    }

    @Test
    void takesTheFileOfTheEnvironmentBeforeTheClassPath() throws IOException {
        properties.put("weir.config", "");
        environment.put("WEIR_CONFIG", file("environment.yaml").toString());
        file("cp/weir.yaml");

        assertThat(found(directory.resolve("cp/"))).isEqualTo(environment.get("WEIR_CONFIG"));
    }

    @Test
    void findsAResource() throws IOException {
        environment.put("WEIR_CONFIG", "");
        Path resource = file("cp/weir.yaml");

        assertThat(found(directory.resolve("cp/")))
                .isEqualTo(resource.toUri().toURL().toString());
    }

    @Test
    void findsAResourceWithinAJar() throws IOException {
        Path jar = directory.resolve("app.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("weir.yaml"));
            out.write("version: 1\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(found(jar)).isEqualTo("jar:" + jar.toUri().toURL() + "!/weir.yaml");
    }

    @Test
    void takesTheFirstOfTwoResourcesAndNamesBoth() throws IOException {
        Path first = file("first/weir.yaml");
        Path second = file("second/weir.yaml");
        PipelineBuilder builder = Weir.builder();

        String found = found(builder, directory.resolve("first/"), directory.resolve("second/"));

        assertThat(found).isEqualTo(first.toUri().toURL().toString());
        assertThat(told(builder))
                .singleElement()
                .asString()
                .startsWith("weir.yaml is on the class path 2 times, the first is used: "
                        + first.toUri().toURL() + ", " + second.toUri().toURL() + " (1 times");
    }

    private static List<String> told(PipelineBuilder builder) {
        Weir weir = builder.start();
        List<String> told = weir.diagnostics();
        weir.close(Duration.ofSeconds(30));
        return told;
    }

    @Test
    void prefersTheResourceOfTests() throws IOException {
        Path resource = file("tests/weir-test.yaml");
        file("cp/weir.yaml");
        file("tests/weir.yaml");
        PipelineBuilder builder = Weir.builder();

        String found = found(builder, directory.resolve("cp/"), directory.resolve("tests/"));

        assertThat(found).isEqualTo(resource.toUri().toURL().toString());
        assertThat(told(builder)).isEmpty();
    }

    @Test
    void looksForTheResourceOfTestsNowhereElse() throws IOException {
        properties.put("weir.config", file("cp/weir.yaml").toString());
        file("cp/weir-test.yaml");

        assertThat(found()).isEqualTo(properties.get("weir.config"));
    }

    @Test
    void refusesANamedFileThatIsNotThere() {
        properties.put("weir.config", "/not/there.yaml");

        assertThatThrownBy(this::found)
                .isInstanceOf(ConfigurationException.class)
                .extracting(e -> ((ConfigurationException) e).problems())
                .isEqualTo(List.of(
                        "-Dweir.config: /not/there.yaml (expected: a file that can be read; there is no such file)"));
    }

    @Test
    void refusesADirectory() {
        environment.put("WEIR_CONFIG", directory.toString());

        assertThatThrownBy(this::found)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "WEIR_CONFIG: " + directory + " (expected: a file that can be read; it is a directory)");
    }

    /** A pipe would be waited for, a device has no end. */
    @ParameterizedTest
    @ValueSource(strings = {"pipe", "/dev/zero", "/dev/tty", "link to pipe"})
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesWhatIsNoRegularFileWithoutOpeningIt(String name) throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(directory.resolve("link to pipe"), pipe);
        String path = directory.resolve(name).toString();
        environment.put("WEIR_CONFIG", path);

        assertThatThrownBy(this::found)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("WEIR_CONFIG: " + path
                        + " (expected: a file that can be read; it is a pipe, a device or a socket)");
    }

    @Test
    void followsLinksAsMountedConfigurationsHaveThem() throws IOException {
        file("..2026/weir.yaml");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026"));
        Path link = Files.createSymbolicLink(directory.resolve("weir.yaml"), Path.of("..data/weir.yaml"));
        environment.put("WEIR_CONFIG", link.toString());

        assertThat(found()).isEqualTo(link.toString());
    }

    @Test
    void refusesALinkToItself() throws IOException {
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, link);
        environment.put("WEIR_CONFIG", link.toString());

        assertThatThrownBy(this::found)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("WEIR_CONFIG: " + link + " (expected: a file that can be read; ");
    }

    /** It takes no room on the disk, and would not fit into the heap. */
    @Test
    void readsNoMoreOfAHugeFileThanItNeeds() throws IOException {
        Path huge = directory.resolve("huge.yaml");
        try (FileChannel channel = FileChannel.open(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), 64L << 30);
        }
        environment.put("WEIR_CONFIG", huge.toString());

        assertThatThrownBy(this::found)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(huge + ":1:1: the file is too long (expected: at most 1048576 bytes)");
    }
}
