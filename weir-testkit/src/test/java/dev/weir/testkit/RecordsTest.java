package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.record.LogRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
    @Test
    void recordsOfOneLoggerHaveOneArrayForItsName() {
        List<LogRecord> records = Records.logged(logger -> {
            logger.info("first");
            logger.info("second");
        });

        LogRecord copy = Records.copyOf(records.get(1));

        assertThat(records.get(1).loggerNameUtf8())
                .isSameAs(records.get(0).loggerNameUtf8())
                .isSameAs(copy.loggerNameUtf8())
                .isSameAs(copy.loggerNameUtf8());
    }
}
