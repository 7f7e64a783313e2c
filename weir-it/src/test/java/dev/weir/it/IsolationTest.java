package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.PipelineBuilder;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import dev.weir.testkit.StuckHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a sick handler is noticed by a healthy one and by callers: runs with a healthy second handler and runs with a sick
 * one in turns, and the same healthy runs once more as a control of how much runs differ by themselves. Figures are printed.
 */
@Timeout(180)
class IsolationTest {
    private static final int ROUNDS = 9;
    private static final int RECORDS = 150_000;
    private static final int STEADY_RECORDS = 12_000;
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1) / 50_000;
    private static final double TOLERATED = 0.10;
    /** One call in a hundred is as late as another process makes it: all is measured again if these differ. */
    private static final int ATTEMPTS = 3;

    @TempDir
    Path directory;

    private int runs;

    /** What stands beside the healthy file handler. */
    private enum Beside {
        NOTHING,
        HEALTHY,
        HEALTHY_AGAIN,
        TWO_HEALTHY,
        STUCK,
        STUCK_AND_FAILING;

        /** What a sick neighbourhood is compared with. */
        Beside healthy() {
            return this == STUCK_AND_FAILING ? TWO_HEALTHY : HEALTHY;
        }
    }

    /** One run's figures, in nanoseconds: of all records together, or of a call. */
    private record Figures(double median, double p99) {}

    @Test
    void aHungHandlerTakesNothingOfAHealthyOnesThroughput() throws IOException {
        List<Beside> all = List.of(
                Beside.HEALTHY, Beside.STUCK, Beside.HEALTHY_AGAIN, Beside.TWO_HEALTHY, Beside.STUCK_AND_FAILING);
        saturated(Beside.HEALTHY); // warms up
        Map<Beside, List<Figures>> figures = new EnumMap<>(Beside.class);
        for (int round = 0; round < ROUNDS; round++) {
            for (Beside beside : all) {
                figures.computeIfAbsent(beside, key -> new ArrayList<>()).add(saturated(beside));
            }
        }
        double spread = spread(figures);
        for (Beside sick : List.of(Beside.STUCK, Beside.STUCK_AND_FAILING)) {
            double ratio = ratio(figures, sick, sick.healthy());
            System.out.printf(
                    "isolation, saturated: %.0f k/s, time with %s %.3f of that without (runs differ by %.3f)%n",
                    RECORDS / 1e3 / (median(figures, sick.healthy()) / 1e9), sick, ratio, spread);
            assertThat(ratio).isLessThan(1 + Math.max(TOLERATED, spread));
        }
    }

    @Test
    void aHungHandlerIsNotNoticedByCallers() throws IOException {
        steady(Beside.HEALTHY); // warms up
        Map<Beside, List<Figures>> figures = steadyRounds();
        for (int attempt = 1; attempt < ATTEMPTS && isTailNoticed(figures); attempt++) {
            figures = steadyRounds();
        }
        double spread = spread(figures);
        for (Beside sick : List.of(Beside.STUCK, Beside.STUCK_AND_FAILING)) {
            double ratio = ratio(figures, sick, sick.healthy());
            double alone = ratio(figures, sick, Beside.NOTHING);
            double tail = tail(figures, sick);
            System.out.printf(
                    "isolation, 50 k/s: a call takes %.0f ns, with %s %.3f of that (runs differ by %.3f), %.3f of that"
                            + " without a second handler; p99 %.2f%n",
                    median(figures, sick.healthy()), sick, ratio, spread, alone, tail);
            assertThat(ratio).isLessThan(1 + Math.max(TOLERATED, spread));
            assertThat(alone).isLessThan(1 + Math.max(TOLERATED, spread));
            assertThat(tail).isLessThan(2 + spreadOfTails(figures));
        }
    }

    private Map<Beside, List<Figures>> steadyRounds() throws IOException {
        Map<Beside, List<Figures>> figures = new EnumMap<>(Beside.class);
        for (int round = 0; round < ROUNDS; round++) {
            for (Beside beside : Beside.values()) {
                figures.computeIfAbsent(beside, key -> new ArrayList<>()).add(steady(beside));
            }
        }
        return figures;
    }

    private static boolean isTailNoticed(Map<Beside, List<Figures>> figures) {
        return List.of(Beside.STUCK, Beside.STUCK_AND_FAILING).stream()
                .anyMatch(sick -> tail(figures, sick) >= 2 + spreadOfTails(figures));
    }

    private static double tail(Map<Beside, List<Figures>> figures, Beside sick) {
        return p99(figures, sick) / p99(figures, sick.healthy());
    }

    // the runs

    private Figures saturated(Beside beside) throws IOException {
        Path file = directory.resolve("run" + runs++);
        StuckHandler stuck = new StuckHandler(new NullHandler());
        Weir weir = builder(file, beside, stuck, OverflowPolicy.BLOCK).start();
        Logger logger = weir.loggerOf("any");
        long begun = System.nanoTime();
        for (int i = 0; i < RECORDS; i++) {
            logger.info("customer {} bought {} for {}", i, "a book", i * 31L);
        }
        while (weir.stats().written("file", Level.INFO) < RECORDS) {
            Thread.onSpinWait();
        }
        double took = System.nanoTime() - begun;
        end(weir, file, stuck, RECORDS);
        return new Figures(took, took);
    }

    private Figures steady(Beside beside) throws IOException {
        Path file = directory.resolve("run" + runs++);
        StuckHandler stuck = new StuckHandler(new NullHandler());
        Weir weir =
                builder(file, beside, stuck, OverflowPolicy.DROP_BY_SEVERITY).start();
        Logger logger = weir.loggerOf("any");
        long[] calls = new long[STEADY_RECORDS];
        long next = System.nanoTime();
        for (int i = 0; i < STEADY_RECORDS; i++) {
            next += STEADY_NANOS;
            while (System.nanoTime() - next < 0) {
                Thread.onSpinWait();
            }
            long begun = System.nanoTime();
            logger.info("customer {} bought {} for {}", i, "a book", i * 31L);
            calls[i] = System.nanoTime() - begun;
        }
        end(weir, file, stuck, STEADY_RECORDS);
        Arrays.sort(calls);
        return new Figures(calls[STEADY_RECORDS / 2], calls[STEADY_RECORDS * 99 / 100]);
    }

    private static PipelineBuilder builder(Path file, Beside beside, StuckHandler stuck, OverflowPolicy ofFile) {
        PipelineBuilder builder = Weir.builder()
                .queueCapacity(32 << 20)
                .handler("file", FileHandler.of(file, JsonFormatter.weir()), options -> options.overflow(ofFile));
        return switch (beside) {
            case NOTHING -> builder;
            case HEALTHY, HEALTHY_AGAIN -> builder.handler("second", new NullHandler());
            case TWO_HEALTHY -> builder.handler("second", new NullHandler()).handler("third", new NullHandler());
            case STUCK -> builder.handler("second", stuck);
            case STUCK_AND_FAILING -> builder.handler("second", stuck).handler("third", new Failing());
        };
    }

    /** Always fails. */
    private static final class Failing implements Handler {
        @Override
        public boolean emit(LogRecord record) throws IOException {
            throw new IOException("down");
        }

        @Override
        public void flush() {}
    }

    private static void end(Weir weir, Path file, StuckHandler stuck, int records) throws IOException {
        assertThat(weir.stats().refused(Level.INFO)).isZero();
        stuck.letGo();
        weir.close(Duration.ofMillis(500));
        Stats stats = weir.stats();
        assertThat(stats.written("file", Level.INFO)).isEqualTo(records);
        try (var lines = Files.lines(file)) {
            assertThat(lines.count()).isEqualTo(records);
        }
        Files.delete(file);
    }

    // the figures

    /** How far healthy runs are from each other, round by round: at the most. */
    private static double spread(Map<Beside, List<Figures>> figures) {
        double most = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double ratio = figures.get(Beside.HEALTHY_AGAIN).get(round).median
                    / figures.get(Beside.HEALTHY).get(round).median;
            most = Math.max(most, Math.abs(ratio - 1));
        }
        return most;
    }

    private static double spreadOfTails(Map<Beside, List<Figures>> figures) {
        return Math.abs(p99(figures, Beside.HEALTHY_AGAIN) / p99(figures, Beside.HEALTHY) - 1);
    }

    /** The median of the rounds' ratios. */
    private static double ratio(Map<Beside, List<Figures>> figures, Beside of, Beside to) {
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ratios[round] = figures.get(of).get(round).median / figures.get(to).get(round).median;
        }
        Arrays.sort(ratios);
        return ratios[ROUNDS / 2];
    }

    private static double median(Map<Beside, List<Figures>> figures, Beside of) {
        return figures.get(of).stream().mapToDouble(Figures::median).sorted().toArray()[ROUNDS / 2];
    }

    private static double p99(Map<Beside, List<Figures>> figures, Beside of) {
        return figures.get(of).stream().mapToDouble(Figures::p99).sorted().toArray()[ROUNDS / 2];
    }
}
