package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.http.HttpHandler;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A collector that is gone for ten seconds, under a steady load of all levels. Figures are printed. */
@Timeout(120)
class OutageTest {
    private static final int PER_SECOND = 5_000;
    private static final long OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private volatile boolean ended;
    private final long[] logged = new long[Level.COUNT];

    @Test
    void noSevereRecordIsLostAndTheAccountAgreesWithTheCollectors() throws Exception {
        CollectorProcess first = CollectorProcess.start(directory, CollectorProcess.ANY_PORT);
        Weir weir = Weir.builder()
                .queueCapacity(16 << 20)
                .handler(
                        "collector",
                        HttpHandler.builder(URI.create("http://127.0.0.1:" + first.port() + "/in"))
                                .batchDelay(Duration.ofMillis(100))
                                .build(),
                        options -> options.backlog(2 << 20))
                .root(options -> options.level(Level.DEBUG))
                .start();
        Thread load = new Thread(() -> log(weir.loggerOf("shop")), "load");
        load.start();
        first.awaitDistinct(PER_SECOND);

        first.kill();
        LockSupport.parkNanos(OUTAGE_NANOS);
        long atReturn = written(weir.stats());
        long pendingAtReturn = pending(weir.stats());
        try (CollectorProcess second = CollectorProcess.start(directory, first.port())) {
            long back = System.nanoTime();
            await().atMost(PATIENCE).until(() -> written(weir.stats()) > atReturn);
            double firstSeconds = (System.nanoTime() - back) / 1e9;
            long begun = System.nanoTime();
            long from = written(weir.stats());
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> pending(weir.stats()) < PER_SECOND / 2);
            double drained = (written(weir.stats()) - from) * 1e9 / (System.nanoTime() - begun);
            ended = true;
            load.join();
            assertThat(weir.close(PATIENCE).complete()).isTrue();

            Stats stats = weir.stats();
            System.out.printf(
                    "outage: pending at the return %d, first delivery after %.2f s, drained at %.0f records/s, dropped %s%n",
                    pendingAtReturn, firstSeconds, drained, dropped(stats));
            assertThat(stats.dropped("collector", Level.ERROR)).isZero();
            assertThat(stats.dropped("collector", Level.WARN)).isZero();
            assertThat(stats.dropped("collector", Level.DEBUG))
                    .as("there was an outage")
                    .isPositive();
            requireAccounted(stats, second.ask("count"));
            assertThat(firstSeconds).isLessThan(3);
            assertThat(drained).isGreaterThan(5.0 * PER_SECOND);
            second.end();
        }
    }

    /** 70 % DEBUG, 25 % INFO, 4 % WARN, 1 % ERROR. */
    private void log(Logger logger) {
        long begun = System.nanoTime();
        for (int i = 0; !ended; i++) {
            int part = i % 100;
            Level level = part < 70 ? Level.DEBUG : part < 95 ? Level.INFO : part < 99 ? Level.WARN : Level.ERROR;
            logger.log(level, "order {} of customer {} is {}", i, "c-" + i % 977, "placed");
            logged[level.ordinal()]++;
            long next = begun + TimeUnit.SECONDS.toNanos(1) * (i + 1) / PER_SECOND;
            while (System.nanoTime() - next < 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    /** Every record logged is at the collector, or was dropped for a reason; its own records of losses come besides. */
    private void requireAccounted(Stats stats, Map<String, Object> count) {
        @SuppressWarnings("unchecked")
        Map<String, Object> collected = (Map<String, Object>) count.get("levels");
        for (Level level : Level.values()) {
            long written = stats.written("collector", level);
            assertThat(CollectorProcess.number(collected, level.name()))
                    .as("%s at the collector: %s, %s", level, count, stats)
                    .isEqualTo(written + stats.synthetic("collector", level));
            assertThat(written + stats.dropped("collector", level) + stats.refused(level))
                    .as("%s: %s", level, stats)
                    .isEqualTo(logged[level.ordinal()]);
        }
    }

    private static long written(Stats stats) {
        long written = 0;
        for (Level level : Level.values()) {
            written += stats.written("collector", level);
        }
        return written;
    }

    private static long pending(Stats stats) {
        long pending = 0;
        for (Level level : Level.values()) {
            pending += stats.pending("collector", level);
        }
        return pending;
    }

    private static String dropped(Stats stats) {
        StringBuilder dropped = new StringBuilder();
        for (Level level : Level.values()) {
            dropped.append(level)
                    .append(' ')
                    .append(stats.dropped("collector", level))
                    .append(' ');
        }
        return dropped.toString().strip();
    }
}
