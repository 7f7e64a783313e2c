package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import dev.weir.config.YamlConfigurationSource;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration that a page shows is read without a problem, and runs. */
class DocumentedConfigurationsTest {
    private static final Pattern YAML = Pattern.compile("^```yaml\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    /** Types that the pages about writing one make; they are run where these are. */
    private static final Pattern OF_OTHERS = Pattern.compile("type: (tcp|syslog|ecs)\\b");
    /** A variable without a default. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+}");

    @TempDir
    private Path directory;

    static Stream<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        collect(Path.of("../README.md"), examples);
        try (Stream<Path> pages = Files.list(Path.of("../docs"))) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".md")).toList()) {
                collect(page, examples);
            }
        }
        assertThat(examples).hasSizeGreaterThan(15);
        return examples.stream()
                .filter(example -> !example.contains("disable_existing_loggers")) // Python's own
                .filter(example -> !OF_OTHERS.matcher(example).find());
    }

    private static void collect(Path page, List<String> examples) throws IOException {
        Matcher yaml = YAML.matcher(Files.readString(page));
        while (yaml.find()) {
            examples.add(yaml.group(1));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isReadAndRuns(String example) throws Exception {
        Weir weir = read(example).start();

        weir.loggerOf("any").info("one");

        assertThat(weir.close(Duration.ofSeconds(10)).written()).isNotNegative();
        assertThat(weir.stats().handlerNames()).isNotEmpty();
    }

    /** A page about formatters shows these alone, others the sections that they are about. */
    private static String whole(String example) {
        return example.startsWith("{")
                ? "handlers: { a: { type: console, formatter: " + example.strip() + " } }"
                : example;
    }

    private PipelineBuilder read(String example) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "token\n");
        String text = VARIABLE.matcher(whole(example).replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1"))
                .replaceAll("value")
                .replaceAll("\\$\\{file:[^}]*}", Matcher.quoteReplacement("${file:" + secret + "}"))
                .replaceAll("path: \"?[^\",} ]*(/[^/\",} ]+)\"?", "path: \"" + directory + "$1\"");
        Path file = Files.writeString(directory.resolve("weir.yaml"), text);
        String before = System.setProperty("weir.config", file.toString());
        try {
            PipelineBuilder builder = Weir.builder();
            new YamlConfigurationSource().configure(builder);
            return builder;
        } catch (ConfigurationException e) {
            throw new AssertionError(text, e);
        } finally {
            if (before == null) {
                System.clearProperty("weir.config");
            } else {
                System.setProperty("weir.config", before);
            }
        }
    }
}
