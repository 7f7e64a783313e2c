package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Weir;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Colours on a terminal, which {@code script} of util-linux provides; and none elsewhere. */
class TerminalTest {
    private static final String RED = "\u001b[31m";

    @TempDir
    private Path directory;

    /** Logs one line to the current Weir. */
    static final class OneLine {
        private OneLine() {}

        public static void main(String[] arguments) {
            Weir.logger("shop").error("refused \u001b[32m");
            Weir.current().close(Duration.ofSeconds(30));
        }
    }

    private String onTerminal(String formatter, String stream, String redirection, Map<String, String> environment)
            throws IOException, InterruptedException {
        assumeTrue(isScriptThere(), "no script of util-linux, which makes a terminal");
        Path configuration = Files.writeString(
                directory.resolve("weir.yaml"),
                "handlers: { out: { type: console, stream: " + stream + ", formatter: " + formatter + " } }\n");
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(":", Jvm.classPath()),
                "-Dweir.config=" + configuration,
                OneLine.class.getName());
        Path command = Files.writeString(
                directory.resolve("command"), "exec '" + String.join("' '", java) + "' " + redirection + "\n");
        Path typescript = directory.resolve("typescript");
        ProcessBuilder builder = new ProcessBuilder("script", "-q", "-e", "-c", "sh " + command, typescript.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        builder.environment().keySet().removeAll(List.of("NO_COLOR", "WEIR_CONFIG", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String shown = Files.readString(typescript, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(shown).isZero();
        return shown;
    }

    private static boolean isScriptThere() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("script", "--version").start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aTerminalGetsColoursAndNoneOfTheContent() throws Exception {
        assertThat(onTerminal("{ type: text, preset: pretty }", "stdout", "", Map.of()))
                .contains(RED + "ERROR", "refused \\u001b[32m");
    }

    @Test
    void standardErrorIsLookedAtByItself() throws Exception {
        assertThat(onTerminal("{ type: text, preset: pretty }", "stderr", "> /dev/null", Map.of()))
                .contains(RED + "ERROR");
        assertThat(onTerminal("{ type: text, preset: pretty }", "stderr", "2>&1 | cat", Map.of()))
                .contains("ERROR")
                .doesNotContain("\u001b");
    }

    @Test
    void aPipeAndAFileGetNone() throws Exception {
        Path file = directory.resolve("file");

        assertThat(onTerminal("{ type: text, preset: pretty }", "stdout", "| cat", Map.of()))
                .contains("ERROR")
                .doesNotContain("\u001b");
        onTerminal("{ type: text, preset: pretty }", "stdout", "> " + file, Map.of());
        assertThat(file).content().contains("ERROR").doesNotContain("\u001b");
    }

    @Test
    void theEnvironmentMaySayNo() throws Exception {
        for (Map<String, String> environment : List.of(Map.of("NO_COLOR", "1"), Map.of("TERM", "dumb"))) {
            assertThat(onTerminal("{ type: text, preset: pretty }", "stdout", "", environment))
                    .contains("ERROR")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void theConfigurationDecides() throws Exception {
        assertThat(onTerminal("{ type: text, preset: pretty, colours: never }", "stdout", "", Map.of()))
                .contains("ERROR")
                .doesNotContain("\u001b");
        assertThat(onTerminal(
                        "{ type: text, pattern: '%highlight(%p) %m', colours: always }",
                        "stdout", "| cat", Map.of("NO_COLOR", "1")))
                .contains(RED + "ERROR\u001b[0m refused");
    }
}
