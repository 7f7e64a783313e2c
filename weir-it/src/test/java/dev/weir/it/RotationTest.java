package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Compression;
import dev.weir.handler.Handler;
import dev.weir.handler.RollPeriod;
import dev.weir.handler.RotatingFileHandler;
import dev.weir.record.LogRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Rotation under load: by size and by time, compressed, while somebody follows the file by its name. Figures are printed; {@code
 * -Dweir.rotated=2000000} writes more.
 */
@Timeout(300)
class RotationTest {
    private static final int THREADS = 4;
    private static final int RECORDS = Integer.getInteger("weir.rotated", 400_000);
    private static final int SIZE = 256 << 10;
    private static final int LARGE_LINES = 100_000;
    private static final String NAME = "app.log";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void everyRecordIsOnceInOneOfTheFilesInTheOrderOfItsThread() throws Exception {
        Path log = directory.resolve(NAME);
        Timed handler = new Timed(
                log,
                RotatingFileHandler.builder(log)
                        .formatter(TextFormatter.of("%(message)s"))
                        .size(SIZE)
                        .every(RollPeriod.MINUTE)
                        .pattern(NAME + ".%i")
                        .compress(Compression.GZIP)
                        .build());
        Weir weir = Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("file", handler)
                .start();
        Follower follower = new Follower(log);
        Thread following = new Thread(follower, "follower");
        following.start();

        log(weir);
        assertThat(weir.close(PATIENCE).complete()).isTrue();
        follower.ended = true;
        following.join();

        assertThat(names()).allMatch(name -> name.matches("app\\.log(\\.[0-9]+(\\.gz)?)?"));
        Numbers all = new Numbers();
        Lines.ofRotated(directory, NAME)
                .forEach(line -> assertThat(all.isNext(line)).as(line).isTrue());
        assertThat(all.next).containsOnly(RECORDS / THREADS);
        assertThat(follower.wrong).isEmpty();
        assertThat(follower.lines).isPositive();
        assertThat(handler.rolls).isNotEmpty();
        System.out.println(handler + "; a follower by name saw " + follower.lines + " of " + RECORDS + " lines");
    }

