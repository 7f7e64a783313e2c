package dev.weir.config;

import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A directory with {@code weir.yaml} and what stands beside it, and the variables with which it is read. */
final class ConfigurationFiles {
    final Map<String, String> environment = new HashMap<>();
    final Map<String, String> properties = new HashMap<>();
    final Path directory;
    private Pod pod = new Pod(false, Path.of("/none"));

    ConfigurationFiles(Path directory) {
        this.directory = directory;
        properties.put(
                ConfigurationFinder.PROPERTY, directory.resolve("weir.yaml").toString());
    }

    ConfigurationFiles file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigurationFiles profiles(String names) {
        properties.put(Profiles.PROPERTY, names);
        return this;
    }

    ConfigurationFiles in(Pod machine) {
        pod = machine;
        return this;
    }

    Variables variables() {
        return new Variables(environment::get, properties::get);
    }

    /** The document with its profiles, on one line. */
    String merged() {
        ConfigurationFinder finder =
                new ConfigurationFinder(variables(), getClass().getClassLoader(), warning -> {});
        ConfigurationFile file = Objects.requireNonNull(finder.find());
        Reading reading = new Reading(file.name(), variables());
        String merged = NodeText.of(Objects.requireNonNull(
                Profiles.active(variables()).merged(YamlText.compose(file, reading), file, finder, reading)));
        if (!reading.problems().isEmpty()) {
            throw new AssertionError(reading.problems().toString());
        }
        return merged;
    }

    /** Every problem, without the directory. */
    List<String> problems() {
        try {
            configure(Weir.builder());
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream().map(this::withoutDirectory).toList();
        }
    }

    /** What a pipeline of it tells, without the directory. */
    List<String> warnings() {
        PipelineBuilder builder = Weir.builder();
        configure(builder);
        Weir weir = builder.start();
        List<String> told = weir.diagnostics().stream()
                .flatMap(String::lines)
                .map(line -> line.replaceAll("^weir: | \\(1 times, last at .*", ""))
                .map(this::withoutDirectory)
                .toList();
        weir.close(Duration.ofSeconds(30));
        return told;
    }

    String configure(PipelineBuilder builder) {
        return Objects.requireNonNull(new YamlConfigurationSource(
                        variables(), getClass().getClassLoader(), getClass().getClassLoader(), pod)
                .configure(builder));
    }

    private String withoutDirectory(String text) {
        return text.replace(directory + "/", "");
    }
}
