package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that collect records before they flush. */
@Timeout(30)
class BatchingTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    /** Keeps the messages of each flush. */
    private static final class Batches implements Handler {
        final List<List<String>> flushed = new CopyOnWriteArrayList<>();
        final AtomicInteger failing = new AtomicInteger();
        private final List<String> open = new ArrayList<>();
        private final Duration delay;
        private final int most;

        Batches(Duration delay, int most) {
            this.delay = delay;
            this.most = most;
        }

        @Override
        public boolean emit(LogRecord record) {
            open.add(record.message());
            return true;
        }

        @Override
        public boolean shouldFlush(LogRecord record) {
            return open.size() >= most;
        }

        @Override
        public Duration flushDelay() {
            return delay;
        }

        @Override
        public void flush() throws IOException {
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("not now");
            }
            flushed.add(List.copyOf(open));
            open.clear();
        }

        @Override
        public void rollback() {
            open.clear();
        }

        List<String> all() {
            return flushed.stream().flatMap(List::stream).toList();
        }
    }

    private static Weir start(Batches batches) {
        return Weir.builder()
                .handler(
                        "batches",
                        batches,
                        options -> options.flushOn(Level.ERROR)
                                .breaker(BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(5), Duration.ofMillis(5))))
                .start();
    }

    private static List<String> log(Weir weir, int count) {
        List<String> messages = new ArrayList<>();
        Logger logger = weir.loggerOf("any");
        for (int i = 0; i < count; i++) {
            messages.add("number " + i);
            logger.info("number {}", i);
        }
        return messages;
    }

    @Test
    void aFullBatchIsFlushedAndTheRestWaits() {
        Batches batches = new Batches(LONG, 4);
        Weir weir = start(batches);

        List<String> messages = log(weir, 10);

        await().until(() -> batches.all().size() == 8);
        assertThat(batches.flushed).extracting(List::size).containsExactly(4, 4);
        assertThat(weir.stats().pending("batches", Level.INFO)).isEqualTo(2);
        weir.close(Duration.ofSeconds(5));
        assertThat(batches.all()).isEqualTo(messages);
    }

    @Test
    void theDelayEndsABatchThatIsNotFull() {
        Batches batches = new Batches(Duration.ofMillis(50), 1000);
        Weir weir = start(batches);

        long begun = System.nanoTime();
        log(weir, 3);

        await().until(() -> batches.all().size() == 3);
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(50));
        weir.close(Duration.ofSeconds(5));
    }

    @Test
    void whoWaitsForAFlushDoesNotWaitForTheDelay() {
        Batches batches = new Batches(LONG, 1000);
        Weir weir = start(batches);

        List<String> messages = log(weir, 3);
        DrainResult result = weir.flush(Duration.ofSeconds(5));

        assertThat(result.left()).isZero();
        assertThat(batches.all()).isEqualTo(messages);
        weir.close(Duration.ofSeconds(5));
    }

    @Test
    void aSevereRecordDoesNotWaitForOthers() {
        Batches batches = new Batches(LONG, 1000);
        Weir weir = start(batches);

        log(weir, 3);
        weir.loggerOf("any").error("now");

        await().until(() -> batches.all().size() == 4);
        weir.close(Duration.ofSeconds(5));
    }

    @Test
    void whatNoMoreFitsBehindIsFlushed() {
        Batches batches = new Batches(LONG, Integer.MAX_VALUE);
        Weir weir = start(batches);

        List<String> messages = log(weir, 20_000);

        await().until(() -> !batches.flushed.isEmpty());
        weir.close(Duration.ofSeconds(5));
        assertThat(batches.all()).isEqualTo(messages);
    }

    @Test
    void afterAFailureTheSameBatchComesAgain() {
        Batches batches = new Batches(LONG, 4);
        batches.failing.set(8);
        Weir weir = start(batches);

        List<String> messages = log(weir, 10);

        await().until(() -> batches.all().size() >= 8);
        weir.close(Duration.ofSeconds(5));
        assertThat(batches.all()).isEqualTo(messages);
        assertThat(weir.stats().failures("batches")).isEqualTo(8);
        assertThat(weir.stats().breakerEntered("batches", BreakerState.OPEN)).isPositive();
        assertThat(weir.stats().breaker("batches")).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aCallThatIsTooSlowCountsAsAFailureAndIsTold() {
        AtomicInteger calls = new AtomicInteger();
        Handler slow = new Handler() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                if (calls.getAndIncrement() == 0) {
                    try {
                        TimeUnit.MILLISECONDS.sleep(500);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder()
                .handler(
                        "slow",
                        slow,
                        options -> options.breaker(
                                BreakerPolicy.DEFAULT.withFailures(1).withSlow(Duration.ofMillis(100))))
                .start();

        log(weir, 1);
        await().until(() -> weir.stats().written("slow", Level.INFO) == 1);

        await().until(() -> weir.stats().breaker("slow") == BreakerState.OPEN);
        assertThat(weir.diagnostics().toString()).contains("handler slow has been in one call for");
        weir.close(Duration.ofSeconds(5));
    }
}
