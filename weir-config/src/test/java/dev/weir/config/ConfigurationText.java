package dev.weir.config;

import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration as text, read as if it stood in a file. */
final class ConfigurationText {
    private final byte[] content;
    private final Map<String, String> environment;
    private final ClassLoader types;

    private ConfigurationText(byte[] content, Map<String, String> environment, ClassLoader types) {
        this.content = content;
        this.environment = environment;
        this.types = types;
    }

    static ConfigurationText of(String yaml) {
        return of(yaml.getBytes(StandardCharsets.UTF_8));
    }

    static ConfigurationText of(byte[] content) {
        return new ConfigurationText(content, Map.of(), ConfigurationText.class.getClassLoader());
    }

    ConfigurationText with(Map<String, String> variables) {
        return new ConfigurationText(content, variables, types);
    }

    /** With the types of handlers that a class loader finds. */
    ConfigurationText with(ClassLoader loader) {
        return new ConfigurationText(content, environment, loader);
    }

    /** What it makes of a builder. */
    PipelineBuilder read() {
        PipelineBuilder builder = Weir.builder();
        configure(builder);
        return builder;
    }

    /** Every problem, with {@code weir.yaml} for the file's path. */
    List<String> problems() {
        try {
            configure(Weir.builder());
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }

    private void configure(PipelineBuilder builder) {
        try {
            Path file = Files.createTempFile("weir", ".yaml");
            try {
                Files.write(file, content);
                Map<String, String> properties =
                        Map.of(ConfigurationFinder.PROPERTY, file.toString(), "some.dir", "/srv");
                new YamlConfigurationSource(new Variables(environment::get, properties::get), null, types)
                        .configure(builder);
            } catch (ConfigurationException e) {
                throw new ConfigurationException(
                        "weir.yaml",
                        e.problems().stream()
                                .map(problem -> problem.replace(file.toString(), "weir.yaml"))
                                .toList());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
