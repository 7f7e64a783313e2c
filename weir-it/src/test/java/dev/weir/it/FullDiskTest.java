package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.Compression;
import dev.weir.handler.FileHandler;
import dev.weir.handler.RotatingFileHandler;
import dev.weir.http.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full and a collector that is dead, at the same time and for seconds; then both come back. */
@Timeout(120)
class FullDiskTest {
    /** Mounts a small disk that only this process and its own see, and becomes the command that follows. */
    private static final String ON_A_SMALL_DISK = "mount -t tmpfs -o size=16m tmpfs \"$0\" && exec \"$@\"";

    @TempDir
    Path directory;

    @Test
    void anOutageMakesNoRecordPoisonous() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        List<String> unshared = List.of("unshare", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK);
        assumeTrue(runs(unshared, disk.toString(), "true"), "no disk can be mounted in a namespace of one's own");

        Jvm.Result result = Jvm.of(directory, Main.class, disk.toString())
                .within(unshared, disk.toString())
                .run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stderr())
                .anyMatch(line -> line.contains("No space left"))
                .anyMatch(line -> line.contains("handler collector failed to write"));
        assertThat(result.stdout()).hasSize(1);
        System.out.println("full disk and dead collector: " + result.stdout().get(0));
    }

    private boolean runs(List<String> command, String... more) throws Exception {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        try {
            Process process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("tried").toFile())
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    /** Fills the disk, kills the collector, logs on, lets both come back, and looks whether everything is there. */
    static final class Main {
        private static final int PER_SECOND = 2_000;
        private static final long OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(3);
        private static final int LEFT_BYTES = 128 * 1024;
        private static final int MORE_THAN_POISON_IS_TRIED = 10;
        private static final long LONGEST_RETURN_MILLIS = 1_500; // a second, and patience with a busy machine
        private static final Duration PATIENCE = Duration.ofSeconds(20);
        private static final BreakerPolicy QUICK =
                BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(20), Duration.ofMillis(100));

        private final long[] logged = new long[Level.COUNT];
        private volatile boolean ended;

        private Main() {}

        public static void main(String[] arguments) throws Exception {
            new Main().run(Path.of(arguments[0]));
        }

        private void run(Path disk) throws Exception {
            Path file = disk.resolve("app.log");
            Path ballast = ballast(disk);
            Path collected = Files.createDirectory(Path.of("collector"));
            CollectorProcess first = CollectorProcess.start(collected, CollectorProcess.ANY_PORT);
            Weir weir = Weir.builder()
                    .queueCapacity(32 << 20)
                    .handler("file", FileHandler.of(file, JsonFormatter.weir()))
                    .handler(
                            "rotating",
                            RotatingFileHandler.builder(disk.resolve("rolled.log"))
                                    .size(512 << 10)
                                    .compress(Compression.GZIP)
                                    .build())
                    .handler(
                            "collector",
                            HttpHandler.builder(URI.create("http://127.0.0.1:" + first.port() + "/in"))
                                    .batchDelay(Duration.ofMillis(20))
                                    .build(),
                            options -> options.breaker(QUICK))
                    .start();
            Thread load = new Thread(() -> log(weir.loggerOf("shop")), "load");
            load.start();
            first.awaitDistinct(1);
            first.kill();
            await().atMost(PATIENCE)
                    .until(() -> failures(weir, "file") > 0
                            && failures(weir, "rotating") > 0
                            && failures(weir, "collector") > 0);
            long begun = System.nanoTime();
            await().atMost(PATIENCE)
                    .until(() -> System.nanoTime() - begun > OUTAGE_NANOS
                            && failures(weir, "file") > MORE_THAN_POISON_IS_TRIED
                            && failures(weir, "collector") > MORE_THAN_POISON_IS_TRIED);
            String outage = outage(weir.stats());

            long fileBefore = written(weir, "file");
            long rotatingBefore = written(weir, "rotating");
            Files.delete(ballast);
            long back = System.nanoTime();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> written(weir, "file") > fileBefore && written(weir, "rotating") > rotatingBefore);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back);
            if (millis > LONGEST_RETURN_MILLIS) {
                throw new AssertionError("the first record after the outage took " + millis + " ms");
            }
            try (CollectorProcess second = CollectorProcess.start(collected, first.port())) {
                ended = true;
                load.join();
                if (!weir.close(PATIENCE).complete()) {
                    throw new AssertionError("not complete: " + weir.stats());
                }
                long all = 0;
                for (Level level : Level.values()) {
                    requireWritten(weir.stats(), level);
                    all += logged[level.ordinal()];
                }
                requireSame(
                        "lines of the file",
                        Files.readAllLines(file).stream().map(StrictJson::parse).count(),
                        all);
                requireSame("lines at the collector", second.distinct(), all);
                requireSame(
                        "lines of the rotated file",
                        Lines.ofRotated(disk, "rolled.log").count(),
                        all);
                System.out.println(outage + "; first records " + millis + " ms after the disk was back; all " + all
                        + " records written, of them " + logged[Level.ERROR.ordinal()] + " ERROR");
                second.end();
            }
        }

        /** Leaves a little of the disk. */
        private static Path ballast(Path disk) throws IOException {
            FileStore store = Files.getFileStore(disk);
            return Files.write(disk.resolve("ballast"), new byte[(int) store.getUsableSpace() - LEFT_BYTES]);
        }

        /** 5 % ERROR. */
        private void log(Logger logger) {
            long begun = System.nanoTime();
            for (int i = 0; !ended; i++) {
                Level level = i % 20 == 0 ? Level.ERROR : Level.INFO;
                logger.log(level, "order {} of customer {}", i, "c-" + i % 977);
                logged[level.ordinal()]++;
                long next = begun + TimeUnit.SECONDS.toNanos(1) * (i + 1) / PER_SECOND;
                while (System.nanoTime() - next < 0) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        }

        private static long written(Weir weir, String handler) {
            return weir.stats().written(handler, Level.INFO);
        }

        private static long failures(Weir weir, String handler) {
            return weir.stats().failures(handler);
        }

        private static String outage(Stats stats) {
            return "file failed " + stats.failures("file") + " times, " + pending(stats, "file")
                    + " records wait; collector failed " + stats.failures("collector") + " times, "
                    + pending(stats, "collector") + " records wait";
        }

        private static long pending(Stats stats, String handler) {
            return stats.pending(handler, Level.INFO) + stats.pending(handler, Level.ERROR);
        }

        private void requireWritten(Stats stats, Level level) {
            for (String handler : stats.handlerNames()) {
                requireSame(handler + " dropped " + level, stats.dropped(handler, level), 0);
                requireSame(handler + " wrote " + level, stats.written(handler, level), logged[level.ordinal()]);
            }
        }

        private static void requireSame(String what, long value, long expected) {
            if (value != expected) {
                throw new AssertionError(what + ": " + value + " (expected: " + expected + ")");
            }
        }
    }
}
