package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private final Attributes attributes = new Attributes();

    @Test
    void areTheContextsThenTheCallsWhereTheirKeysCameFirst() {
        LogRecord record = Records.message("t")
                .context("tenant", "acme")
                .context("user", "context")
                .keyValue("amount", 1)
                .keyValue("user", "call")
                .keyValue("amount", 2)
                .record();

        assertThat(shown(record)).containsExactly("tenant=acme", "user=call", "amount=2");
    }

    @Test
    void ofARecordWithoutAnyThereAreNone() {
        shown(Records.message("t").keyValue("before", 1).record());
        LogRecord record = Records.message("t").record();

        assertThat(shown(record)).isEmpty();
        assertThat(attributes.find(utf8("before"))).isZero();
        assertThatThrownBy(() -> attributes.entry(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aNullOfTheCallHidesWhatTheContextHas() {
        LogRecord record =
                Records.message("t").context("user", "u").keyValue("user", null).record();

        assertThat(shown(record)).containsExactly("user=null");
    }

    @Test
    void anEmptyKeyIsAKey() {
        LogRecord record = Records.message("t").context("", "c").keyValue("", 1).record();

        assertThat(shown(record)).containsExactly("=1");
    }

    @Test
    void areTheSameHoweverManyThereAre() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int keys = 1 + random.nextInt(40);
            Records made = Records.message("t");
            Map<String, Object> expected = new LinkedHashMap<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                String key = "k".repeat(random.nextInt(12)) + random.nextInt(keys);
                made.context(key, "c" + i);
                expected.put(key, "c" + i);
            }
            for (int i = random.nextInt(60); i > 0; i--) {
                String key = "k".repeat(random.nextInt(12)) + random.nextInt(keys);
                made.keyValue(key, i);
                expected.put(key, (long) i);
            }
            LogRecord record = made.record();

            List<String> entries = shown(record);

            List<String> wanted = new ArrayList<>();
            expected.forEach((key, value) -> wanted.add(key + "=" + value));
            // a context of Records is a map: its keys come once, where they came first
            assertThat(entries).as("seed %s", seed).containsExactlyElementsOf(wanted);
            expected.forEach((key, value) -> assertThat(record.values().object(attributes.find(utf8(key))))
                    .isEqualTo(value));
            assertThat(attributes.find(utf8("absent"))).isZero();
        }
    }

    private List<String> shown(LogRecord record) {
        attributes.moveTo(record);
        RecordValues values = record.values();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            int entry = attributes.entry(i);
            all.add(values.text(entry) + "=" + values.object(values.valueOf(entry)));
        }
        return all;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
