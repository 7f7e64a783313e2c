package dev.weir.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.filter.MaskFilter;
import dev.weir.format.JsonFormatter;
import dev.weir.record.LogRecord;
import dev.weir.testkit.RecordMaker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Any record that is masked can be read, keeps what is no secret, and shows no secret behind a key, wherever that stands. */
class MaskFilterFuzzTest {
    private static final String SECRET = "s3cr3tOfMine";
    private static final JsonFormatter JSON = JsonFormatter.weir();
    private static final MaskFilter MASK =
            MaskFilter.builder().expressions(List.of("(a+)+!", "\\bx{2,9}\\b")).build();
    /** Finds nothing. */
    private static final MaskFilter NONE =
            MaskFilter.builder().defaultKeys(false).forms(Set.of()).build();

    @FuzzTest
    void showsNoSecretBehindAKey(FuzzedDataProvider data) throws IOException {
        String prefix = data.consumeString(32);
        RecordMaker maker = FuzzedRecords.maker(data);
        String without = TwoParsers.text(FuzzedRecords.written(JSON, maker.record()));
        if ((prefix + without).contains(SECRET)) {
            return; // the fuzzer has found the secret, and put it where it is none
        }
        LogRecord record = maker.keyValue("userPassword", SECRET)
                .keyValue("nested", List.of(Map.of("api-key", SECRET), prefix + " token=" + SECRET))
                .context("Authorization", SECRET)
                .cause(new Exception(prefix + " secret: " + SECRET))
                .message(prefix + " password=" + SECRET)
                .record();

        LogRecord masked = MASK.rewrite(record);
        String written = TwoParsers.text(FuzzedRecords.written(JSON, masked));

        TwoParsers.line(FuzzedRecords.written(JSON, masked));
        assertThat(written).doesNotContain(SECRET);
        assertThat(masked.level()).isEqualTo(record.level());
        assertThat(masked.threadName()).isEqualTo(record.threadName());
        assertThat(masked.markers()).isEqualTo(record.markers());
        assertThat(masked.length()).isLessThanOrEqualTo(Math.max(4096, record.length()));
        assertThat(MASK.rewrite(record).message()).isEqualTo(masked.message());
        assertThat(NONE.rewrite(record)).isSameAs(record);
    }
}
