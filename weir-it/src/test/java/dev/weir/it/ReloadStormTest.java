package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.ReloadResult;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reloads one after the other while 20,000 numbered records a second go to three handlers: one that is kept, one that is changed, and one that
 * is removed and added under another name, both in the same file. Every second configuration is wrong. Four of five are asked for by the
 * program, the others by an edit, a renaming, the swap of a link and SIGHUP in turn, each of which is awaited. In a process of its
 * own, as only such a one is configured by a file. {@code -Dweir.reloads=1000} for the long run, of about a minute. Figures are printed.
 */
@Timeout(300)
class ReloadStormTest {
    private static final int RELOADS = Integer.getInteger("weir.reloads", 60);
    /** How far apart their beginnings are at least. */
    private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @TempDir
    Path directory;

    @Test
    void nothingIsLostOrDoubledAndNothingGrows() throws Exception {
        Path configurations = Files.createDirectory(directory.resolve("conf"));
        ConfigMap map = new ConfigMap(configurations);
        map.swap(Storm.configuration(0));

        Jvm.Result result = Jvm.of(directory, Storm.class, String.valueOf(RELOADS))
                .configuration(configurations.resolve("weir.yaml"))
                .options("-Xmx256m")
                .run();

        result.stdout().forEach(System.out::println);
        assertThat(result.stdout()).singleElement().asString().startsWith("reload storm: ");
        assertThat(result.exit()).isZero();
    }

    /** A directory as Kubernetes mounts it. */
    private static final class ConfigMap {
        private final Path directory;
        private int version;

        ConfigMap(Path directory) {
            this.directory = directory;
        }

        Path file() throws IOException {
            return directory.resolve("weir.yaml").toRealPath();
        }

        void edit(String text) throws IOException {
            Files.writeString(file(), text);
        }

        void rename(String text) throws IOException {
            Path other = Files.writeString(file().resolveSibling("new"), text);
            Files.move(other, file(), StandardCopyOption.ATOMIC_MOVE);
        }

        void swap(String text) throws IOException {
            Path before = version == 0 ? null : file().getParent();
            Path next = Files.createDirectory(directory.resolve("..2026_" + version++));
            Files.writeString(next.resolve("weir.yaml"), text);
            Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
            Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            if (before == null) {
                Files.createSymbolicLink(directory.resolve("weir.yaml"), Path.of("..data", "weir.yaml"));
            } else {
                Files.delete(before.resolve("weir.yaml"));
                Files.delete(before);
            }
        }
    }

    /** How a reload is asked for. */
    private enum By {
        API,
        EDIT,
        RENAMING,
        SWAP,
        SIGHUP
    }

    /** What runs in the process. */
    static final class Storm {
        private static final int THREADS = 2;
        private static final int RECORDS_A_MILLISECOND = 10;
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        private final Weir weir = Weir.current();
        private final ConfigMap map = new ConfigMap(Path.of("conf"));
        private final int[] asked = new int[By.values().length];
        private int refused;
        private volatile boolean stopped;

        public static void main(String[] arguments) throws Exception {
            new Storm().run(Integer.parseInt(arguments[0]));
        }

        /** Number 0 is right, and so is every second one; the changed handler says in each line of which it is. */
        static String configuration(int number) {
            String changed = "{ type: file, path: changed.log, formatter: { type: text, format: \"" + number
                    + " %(message)s\" } }";
            String wrong = List.of(
                            "unknown-" + mark(number) + ": 1\n",
                            "root: { level: " + mark(number) + " }\n",
                            "queue: { capacity: " + mark(number) + " }\n",
                            "")
                    .get(number / 2 % 4);
            String unable =
                    number % 8 == 7 ? "  unable: { type: file, path: nowhere-" + mark(number) + "/app.log }\n" : "";
            return "reload-on: [file, sighup]\n"
                    + (number % 2 == 0 ? "" : wrong)
                    + (number % 8 == 5 ? "" : "queue: { capacity: 32MiB }\n")
                    + "formatters: { plain: { type: text, format: \"%(message)s\" } }\n"
                    + "handlers:\n"
                    + "  kept: { type: file, path: kept.log, formatter: plain }\n"
                    + "  changed: " + changed + "\n"
                    + "  added" + number + ": { type: file, path: added.log, formatter: plain }\n"
                    + unable;
        }

