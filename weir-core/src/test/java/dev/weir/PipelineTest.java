package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.format.TextFormatter;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    /** Keeps what it gets, and checks the order of each thread's numbers. */
    private static final class Numbers implements Handler {
        final long[] next;
        final List<String> faults = new ArrayList<>();
        final boolean gapsAllowed;
        volatile long count;
        long delayNanos;

        Numbers(int threads, boolean gapsAllowed) {
            next = new long[threads];
            this.gapsAllowed = gapsAllowed;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate")
        public boolean emit(LogRecord record) {
            if (record.isSynthetic()) {
                return true; // of the losses, which the account has too
            }
            List<Object> arguments = new ArrayList<>(record.arguments());
            int thread = (int) (long) (Long) arguments.get(0);
            long number = (Long) arguments.get(1);
            if (gapsAllowed ? number < next[thread] : number != next[thread]) {
                faults.add("thread " + thread + ": " + number + " instead of " + next[thread]);
            }
            next[thread] = number + 1;
            count++;
            if (delayNanos > 0) {
                long until = System.nanoTime() + delayNanos;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            }
            return true;
        }

        @Override
        public void flush() {}
    }

    private static void logNumbers(Weir weir, int threads, int each) throws InterruptedException {
        Logger logger = weir.loggerOf("numbers");
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Long thread = (long) t;
            Thread started = new Thread(() -> {
                for (long i = 0; i < each; i++) {
                    logger.info("{} {}", thread, i);
                }
            });
            started.start();
            running.add(started);
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    @Test
    void keepsEveryRecordInItsThreadsOrderUnderBlock() throws Exception {
        Path file = directory.resolve("numbers.log");
        Weir weir = Weir.builder()
                .handler(
                        "file",
                        FileHandler.of(file, TextFormatter.of("%(message)s")),
                        options -> options.overflow(OverflowPolicy.BLOCK))
                .start();

        logNumbers(weir, 8, 500_000);

        DrainResult result = weir.close(SOON);
        assertThat(result.dropped()).isZero();
        assertThat(result.left()).isZero();
        assertThat(weir.stats().emitted(Level.INFO)).isEqualTo(4_000_000);
        assertThat(weir.stats().written("file", Level.INFO)).isEqualTo(4_000_000);
        assertThat(weir.stats().routed("file", Level.INFO)).isEqualTo(4_000_000);
        long[] next = new long[8];
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> {
                int space = line.indexOf(' ');
                int thread = Integer.parseInt(line.substring(0, space));
                long number = Long.parseLong(line.substring(space + 1));
                assertThat(number).isEqualTo(next[thread]++);
            });
        }
        assertThat(Arrays.stream(next).allMatch(n -> n == 500_000)).isTrue();
    }

    @Test
    void countsWhatASlowHandlerDropsToTheRecord() throws Exception {
        Numbers slow = new Numbers(8, true);
        slow.delayNanos = 2_000;
        Weir weir = Weir.builder().queueCapacity(1 << 20).handler("slow", slow).start();

        logNumbers(weir, 8, 500_000);

        weir.close(SOON);
        Stats stats = weir.stats();
        assertThat(slow.faults).isEmpty();
        assertThat(stats.emitted(Level.INFO)).isEqualTo(4_000_000);
        assertThat(stats.written("slow", Level.INFO)).isEqualTo(slow.count);
        assertThat(stats.written("slow", Level.INFO) + stats.dropped("slow", Level.INFO) + stats.refused(Level.INFO))
                .isEqualTo(4_000_000);
        assertThat(stats.pending("slow", Level.INFO)).isZero();
    }

    @Test
    void carriesAThousandInstallationsWithoutLossOrDouble() throws Exception {
        Numbers kept = new Numbers(4, false);
        List<Numbers> replaced = new ArrayList<>();
        Weir weir = startNumbers(kept, replaced);
        Logger logger = weir.loggerOf("numbers");
        CountDownLatch stop = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        long[] logged = new long[4];
        for (int t = 0; t < 4; t++) {
            int thread = t;
            Thread started = new Thread(() -> {
                long i = 0;
                while (stop.getCount() > 0) {
                    logger.info("{} {}", (long) thread, i++);
                }
                logged[thread] = i;
            });
            started.start();
            threads.add(started);
        }

        for (int i = 0; i < 1_000; i++) {
            PipelineSettingsForTest.install(weir, builder(kept, replaced));
        }

        stop.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        DrainResult result = weir.close(SOON);
        assertThat(kept.faults).isEmpty();
        assertThat(kept.next).containsExactly(logged);
        assertThat(result.dropped()).isZero();
        long sum = replaced.stream().mapToLong(numbers -> numbers.count).sum();
        assertThat(sum).isEqualTo(Arrays.stream(logged).sum());
    }

    private static Weir startNumbers(Numbers kept, List<Numbers> replaced) {
        return builder(kept, replaced).start();
    }

    private static PipelineBuilder builder(Numbers kept, List<Numbers> replaced) {
        Numbers next = new Numbers(4, true);
        replaced.add(next);
        return Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("kept", kept)
                .handler("replaced", next);
    }

    @Test
    void cutsARecordToWhatASmallRingCanTake() {
        List<Integer> lengths = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        Weir weir = Weir.builder()
                .queueCapacity(512 << 10)
                .handler("a", new Handler() {
                    @Override
                    public boolean emit(LogRecord record) {
                        lengths.add(record.length());
                        messages.add(record.message());
                        return true;
                    }

                    @Override
                    public void flush() {}
                })
                .start();
        Logger logger = weir.loggerOf("any");

        for (int i = 0; i < 100; i++) {
            logger.error("{}", "x".repeat(60_000));
            assertThat(weir.flush(SOON).complete()).isTrue();
        }

        weir.close(SOON);
        assertThat(lengths).hasSize(100).allSatisfy(length -> assertThat(length).isLessThanOrEqualTo(4096));
        assertThat(messages).allSatisfy(message -> assertThat(message).endsWith("[truncated]"));
        assertThat(weir.stats().toJson()).contains("\"truncations\": 100");
    }

    @Test
    void failsNobodyWhenAHandlerThrows() throws IOException {
        Weir weir = Weir.builder()
                .handler("bad", new Handler() {
                    @Override
                    public boolean emit(LogRecord record) {
                        throw new IllegalStateException("bad");
                    }

                    @Override
                    public void flush() {}
                })
                .start();

        weir.loggerOf("a").info("x");

        assertThat(weir.flush(SOON).complete()).isTrue();
        assertThat(weir.stats().dropped("bad", Level.INFO)).isOne();
        weir.close(SOON);
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck")
    void itsThreadsDoNotInheritThePriorityOfWhoStartsIt() throws InterruptedException {
        Map<String, Integer> priorities = new ConcurrentHashMap<>();
        Thread starter = new Thread(() -> {
            Weir weir = Weir.builder().handler("prio", new NullHandler()).start();
            Thread.getAllStackTraces().keySet().forEach(each -> priorities.put(each.getName(), each.getPriority()));
            weir.close(Duration.ofSeconds(10));
        });
        starter.setPriority(Thread.MIN_PRIORITY);

        starter.start();
        starter.join();

        assertThat(priorities).containsEntry("weir-prio", Thread.NORM_PRIORITY);
    }
}