    /** A file that takes seconds to compress, whose process ends within some milliseconds. */
    @Test
    void aCloseWithoutTimeLeavesTheLogAndItsRolledFilesAlone() throws Exception {
        Path log = directory.resolve(NAME);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log))) {
            Random random = new Random(1);
            byte[] line = new byte[1 << 10];
            for (int i = 0; i < LARGE_LINES; i++) {
                random.nextBytes(line);
                for (int at = 0; at < line.length; at++) {
                    line[at] = (byte) ('a' + (line[at] & 15));
                }
                line[line.length - 1] = '\n';
                out.write(line);
            }
        }

        Jvm.Result result = Jvm.of(directory, Main.class).configuration("""
                version: 1
                handlers:
                  file: { type: file, path: app.log, formatter: { type: text, format: '%(message)s' },
                          rotate: { at-start: true, compress: gzip } }
                """).run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(names()).containsExactlyInAnyOrder("app.log", "app.log.1", "weir.yaml", "stdout", "stderr");
        assertThat(Jvm.lines(log)).containsExactly("one");
        assertThat(Lines.ofRotated(directory, NAME).distinct()).hasSize(LARGE_LINES + 1);
    }

    /** Logs a line, and ends at once when a compression has begun. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            LoggerFactory.getLogger("any").info("one");
            await().atMost(PATIENCE).until(() -> Files.exists(Path.of(".app.log.1.gz.tmp")));
            Weir.current().close(Duration.ofMillis(20));
            Runtime.getRuntime().halt(0);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void log(Weir weir) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(THREADS);
        for (int t = 0; t < THREADS; t++) {
            String name = Integer.toString(t);
            Logger logger = weir.loggerOf("load");
            new Thread(
                            () -> {
                                for (int i = 0; i < RECORDS / THREADS; i++) {
                                    logger.info("{} {} and a text of some length that ends here", name, i);
                                }
                                done.countDown();
                            },
                            "load-" + name)
                    .start();
        }
        assertThat(done.await(PATIENCE.toSeconds() * 4, TimeUnit.SECONDS)).isTrue();
    }

    /** What comes next of each thread. */
    private static final class Numbers {
        final Integer[] next = new Integer[THREADS];

        Numbers() {
            Arrays.fill(next, 0);
        }

        boolean isNext(String line) {
            return isWhole(line) && next[thread(line)]++ == number(line);
        }

        static boolean isWhole(String line) {
            return line.matches("[0-3] [0-9]+ and a text of some length that ends here");
        }

        static int thread(String line) {
            return line.charAt(0) - '0';
        }

        static int number(String line) {
            return Integer.parseInt(line.substring(2, line.indexOf(' ', 2)));
        }
    }

    /** Reads as {@code tail -F} does: to the end, and goes over to the next file of the name when there is one. */
    private static final class Follower implements Runnable {
        final List<String> wrong = new ArrayList<>();
        int lines;
        volatile boolean ended;
        private final Path log;
        private final int[] last = {-1, -1, -1, -1};
        private StringBuilder line = new StringBuilder();

        Follower(Path log) {
            this.log = log;
        }

        @Override
        public void run() {
            try {
                while (!ended) {
                    follow();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void follow() throws IOException {
            Object key = keyOf(log);
            if (key == null) {
                return;
            }
            try (InputStream in = Files.newInputStream(log)) {
                if (!key.equals(keyOf(log))) {
                    return; // rolled before it was opened
                }
                boolean leaving = false;
                while (!leaving) {
                    Object now = keyOf(log);
                    leaving = ended || (now != null && !now.equals(key));
                    read(in);
                    LockSupport.parkNanos(100_000);
                }
            } catch (NoSuchFileException rolled) {
                return;
            }
            if (line.length() > 0) {
                wrong.add("cut: " + line);
                line = new StringBuilder();
            }
        }

        private void read(InputStream in) throws IOException {
            byte[] bytes = in.readAllBytes();
            for (char c : new String(bytes, StandardCharsets.US_ASCII).toCharArray()) {
                if (c == '\n') {
                    see(line.toString());
                    line = new StringBuilder();
                } else {
                    line.append(c);
                }
            }
        }

        private void see(String seen) {
            lines++;
            if (!Numbers.isWhole(seen) || Numbers.number(seen) <= last[Numbers.thread(seen)]) {
                wrong.add(seen);
            } else {
                last[Numbers.thread(seen)] = Numbers.number(seen);
            }
        }
    }

    /** Null if there is none. */
    private static Object keyOf(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException rolled) {
            return null;
        }
    }

    /** Measures how long a flush takes, and which of them roll. */
    private static final class Timed implements Handler {
        final List<Long> rolls = new ArrayList<>();
        private final List<Long> others = new ArrayList<>();
        private final Path log;
        private final Handler handler;

        Timed(Path log, Handler handler) {
            this.log = log;
            this.handler = handler;
        }

        @Override
        public void prepare() throws IOException {
            handler.prepare();
        }

        @Override
        public void open() throws IOException {
            handler.open();
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            return handler.emit(record);
        }

        @Override
        public boolean shouldFlush(LogRecord record) {
            return handler.shouldFlush(record);
        }

        @Override
        public void flush() throws IOException {
            Object before = keyOf(log);
            long begun = System.nanoTime();
            handler.flush();
            long nanos = System.nanoTime() - begun;
            boolean rolled = before != null && !before.equals(keyOf(log));
            (rolled ? rolls : others).add(nanos);
        }

        @Override
        public void rollback() throws IOException {
            handler.rollback();
        }

        @Override
        public void upkeep() throws IOException {
            handler.upkeep();
        }

        @Override
        public void close(boolean abandoned) throws IOException {
            handler.close(abandoned);
        }

        @Override
        public long bytesWritten() {
            return handler.bytesWritten();
        }

        @Override
        public String toString() {
            return rolls.size() + " rolls paused the writer for " + micros(rolls) + "; " + others.size()
                    + " batches without one for " + micros(others);
        }

        private static String micros(List<Long> nanos) {
            return String.format(
                    Locale.ROOT,
                    "%.0f us (p50), %.0f us (p99.9)",
                    quantile(nanos, 0.5) / 1e3,
                    quantile(nanos, 0.999) / 1e3);
        }

        private static double quantile(List<Long> nanos, double share) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.isEmpty()
                    ? 0
                    : sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
        }
    }
}