        /** By which a message is known to be of a configuration. */
        private static String mark(int number) {
            return "x" + number + "x";
        }

        private void run(int reloads) throws Exception {
            List<long[]> counts = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long[] count = new long[1];
                counts.add(count);
                threads.add(start(i, count));
            }
            map.version = 1;
            int warm = Math.max(10, reloads / 10);
            Figures before = null;
            long begun = System.nanoTime();
            int last = 0;
            for (int number = 1; number <= reloads; number++) {
                long due = begun + number * APART_NANOS;
                change(number);
                last = number % 2 == 0 ? number : last;
                requireActive(last);
                if (number == warm) {
                    before = Figures.now(this::isSettled);
                }
                LockSupport.parkNanos(due - System.nanoTime());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            long atTheLast = weir.stats().emitted(Level.INFO);
            await(() -> weir.stats().emitted(Level.INFO) > atTheLast, "a record under the last configuration");
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
            Figures after = Figures.now(this::isSettled);
            requireActive(last);
            weir.close(PATIENCE);
            check(counts, last);
            print(reloads, seconds, counts, before, after);
        }

        private Thread start(int number, long[] count) {
            Logger logger = weir.loggerOf("storm");
            Thread thread = new Thread(() -> {
                long next = System.nanoTime();
                while (!stopped) {
                    for (int i = 0; i < RECORDS_A_MILLISECOND; i++) {
                        logger.info("{} {}", number, count[0]++);
                    }
                    next += TimeUnit.MILLISECONDS.toNanos(1);
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            });
            thread.start();
            return thread;
        }

        // reloads

        private void change(int number) throws Exception {
            By by = number % 5 == 0 ? By.values()[1 + number / 5 % 4] : By.API;
            String text = configuration(number);
            boolean right = number % 2 == 0;
            asked[by.ordinal()]++;
            refused += right ? 0 : 1;
            switch (by) {
                case API -> byProgram(number, text, right);
                case EDIT -> map.edit(text);
                case RENAMING -> map.rename(text);
                case SWAP -> map.swap(text);
                case SIGHUP -> {
                    map.rename(text);
                    require(
                            new ProcessBuilder(
                                                    "kill",
                                                    "-HUP",
                                                    String.valueOf(ProcessHandle.current()
                                                            .pid()))
                                            .start()
                                            .waitFor()
                                    == 0,
                            "no signal");
                }
            }
            if (by != By.API) {
                await(() -> right ? isActive(number) : isRefused(number), "reload " + number + " by " + by);
            }
        }

        private void byProgram(int number, String text, boolean right) throws IOException {
            map.rename(text);
            try {
                ReloadResult result = weir.reload();
                require(right, number + " is wrong, and was taken");
                boolean taken = result.added().contains("added" + number);
                // a watch may have been quicker with what was renamed before
                require(taken || isActive(number), result + " is of another reload than " + number);
            } catch (ConfigurationException e) {
                require(!right, number + " is right, and was refused: " + e.getMessage());
                require(e.getMessage().contains(mark(number)), e.getMessage() + " is not of " + number);
            }
        }

        private boolean isActive(int number) {
            return weir.stats().handlerNames().contains("added" + number);
        }

        private void requireActive(int number) {
            require(isActive(number), number + " is not active");
        }

        /** By what is told, since nobody else gets to know. */
        private boolean isRefused(int number) {
            return weir.diagnostics().stream()
                    .anyMatch(line -> line.startsWith("nothing has changed") && line.contains(mark(number)));
        }

        /** Whether those that were replaced have gone. */
        private boolean isSettled() {
            return weir.stats().handlerNames().size() == 3;
        }

        private static void await(BooleanSupplier condition, String what) {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!condition.getAsBoolean()) {
                require(System.nanoTime() < until, "in vain: " + what);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                System.out.println(otherwise);
                System.exit(1);
            }
        }

