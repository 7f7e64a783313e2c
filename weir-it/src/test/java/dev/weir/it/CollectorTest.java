package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.http.HttpHandler;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP handler and a collector that is a process of its own, and says itself what it has got. */
class CollectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SOME = 1000;

    @TempDir
    Path directory;

    private final List<CollectorProcess> collectors = new ArrayList<>();

    @AfterEach
    void endAll() {
        collectors.forEach(CollectorProcess::close);
    }

    @Test
    void losesNothingWhenTheCollectorIsKilledAndStartedAgain() throws Exception {
        CollectorProcess first = start(CollectorProcess.ANY_PORT);
        Weir weir = pipeline(first);
        Load load = new Load(weir);
        first.awaitDistinct(SOME);

        first.kill();
        await().atMost(PATIENCE).until(() -> weir.stats().failures("http") > 0);
        CollectorProcess second = start(first.port());
        second.awaitDistinct(second.distinct() + SOME);
        load.end();
        assertThat(weir.close(PATIENCE).complete()).isTrue();

        Map<String, Object> count = second.ask("count");
        assertThat(CollectorProcess.number(count, "distinct"))
                .as("lines that are there")
                .isEqualTo(load.logged);
        assertThat(CollectorProcess.number(count, "lines")).isGreaterThanOrEqualTo(load.logged);
        assertThat(weir.stats().written("http", Level.INFO)).isEqualTo(load.logged);
        assertThat(count.get("levels")).isEqualTo(Map.of("INFO", BigDecimal.valueOf(load.logged)));
        second.end();
    }

    @Test
    void keepsTheRecordsWhileTheCollectorRefusesThem() throws Exception {
        CollectorProcess collector = start(CollectorProcess.ANY_PORT);
        assertThat(CollectorProcess.number(collector.ask("status 503"), "status"))
                .isEqualTo(503);
        Weir weir = pipeline(collector);
        Load load = new Load(weir);
        await().atMost(PATIENCE).until(() -> weir.stats().failures("http") > 1);
        assertThat(collector.distinct()).isZero();

        collector.ask("status 200");
        collector.awaitDistinct(SOME);
        load.end();
        assertThat(weir.close(PATIENCE).complete()).isTrue();

        Map<String, Object> count = collector.ask("count");
        assertThat(CollectorProcess.number(count, "distinct")).isEqualTo(load.logged);
        assertThat(CollectorProcess.number(count, "lines")).isEqualTo(load.logged);
        collector.end();
    }

    private static Weir pipeline(CollectorProcess collector) {
        return Weir.builder()
                .queueCapacity(4 << 20)
                .overflow(OverflowPolicy.BLOCK)
                .handler(
                        "http",
                        HttpHandler.builder(URI.create("http://127.0.0.1:" + collector.port() + "/in"))
                                .gzip(true)
                                .batchRecords(100)
                                .batchDelay(Duration.ofMillis(20))
                                .build())
                .start();
    }

    /** A thread that logs, some thousand records in a second, until it is told to end. */
    private static final class Load {
        private final Thread thread = new Thread(this::log, "load");
        private final Logger logger;
        private volatile boolean ended;
        /** Of the thread, until it has ended. */
        private long logged;

        Load(Weir weir) {
            logger = weir.loggerOf("any");
            thread.start();
        }

        private void log() {
            while (!ended) {
                logger.info("gr\u00fc\u00dfe {}", logged);
                logged++;
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
        }

        void end() throws InterruptedException {
            ended = true;
            thread.join(PATIENCE.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private CollectorProcess start(String port) throws IOException {
        CollectorProcess started = CollectorProcess.start(directory, port);
        collectors.add(started);
        return started;
    }
}
