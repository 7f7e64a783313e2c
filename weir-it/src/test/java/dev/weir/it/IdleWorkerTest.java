package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.Weir;
import dev.weir.handler.NullHandler;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How often a worker wakes that has nothing to do. */
class IdleWorkerTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** For so long it looks often, so that the first line of a process does not wait. */
    private static final long BEGINNING_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

    private static final long WHILE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @Test
    void restsLongerAndLongerWhileOnlyOthersGetRecordsThoughItNeverGotOne() {
        Weir weir = Weir.builder()
                .handler("all", new NullHandler())
                .handler("severe", new NullHandler(), options -> options.level(Level.CRITICAL))
                .start();
        try {
            Logger logger = weir.loggerOf("a");
            logFor(BEGINNING_NANOS, logger);
            long before = waits("weir-severe");

            logFor(WHILE_NANOS, logger);

            assertThat(waits("weir-severe") - before).isLessThan(200); // 50 of 10 ms, or 1,000 of half a one
        } finally {
            weir.close(Duration.ofSeconds(10));
        }
    }

    private static void logFor(long nanos, Logger logger) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < nanos) {
            logger.info("on");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static long waits(String thread) {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals(thread))
                .mapToLong(ThreadInfo::getWaitedCount)
                .sum();
    }
}
