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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is lost is said in the stream itself. */
@Timeout(60)
class LossTest {
    /** Hangs in its first call until it is let go; keeps the lines it has committed. */
    private static final class Lines implements Handler {
        final CountDownLatch letGo = new CountDownLatch(1);
        final List<String> lines = new CopyOnWriteArrayList<>();
        final AtomicInteger failing = new AtomicInteger();
        private final List<String> open = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) throws IOException {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            open.add(record.loggerName() + " " + record.level() + " " + record.message());
            return true;
        }

        @Override
        public void flush() throws IOException {
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("not now");
            }
            lines.addAll(open);
            open.clear();
        }

        @Override
        public void rollback() {
            open.clear();
        }

        List<String> losses() {
            return lines.stream().filter(line -> line.startsWith("weir.loss")).toList();
        }
    }

    private final Lines lines = new Lines();

    private Weir start() {
        return Weir.builder()
                .queueCapacity(1 << 20)
                .handler(
                        "lines",
                        lines,
                        options -> options.breaker(
                                BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(5), Duration.ofMillis(5))))
                .start();
    }

    /** Logs until records were dropped; returns how many were logged. */
    private static int flood(Weir weir) {
        Logger logger = weir.loggerOf("any");
        int logged = 0;
        while (weir.stats().dropped("lines", Level.INFO) < 100) {
            for (int i = 0; i < 1_000; i++) {
                logger.info("number {}", logged++);
            }
        }
        return logged;
    }

    private static long lost(Weir weir) {
        Stats stats = weir.stats();
        return stats.dropped("lines", Level.INFO) + stats.refused(Level.INFO);
    }

    @Test
    void aRecordBeforeTheNextSaysHowManyWereLost() {
        Weir weir = start();
        int logged = flood(weir);
        lines.letGo.countDown();
        weir.flush(Duration.ofSeconds(10));
        weir.close(Duration.ofSeconds(10));

        Stats stats = weir.stats();
        long said = lines.losses().stream()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        assertThat(lines.losses()).isNotEmpty().allMatch(line -> line.startsWith("weir.loss WARN records lost: "));
        assertThat(said).isEqualTo(lost(weir)).isPositive();
        assertThat(stats.written("lines", Level.INFO)).isEqualTo(logged - said);
        assertThat(stats.synthetic("lines", Level.WARN))
                .isEqualTo(lines.losses().size());
        assertThat(lines.lines).hasSize(logged - (int) said + lines.losses().size());
        assertThat(stats.toJson())
                .contains("\"synthetic\": {\"WARN\": " + lines.losses().size() + "}");
    }

    @Test
    void refusalsAreToldByDiagnosticsWhenTheyHappenAndInAll() {
        Weir weir = start();
        Logger logger = weir.loggerOf("any");

        while (weir.stats().refused(Level.INFO) == 0) {
            for (int i = 0; i < 10_000; i++) {
                logger.info("number {}", i);
            }
        }
        await().untilAsserted(() -> assertThat(weir.diagnostics())
                .anyMatch(line -> line.startsWith("records were refused, and no handler gets them: ")));
        lines.letGo.countDown();
        weir.close(Duration.ofSeconds(10));

        long refused = weir.stats().refused(Level.INFO);
        assertThat(weir.diagnostics())
                .anyMatch(line -> line.startsWith(
                        refused + " records were refused in all: journal-full INFO " + refused + " (1 times"));
    }

    @Test
    void whatWasSaidInABatchThatFailedIsSaidAgainAndCountsOnce() {
        Weir weir = start();
        flood(weir);
        lines.failing.set(3);
        lines.letGo.countDown();
        weir.flush(Duration.ofSeconds(10));
        weir.close(Duration.ofSeconds(10));

        long said = lines.losses().stream()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        assertThat(said).isEqualTo(lost(weir));
        assertThat(weir.stats().failures("lines")).isEqualTo(3);
    }

    @Test
    void aLossIsSaidAlsoIfNothingElseIsLogged() {
        Weir weir = Weir.builder()
                .handler("lines", lines)
                .handler("picky", new Picky(lines), options -> options.level(Level.ERROR))
                .root(options -> options.handlers("picky"))
                .start();
        lines.letGo.countDown();
        weir.loggerOf("any").error("refused by the handler");

        await().until(() -> !lines.losses().isEmpty());

        assertThat(lines.losses()).containsExactly("weir.loss ERROR records lost: 1");
        weir.close(Duration.ofSeconds(5));
    }

    /** Refuses all but Weir's own. */
    private record Picky(Lines lines) implements Handler {
        @Override
        public boolean emit(LogRecord record) throws IOException {
            return record.loggerName().startsWith("weir.") && lines.emit(record);
        }

        @Override
        public void flush() throws IOException {
            lines.flush();
        }
    }

    @Test
    void theLossIsToldByReasonAndLevelAndSinceWhen() {
        StringBuilder said = new StringBuilder();
        Handler refusing = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                if (!record.isSynthetic()) {
                    return false;
                }
                record.forEachKeyValue((key, value) ->
                        said.append(key).append('=').append(value).append(' '));
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder().handler("refusing", refusing).start();
        weir.loggerOf("any").warn("one");
        weir.close(Duration.ofSeconds(5));

        assertThat(said.toString()).matches("since=[-0-9T:.]+Z rejected\\.WARN=1 ");
        assertThat(weir.diagnostics().toString()).contains("handler refusing has lost records: 1");
    }
}
