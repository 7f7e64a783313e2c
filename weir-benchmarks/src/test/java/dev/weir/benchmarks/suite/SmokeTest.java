package dev.weir.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.peer.Policy;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.peer.Sink;
import dev.weir.benchmarks.trial.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Some measurements of next to nothing by real processes, so that the suite cannot rot. */
final class SmokeTest {
    private static final Timing TINY = new Timing(50, 20, 8 << 20, 0);

    @TempDir
    private Path directory;

    private Map<String, Double> measure(Case of, Peer peer) throws Exception {
        String[] args = {
            "--dir", directory.toString(), "--out", directory.resolve("out").toString()
        };
        return new Launcher(Options.parse(args, Path.of(".")), kind -> TINY).measure(of, peer);
    }

    @ParameterizedTest
    @EnumSource(names = {"WEIR", "LOGBACK_ASYNC"})
    void countsEveryRecordInTheFile(Peer peer) throws Exception {
        Map<String, Double> values = measure(Case.sustained(Sink.JSON, Shape.MDC, 2), peer);

        assertThat(values.get("written")).isEqualTo(values.get("emitted")).isPositive();
        assertThat(values).containsKeys("seconds", "records", "cpuNanos", "callerBytes", "processBytes");
    }

    @Test
    void takesTheTimeOfTheFirstLine() throws Exception {
        assertThat(measure(Case.startUp(), Peer.WEIR_YAML)).containsKeys("wallNanos", "classes", "jarBytes");
    }

    @Test
    void endsAMeasurementWhoseCallerIsBlocked() throws Exception {
        assertThat(measure(Case.outage(Policy.BLOCK), Peer.LOGBACK_SYNC)).containsKey("blockedAfter");
    }

    @Test
    void leavesNothingBehind() throws Exception {
        measure(Case.startUp(), Peer.JUL);

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).noneMatch(path -> path.toString().contains("weir-bench-"));
        }
    }
}
