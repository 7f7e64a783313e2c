package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The account as a record of the logger {@code weir.stats}, in each period. */
@Timeout(60)
class StatsRecordTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Keeps what it has committed. */
    private static class Kept implements Handler {
        final List<Line> lines = new CopyOnWriteArrayList<>();
        private final List<Line> open = new ArrayList<>();

        @Override
        public boolean emit(LogRecord record) throws IOException {
            open.add(Line.of(record));
            return true;
        }

        @Override
        public void flush() throws IOException {
            lines.addAll(open);
            open.clear();
        }

        @Override
        public void rollback() {
            open.clear();
        }

        List<Line> reports() {
            return lines.stream().filter(Line::isReport).toList();
        }
    }

    private record Line(
            String logger, Level level, String message, boolean synthetic, Map<String, @Nullable Object> keyValues) {
        static Line of(LogRecord record) {
            Map<String, @Nullable Object> keyValues = new HashMap<>();
            record.forEachKeyValue(keyValues::put);
            return new Line(record.loggerName(), record.level(), record.message(), record.isSynthetic(), keyValues);
        }

        boolean isReport() {
            return logger.equals("weir.stats");
        }

        Object at(String first, String... more) {
            Object value = keyValues.get(first);
            for (String key : more) {
                value = ((Map<?, ?>) value).get(key);
            }
            return value;
        }
    }

    private final Kept kept = new Kept();

    private static PipelineBuilder reporting(Duration period, Handler handler) {
        return Weir.builder()
                .statsEvery(period)
                .handler(
                        "kept",
                        handler,
                        options -> options.breaker(
                                BreakerPolicy.DEFAULT.withDelays(Duration.ofMillis(5), Duration.ofMillis(5))));
    }

    @Test
    void anIdleHandlerGetsOneInEachPeriodAndItCountsAsSyntheticAlone() {
        Weir weir = reporting(SHORT, kept).start();

        await().until(() -> kept.reports().size() >= 3);

        weir.close(LONG);
        Stats stats = weir.stats();
        assertThat(kept.lines).allSatisfy(line -> {
            assertThat(line.isReport()).isTrue();
            assertThat(line.level()).isEqualTo(Level.INFO);
            assertThat(line.synthetic()).isTrue();
        });
        assertThat(stats.synthetic("kept", Level.INFO)).isEqualTo(kept.reports().size());
        assertThat(stats.emitted(Level.INFO)).isZero();
        assertThat(stats.routed("kept", Level.INFO)).isZero();
        assertThat(stats.written("kept", Level.INFO)).isZero();
    }

    @Test
    void itCarriesTheAccountAsTypedValuesOfTheShapeOfTheJson() {
        Weir weir = reporting(SHORT, kept).start();
        weir.loggerOf("any").info("one");
        weir.loggerOf("any").error("two");
        weir.flush(LONG);
        int before = kept.reports().size();

        await().until(() -> kept.reports().size() > before + 1);

        Line last = kept.reports().get(kept.reports().size() - 1);
        assertThat(last.message())
                .isEqualTo(
                        "emitted 2, refused 0; to handlers 2: written 2, passed on 0, filtered 0, dropped 0, pending 0");
        assertThat(last.at("emitted")).isEqualTo(Map.of("INFO", 1L, "ERROR", 1L));
        assertThat(last.at("refused")).isEqualTo(Map.of());
        assertThat(last.at("handlers", "kept", "written")).isEqualTo(Map.of("INFO", 1L, "ERROR", 1L));
        assertThat(last.at("handlers", "kept", "pending")).isEqualTo(0L);
        assertThat(last.at("handlers", "kept", "dropped")).isEqualTo(Map.of());
        assertThat(last.at("handlers", "kept", "oldestMillis")).isEqualTo(0L);
        assertThat(last.at("handlers", "kept", "breaker")).isEqualTo("CLOSED");
        assertThat((Long) last.at("handlers", "kept", "drainMicros", "p50")).isPositive();
        assertThat((Long) last.at("handlers", "kept", "drainMicros", "max"))
                .isGreaterThanOrEqualTo((Long) last.at("handlers", "kept", "drainMicros", "p99"));
        weir.close(LONG);
    }

    @Test
    void itGoesWhereTheInfoOfItsLoggerGoes() {
        Kept metrics = new Kept();
        Kept severe = new Kept();
        Kept other = new Kept();
        Weir weir = Weir.builder()
                .statsEvery(SHORT)
                .handler("metrics", metrics)
                .handler("severe", severe, options -> options.level(Level.WARN))
                .handler("other", other)
                .logger("weir.stats", options -> options.propagate(false).handlers("metrics", "severe"))
                .start();

        await().until(() -> metrics.reports().size() >= 2);

        weir.close(LONG);
        assertThat(severe.lines).isEmpty();
        assertThat(other.lines).isEmpty();
    }

    @Test
    void aMemoryHandlerWritesNoneAndItsTargetDoesIfItIsNamed() {
        Kept target = new Kept();
        Weir weir = Weir.builder()
                .statsEvery(SHORT)
                .handler("memory", MemoryHandler.builder("target").build())
                .handler("target", target)
                .logger("weir.stats", options -> options.handlers("memory", "target"))
                .start();

        await().until(() -> target.reports().size() >= 2);

        weir.close(LONG);
        assertThat(weir.stats().synthetic("memory", Level.INFO)).isZero();
        assertThat(weir.stats().synthetic("target", Level.INFO))
                .isEqualTo(target.reports().size());
    }

    @Test
    void aLoggerThatIsOffSilencesIt() {
        Weir weir = Weir.builder()
                .statsEvery(SHORT)
                .handler("kept", kept)
                .logger("weir.stats", LoggerOptions::off)
                .start();

        awaitThreeOfAnother();

        weir.close(LONG);
        assertThat(kept.lines).isEmpty();
    }

    @Test
    void anotherConfigurationChangesThePeriodAndEndsIt() {
        Weir weir = reporting(Duration.ofDays(1), kept).start();
        assertThat(kept.lines).isEmpty();

        PipelineSettingsForTest.install(weir, reporting(SHORT, kept));
        await().until(() -> !kept.reports().isEmpty());
        PipelineSettingsForTest.install(weir, reporting(Duration.ZERO, kept));
        int soFar = kept.reports().size();

        awaitThreeOfAnother();

        assertThat(kept.reports().size()).isLessThanOrEqualTo(soFar + 1); // one may have been on its way
        weir.close(LONG);
    }

    /** As long as another pipeline, begun now, takes for three. */
    private static void awaitThreeOfAnother() {
        Kept others = new Kept();
        Weir weir = reporting(SHORT, others).start();
        await().until(() -> others.reports().size() >= 3);
        weir.close(LONG);
    }

    @Test
    void aStuckSinkGetsTheNewestOneOnlyAndBeforeItsNextRecord() {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        Kept handler = new Kept() {
            private boolean sticking;

            @Override
            public boolean emit(LogRecord record) throws IOException {
                sticking |= record.message().equals("stuck");
                return super.emit(record);
            }

            @Override
            public void flush() throws IOException {
                if (sticking) {
                    sticking = false;
                    stuck.countDown();
                    try {
                        letGo.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                super.flush();
            }
        };
        Kept free = new Kept();
        Weir weir = reporting(SHORT, handler).handler("free", free).start();
        weir.loggerOf("any").warn("stuck");
        await().until(() -> stuck.getCount() == 0);
        int before = free.reports().size();
        await().until(() -> free.reports().size() >= before + 4);
        weir.loggerOf("any").warn("next");

        letGo.countDown();
        await().until(() ->
                handler.lines.stream().anyMatch(line -> line.message().equals("next")));

        List<String> loggers = handler.lines.stream().map(Line::logger).toList();
        int first = loggers.indexOf("any");
        assertThat(loggers.subList(first, first + 3)).containsExactly("any", "weir.stats", "any");
        weir.close(LONG);
    }

    @Test
    void anOpenBreakerHoldsItBackAndAFallbackDoesNotGetIt() {
        Kept handler = new Kept() {
            @Override
            public void flush() throws IOException {
                throw new IOException("down");
            }
        };
        Kept fallback = new Kept();
        Kept free = new Kept();
        Consumer<HandlerOptions> fragile = options -> options.fallback("fallback")
                .breaker(new BreakerPolicy(1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));
        Weir weir = Weir.builder()
                .statsEvery(SHORT)
                .handler("down", handler, fragile)
                .handler("fallback", fallback)
                .handler("free", free)
                .root(options -> options.handlers("down", "free"))
                .start();
        await().until(() -> weir.stats().breaker("down") == BreakerState.OPEN);
        int before = free.reports().size();

        await().until(() -> free.reports().size() >= before + 3);

        assertThat(weir.stats().failures("down")).isEqualTo(1);
        assertThat(weir.stats().passedOn("down", Level.INFO)).isZero();
        assertThat(fallback.lines).isEmpty();
        assertThat(weir.stats().synthetic("down", Level.INFO)).isZero();
        weir.close(Duration.ZERO);
    }

    @Test
    void oneThatFailsAgainAndAgainIsGivenUpAndCostsNoOther() {
        Kept allergic = new Kept() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                if (record.isSynthetic()) {
                    throw new IllegalArgumentException("not that");
                }
                return super.emit(record);
            }
        };
        Weir weir = reporting(SHORT, allergic).start();

        await().until(() -> weir.diagnostics().toString().contains("failed again and again to write what it has lost"));
        weir.loggerOf("any").info("one");

        await().until(() -> !allergic.lines.isEmpty());
        weir.close(LONG);
        assertThat(allergic.lines).extracting(Line::message).containsExactly("one");
    }

    @Test
    void oneThatFailsDoesNotTakeTheNoticeOfALossWithIt() {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        Kept allergic = new Kept() {
            private boolean sticking;

            @Override
            public boolean emit(LogRecord record) throws IOException {
                if (record.loggerName().equals("weir.stats")) {
                    throw new IllegalArgumentException("not that");
                }
                boolean rejected = record.message().equals("rejected");
                sticking |= rejected;
                return !rejected && super.emit(record);
            }

            @Override
            public void flush() throws IOException {
                if (sticking) {
                    sticking = false;
                    stuck.countDown();
                    try {
                        letGo.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                super.flush();
            }
        };
        Kept free = new Kept();
        Weir weir = reporting(SHORT, allergic).handler("free", free).start();
        weir.loggerOf("any").info("rejected");
        await().until(() -> stuck.getCount() == 0);
        int before = free.reports().size();
        await().until(() -> free.reports().size() >= before + 2); // so that a report and a loss are due together

        letGo.countDown();
        await().until(() -> weir.diagnostics().toString().contains("failed again and again to write what it has lost"));
        weir.loggerOf("any").info("one");
        weir.close(LONG);

        assertThat(allergic.lines).extracting(Line::logger).containsExactly("weir.loss", "any");
    }

    @Test
    void oneThatFailsIsTriedFourTimesThoughTheBreakerOpensEachTimeAndRecordsAreWrittenBetween() {
        Map<Long, Integer> tries = new ConcurrentHashMap<>();
        Kept allergic = new Kept() {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                if (record.isSynthetic()) {
                    tries.merge(record.timeNanos(), 1, Integer::sum);
                    throw new IllegalArgumentException("not that");
                }
                return super.emit(record);
            }
        };
        Weir weir = Weir.builder()
                .statsEvery(Duration.ofMillis(500))
                .handler(
                        "kept",
                        allergic,
                        options -> options.breaker(BreakerPolicy.DEFAULT
                                .withFailures(1)
                                .withDelays(Duration.ofMillis(5), Duration.ofMillis(5))))
                .start();
        while (tries.size() < 3) {
            weir.loggerOf("any").error("one");
            weir.flush(LONG);
        }
        weir.close(LONG);

        assertThat(tries.values()).allMatch(count -> count <= 4);
    }

    @Test
    void afterTheEndThereIsNone() {
        Weir weir = reporting(SHORT, kept).start();
        await().until(() -> !kept.reports().isEmpty());
        weir.close(LONG);
        int soFar = kept.reports().size();

        awaitThreeOfAnother();

        assertThat(kept.reports()).hasSize(soFar);
    }

    @Test
    void everyRecordIsAccountedForWhileReportsAreWritten() {
        AtomicLong ordinary = new AtomicLong();
        AtomicLong reports = new AtomicLong();
        Handler counting = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                if (!record.isSynthetic()) {
                    ordinary.incrementAndGet();
                } else if (record.loggerName().equals("weir.stats")) {
                    reports.incrementAndGet();
                }
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = reporting(SHORT, counting).start();
        Logger logger = weir.loggerOf("any");
        long logged = 0;
        while (reports.get() < 3) {
            logger.error("number {}", logged++);
        }
        weir.close(LONG);

        Stats stats = weir.stats();
        assertThat(stats.emitted(Level.ERROR)).isEqualTo(logged);
        assertThat(stats.journaled(Level.ERROR)).isEqualTo(stats.routed("kept", Level.ERROR));
        assertThat(stats.routed("kept", Level.ERROR))
                .isEqualTo(stats.written("kept", Level.ERROR) + stats.dropped("kept", Level.ERROR));
        assertThat(ordinary.get()).isEqualTo(stats.written("kept", Level.ERROR));
        assertThat(stats.emitted(Level.INFO) + stats.routed("kept", Level.INFO)).isZero();
        assertThat(stats.synthetic("kept", Level.INFO)).isEqualTo(reports.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.099S", "PT24H0.001S", "PT-1S"})
    void aPeriodHasItsRange(String period) {
        assertThatThrownBy(() -> Weir.builder().statsEvery(Duration.parse(period)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stats.every: " + period + " (expected: from 100ms to a day, or 0 for never)");
    }
}
