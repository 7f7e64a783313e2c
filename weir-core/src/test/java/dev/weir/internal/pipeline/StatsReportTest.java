package dev.weir.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerState;
import dev.weir.Level;
import dev.weir.internal.emit.EpochClock;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.journal.Geometry;
import dev.weir.internal.journal.Journal;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatsReportTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final LoggerNames NAMES = new LoggerNames() {
        @Override
        public String name(int loggerId) {
            return StatsReport.LOGGER;
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return new byte[0];
        }
    };

    private final Journal journal = Journal.allocate(Geometry.LEAST_CAPACITY_BYTES, () -> 1);
    private final QueueHandler queue = new QueueHandler(journal, new EpochClock(), 1024, (kind, message) -> {});
    private final StatsReport report = new StatsReport(new LoggerNode(0, StatsReport.LOGGER, queue));

    private boolean isDueAt(long seconds) {
        return report.takeDue(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void isNeverDueWithoutAPeriod() {
        assertThat(isDueAt(1_000_000)).isFalse();
    }

    @Test
    void isDueOnceInEachPeriod() {
        report.every(MINUTE, 0);

        assertThat(isDueAt(59)).isFalse();
        assertThat(isDueAt(60)).isTrue();
        assertThat(isDueAt(60)).isFalse();
        assertThat(isDueAt(119)).isFalse();
        assertThat(isDueAt(121)).isTrue();
        assertThat(isDueAt(180)).isTrue();
    }

    @Test
    void isDueOnceForAllPeriodsThatWereMissedAndThenInStep() {
        report.every(MINUTE, 0);

        assertThat(isDueAt(610)).isTrue();
        assertThat(isDueAt(659)).isFalse();
        assertThat(isDueAt(660)).isTrue();
    }

    @Test
    void keepsInStepUnlessThePeriodIsAnother() {
        report.every(MINUTE, 0);
        report.every(MINUTE, TimeUnit.SECONDS.toNanos(50));
        assertThat(isDueAt(60)).isTrue();

        report.every(Duration.ofSeconds(30), TimeUnit.SECONDS.toNanos(80));

        assertThat(isDueAt(109)).isFalse();
        assertThat(isDueAt(110)).isTrue();
        report.every(Duration.ZERO, TimeUnit.SECONDS.toNanos(110));
        assertThat(isDueAt(1_000_000)).isFalse();
    }

    @Test
    void carriesAHundredHandlersAndIsShortenedForMore() {
        LogRecord hundred = new LogRecord(NAMES).moveTo(report.encoded(account(100)), 0);
        assertThat(hundred.isTruncated()).isFalse();
        assertThat(handlers(hundred)).hasSize(100);

        LogRecord more = new LogRecord(NAMES).moveTo(report.encoded(account(1_000)), 0);

        assertThat(more.isTruncated()).isTrue();
        assertThat(more.message())
                .isEqualTo(
                        "emitted 0, refused 0; to handlers 0: written 0, passed on 0, filtered 0, dropped 0, pending 0");
    }

    private static Map<?, ?> handlers(LogRecord record) {
        Map<String, @Nullable Object> keyValues = new HashMap<>();
        record.forEachKeyValue(keyValues::put);
        return (Map<?, ?>) keyValues.get("handlers");
    }

    private static Account.Snapshot account(int handlers) {
        Map<String, Account.HandlerSums> sums = new LinkedHashMap<>();
        for (int i = 0; i < handlers; i++) {
            Account.HandlerSums each = new Account.HandlerSums();
            each.breaker = BreakerState.CLOSED;
            sums.put("handler" + i, each);
        }
        long[] none = new long[Level.COUNT];
        return new Account.Snapshot(none, Map.of(), none, 0, 0, 0, 0, 0, sums, new Account.HandlerSums());
    }
}
