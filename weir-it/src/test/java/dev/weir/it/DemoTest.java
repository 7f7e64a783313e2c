package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.examples.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenes, as {@code ./weir demo} starts them. */
class DemoTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}";

    @TempDir
    Path directory;

    @Test
    void thePaymentSceneWritesThreeLinesOfJsonToStdoutAndItsErrorToAFile() throws Exception {
        Jvm.Result result = demo("payment");

        assertThat(result.exit()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).hasSize(3);
        List<Map<String, Object>> records =
                result.stdout().stream().map(StrictJson::parse).toList();
        assertThat(records).allSatisfy(record -> {
            assertThat(record.keySet()).containsExactly("time", "level", "msg", "trace_id", "span_id");
            assertThat(record.get("time")).asString().matches(TIME);
            assertThat(record).containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(record).containsEntry("span_id", "00f067aa0ba902b7");
        });
        assertThat(records).extracting(record -> record.get("level")).containsExactly("INFO", "WARNING", "ERROR");
        assertThat(records)
                .extracting(record -> record.get("msg"))
                .containsExactly("Transaction initiated", "Retry attempt 1", "Payment gateway timeout");
        assertThat(Jvm.lines(directory.resolve("errors.log")))
                .singleElement()
                .asString()
                .matches(TIME + " \\[ERROR] payment\\.service - Payment gateway timeout"
                        + " \\(trace=4bf92f3577b34da6a3ce929d0e0e4736\\)");
    }

    @Test
    void thePaymentSceneAppendsToItsFileWhenItRunsAgain() throws Exception {
        demo("payment");
        List<String> first = Jvm.lines(directory.resolve("errors.log"));

        demo("payment");

        assertThat(Jvm.lines(directory.resolve("errors.log"))).hasSize(2).containsAll(first);
    }

    @Test
    void theServiceSceneIsAccountedForAndKeepsDebugOffStdout() throws Exception {
        Jvm.Result result = demo("service");

        assertThat(result.exit()).as(() -> String.join("\n", result.stderr())).isZero();
        assertThat(result.stderr()).noneMatch(line -> line.startsWith("weir:") || line.contains("does not add up"));
        List<String> own = new ArrayList<>();
        for (String line : result.stdout()) {
            Map<String, Object> record = StrictJson.parse(line);
            assertThat(record.get("level")).isNotIn("DEBUG", "TRACE");
            if (record.get("logger").equals("shop.orders")) {
                assertThat(record.get("trace_id")).asString().matches("[0-9a-f]{32}");
                assertThat(record.get("span_id")).asString().matches("[0-9a-f]{16}");
                own.add(line);
            }
        }
        assertThat(own).hasSizeGreaterThan(1000);
        assertThat(Jvm.lines(directory.resolve("debug.log"))).allMatch(line -> line.contains("\"DEBUG\""));
        assertThat(Jvm.lines(directory.resolve("errors.log"))).anyMatch(line -> line.contains("trace=0000"));
    }

    @Test
    void theOutageSceneLosesNoErrorAndItsAccountAgreesWithTheCollectors() throws Exception {
        Jvm.Result result = demo("outage");

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stdout())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(StrictJson.parse(line)).containsEntry("level", "ERROR"));
        assertThat(result.stderr())
                .anyMatch(line -> line.matches("handler +records/s +pending +breaker +oldest +dropped"))
                .anyMatch(line -> line.matches("ERROR +(\\d+) +\\1 +0 +0"));
    }

    @Test
    void theFloodSceneLosesTheLeastSevereRecordsOfTheSlowSinkOnly() throws Exception {
        Jvm.Result result = demo("flood");

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr())
                .anyMatch(line -> line.matches("slow +DEBUG +\\d+ +\\d+ +0 +0 +[1-9]\\d* +0"))
                .anyMatch(line -> line.matches("slow +ERROR +(\\d+) +\\1 +0 +0 +0 +0"));
    }

    private Jvm.Result demo(String scene) throws IOException, InterruptedException {
        return Jvm.of(directory, Demo.class, scene)
                .options("-Dservice.requests=2000", "-Doutage.seconds=3", "-Dflood.records=40000")
                .configuration(examples().resolve("scenes").resolve(scene).resolve("weir.yaml"))
                .run();
    }

    /** Beside this module. */
    private static Path examples() throws IOException {
        Path examples = Path.of("..", "weir-examples");
        return (Files.isDirectory(examples) ? examples : Path.of("weir-examples")).toRealPath();
    }
}
