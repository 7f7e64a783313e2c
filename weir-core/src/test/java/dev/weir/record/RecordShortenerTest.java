package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shorter copies of records. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordShortenerTest {
    private final RecordShortener shortener = new RecordShortener();

    @Test
    void givesBackARecordThatIsShortEnough() {
        LogRecord record = Records.message("short").record();

        assertThat(shortener.shorten(record, record.length())).isSameAs(record);
        assertThat(record.isTruncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 4000, 1000, 600})
    void cutsTheLongestAndKeepsTheRest(int maxBytes) {
        LogRecord record = Records.message("order {} of {}", "é".repeat(3000), "bob")
                .context("region", "eu")
                .keyValue("count", 3)
                .keyValue("text", "x".repeat(5000))
                .thrown(new IllegalStateException("m".repeat(3000)))
                .record();

        LogRecord copy = shortener.shorten(record, maxBytes);

        assertThat(copy.length()).isLessThanOrEqualTo(maxBytes).isGreaterThan(maxBytes / 3);
        assertThat(copy.isTruncated()).isTrue();
        assertThat(copy.message()).startsWith("order é").endsWith("é…[truncated] of bob");
        Map<String, Object> keyValues = new HashMap<>();
        copy.forEachKeyValue(keyValues::put);
        assertThat(keyValues).containsKey("text").extractingByKey("count").hasToString("3");
        assertThat(copy.loggerName()).isEqualTo(record.loggerName());
        assertThat(record.isTruncated()).isFalse();
        assertThat(record.message()).hasSize("order  of bob".length() + 3000);
    }

    @Test
    void makesARecordOfManyFieldsAsShortAsItCan() {
        Records many = Records.message("many fields").event("e".repeat(40)).markers("A", "B");
        for (int i = 0; i < 2000; i++) {
            many.keyValue("k" + i, "17 characters long");
        }
        LogRecord record = many.record();

        LogRecord copy = shortener.shorten(record, 0);

        assertThat(copy.length()).isGreaterThan(0).isLessThan(400);
        assertThat(copy.message()).isEqualTo("many fields");
        assertThat(copy.isTruncated()).isTrue();
    }

    @Test
    void givesBackARecordThatMarksWouldMakeLonger() {
        LogRecord record = Records.message("seventeen letters").record();

        assertThat(shortener.shorten(record, 8)).isSameAs(record);
    }
}
