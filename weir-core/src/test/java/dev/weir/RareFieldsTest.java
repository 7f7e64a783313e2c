package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call can say of a record beyond message, arguments and key-values. */
class RareFieldsTest {
    private final List<List<@Nullable Object>> seen = new ArrayList<>();
    private final Weir weir = Weir.builder()
            .handler("rare", new Handler() {
                @Override
                public boolean emit(LogRecord record) {
                    seen.add(Arrays.asList(
                            record.eventName(),
                            record.severityNumber(),
                            record.severityText(),
                            record.observedNanos(),
                            record.uniqueId(),
                            record.markers()));
                    return true;
                }

                @Override
                public void flush() {}
            })
            .start();
    private final Logger logger = weir.loggerOf("rare");

    @AfterEach
    void close() {
        weir.close(Duration.ofSeconds(10));
    }

    private List<List<@Nullable Object>> seen() {
        weir.flush(Duration.ofSeconds(10));
        return seen;
    }

    @Test
    void areInTheRecord() {
        logger.atError()
                .marker("AUDIT")
                .eventName("order.failed")
                .severity(18, "ALARM")
                .time(5)
                .observed(7)
                .uniqueId("0001")
                .log("x");

        assertThat(seen()).containsExactly(Arrays.asList("order.failed", 18, "ALARM", 7L, "0001", List.of("AUDIT")));
    }

    @Test
    void areThatOfTheLevelAndTheTimeIfTheyAreNotSet() {
        logger.atInfo()
                .eventName("before")
                .severity(18, "ALARM")
                .observed(7)
                .uniqueId("0001")
                .log("before");
        logger.atWarn().time(5).log("x");

        assertThat(seen().get(1)).isEqualTo(Arrays.asList(null, 13, null, 5L, null, List.of()));
    }

    @Test
    void aNumberThatIsNoSeverityIsNotTaken() {
        logger.atInfo().time(0).severity(0, "low").log("x");
        logger.atInfo().time(0).severity(25, null).log("x");

        assertThat(seen())
                .containsExactly(
                        Arrays.asList(null, 9, "low", 0L, null, List.of()),
                        Arrays.asList(null, 9, null, 0L, null, List.of()));
    }
}
