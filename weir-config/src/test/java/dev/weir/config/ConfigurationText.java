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

    private ConfigurationText(byte[] content, Map<String, String> environment) {
        this.content = content;
        this.environment = environment;
    }

    static ConfigurationText of(String yaml) {
        return of(yaml.getBytes(StandardCharsets.UTF_8));
    }

    static ConfigurationText of(byte[] content) {
        return new ConfigurationText(content, Map.of());
    }

    ConfigurationText with(Map<String, String> variables) {
        return new ConfigurationText(content, variables);
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
                new YamlConfigurationSource(new Variables(environment::get, properties::get), null).configure(builder);
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
