package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The presets for other systems, byte by byte. */
class JsonPresetTest {
    private static final long SECOND = 1_000_000_000L;

    static String text(JsonFormatter.Builder builder, LogRecord record) {
        ByteOutput out = new ByteOutput(16);
        builder.build().format(record, out);
        return out.toString();
    }

    private static JsonFormatter.Builder preset(String name) {
        return JsonFormatter.builder().preset(name);
    }

    /** A record with all that a preset can have a place for. */
    private static Records full() {
        Throwable thrown = new IllegalStateException("no \"stock\"");
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("shop.Stock", "take", "Stock.java", 12)});
        return Records.message("paid {} {}", 12, "EUR")
                .level(Level.WARN)
                .traced()
                .context("user", "u1")
                .keyValue("amount", 12)
                .keyValue("items", List.of(1, "two"))
                .keyValue("nothing", null)
                .markers("AUDIT", "MONEY")
                .caller("shop.Till", "pay", "Till.java", 7)
                .thrown(thrown);
    }

    @Test
    void writesTheCallerWhereWeirAndPythonHaveIt() {
        LogRecord record = Records.message("m")
                .keyValue("caller", "b")
                .caller("shop.Till", "pay", "Till.java", 7)
                .record();
        String members =
                "\"attr.caller\":\"b\",\"caller\":{\"file\":\"Till.java\",\"line\":7,\"function\":\"shop.Till.pay\"}}\n";

        assertThat(text(preset("weir"), record)).endsWith(",\"msg\":\"m\"," + members);
        assertThat(text(preset("python"), record)).endsWith(",\"thread\":\"main\"," + members);
        assertThat(text(preset("weir").fields(List.of("location")), record))
                .isEqualTo("{\"location\":{\"file\":\"Till.java\",\"line\":7,\"function\":\"shop.Till.pay\"}}\n");
        assertThat(text(preset("weir"), Records.message("m").record())).doesNotContain("caller");
    }

    @Test
    void writesEcs() {
        assertThat(text(preset("ecs").add("service.name", "shop"), full().record()))
                .isEqualTo(
                        "{\"@timestamp\":\"2024-05-20T14:32:11.123Z\",\"log.level\":\"WARN\",\"message\":\"paid 12 EUR\","
                                + "\"ecs.version\":\"1.2.0\",\"tags\":[\"AUDIT\",\"MONEY\"],\"service.name\":\"shop\","
                                + "\"process.thread.name\":\"main\",\"log.logger\":\"payment.service\","
                                + "\"trace.id\":\"0af7651916cd43dd8448eb211c80319c\",\"span.id\":\"b7ad6b7169203331\","
                                + "\"user\":\"u1\",\"amount\":12,\"items\":[1,\"two\"],\"nothing\":null,"
                                + "\"log.origin.file.name\":\"Till.java\",\"log.origin.file.line\":7,\"log.origin.function\":\"pay\","
                                + "\"error.type\":\"java.lang.IllegalStateException\",\"error.message\":\"no \\\"stock\\\"\","
                                + "\"error.stack_trace\":\"java.lang.IllegalStateException: no \\\"stock\\\"\\n"
                                + "\\tat shop.Stock.take(Stock.java:12)\\n\"}\n");
    }

    @Test
    void writesEcsInObjects() {
        assertThat(text(
                        preset("ecs")
                                .add("service.name", "shop")
                                .add("service.version", "1")
                                .nested(true),
                        full().record()))
                .isEqualTo(
                        "{\"@timestamp\":\"2024-05-20T14:32:11.123Z\",\"log\":{\"level\":\"WARN\",\"logger\":\"payment.service\","
                                + "\"origin\":{\"file\":{\"name\":\"Till.java\",\"line\":7},\"function\":\"pay\"}},"
                                + "\"message\":\"paid 12 EUR\",\"ecs\":{\"version\":\"1.2.0\"},\"tags\":[\"AUDIT\",\"MONEY\"],"
                                + "\"service\":{\"name\":\"shop\",\"version\":\"1\"},\"process\":{\"thread\":{\"name\":\"main\"}},"
                                + "\"trace\":{\"id\":\"0af7651916cd43dd8448eb211c80319c\"},\"span\":{\"id\":\"b7ad6b7169203331\"},"
                                + "\"user\":\"u1\",\"amount\":12,\"items\":[1,\"two\"],\"nothing\":null,"
                                + "\"error\":{\"type\":\"java.lang.IllegalStateException\",\"message\":\"no \\\"stock\\\"\","
                                + "\"stack_trace\":\"java.lang.IllegalStateException: no \\\"stock\\\"\\n"
                                + "\\tat shop.Stock.take(Stock.java:12)\\n\"}}\n");
        assertThat(text(preset("ecs").nested(true), Records.message("m").record()))
                .isEqualTo(
                        "{\"@timestamp\":\"2024-05-20T14:32:11.123Z\",\"log\":{\"level\":\"INFO\",\"logger\":\"payment.service\"},"
                                + "\"message\":\"m\",\"ecs\":{\"version\":\"1.2.0\"},\"process\":{\"thread\":{\"name\":\"main\"}}}\n");
    }

    @Test
    void writesLogstash() {
        assertThat(text(preset("logstash").zone(ZoneId.of("Europe/Berlin")).add("app", "shop"), full().record()))
                .isEqualTo(
                        "{\"@timestamp\":\"2024-05-20T16:32:11.123456789+02:00\",\"@version\":\"1\",\"message\":\"paid 12 EUR\","
                                + "\"logger_name\":\"payment.service\",\"thread_name\":\"main\",\"level\":\"WARN\",\"level_value\":30000,"
                                + "\"caller_class_name\":\"shop.Till\",\"caller_method_name\":\"pay\","
                                + "\"caller_file_name\":\"Till.java\",\"caller_line_number\":7,"
                                + "\"stack_trace\":\"java.lang.IllegalStateException: no \\\"stock\\\"\\n"
                                + "\\tat shop.Stock.take(Stock.java:12)\\n\","
                                + "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\",\"span_id\":\"b7ad6b7169203331\","
                                + "\"user\":\"u1\",\"amount\":12,\"items\":[1,\"two\"],\"app\":\"shop\",\"tags\":[\"AUDIT\",\"MONEY\"]}\n");
    }

    @Test
    void writesGelf() {
        assertThat(text(
                        preset("gelf").host("h1").add("app", "shop"),
                        full().keyValue("ok", true).record()))
                .isEqualTo(
                        "{\"version\":\"1.1\",\"host\":\"h1\",\"short_message\":\"paid 12 EUR\","
                                + "\"full_message\":\"paid 12 EUR\\njava.lang.IllegalStateException: no \\\"stock\\\"\\n"
                                + "\\tat shop.Stock.take(Stock.java:12)\\n\","
                                + "\"timestamp\":1716215531.123,\"level\":4,\"_logger_name\":\"payment.service\",\"_thread_name\":\"main\","
                                + "\"_app\":\"shop\",\"_source_class_name\":\"shop.Till\",\"_source_method_name\":\"pay\","
                                + "\"_source_file_name\":\"Till.java\",\"_source_line_number\":7,"
                                + "\"_trace_id\":\"0af7651916cd43dd8448eb211c80319c\",\"_span_id\":\"b7ad6b7169203331\","
                                + "\"_user\":\"u1\",\"_amount\":12,\"_items\":\"[1, two]\",\"_ok\":\"true\",\"_marker\":\"[AUDIT, MONEY]\"}\n");
    }

    @Test
    void writesGcp() {
        assertThat(text(preset("gcp").project("p-1"), full().record()))
                .isEqualTo(
                        "{\"severity\":\"WARNING\",\"time\":\"2024-05-20T14:32:11.123456789Z\",\"message\":\"paid 12 EUR\","
                                + "\"logging.googleapis.com/trace\":\"projects/p-1/traces/0af7651916cd43dd8448eb211c80319c\","
                                + "\"logging.googleapis.com/spanId\":\"b7ad6b7169203331\",\"logging.googleapis.com/trace_sampled\":true,"
                                + "\"logging.googleapis.com/sourceLocation\":{\"file\":\"Till.java\",\"line\":\"7\","
                                + "\"function\":\"shop.Till.pay\"},\"logger\":\"payment.service\",\"thread\":\"main\","
                                + "\"user\":\"u1\",\"amount\":12,\"items\":[1,\"two\"],\"nothing\":null,"
                                + "\"stack_trace\":\"java.lang.IllegalStateException: no \\\"stock\\\"\\n"
                                + "\\tat shop.Stock.take(Stock.java:12)\\n\",\"markers\":[\"AUDIT\",\"MONEY\"]}\n");
        assertThat(text(preset("gcp"), Records.message("m").traced().record()))
                .contains("\"logging.googleapis.com/trace\":\"0af7651916cd43dd8448eb211c80319c\"")
                .doesNotContain("sourceLocation");
    }

    @ParameterizedTest
    @CsvSource({
        "ecs, log.level, TRACE DEBUG INFO WARN ERROR CRITICAL",
        "logstash, level_value, 5000 10000 20000 30000 40000 50000",
        "gelf, level, 7 7 6 4 3 2",
        "gcp, severity, DEBUG DEBUG INFO WARNING ERROR CRITICAL"
    })
    void writesLevelsAsTheFormatHasThem(String preset, String member, String expected) {
        JsonFormatter formatter = preset(preset).build();
        List<String> levels = new ArrayList<>();
        for (Level level : Level.values()) {
            levels.add(String.valueOf(StrictJson.format(
                            formatter, Records.message("m").level(level).record())
                    .get(member)));
        }

        assertThat(String.join(" ", levels)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2024-05-20T14:32:11.000Z, 2024-05-20T14:32:11Z, 1716215531.000",
        "120000000, 2024-05-20T14:32:11.120Z, 2024-05-20T14:32:11.12Z, 1716215531.120",
        "100, 2024-05-20T14:32:11.000Z, 2024-05-20T14:32:11.0000001Z, 1716215531.000",
        "-1716215532500000000, 1969-12-31T23:59:58.500Z, 1969-12-31T23:59:58.5Z, -1.500"
    })
    void writesTimesAsTheFormatHasThem(long nanos, String ecs, String logstash, String gelf) {
        LogRecord record = Records.message("m")
                .time(Records.TIME - Records.TIME % SECOND + nanos)
                .record();

        assertThat(text(preset("ecs"), record)).contains("\"@timestamp\":\"" + ecs + "\"");
        assertThat(text(preset("logstash").zone(ZoneId.of("UTC")), record))
                .contains("\"@timestamp\":\"" + logstash + "\"");
        assertThat(text(preset("gelf"), record)).contains("\"timestamp\":" + gelf + ",");
    }

    // names

    @ParameterizedTest
    @ValueSource(strings = {"weir", "python", "ecs", "logstash", "gelf", "gcp"})
    void letsNoKeyPassForAMember(String preset) {
        LogRecord plain = full().record();
        for (boolean nested : new boolean[] {false, !preset.equals("gelf")}) {
            JsonFormatter formatter = preset(preset).nested(nested).build();
            Map<String, ?> expected = StrictJson.format(formatter, plain);
            Records forging = full();
            for (String name : expected.keySet()) {
                if (!List.of("user", "amount", "items", "nothing", "_user", "_amount", "_items")
                        .contains(name)) {
                    forging.context(name, "forged")
                            .keyValue(name, "forged")
                            .keyValue(name.replaceFirst("^_", ""), "forged");
                }
            }

            assertThat(StrictJson.format(formatter, forging.record()))
                    .containsAllEntriesOf(Map.copyOf(withoutNulls(expected)));
        }
    }

    private static Map<String, Object> withoutNulls(Map<String, ?> members) {
        Map<String, Object> copy = new LinkedHashMap<>(members);
        copy.values().removeIf(Objects::isNull);
        return copy;
    }

    /** StrictJson refuses a name that comes twice. */
    @ParameterizedTest
    @ValueSource(strings = {"weir", "python", "ecs", "logstash", "gelf", "gcp"})
    void writesEachNameOnceWhateverTheKeys(String preset) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String[] keys = {
            "id",
            "_id",
            "level",
            "log.level",
            "log",
            "message",
            "a b",
            "a_b",
            "a:b",
            "ä",
            "__",
            "",
            "attr.id",
            "attr.a b",
            "logger name",
            "logger_name",
            "truncated",
            "time",
            "severity",
            "event.dataset",
            "service.name"
        };
        JsonFormatter formatter = preset(preset).add("service.name", "shop").build();
        for (int i = 0; i < 2_000; i++) {
            Records record = Records.message("m");
            for (int entries = random.nextInt(40); entries > 0; entries--) {
                String key = keys[random.nextInt(keys.length)];
                if (random.nextBoolean()) {
                    record.context(key, "c" + i);
                } else {
                    record.keyValue(key, random.nextBoolean() ? null : i);
                }
            }
            LogRecord made = record.record();

            assertThat(StrictJson.format(formatter, made))
                    .as("seed %s, record %s", seed, i)
                    .isNotEmpty();
        }
    }

    @Test
    void writesKeysThatGelfTakes() {
        LogRecord record = Records.message("m")
                .context("id", "1")
                .keyValue("a b", "first")
                .keyValue("a:b", "last")
                .keyValue("grün.x-1", 2)
                .record();

        assertThat(StrictJson.format(preset("gelf").host("h").build(), record))
                .containsEntry("_attr.id", "1")
                .containsEntry("_a_b", "last")
                .containsKey("_gr__n.x-1")
                .hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", " \r\n\t"})
    void writesNoBlankMessageInGelf(String message) {
        assertThat(StrictJson.format(
                        preset("gelf").build(), Records.message(message).record()))
                .containsEntry("short_message", "-");
    }

    @Test
    void saysInEveryPresetThatARecordWasShortened() {
        Records shortened = Records.message("m".repeat(5000)).maxBytes(1024);

        assertThat(text(preset("gelf"), shortened.record())).endsWith(",\"_truncated\":\"true\"}\n");
        assertThat(text(preset("ecs"), shortened.record())).endsWith(",\"truncated\":true}\n");
    }

    @Test
    void namesChosenFieldsAsThePresetDoes() {
        LogRecord record = Records.message("m").record();

        assertThat(text(preset("ecs").fields(List.of("level", "msg", "thread_id", "version")), record))
                .isEqualTo("{\"log.level\":\"INFO\",\"message\":\"m\",\"thread_id\":42,\"ecs.version\":\"1.2.0\"}\n");
        assertThat(text(preset("gelf").fields(List.of("short_message", "level", "thread_id")), record))
                .isEqualTo("{\"short_message\":\"m\",\"level\":6,\"_thread_id\":42}\n");
    }

    @Test
    void refusesWhatAPresetHasNoPlaceFor() {
        assertRefused(preset("gelf").nested(true), "GELF has no objects");
        assertRefused(preset("gelf").add("_id", "x"), "but not _id");
        assertRefused(preset("gelf").add("a b", "x"), "an underscore and letters");
        assertRefused(preset("gelf").fields(Map.of("message", "msg")), "one of GELF's own");
        assertRefused(preset("gelf").fields(List.of("exception_frames")), "a text or a number");
        assertRefused(preset("gelf").fields(Map.of("_mdc", "context")), "a text or a number");
        assertRefused(preset("gelf").add("truncated", "x"), "shortened");
        assertRefused(preset("ecs").host("h"), "there is no field host");
        assertRefused(preset("ecs").project("p"), "but for the preset gcp");
        assertRefused(preset("gcp").fields(List.of("version")), "field: version");
        assertRefused(preset("logstash").add("message", "x"), "each name once");
        assertRefused(preset("weir").fields(Map.of("x", "added")), "names of their own");
        assertRefused(preset("ecs").fields(List.of("msg", "message")), "each name once");
    }

    private static void assertRefused(JsonFormatter.Builder builder, String why) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
