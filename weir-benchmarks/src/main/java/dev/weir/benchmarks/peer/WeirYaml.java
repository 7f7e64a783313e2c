package dev.weir.benchmarks.peer;

import java.util.List;
import java.util.Objects;

/** The configuration file of a service with one JSON file. */
final class WeirYaml {
    private WeirYaml() {}

    static Configuration of(Setup setup) {
        String text = """
                version: 1
                handlers:
                  file: { type: file, path: "%s", formatter: json }
                root: { level: INFO, handlers: [file] }
                """.formatted(Objects.requireNonNull(setup.file(), "file"));
        return new Configuration("weir.yaml", text, List.of("weir.config=" + Configuration.FILE));
    }
}
