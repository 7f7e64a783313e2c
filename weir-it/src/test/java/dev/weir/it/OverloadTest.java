package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.BreakerState;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import dev.weir.testkit.CapturingHandler;
import dev.weir.testkit.StuckHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that are stuck, dead or broken, and what their callers and neighbours notice. Figures are printed. */
@Timeout(120)
class OverloadTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    // memory

    @Test
    void enormousRecordsPassAHungSinkInASmallHeap() throws Exception {
        Jvm.Result result =
                Jvm.of(directory, EnormousMain.class).options("-Xmx128m").run();

        assertThat(result.stderr()).noneMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stdout()).hasSize(1);
        System.out.println("memory: " + result.stdout().get(0));
    }

    /** Logs records of 100 KiB past a stuck handler. */
    static final class EnormousMain {
        private static final int RECORDS = 20_000;

        private EnormousMain() {}

        public static void main(String[] arguments) {
            StuckHandler stuck = new StuckHandler(new NullHandler());
            Weir weir = Weir.builder().handler("stuck", stuck).start();
            Logger logger = weir.loggerOf("any");
            String text = "x".repeat(100 * 1024);
            long most = 0;
            for (int i = 0; i < RECORDS; i++) {
                logger.log(i % 10 == 0 ? Level.ERROR : Level.INFO, text);
                if (i % 100 == 0) {
                    most = Math.max(most, weir.stats().usedBytes());
                }
            }
            Stats stats = weir.stats();
            if (most > stats.capacityBytes()) {
                throw new AssertionError("used " + most + " of " + stats.capacityBytes() + ": " + stats);
            }
            weir.close(Duration.ofMillis(300));
            System.out.println("used at most " + most + " of " + stats.capacityBytes() + " bytes");
            stuck.letGo();
        }
    }

    // a worker's death

    @Test
    void whateverEmitThrowsTheWorkerGoesOnWithinASecondAndLosesNothing() {
        for (Throwable thrown : List.of(
                new OutOfMemoryError("none left"),
                new StackOverflowError(),
                new LinkageError("of a class"),
                new IllegalStateException("a mistake"))) {
            CapturingHandler captured = new CapturingHandler();
            Dying dying = new Dying(captured, thrown);
            Weir weir = Weir.builder().handler("dying", dying).start();
            Logger logger = weir.loggerOf("any");
            for (int i = 0; i < 100; i++) {
                logger.info("number {}", i);
            }
            long begun = System.nanoTime();
            Awaitility.await().until(() -> captured.records().size() == 100);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            weir.close(SOON);

            assertThat(dying.died).hasValue(1);
            assertThat(weir.stats().failures("dying")).isOne();
            assertThat(weir.stats().written("dying", Level.INFO)).isEqualTo(100);
            assertThat(took).isLessThan(1000);
            System.out.println("worker's death by " + thrown.getClass().getSimpleName() + ": on after " + took + " ms");
        }
    }

    /** Interrupts its worker at each record, and throws once. */
    private static final class Dying implements Handler {
        final AtomicInteger died = new AtomicInteger();
        private final CapturingHandler handler;
        private final Throwable thrown;

        Dying(CapturingHandler handler, Throwable thrown) {
            this.handler = handler;
            this.thrown = thrown;
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            Thread.currentThread().interrupt();
            if (record.message().equals("number 42") && died.compareAndSet(0, 1)) {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }
            return handler.emit(record);
        }

        @Override
        public void flush() throws IOException {
            handler.flush();
        }

        @Override
        public void rollback() throws IOException {
            handler.rollback();
        }
    }

    // blocking

    @Test
    void noCallUnderBlockForTakesLongerThanItsTime() throws InterruptedException {
        long wait = TimeUnit.MILLISECONDS.toNanos(1);
        StuckHandler stuck = new StuckHandler(new NullHandler());
        Weir weir = Weir.builder()
                .queueCapacity(1 << 20)
                .handler(
                        "stuck",
                        stuck,
                        options -> options.overflow(
                                OverflowPolicy.blockFor(Duration.ofNanos(wait), Duration.ofMillis(900))))
                .start();
        Logger logger = weir.loggerOf("any");
        long[] calls = new long[800];
        long[] parks = new long[calls.length];
        Thread control = new Thread(() -> {
            for (int i = 0; i < parks.length; i++) {
                long begun = System.nanoTime();
                LockSupport.parkNanos(wait);
                parks[i] = System.nanoTime() - begun;
            }
        });
        while (weir.stats().dropped("stuck", Level.INFO) == 0) {
            logger.info("fills the backlog {}", "x".repeat(1000));
        }
        Thread caller = new Thread(
                () -> { // one that has not waited yet
                    for (int i = 0; i < calls.length; i++) {
                        long begun = System.nanoTime();
                        logger.info("number {}", i);
                        calls[i] = System.nanoTime() - begun;
                    }
                });
        control.start();
        caller.start();
        caller.join();
        control.join();
        stuck.letGo();
        weir.close(SOON);

        Arrays.sort(calls);
        Arrays.sort(parks);
        long call = calls[calls.length - 1];
        long park = parks[parks.length - 1];
        System.out.printf(
                "block-for 1 ms: longest call %.2f ms, median %.2f ms, longest parkNanos beside it %.2f ms%n",
                call / 1e6, calls[calls.length / 2] / 1e6, park / 1e6);
        assertThat(call).isLessThan(wait + TimeUnit.MILLISECONDS.toNanos(5) + Math.max(0, park - wait));
        assertThat(calls[calls.length / 2]).as("it did wait").isGreaterThan(wait / 2);
    }

    // the breaker

    @Test
    void aSinkThatIsDownIsTriedRarelyAndComesBack() {
        AtomicInteger attempts = new AtomicInteger();
        CapturingHandler captured = new CapturingHandler();
        Handler down = new Handler() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                return captured.emit(record);
            }

            @Override
            public void flush() throws IOException {
                if (attempts.incrementAndGet() <= 12) {
                    captured.rollback();
                    throw new IOException("down");
                }
                captured.flush();
            }

            @Override
            public void rollback() throws IOException {
                captured.rollback();
            }
        };
        BreakerPolicy policy = BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(50), Duration.ofMillis(200));
        Weir weir = Weir.builder()
                .handler("down", down, options -> options.breaker(policy))
                .start();
        Logger logger = weir.loggerOf("any");
        for (int i = 0; i < 1_000; i++) {
            logger.info("number {}", i);
        }
        Awaitility.await().until(() -> weir.stats().breaker("down") == BreakerState.OPEN);
        long begun = System.nanoTime();
        int before = attempts.get();
        Awaitility.await().until(() -> attempts.get() >= 12);
        double perMinute = (attempts.get() - before) * 60e9 / (System.nanoTime() - begun);

        assertThat(weir.flush(SOON).left()).isZero();
        assertThat(captured.records()).hasSize(1_000);
        assertThat(weir.stats().breakerEntered("down", BreakerState.OPEN)).isEqualTo(8);
        assertThat(weir.stats().breaker("down")).isEqualTo(BreakerState.CLOSED);
        System.out.printf("breaker: %.0f attempts a minute while open, at most %d%n", perMinute, 60_000 / 160);
        assertThat(perMinute).isLessThan(60_000.0 / 160 * 1.2);
        weir.close(SOON);
    }

    // who wakes late

    @Test
    void aWorkerThatWakesAfterItsBacklogWasEvictedWritesWhatIsLeftOnceAndInOrder() throws InterruptedException {
        CapturingHandler captured = new CapturingHandler();
        StuckHandler stuck = new StuckHandler(captured);
        Weir weir =
                Weir.builder().queueCapacity(1 << 20).handler("stuck", stuck).start();
        Logger logger = weir.loggerOf("any");
        logger.info("number {}", 0);
        assertThat(stuck.awaitStuck(SOON)).isTrue();
        int logged = 1;
        while (weir.stats().dropped("stuck", Level.INFO) < 1_000) {
            logger.info("number {}", logged++);
        }
        stuck.letGo();
        weir.close(SOON);

        List<Integer> numbers = captured.messages().stream()
                .filter(message -> message.startsWith("number "))
                .map(message -> Integer.valueOf(message.substring("number ".length())))
                .toList();
        Stats stats = weir.stats();
        assertThat(numbers).isSorted().doesNotHaveDuplicates().startsWith(0);
        assertThat(numbers).hasSize((int) stats.written("stuck", Level.INFO));
        assertThat(logged)
                .isEqualTo((int) (numbers.size() + stats.dropped("stuck", Level.INFO) + stats.refused(Level.INFO)));
    }
}
