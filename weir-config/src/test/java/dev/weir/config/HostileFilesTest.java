package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that want more of whoever reads them than they are worth: each of them is answered in bounded time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFilesTest {
    private static final String WHOLE = """
            version: 1
            formatters: { short: &f { type: text, format: "%(message)s" } }
            handlers:
              out: { type: console, formatter: *f, filters: [ { type: name, name: "${NAME:-ä}" } ] }
              held: { type: memory, target: out }
            loggers:
              a.b: { level: OFF }
            root: { level: INFO, handlers: [out] }
            profiles: { p: { handlers: { held: null } } }
            """;

    private static List<String> problems(String yaml) {
        return ConfigurationText.of(yaml).problems();
    }

    /** A file that is read while it is being written is a beginning of it. */
    @Test
    void aBeginningIsReadOrRefused() {
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);

        for (int length = 0; length <= whole.length; length++) {
            byte[] beginning = Arrays.copyOf(whole, length);
            assertThatNoException()
                    .as("%d bytes", length)
                    .isThrownBy(() -> ConfigurationText.of(beginning).problems());
        }
        assertThat(problems(WHOLE)).isEmpty();
    }

    @Test
    void whatIsNotTextIsRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);

        for (int i = 0; i < 200; i++) {
            byte[] content = new byte[1 + random.nextInt(4096)];
            random.nextBytes(content);
            assertThat(ConfigurationText.of(content).problems())
                    .as("seed %d, file %d", seed, i)
                    .isNotEmpty();
        }
    }

    @Test
    void aHundredThousandAnchors() {
        StringBuilder yaml = new StringBuilder("root: { handlers: [");
        for (int i = 0; i < 100_000; i++) {
            yaml.append('&').append(Integer.toString(i, 36)).append(" x,");
        }

        assertThat(problems(yaml + "] }")).hasSize(101);
    }

    @Test
    void anAliasForEveryItem() {
        String yaml = "x: &a \"" + "$$".repeat(200_000) + "\"\nroot: { handlers: [" + "*a,".repeat(200_000) + "] }";

        assertThat(problems(yaml))
                .singleElement()
                .asString()
                .matches("weir\\.yaml:2:\\d+: not YAML: more than 1000 aliases");
        assertThat(problems("x: &a y\nroot: { handlers: [" + "*a,".repeat(1000) + "] }"))
                .noneMatch(problem -> problem.contains("aliases"));
    }

    @Test
    void listsOfListsOfAliases() {
        StringBuilder yaml = new StringBuilder("x0: &x0 [y]\n");
        for (int i = 1; i < 31; i++) {
            yaml.append("x" + i + ": &x" + i + " [ *x" + (i - 1) + ", *x" + (i - 1) + " ]\n");
        }

        assertThat(problems(yaml + "root: { handlers: *x30 }")).hasSize(32);
    }

    @Test
    void openBracesWithoutEnd() {
        assertThat(problems("root: { level: \"" + "${".repeat(400_000) + "\" }"))
                .hasSize(1);
        assertThat(problems("root: { level: \"${file:/" + ":-".repeat(400_000) + "\\n}\" }"))
                .hasSize(1);
        assertThat(problems("root: { level: \"${file:/" + "a".repeat(900_000) + "}\" }"))
                .hasSize(1);
        assertThat(problems("root: { level: \"" + "${a:-".repeat(150_000) + "}\" }"))
                .hasSize(1);
    }

    @Test
    void variablesThatGrow() {
        Map<String, String> variables = Map.of("A", "x".repeat(1_000_000));

        assertThat(ConfigurationText.of("root: { level: \"" + "${A}".repeat(200_000) + "\" }")
                        .with(variables)
                        .problems())
                .singleElement()
                .asString()
                .contains("(expected: at most 1048576 characters, replaced)");
    }

    @Test
    void wordsThatAreNearlyRight() {
        StringBuilder yaml = new StringBuilder("handlers:\n");
        for (int i = 0; i < 1000; i++) {
            yaml.append("  " + "h".repeat(56) + i + ": { type: null }\n");
        }
        yaml.append("root: { handlers: [" + ("H".repeat(59) + ", ").repeat(12_000) + "] }\n");

        assertThat(problems(yaml.toString())).hasSize(101);
    }
}
