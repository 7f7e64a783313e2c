package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Compression;
import dev.weir.handler.FileHandler;
import dev.weir.handler.RotatingFileHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Disks that fail for seconds in other ways than by being full, see {@link FullDiskTest}, while records come all the time: callers do
 * not notice, what was logged waits, and when the disk is back, all of it is written, from the first second on and in whole lines.
 */
@Timeout(180)
class DiskFaultsTest {
    private static final int NOT_TO_BE_HAD_HERE = 77;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LONGEST_RETURN_MILLIS = 1_500; // a second, and patience with a busy machine

    @TempDir
    Path directory;

    /** The kernel's own answers to the writing calls of a process, by strace. */
    @ParameterizedTest
    @ValueSource(strings = {"EIO", "EROFS", "EDQUOT"})
    void anErrorOfTheDeviceLosesAndDoublesNothing(String error) throws Exception {
        assumeTrue(runs("strace", "-V"), "no strace here");

        Jvm.Result result = run(List.of(), error);

        assertThat(Files.readAllLines(directory.resolve("disk/app.log"))).containsExactlyElementsOf(numbers(result, 0));
        assertThat(Lines.ofRotated(directory.resolve("disk"), "rolled.log"))
                .containsExactlyElementsOf(numbers(result, 0));
    }

    /** What stands for the directory meanwhile is empty and cannot be written. */
    @Test
    void aDirectoryThatIsReadOnlyForAWhileLosesAndDoublesNothing() throws Exception {
        List<String> unshared = List.of("unshare", "--map-root-user", "--mount");
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                runs(Stream.concat(unshared.stream(), Stream.of("mount", "-t", "tmpfs", "tmpfs", disk.toString()))
                        .toArray(String[]::new)),
                "nothing can be mounted in a namespace of one's own");

        Jvm.Result result = run(unshared, "mount");

