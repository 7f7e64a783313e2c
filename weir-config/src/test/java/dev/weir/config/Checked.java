package dev.weir.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration as text, checked as if it stood in a file {@code weir.yaml}. */
final class Checked {
    private Checked() {}

    static ConfigurationCheck of(String yaml) {
        return of(yaml, null, Map.of());
    }

    static ConfigurationCheck of(String yaml, @Nullable String profiles, Map<String, String> environment) {
        try {
            Path directory = Files.createTempDirectory("weir");
            Path file = directory.resolve("weir.yaml");
            try {
                return ConfigurationCheck.of(
                        Files.writeString(file, yaml).toString(),
                        profiles,
                        new Variables(environment::get, name -> null),
                        Checked.class.getClassLoader(),
                        new Pod(false, Path.of("/none")));
            } finally {
                Files.delete(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> problems(String yaml) {
        ConfigurationCheck check = of(yaml);
        return check.problems().stream()
                .map(text -> text.replace(check.name(), "weir.yaml"))
                .toList();
    }

    /** Of a configuration without problems. */
    static List<String> warnings(String yaml) {
        ConfigurationCheck check = of(yaml);
        if (!check.problems().isEmpty()) {
            throw new AssertionError(check.problems().toString());
        }
        return check.warnings().stream()
                .map(text -> text.replace(check.name(), "weir.yaml"))
                .toList();
    }
}
