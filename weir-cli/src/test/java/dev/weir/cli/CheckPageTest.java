package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weir.config.ConfigurationCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What docs/check.md shows is what comes out, and the schema beside it is the one that is made. */
class CheckPageTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern BLOCK =
            Pattern.compile("^```(yaml|yml|console)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    private Path directory;

    private static List<MatchResult> blocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).results().toList();
    }

    @Test
    void showsWhatComesOut() throws IOException {
        List<MatchResult> blocks = blocks(DOCS.resolve("check.md"));
        Files.writeString(directory.resolve("weir.yaml"), blocks.get(0).group(2));
        Files.writeString(directory.resolve("wrong.yaml"), wrong(blocks));

        List<String> shown = blocks.stream()
                .filter(block -> block.group(1).equals("console"))
                .map(block -> block.group(2))
                .toList();

        assertThat(shown).hasSize(3);
        assertThat(shown)
                .containsExactlyElementsOf(shown.stream().map(this::run).toList());
    }

    private static String wrong(List<MatchResult> blocks) {
        return blocks.stream()
                .filter(block -> block.group(1).equals("yml"))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    /** A command's line, and what it prints. */
    private String run(String block) {
        String command = block.lines().findFirst().orElseThrow();
        String[] arguments = Arrays.stream(command.split(" "))
                .skip(2)
                .map(argument ->
                        argument.endsWith(".yaml") ? directory.resolve(argument).toString() : argument)
                .toArray(String[]::new);
        Run run = Run.of("", arguments);
        return command + "\n" + (run.out() + run.err()).replace(directory + "/", "");
    }

    @Test
    void theSchemaIsTheOneThatIsMade() throws IOException {
        assertThat(Files.readString(DOCS.resolve("weir.schema.json")))
                .as("make it anew: ./weir check --schema > docs/weir.schema.json")
                .isEqualTo(ConfigurationCheck.schema());
    }

    /** Every example of a whole configuration in the pages and the scenes that is right is right by the schema. */
    @Test
    void theSchemaAcceptsEveryExample() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(DOCS.resolve("weir.schema.json")), InputFormat.JSON);
        int accepted = 0;
        for (String example : examples()) {
            Path file = Files.writeString(directory.resolve("weir.yaml"), example);
            if (ConfigurationCheck.of(file.toString(), "").problems().isEmpty()) {
                accepted++;
                assertThat(schema.validate(json(loaded(example)), InputFormat.JSON))
                        .as(example)
                        .isEmpty();
            }
        }
        assertThat(accepted).isGreaterThan(12);
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        List<Path> pages = new ArrayList<>(files(DOCS, ".md"));
        pages.add(Path.of("../README.md"));
        for (Path page : pages) {
            blocks(page).stream()
                    .filter(block -> block.group(1).equals("yaml"))
                    .forEach(block -> examples.add(block.group(2)));
        }
        for (Path scene : files(Path.of("../weir-examples/scenes"), ".yaml")) {
            examples.add(Files.readString(scene));
        }
        return examples;
    }

    private static List<Path> files(Path directory, String end) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object loaded(String yaml) {
        return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(CheckPageTest::json).collect(Collectors.joining(",", "[", "]"));
        } else if (value == null
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof BigInteger) {
            return String.valueOf(value);
        }
        return '"'
                + String.valueOf(value)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                + '"';
    }
}
