package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Many threads log to a slow handler that makes them wait: virtual ones where the JDK has them. */
class VirtualThreadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int THREADS = 2000;
    private static final int RECORDS_EACH = 20;
    private static final String PADDING = "x".repeat(500);
    /** Less than is logged, so callers wait; its quarter holds a copy for each, beyond which calls would be refused. */
    private static final long CAPACITY_BYTES = 8 << 20;

    @Test
    void deliversTheRecordsOfAllThreadsOnceAndInTheirOrder() throws InterruptedException {
        SlowHandler slow = new SlowHandler();
        Weir weir = Weir.builder()
                .queueCapacity(CAPACITY_BYTES)
                .overflow(OverflowPolicy.BLOCK)
                .handler("slow", slow)
                .start();
        Logger logger = weir.loggerOf("any");
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(THREADS);

        for (int i = 0; i < THREADS; i++) {
            int number = i;
            start(() -> {
                await(begin);
                for (int n = 0; n < RECORDS_EACH; n++) {
                    logger.info("{} {} " + PADDING, number, n);
                }
                ended.countDown();
            });
        }
        begin.countDown();

        assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(weir.close(PATIENCE).complete()).isTrue();
        Stats stats = weir.stats();
        assertThat(stats.emitted(Level.INFO)).isEqualTo(THREADS * RECORDS_EACH);
        assertThat(stats.written("slow", Level.INFO)).isEqualTo(THREADS * RECORDS_EACH);
        assertThat(slow.outOfOrder).isEmpty();
        assertThat(slow.next).containsOnly(RECORDS_EACH);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code Thread.startVirtualThread}, from JDK 21 on. */
    private static void start(Runnable body) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (NoSuchMethodException none) {
            new Thread(null, body, "platform", 128 * 1024).start();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Thread.startVirtualThread", e);
        }
    }

    /** Checks as it goes which record of each thread comes next; read when the pipeline has ended. */
    private static final class SlowHandler implements Handler {
        private static final long NANOS = Duration.ofMillis(1).toNanos();

        final int[] next = new int[THREADS];
        final List<String> outOfOrder = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) {
            List<Object> arguments = record.arguments();
            int thread = ((Number) arguments.get(0)).intValue();
            int number = ((Number) arguments.get(1)).intValue();
            if (number != next[thread]) {
                outOfOrder.add(thread + ": " + number + " (expected: " + next[thread] + ")");
            }
            next[thread] = number + 1;
            return true;
        }

        @Override
        public void flush() {
            LockSupport.parkNanos(NANOS); // the sink takes its time
        }
    }
}
