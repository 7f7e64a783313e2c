package dev.weir.benchmarks;

import dev.weir.benchmarks.peer.Backend;
import dev.weir.benchmarks.peer.Orders;
import dev.weir.benchmarks.peer.Policy;
import dev.weir.benchmarks.peer.Setup;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.peer.Sink;
import dev.weir.benchmarks.trial.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a call costs whose level is off, through SLF4J. The suite runs it once per contender, with only that one's jars on
 * the class path; the backend and its file are system properties.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DisabledBenchmark {
    private static final String BACKEND = "bench.backend";
    private static final String FILE = "bench.file";

    private static final int SCORE = 4;

    private final Backend backend = started();
    private final Logger logger = LoggerFactory.getLogger(Orders.LOGGER);
    private int order;

    /** Made by JMH. */
    public DisabledBenchmark() {}

    private static Backend started() {
        try {
            Backend backend = Backend.named(System.getProperty(BACKEND));
            backend.start(new Setup(Sink.JSON, Shape.ARGUMENTS, Policy.BLOCK, Path.of(System.getProperty(FILE)), null));
            return backend;
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException(unknown);
        }
    }

    /** Ends the backend. */
    @TearDown
    public void stop() {
        backend.stop();
    }

    /** A text. */
    @Benchmark
    public void constant() {
        logger.debug(Orders.CONSTANT);
    }

    /** A template with three arguments. */
    @Benchmark
    public void arguments() {
        logger.debug(Orders.TEMPLATE, order++, "northwind-traders", 123_456_789L);
    }

    // for the suite

    /** The system properties that it needs. */
    public static List<String> properties(Task task) {
        return List.of(BACKEND + '=' + task.peer().backend(), FILE + '=' + task.file());
    }

    /** The main class and the arguments of its process. */
    public static List<String> arguments(Path csv, boolean quick) {
        String iterations = quick ? "2" : "5";
        return List.of(
                "org.openjdk.jmh.Main",
                DisabledBenchmark.class.getSimpleName(),
                "-wi",
                iterations,
                "-i",
                iterations,
                "-rf",
                "csv",
                "-rff",
                csv.toString());
    }

    /** Nanoseconds by the names of the methods. */
    public static Map<String, Double> scores(Path csv) throws IOException {
        Map<String, Double> scores = new HashMap<>();
        List<String> lines = Files.readAllLines(csv, StandardCharsets.UTF_8);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.replace("\"", "").split(",", -1);
            scores.put(cells[0].substring(cells[0].lastIndexOf('.') + 1), Double.valueOf(cells[SCORE]));
        }
        return scores;
    }
}