        // the account

        /** What may grow. */
        private record Figures(int threads, int descriptors, long heapBytes, long directBytes) {
            static Figures now(BooleanSupplier settled) throws IOException {
                await(settled, "handlers that leave");
                for (int i = 0; i < 3; i++) {
                    System.gc();
                }
                Runtime runtime = Runtime.getRuntime();
                try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                    return new Figures(
                            (int) Thread.getAllStackTraces().keySet().stream()
                                    .filter(thread -> thread.getName().startsWith("weir-"))
                                    .filter(thread -> !thread.getName().equals("weir-diagnostics"))
                                    .count(),
                            (int) open.count(),
                            runtime.totalMemory() - runtime.freeMemory(),
                            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                                    .filter(pool -> pool.getName().equals("direct"))
                                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                                    .sum());
                }
            }
        }

        private void check(List<long[]> counts, int last) {
            Stats stats = weir.stats();
            require(stats.refused(Level.INFO) == 0, "refused");
            require(stats.dropped("kept", Level.INFO) == 0, "dropped");
            check("kept.log", counts, 0);
            check("added.log", counts, 0);
            check("changed.log", counts, 1);
            String line = Jvm.lines(Path.of("changed.log")).get((int) total(counts) - 1);
            require(line.startsWith(last + " "), line + " is not of " + last);
        }

        private static long total(List<long[]> counts) {
            return counts.stream().mapToLong(count -> count[0]).sum();
        }

        /** Each thread's numbers, from the first to the last, each once; the versions before them never go back. */
        private static void check(String file, List<long[]> counts, int before) {
            long[] next = new long[counts.size()];
            int version = 0;
            try (Stream<String> lines = Files.lines(Path.of(file))) {
                for (String line : (Iterable<String>) lines::iterator) {
                    String[] parts = line.split(" ", -1);
                    int thread = Integer.parseInt(parts[before]);
                    require(
                            Long.parseLong(parts[before + 1]) == next[thread]++,
                            file + ": " + line + ", expected " + (next[thread] - 1));
                    int of = before == 0 ? 0 : Integer.parseInt(parts[0]);
                    require(of >= version, file + ": " + line + " after " + version);
                    version = of;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            for (int thread = 0; thread < next.length; thread++) {
                require(
                        next[thread] == counts.get(thread)[0],
                        file + " ends before the last of " + counts.get(thread)[0]);
            }
        }

        private void print(int reloads, double seconds, List<long[]> counts, Figures before, Figures after) {
            require(after.threads <= before.threads, "threads: " + before + ", then " + after);
            require(after.descriptors <= before.descriptors, "descriptors: " + before + ", then " + after);
            require(after.heapBytes - before.heapBytes < 4 << 20, "heap: " + before + ", then " + after);
            require(after.directBytes - before.directBytes < 1 << 20, "direct memory: " + before + ", then " + after);
            System.out.printf(
                    "reload storm: %d reloads in %.1f s, %d refused; by program %d, edit %d, renaming %d, swap %d, SIGHUP %d;"
                            + " %.0f records/s, each once in each of three files; threads %d, then %d, descriptors %d, then %d,"
                            + " heap %d KiB, then %d, direct memory %d KiB, then %d%n",
                    reloads,
                    seconds,
                    refused,
                    asked[0],
                    asked[1],
                    asked[2],
                    asked[3],
                    asked[4],
                    total(counts) / seconds,
                    before.threads,
                    after.threads,
                    before.descriptors,
                    after.descriptors,
                    before.heapBytes >> 10,
                    after.heapBytes >> 10,
                    before.directBytes >> 10,
                    after.directBytes >> 10);
        }
    }
}
