package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.format.TextFormatter;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that die while they rotate, one after the other in the same directory, each of which goes on where the one before has
 * died. {@code -Dweir.crashes=20} has more of them die.
 */
@Timeout(300)
class RotationCrashTest {
    private static final int CRASHES = Integer.getInteger("weir.crashes", 2);
    private static final int SIZE = 200_000;
    private static final int BATCH = 400;
    private static final int LINE_LENGTH = 100;
    private static final int DIED = 137;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void losesAndDoublesNothingWhereverItDies(RollStep step) throws Exception {
        diesAt(step, Compression.GZIP);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPRESSING", "COMPRESSED", "REPLACING", "REPLACED"})
    void losesAndDoublesNothingWhereverItDiesWithZstd(RollStep step) throws Exception {
        diesAt(step, Compression.ZSTD);
    }

    private void diesAt(RollStep step, Compression compression) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int committed = 0;
        for (int i = 0; i < CRASHES; i++) {
            int time = 1 + random.nextInt(4);
            Process process = start(step.name(), Integer.toString(time), compression);

            committed = lastCommitted(output(process), committed);

            assertThat(process.waitFor()).as("seed " + seed).isEqualTo(DIED);
        }

        assertNothingIsMissing(committed, "seed " + seed);
    }

    @Test
    void losesAndDoublesNothingWheneverItIsKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int committed = 0;
        for (int i = 0; i < 2 * CRASHES; i++) {
            Process process = start("none", "0", Compression.GZIP);
            int lines = random.nextInt(30);
            BufferedReader output = output(process);
            for (int line = 0; line <= lines; line++) {
                committed = Integer.parseInt(output.readLine());
            }
            process.toHandle().destroyForcibly(); // which leaves its output to be read
            committed = lastCommitted(output, committed);
            assertThat(process.waitFor()).as("seed " + seed).isEqualTo(DIED);
        }

        assertNothingIsMissing(committed, "seed " + seed);
    }

    private Process start(String step, String time, Compression compression) throws IOException {
        return RotatingFileHandlerTest.process(Main.class, directory.toString(), step, time, compression.name())
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** What the process said last, if it said anything. */
    private static int lastCommitted(BufferedReader output, int before) throws IOException {
        int last = before;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            last = line.matches("[0-9]+") ? Math.max(last, Integer.parseInt(line)) : last;
        }
        return last;
    }

    /** After one more start, which has nothing to write. */
    private void assertNothingIsMissing(int committed, String seed) throws IOException {
        RotatingFileHandler handler = handler(directory, Compression.NONE).build();
        handler.prepare();
        handler.open();
        handler.close(false);

        assertThat(LogDirectory.contents(directory).keySet())
                .as(seed)
                .allMatch(name -> name.matches("app\\.log(\\.[0-9]+(\\.(gz|zst))?)?"));
        List<Integer> numbers = numbers(directory);
        assertThat(numbers).as(seed).hasSizeGreaterThanOrEqualTo(committed);
        assertThat(numbers)
                .as(seed)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    private static RotatingFileHandler.Builder handler(Path directory, Compression compression) {
        return RotatingFileHandler.builder(directory.resolve("app.log"))
                .formatter(TextFormatter.of("%(message)s"))
                .size(SIZE)
                .compress(compression);
    }

    /** In whole lines: the beginning of one that was never committed may stand where a process was killed. */
    private static List<Integer> numbers(Path directory) {
        return LogDirectory.lines(directory).stream()
                .filter(line -> line.length() == LINE_LENGTH)
                .map(line -> Integer.parseInt(line.strip()))
                .sorted()
                .toList();
    }

    /** Goes on with the numbers that are there, says which are committed, and dies at the n-th step of a kind. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            int next = putRight(directory);
            int[] left = {Integer.parseInt(arguments[2])};
            RotatingFileHandler handler = handler(directory, Compression.valueOf(arguments[3]))
                    .steps(step -> {
                        if (step.name().equals(arguments[1]) && --left[0] == 0) {
                            Runtime.getRuntime().halt(DIED);
                        }
                    })
                    .build();
            handler.prepare();
            handler.open();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (System.nanoTime() - deadline < 0) {
                int batch = 1 + ThreadLocalRandom.current().nextInt(BATCH);
                for (int i = 0; i < batch; i++) {
                    LogRecord record = Records.message(String.format("%" + LINE_LENGTH + "d", next++))
                            .record();
                    handler.emit(record);
                    if (handler.shouldFlush(record)) {
                        break;
                    }
                }
                handler.flush();
                handler.upkeep();
                System.out.println(next - 1);
            }
            System.exit(1);
        }

        /** The number to go on with, seen while nobody compresses. */
        private static int putRight(Path directory) throws IOException {
            RotatingFileHandler handler = handler(directory, Compression.NONE).build();
            handler.open();
            handler.close(false);
            List<Integer> there = numbers(directory);
            return there.isEmpty() ? 1 : there.get(there.size() - 1) + 1;
        }
    }
}
