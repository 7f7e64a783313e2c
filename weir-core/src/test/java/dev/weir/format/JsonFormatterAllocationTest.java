package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.AllocatedBytes;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import dev.weir.record.Records;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatterAllocationTest {
    private static final int RECORDS = 50_000;

    @Test
    void allocatesNothingForAConstantMessage() throws Exception {
        assertThat(bytesPerRecord(Records.message("nothing to put in"))).isZero();
    }

    @Test
    void allocatesNothingForAMessageWithThreeArguments() throws Exception {
        assertThat(bytesPerRecord(Records.message("{} of {} in {}", "order", 1234567L, true)
                        .traced()))
                .isZero();
    }

    @Test
    void allocatesNothingForContextAndKeyValues() throws Exception {
        assertThat(bytesPerRecord(Records.message("paid")
                        .context("user", "u1")
                        .context("tenant", "t1")
                        .keyValue("amount", 12)
                        .keyValue("user", "u2")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "ecs", "logstash", "gelf", "gcp"})
    void allocatesNothingInAnyPreset(String preset) throws Exception {
        Formatter formatter = JsonFormatter.builder()
                .preset(preset)
                .nested(!preset.equals("gelf"))
                .add("service.name", "shop")
                .keyValueKeys(List.of("a*", "u?er"), List.of("*secret*"))
                .build();
        Records made = Records.message("paid {}", 12)
                .traced()
                .context("user", "u1")
                .keyValue("amount", 12)
                .keyValue("user", "u2")
                .keyValue("a_secret", true)
                .caller("a.B", "c", "B.java", 12);

        assertThat(bytesPerRecord(made, formatter)).isZero();
    }

    private static long bytesPerRecord(Records made) throws Exception {
        return bytesPerRecord(made, JsonFormatter.weir());
    }

    /** The least of several rounds, since a compiler that replaces code under way may allocate in one of them. */
    private static long bytesPerRecord(Records made, Formatter formatter) throws Exception {
        byte[] name = {'l', 'o', 'g'};
        LogRecord source = made.record();
        LogRecord record = new LogRecord(new LoggerNames() {
                    @Override
                    public String name(int loggerId) {
                        return "log";
                    }

                    @Override
                    public byte[] nameUtf8(int loggerId) {
                        return name;
                    }
                })
                .moveTo(source.bytes(), source.start());
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
