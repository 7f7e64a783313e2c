package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler that hangs hurts itself and, if it blocks, the callers of its own routes. */
class IsolationTest {
    /** Never returns from {@code emit} until it is let go. */
    private static final class Hanging implements Handler {
        final CountDownLatch letGo;

        Hanging() {
            this(new CountDownLatch(1));
        }

        Hanging(CountDownLatch letGo) {
            this.letGo = letGo;
        }

        @Override
        public boolean emit(LogRecord record) {
            boolean interrupted = false;
            while (letGo.getCount() > 0) {
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return !interrupted;
        }

        @Override
        public void flush() {}
    }

    private static final long BACKLOG = 1 << 20;

    @Test
    void aBlockingHandlerThatHangsStopsItsOwnRouteOnly() throws InterruptedException {
        Hanging hanging = new Hanging();
        NullHandler free = new NullHandler();
        Weir weir = builder(free)
                .handler(
                        "hanging",
                        hanging,
                        options -> options.overflow(OverflowPolicy.BLOCK).backlog(BACKLOG))
                .logger("sick", options -> options.handlers("hanging").propagate(false))
                .start();
        Logger sick = weir.loggerOf("sick");
        Logger well = weir.loggerOf("well");
        AtomicLong gotThrough = new AtomicLong();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                while (hanging.letGo.getCount() > 0) {
                    sick.info("to the sick one {}", "0123456789".repeat(20));
                    gotThrough.incrementAndGet();
                }
            });
            thread.setDaemon(true);
            thread.start();
            waiting.add(thread);
        }

        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long logged = 0;
        while (System.nanoTime() < until) {
            well.error("through");
            well.debug("through");
            logged++;
            if (logged % 64 == 0) {
                assertThat(weir.flush(Duration.ofMillis(1)).dropped()).isZero();
            }
        }

        Stats stats = weir.stats();
        assertThat(stats.refused(Level.ERROR)).isZero();
        assertThat(stats.refused(Level.DEBUG)).isZero();
        assertThat(stats.emitted(Level.ERROR)).isEqualTo(logged);
        assertThat(stats.pending("hanging", Level.INFO)).isPositive();
        assertThat(stats.usedBytes()).isLessThanOrEqualTo(stats.capacityBytes());
        waiting.forEach(
                thread -> assertThat(thread.getState()).isIn(Thread.State.TIMED_WAITING, Thread.State.RUNNABLE));
        long before = gotThrough.get();
        long begun = System.nanoTime();
        PipelineSettingsForTest.install(weir, builder(free).logger("sick", options -> options.propagate(false)));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
        hanging.letGo.countDown();
        for (Thread thread : waiting) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(gotThrough.get()).isGreaterThanOrEqualTo(before);
        weir.close(Duration.ofSeconds(5));
    }

    /** Lets its caller wait for what it has written. */
    private static final class Paced implements Handler {
        final Semaphore written = new Semaphore(0);

        @Override
        public boolean emit(LogRecord record) {
            written.release();
            return true;
        }

        @Override
        public void flush() {}
    }

    @Test
    @Timeout(60)
    void handlersThatHangWithAllTheMemoryThereIsLeaveOtherRoutesAlone() throws InterruptedException {
        int batch = 100;
        int lapsOfTheRing = 10_000;
        CountDownLatch letGo = new CountDownLatch(1);
        Paced paced = new Paced();
        PipelineBuilder builder = Weir.builder()
                .queueCapacity(1 << 20)
                .handler("well", paced, options -> options.backlog(32 << 10))
                .handler("blocking", new Hanging(letGo), options -> options.overflow(OverflowPolicy.BLOCK))
                .logger("well", options -> options.handlers("well").propagate(false))
                .logger("blocking", options -> options.handlers("blocking").propagate(false))
                .logger(
                        "dropping",
                        options -> options.level(Level.DEBUG)
                                .handlers("dropping0", "dropping1", "dropping2", "dropping3")
                                .propagate(false));
        for (int i = 0; i < 4; i++) {
            builder.handler("dropping" + i, new Hanging(letGo));
        }
        Weir weir = builder.start();
        Logger well = weir.loggerOf("well");
        Logger blocking = weir.loggerOf("blocking");
        Logger dropping = weir.loggerOf("dropping");
        do {
            for (int i = 0; i < batch; i++) {
                dropping.debug("until the backlogs are full");
            }
        } while (!allHaveDropped(weir.stats()));
        AtomicLong gotThrough = new AtomicLong();
        Thread waiting = new Thread(() -> {
            while (letGo.getCount() > 0) {
                blocking.error("as far as the gate opens");
                gotThrough.incrementAndGet();
            }
        });
        waiting.setDaemon(true);
        waiting.start();

        long before = 0;
        for (int sinceStandstill = 0; sinceStandstill < lapsOfTheRing; sinceStandstill += batch) {
            for (int i = 0; i < batch; i++) {
                well.warn("through");
            }
            assertThat(weir.stats().refused(Level.WARN)).isZero();
            assertThat(paced.written.tryAcquire(batch, 10, TimeUnit.SECONDS)).isTrue();
            long now = gotThrough.get();
            if (now == 0 || now != before) {
                sinceStandstill = 0;
            }
            before = now;
        }

        letGo.countDown();
        waiting.join();
        weir.close(Duration.ofSeconds(5));
    }

    private static boolean allHaveDropped(Stats stats) {
        return IntStream.range(0, 4).allMatch(i -> stats.dropped("dropping" + i, Level.DEBUG) > 0);
    }

    private static PipelineBuilder builder(NullHandler free) {
        return Weir.builder()
                .queueCapacity(8 << 20)
                .handler("free", free)
                .root(options -> options.level(Level.DEBUG).handlers("free"));
    }

    @Test
    void aHandlerThatHangsIsAbandonedAtTheDeadlineAndItsRecordsAreCounted() {
        Hanging hanging = new Hanging();
        Weir weir = Weir.builder().handler("hanging", hanging).start();
        Logger logger = weir.loggerOf("any");
        for (int i = 0; i < 100_000; i++) {
            logger.info("record {}", i);
        }

        DrainResult result = weir.close(Duration.ofMillis(300));

        Stats stats = weir.stats();
        assertThat(stats.emitted(Level.INFO)).isEqualTo(100_000);
        assertThat(stats.dropped("hanging", Level.INFO) + stats.refused(Level.INFO))
                .isEqualTo(100_000);
        assertThat(result.left()).isZero();
        hanging.letGo.countDown();
    }

    @Test
    void aSlowHandlerThatRunsOutOfTimeWritesTheSevereRecordsFirst() {
        Handler slow = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder().queueCapacity(2 << 20).handler("slow", slow).start();
        Logger logger = weir.loggerOf("any");
        for (int i = 0; i < 10_000; i++) {
            logger.info("record {}", i);
        }
        for (int i = 0; i < 20; i++) {
            logger.error("severe {}", i);
        }

        weir.close(Duration.ofMillis(800));

        Stats stats = weir.stats();
        assertThat(stats.written("slow", Level.ERROR)).isEqualTo(20);
        assertThat(stats.dropped("slow", Level.INFO)).isPositive();
    }

    @Test
    void callsAfterTheEndAreRefusedAndCounted() {
        Weir weir = Weir.builder().handler("null", new NullHandler()).start();
        Logger logger = weir.loggerOf("any");
        weir.close(Duration.ofSeconds(5));

        logger.info("too late");

        assertThat(weir.stats().refused(Level.INFO)).isOne();
        assertThat(weir.close(Duration.ofSeconds(5)).left()).isZero();
    }
}
