package dev.weir.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.format.JsonFormatter;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.util.Map;

/** Any record is one line of JSON that two strict parsers read alike, with the message that was logged. */
class JsonFormatterFuzzTest {
    private static final JsonFormatter WEIR = JsonFormatter.weir();
    private static final JsonFormatter PYTHON = JsonFormatter.python();

    @FuzzTest
    void isReadByTwoParsers(FuzzedDataProvider data) throws IOException {
        LogRecord record = FuzzedRecords.record(data);

        Map<?, ?> weir = TwoParsers.line(FuzzedRecords.written(WEIR, record));
        Map<?, ?> python = TwoParsers.line(FuzzedRecords.written(PYTHON, record));

        assertThat(weir.get("msg")).isEqualTo(record.message());
        assertThat(weir.get("logger")).isEqualTo(record.loggerName());
        assertThat(weir.get("level")).isEqualTo(record.level().name());
        assertThat(weir.get("thread")).isEqualTo(record.threadName());
        assertThat(python.get("msg")).isEqualTo(record.message());
        record.forEachKeyValue((key, value) -> assertThat(weir.containsKey(key) || weir.containsKey("attr." + key))
                .as(key)
                .isTrue());
    }
}