        assertThat(result.stderr()).anyMatch(line -> line.contains("Read-only file system"));
        assertThat(Files.readAllLines(directory.resolve("disk/app.log"))).containsExactlyElementsOf(numbers(result, 0));
        assertThat(Lines.ofRotated(directory.resolve("disk"), "rolled.log"))
                .containsExactlyElementsOf(numbers(result, 0));
    }

    /** What was in it is gone, and nothing more. */
    @Test
    void aDirectoryThatIsDeletedAndMadeAgainGetsAllFromThenOn() throws Exception {
        Jvm.Result result = run(List.of(), "delete");

        for (List<String> lines : List.of(
                Files.readAllLines(directory.resolve("disk/app.log")),
                Lines.ofRotated(directory.resolve("disk"), "rolled.log").toList())) {
            int first = Integer.parseInt(lines.get(0));
            assertThat(first).isPositive();
            assertThat(lines).containsExactlyElementsOf(numbers(result, first));
        }
    }

    /** Numbers from a first one to what the process said it has logged. */
    private static List<String> numbers(Jvm.Result result, int first) {
        int logged = Integer.parseInt(result.stdout().get(0));
        return IntStream.range(first, logged).mapToObj(Integer::toString).toList();
    }

    private Jvm.Result run(List<String> within, String fault) throws Exception {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        Jvm.Result result = Jvm.of(directory, Main.class, disk.toString(), fault)
                .within(within)
                .run();
        assumeTrue(result.exit() != NOT_TO_BE_HAD_HERE, "this fault cannot be had here");
        assertThat(result.exit()).as(result.toString()).isZero();
        System.out.println(fault + ": " + result.stdout().get(1));
        return result;
    }

    private boolean runs(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("tried").toFile())
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    /** What happens to the disk. */
    private interface Fault {
        void begin() throws Exception;

        void end() throws Exception;
    }

    private static Fault fault(String name, Path disk) {
        return switch (name) {
            case "mount" ->
                new Fault() {
                    @Override
                    public void begin() throws Exception {
                        command("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", disk.toString());
                    }

                    @Override
                    public void end() throws Exception {
                        command("umount", disk.toString());
                    }
                };
            case "delete" ->
                new Fault() {
                    @Override
                    public void begin() throws Exception {
                        command("rm", "-r", disk.toString());
                    }

                    @Override
                    public void end() throws Exception {
                        Files.createDirectory(disk);
                    }
                };
            default -> new Errors(name, disk);
        };
    }

    private static void command(String... command) throws Exception {
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + exit);
        }
    }

    /** Attaches itself to this process, and lets go again. */
    private static final class Errors implements Fault {
        private final List<String> command;
        private Process strace;

        Errors(String error, Path disk) {
            command = List.of(
                    "strace",
                    "-f",
                    "-q",
                    "-o",
                    "/dev/null",
                    "-P",
                    disk.resolve("app.log").toString(),
                    "-P",
                    disk.resolve("rolled.log").toString(),
                    "-e",
                    "trace=write,ftruncate,fsync",
                    "-e",
                    "inject=write,ftruncate,fsync:error=" + error,
                    "-p",
                    Long.toString(ProcessHandle.current().pid()));
        }

        @Override
        public void begin() throws Exception {
            strace = new ProcessBuilder(command).inheritIO().start();
            if (strace.waitFor(1, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(NOT_TO_BE_HAD_HERE);
            }
        }

        @Override
        public void end() throws Exception {
            strace.destroy();
            strace.waitFor();
        }
    }

    /** Logs numbers, has the disk fail and come back, and says how many it has logged. */
    static final class Main {
        private static final int PER_SECOND = 500;
        private static final int FAILURES = 6;
        private static final long OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(2);
        private static final long LONGEST_CALL_MILLIS =
                500; // of a machine that is busy; a call that waits takes seconds

        private volatile boolean ended;
        private int logged;
        private long longestNanos;

        private Main() {}

        public static void main(String[] arguments) throws Exception {
            new Main().run(Path.of(arguments[0]), fault(arguments[1], Path.of(arguments[0])));
        }

        private void run(Path disk, Fault fault) throws Exception {
            TextFormatter format = TextFormatter.of("%(message)s");
            Weir weir = Weir.builder()
                    .handler("file", FileHandler.of(disk.resolve("app.log"), format))
                    .handler(
                            "rotating",
                            RotatingFileHandler.builder(disk.resolve("rolled.log"))
                                    .formatter(TextFormatter.of("%(message)s"))
                                    .size(3000)
                                    .compress(Compression.GZIP)
                                    .build())
                    .start();
            Thread load = new Thread(() -> log(weir.loggerOf("any")), "load");
            load.start();
            await().atMost(PATIENCE).until(() -> written(weir, "file") > 500 && written(weir, "rotating") > 500);

            fault.begin();
            long begun = System.nanoTime();
            await().atMost(PATIENCE)
                    .until(() -> System.nanoTime() - begun > OUTAGE_NANOS
                            && weir.stats().failures("file") >= FAILURES
                            && weir.stats().failures("rotating") >= FAILURES);
            long fileBefore = written(weir, "file");
            long rotatingBefore = written(weir, "rotating");
            fault.end();
            long back = System.nanoTime();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> written(weir, "file") > fileBefore && written(weir, "rotating") > rotatingBefore);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back);

            ended = true;
            load.join();
            require(weir.close(PATIENCE).complete(), "not complete: " + weir.stats());
            require(millis <= LONGEST_RETURN_MILLIS, "the first record after the outage took " + millis + " ms");
            long longestMillis = TimeUnit.NANOSECONDS.toMillis(longestNanos);
            require(longestMillis < LONGEST_CALL_MILLIS, "a call took " + longestMillis + " ms");
            Stats stats = weir.stats();
            for (String handler : stats.handlerNames()) {
                require(stats.written(handler, Level.INFO) == logged, handler + " has not written all: " + stats);
            }
            System.out.println(logged);
            System.out.println(stats.failures("file") + " and " + stats.failures("rotating")
                    + " failures; first records " + millis + " ms after the disk was back; longest call "
                    + TimeUnit.NANOSECONDS.toMicros(longestNanos) + " us");
        }

        private void log(Logger logger) {
            long begun = System.nanoTime();
            while (!ended) {
                long before = System.nanoTime();
                logger.info("{}", logged++);
                longestNanos = Math.max(longestNanos, System.nanoTime() - before);
                long next = begun + TimeUnit.SECONDS.toNanos(1) * logged / PER_SECOND;
                while (System.nanoTime() - next < 0) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        }

        private static long written(Weir weir, String handler) {
            return weir.stats().written(handler, Level.INFO);
        }
    }

    private static void require(boolean what, String otherwise) {
        if (!what) {
            throw new AssertionError(otherwise);
        }
    }

    // a pipe in the place of a file

    @Test
    void aPipeHoldsUpNobodyWhoeverReadsIt() throws Exception {
        Path pipe = directory.resolve("app.log");
        assumeTrue(runs("mkfifo", pipe.toString()), "no pipes here");

        Jvm.Result result = Jvm.of(directory, Piped.class, pipe.toString()).run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stderr())
                .anyMatch(line -> line.contains("handler file failed to write"))
                .anyMatch(line -> line.contains("Broken pipe"));
    }

    /** Logs to a pipe that nobody reads, then somebody, then nobody, then somebody, then nobody. */
    static final class Piped {
        private static final long LONGEST_CLOSE_MILLIS = 2_000;
        private final Path pipe;
        private final Weir weir;
        private int logged;

        private Piped(Path pipe) {
            this.pipe = pipe;
            weir = Weir.builder()
                    .handler("file", FileHandler.of(pipe, TextFormatter.of("%(message)s")))
                    .start();
        }

        public static void main(String[] arguments) throws Exception {
            new Piped(Path.of(arguments[0])).run();
        }

        private void run() throws Exception {
            log(1000);
            require(written() == 0, "somebody reads it");
            List<Integer> first = read();
            await().atMost(PATIENCE).until(() -> {
                log(1);
                return weir.stats().failures("file") > 3;
            });
            log(100);
            List<Integer> second = read();
            require(first.equals(IntStream.range(0, 1000).boxed().toList()), "at first: " + first);
            int from = second.get(0);
            require(
                    second.stream()
                            .distinct()
                            .toList()
                            .equals(IntStream.range(from, logged).boxed().toList()),
                    "then from " + from + " of " + logged + ": " + second);
            log(1000);
            long begun = System.nanoTime();
            weir.close(Duration.ofMillis(500));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            require(millis < LONGEST_CLOSE_MILLIS, "the end took " + millis + " ms");
            Stats stats = weir.stats();
            require(
                    stats.written("file", Level.INFO) + stats.dropped("file", Level.INFO) == logged,
                    "not all is counted: " + stats);
        }

        private void log(int records) {
            long begun = System.nanoTime();
            Logger logger = weir.loggerOf("any");
            for (int i = 0; i < records; i++) {
                logger.info("{}", logged++);
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            require(millis < LONGEST_RETURN_MILLIS, "the calls took " + millis + " ms");
        }

        private long written() {
            return weir.stats().written("file", Level.INFO);
        }

        /** Whole lines, until the last one logged comes; and goes away. */
        private List<Integer> read() throws IOException {
            List<Integer> numbers = new ArrayList<>();
            long begun = System.nanoTime();
            try (BufferedReader reader = Files.newBufferedReader(pipe)) {
                while (numbers.isEmpty() || numbers.get(numbers.size() - 1) != logged - 1) {
                    String line = reader.readLine();
                    if (numbers.isEmpty()) {
                        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                        require(millis < LONGEST_RETURN_MILLIS, "the first line took " + millis + " ms");
                    }
                    if (!line.isEmpty()) {
                        numbers.add(Integer.parseInt(line));
                    }
                }
            }
            return numbers;
        }
    }
}
