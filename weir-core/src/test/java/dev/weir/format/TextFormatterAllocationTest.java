package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.AllocatedBytes;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import dev.weir.record.Records;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatterAllocationTest {
    private static final int RECORDS = 50_000;
    private static final byte[] NAME = "shop.orders.Settlement".getBytes(StandardCharsets.US_ASCII);

    private static final LoggerNames ONE_LOGGER = new LoggerNames() {
        @Override
        public String name(int loggerId) {
            return "shop.orders.Settlement";
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return NAME;
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%(asctime)s %(levelname)-8s %(name)s [%(threadName)s] %(message)s",
                "%(message)s%(levelname)s%(message).9s%(trace_id)s%(span_id)s%(trace_flags)s%(user)s%(nobody)s",
                "%(created).3f %(msecs)03d %(levelno)x %(relativeCreated)d",
            })
    void allocatesNothingForAFormat(String format) throws Exception {
        assertThat(bytesPerRecord(TextFormatter.of(format))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d %-5level [%thread] %logger{36} - %msg%n",
                "%m%p%m%c{10} %m%X{user}%X{nobody:-x}%X{traceId}%marker",
                "%d{HH:mm:ss.SSSSSS} %highlight(%p) %.30(%m %t) %X %kvp%attributes%ex",
            })
    void allocatesNothingForAPattern(String pattern) throws Exception {
        assertThat(bytesPerRecord(TextFormatter.builder()
                        .pattern(pattern)
                        .colours(Colours.ALWAYS)
                        .build()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "pretty"})
    void allocatesNothingForAPreset(String preset) throws Exception {
        assertThat(bytesPerRecord(TextFormatter.builder()
                        .preset(preset)
                        .colours(Colours.ALWAYS)
                        .build()))
                .isZero();
    }

    /** The least of several rounds, since a compiler that replaces code under way may allocate in one of them. */
    private static long bytesPerRecord(TextFormatter formatter) throws Exception {
        LogRecord source = Records.message("{} of {} in {}", "order", 1234567L, true)
                .traced()
                .context("user", "u 1")
                .keyValue("amount", 12)
                .keyValue("item", "two words")
                .markers("AUDIT")
                .record();
        LogRecord record = new LogRecord(ONE_LOGGER).moveTo(source.bytes(), source.start());
        ByteOutput out = new ByteOutput(4096);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = AllocatedBytes.ofThisThread();
            for (int i = 0; i < RECORDS; i++) {
                out.truncate(0);
                formatter.format(record, out);
            }
            least = Math.min(least, AllocatedBytes.ofThisThread() - before);
        }
        return least / RECORDS;
    }
}
