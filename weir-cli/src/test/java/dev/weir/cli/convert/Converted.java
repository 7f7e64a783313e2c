package dev.weir.cli.convert;

import dev.weir.Weir;
import dev.weir.config.YamlConfigurationSource;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that was converted in a test, and what Weir says to the result. */
record Converted(String yaml, int missing) {
    static Converted of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    static Converted of(byte[] content) {
        try {
            Conversion conversion = Converter.convert("example", content);
            return new Converted(conversion.yaml(), conversion.missing());
        } catch (InputException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** What an input is refused with. */
    static String refusal(String content) {
        try {
            return "converted to "
                    + Converter.convert("example", content.getBytes(StandardCharsets.UTF_8))
                            .yaml();
        } catch (InputException e) {
            return e.getMessage();
        }
    }

    /** Within {@code <configuration>} of Logback, with a console if it has no appender. */
    static Converted ofLogback(String elements) {
        return of("<configuration>\n" + elements + "\n</configuration>");
    }

    /** Within {@code <Configuration>} of Log4j 2. */
    static Converted ofLog4j(String elements) {
        return of("<Configuration>\n" + elements + "\n</Configuration>");
    }

    /** Without what is told of. */
    String keys() {
        return yaml.lines().filter(line -> !line.strip().startsWith("#")).reduce("", (a, b) -> a + b + '\n');
    }

    /** What is told of, without the first three lines, which are always the same. */
    List<String> comments() {
        return yaml.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("#"))
                .skip(3)
                .toList();
    }

    /** Every problem that Weir has with it. */
    List<String> problems() {
        return problems(yaml);
    }

    static List<String> problems(String yaml) {
        try {
            Path file = Files.createTempFile("weir", ".yaml");
            System.setProperty("weir.config", file.toString());
            try {
                Files.writeString(file, yaml);
                new YamlConfigurationSource().configure(Weir.builder());
                return List.of();
            } catch (ConfigurationException e) {
                return e.problems();
            } finally {
                System.clearProperty("weir.config");
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
