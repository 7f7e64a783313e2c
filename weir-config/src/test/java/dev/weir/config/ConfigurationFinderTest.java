package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFinderTest {
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    @TempDir
    private Path directory;

    private String found(Path... classPath) throws IOException {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            return new YamlConfigurationSource(
                            new Variables(environment::get, properties::get),
                            loader,
                            ConfigurationFinderTest.class.getClassLoader())
                    .configure(Weir.builder());
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
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));

        String found;
        try {
            found = found(directory.resolve("first/"), directory.resolve("second/"));
        } finally {
            System.setErr(before);
        }

        assertThat(found).isEqualTo(first.toUri().toURL().toString());
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "weir: weir.yaml is on the class path 2 times, the first is used:",
                        "  " + first.toUri().toURL(),
                        "  " + second.toUri().toURL());
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
    void refusesANamedFileThatCannotBeRead() {
        environment.put("WEIR_CONFIG", directory.toString());

        assertThatThrownBy(this::found)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("WEIR_CONFIG: " + directory + " (expected: a file that can be read; ");
    }
}
