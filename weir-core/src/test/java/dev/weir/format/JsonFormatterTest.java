package dev.weir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.Level;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatterTest {
    @Test
    void writesThePresetWeir() {
        LogRecord record = Records.message("paid {} {}", 12, "EUR")
                .traced()
                .context("user", "u1")
                .keyValue("amount", 12)
                .markers("AUDIT")
                .record();

        assertThat(text(JsonFormatter.weir(), record))
                .isEqualTo(
                        "{\"time\":\"2024-05-20T14:32:11.123456789Z\",\"level\":\"INFO\",\"logger\":\"payment.service\","
                                + "\"thread\":\"main\",\"msg\":\"paid 12 EUR\",\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\","
                                + "\"span_id\":\"b7ad6b7169203331\",\"user\":\"u1\",\"amount\":12,\"markers\":[\"AUDIT\"]}\n");
    }

    @Test
    void writesThePresetPythonInTheOrderThatWasAskedFor() {
        JsonFormatter python = JsonFormatter.builder()
                .preset("python")
                .zone(ZoneId.of("Europe/Berlin"))
                .fields(List.of("time", "level", "msg", "trace_id", "span_id"))
                .build();
        LogRecord record =
                Records.message("Payment processed").level(Level.WARN).traced().record();

        assertThat(text(python, record))
                .isEqualTo("{\"time\":\"2024-05-20 16:32:11,123\",\"level\":\"WARNING\",\"msg\":\"Payment processed\","
                        + "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\",\"span_id\":\"b7ad6b7169203331\"}\n");
    }

    @Test
    void beginsThePresetPythonAsPythonOperatorsExpect() {
        Map<String, @Nullable Object> read = StrictJson.format(
                JsonFormatter.python(), Records.message("m").traced().record());

        assertThat(read.keySet()).containsExactly("time", "level", "msg", "trace_id", "span_id", "logger", "thread");
    }

    @Test
    void renamesFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ts", "time");
        fields.put("severity", "level");
        fields.put("text", "message");
        fields.put("mdc", "context");
        JsonFormatter renaming = JsonFormatter.builder().fields(fields).build();
        LogRecord record = Records.message("m")
                .context("ts", "x")
                .keyValue("not", "chosen")
                .record();

        assertThat(StrictJson.format(renaming, record))
                .containsExactly(
                        entry("ts", "2024-05-20T14:32:11.123456789Z"),
                        entry("severity", "INFO"),
                        entry("text", "m"),
                        entry("mdc", Map.of("ts", "x")));
    }

    @Test
    void writesEveryField() {
        JsonFormatter all = JsonFormatter.builder()
                .fields(List.of(
                        "span_id", "severity_number", "thread_id", "template", "trace_flags", "event", "message"))
                .build();
        LogRecord record =
                Records.message("hello {}", "you").traced().event("greeting").record();

        assertThat(text(all, record))
                .isEqualTo(
                        "{\"span_id\":\"b7ad6b7169203331\",\"severity_number\":9,\"thread_id\":42,"
                                + "\"template\":\"hello {}\",\"trace_flags\":\"01\",\"event\":\"greeting\",\"message\":\"hello you\"}\n");
    }

    @Test
    void leavesOutWhatARecordDoesNotHave() {
        JsonFormatter absent = JsonFormatter.builder()
                .fields(List.of("trace_id", "span_id", "trace_flags", "exception", "markers", "event", "context"))
                .build();

        assertThat(text(absent, Records.message("m").record())).isEqualTo("{}\n");
        assertThat(StrictJson.format(
                        JsonFormatter.weir(),
                        Records.message("m").trace(Records.TRACE_ID, "").record()))
                .containsKey("trace_id")
                .doesNotContainKey("span_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"times", "", "TIME", "msg "})
    void refusesAFieldThatIsNotKnown(String name) {
        assertThatThrownBy(() -> JsonFormatter.builder().fields(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("field: " + name + " (expected: one of time, level,");
    }

    @Test
    void refusesASetUpThatMakesNoSense() {
        assertThatThrownBy(() -> JsonFormatter.builder().preset("ruby")).hasMessageContaining("gelf or gcp");
        assertThatThrownBy(() -> JsonFormatter.builder().fields(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> JsonFormatter.builder().fields(List.of("time", "time")))
                .hasMessageContaining("each field once");
        assertThatThrownBy(() -> JsonFormatter.builder()
                        .fields(Map.of("truncated", "msg"))
                        .build())
                .hasMessageContaining("truncated");
        assertThatThrownBy(() -> JsonFormatter.builder().zone(ZoneId.of("UTC")).build())
                .hasMessageContaining("writes UTC");
    }

    @Test
    void writesTimesWithThePrecisionTheyHave() {
        long second = Records.TIME - Records.TIME % 1_000_000_000;

        assertThat(time(second)).isEqualTo("2024-05-20T14:32:11.000Z");
        assertThat(time(second + 120_000_000)).isEqualTo("2024-05-20T14:32:11.120Z");
        assertThat(time(second + 120_001_000)).isEqualTo("2024-05-20T14:32:11.120001Z");
        assertThat(time(second + 1)).isEqualTo("2024-05-20T14:32:11.000000001Z");
        assertThat(time(0)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(time(-1)).isEqualTo("1969-12-31T23:59:59.999999999Z");
    }

    @Test
    void writesTimesThatGoBackAndForth() {
        JsonFormatter formatter = JsonFormatter.weir();

        for (long time : new long[] {Records.TIME, Records.TIME - 5_000_000_000L, Records.TIME, 0, Records.TIME}) {
            String expected = java.time.Instant.ofEpochSecond(0, time).toString();
            assertThat(java.time.Instant.parse((String) StrictJson.format(
                                    formatter, Records.message("m").time(time).record())
                            .get("time")))
                    .hasToString(expected);
        }
    }

    // values

    @Test
    void keepsTypes() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", List.of(true, "x"));
        LogRecord record = Records.message("m")
                .keyValue("long", Long.MIN_VALUE)
                .keyValue("double", 2.5)
                .keyValue("float", 0.1f)
                .keyValue("zero", -0.0)
                .keyValue("yes", true)
                .keyValue("no", false)
                .keyValue("nothing", null)
                .keyValue("decimal", new BigDecimal("12.340"))
                .keyValue("integer", BigInteger.TWO.pow(100))
                .keyValue("array", new int[] {1, 2})
                .keyValue("map", map)
                .keyValue("bytes", new byte[] {1, 2, -1})
                .keyValue("empty", Map.of())
                .record();

        Map<String, @Nullable Object> read = StrictJson.format(JsonFormatter.weir(), record);

        assertThat(read)
                .containsEntry("long", new BigDecimal(Long.MIN_VALUE))
                .containsEntry("double", new BigDecimal("2.5"))
                .containsEntry("float", new BigDecimal("0.1"))
                .containsEntry("yes", true)
                .containsEntry("no", false)
                .containsEntry("nothing", null)
                .containsEntry("decimal", new BigDecimal("12.340"))
                .containsEntry("integer", new BigDecimal(BigInteger.TWO.pow(100)))
                .containsEntry("array", List.of(BigDecimal.ONE, BigDecimal.valueOf(2)))
                .containsEntry("map", Map.of("a", BigDecimal.ONE, "b", List.of(true, "x")))
                .containsEntry("bytes", Base64.getEncoder().encodeToString(new byte[] {1, 2, -1}))
                .containsEntry("empty", Map.of());
        assertThat(text(JsonFormatter.weir(), record)).contains("\"zero\":-0.0,");
    }

    @Test
    void writesNumbersThatJsonDoesNotHaveAsStrings() {
        LogRecord record = Records.message("m")
                .keyValue("a", Double.NaN)
                .keyValue("b", Double.POSITIVE_INFINITY)
                .keyValue("c", Float.NEGATIVE_INFINITY)
                .keyValue("huge", new BigDecimal("1E1000000"))
                .keyValue("tiny", new BigDecimal("1E-1000000"))
                .record();

        assertThat(StrictJson.format(JsonFormatter.weir(), record))
                .containsEntry("a", "NaN")
                .containsEntry("b", "Infinity")
                .containsEntry("c", "-Infinity");
        assertThat(text(JsonFormatter.weir(), record)).hasSizeLessThan(400).contains("1E+1000000");
    }

    @Test
    void doesNotPrintANumberOfAMillionDigits() {
        LogRecord record = Records.message("m")
                .keyValue("digits", new BigDecimal(BigInteger.ONE.shiftLeft(3_000_000)))
                .keyValue("after", 1)
                .record();

        assertThat(StrictJson.format(JsonFormatter.weir(), record))
                .containsEntry("digits", "[number of 3000001 bits]…[truncated]")
                .containsEntry("after", BigDecimal.ONE)
                .containsEntry("truncated", true);
    }

    // names

    @Test
    void letsNoContentPassForAField() {
        LogRecord record = Records.message("real")
                .context("level", "forged")
                .context("trace_id", "forged")
                .keyValue("msg", "forged")
                .keyValue("truncated", "forged")
                .keyValue("attr.msg", "mine")
                .keyValue("attr.other", "mine too")
                .record();

        assertThat(StrictJson.format(JsonFormatter.weir(), record))
                .containsEntry("level", "INFO")
                .containsEntry("msg", "real")
                .containsEntry("attr.level", "forged")
                .containsEntry("attr.trace_id", "forged")
                .containsEntry("attr.msg", "forged")
                .containsEntry("attr.truncated", "forged")
                .containsEntry("attr.attr.msg", "mine")
                .containsEntry("attr.other", "mine too")
                .doesNotContainKeys("trace_id", "truncated");
    }

    @Test
    void writesTheLastOfEqualNamesOnce() {
        LogRecord record = Records.message("m")
                .context("user", "of the context")
                .context("other", "stays")
                .keyValue("user", "first")
                .keyValue("x", 1)
                .keyValue("user", "last")
                .keyValue("nested", orderedMap(1, "one", "1", "last"))
                .record();

        assertThat(StrictJson.format(JsonFormatter.weir(), record))
                .containsEntry("user", "last")
                .containsEntry("other", "stays")
                .containsEntry("x", BigDecimal.ONE)
                .containsEntry("nested", Map.of("1", "last"));
    }

    /** Of equal length, with the same first and last byte. */
    @Test
    void tellsNamesApartThatDifferOnlyWithin() {
        LogRecord record = Records.message("m")
                .context("l12el", "context")
                .keyValue("l34el", "first")
                .keyValue("l56el", "second")
                .keyValue("nested", orderedMap("k1x", "one", "k2x", "two"))
                .record();

        assertThat(StrictJson.format(JsonFormatter.weir(), record))
                .containsEntry("l12el", "context")
                .containsEntry("l34el", "first")
                .containsEntry("l56el", "second")
                .containsEntry("level", "INFO")
                .containsEntry("nested", Map.of("k1x", "one", "k2x", "two"));
    }

    @Test
    void writesAsManyEntriesAsThereAre() {
        for (int count = 1; count <= 40; count++) {
            Records made = Records.message("m").context("c", "context");
            for (int i = 0; i < count; i++) {
                made.keyValue("k" + i, i);
            }

            assertThat(StrictJson.format(JsonFormatter.weir(), made.record()))
                    .hasSize(count + 6)
                    .containsEntry("c", "context")
                    .containsEntry("k" + (count - 1), BigDecimal.valueOf(count - 1));
        }
    }

    @Test
    void writesTheLastOfEqualNamesOnceAmongThousands() {
        Records made = Records.message("m");
        for (int i = 0; i < 3000; i++) {
            made.keyValue("k" + i % 1000, i);
        }

        LogRecord record = made.record();
        Map<String, @Nullable Object> read =
                Assertions.assertTimeout(Duration.ofSeconds(5), () -> StrictJson.format(JsonFormatter.weir(), record));

        assertThat(read).hasSize(1000 + 5).containsEntry("k7", BigDecimal.valueOf(2007));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "line\nbreak", "\\", "\u0000", "ü", "{}", "${env:HOME}", "a.b", "\u2028"})
    void takesAnyName(String name) {
        LogRecord record = Records.message("m")
                .keyValue(name, "value")
                .context(name + "!", "v")
                .record();

        assertThat(StrictJson.format(JsonFormatter.weir(), record))
                .containsEntry(name, "value")
                .containsEntry(name + "!", "v");
    }

    // content

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${jndi:ldap://127.0.0.1:1389/a}",
                "${env:HOME} ${${lower:j}ndi:x} %n%x %m {} \\{}",
                "a\r\nb\nc\rd\u0085e\u2028f\u2029g\u000bh\fi\u0000j",
                "\u001b[2J \u001b]0;t\u0007 \u001b]8;;http://x\u001b\\ \u009b31m \u007f",
                "\u202eabc\u200b\ufeff",
                "\"}\n{\"level\":\"ERROR\"",
                "\ufffe\uffff 𝄞 \ud7ff\ue000",
                "\\u0041 \\n \\"
            })
    void writesContentOfEveryOriginAsItIs(String attack) {
        LogRecord record = Records.message(attack)
                .logger(attack)
                .thread(attack)
                .context("c" + attack, attack)
                .keyValue("k" + attack, attack)
                .markers(attack)
                .thrown(new IllegalStateException(attack))
                .record();

        Map<String, @Nullable Object> read = StrictJson.format(JsonFormatter.weir(), record);

        assertThat(read)
                .containsEntry("msg", attack)
                .containsEntry("logger", attack)
                .containsEntry("thread", attack)
                .containsEntry("c" + attack, attack)
                .containsEntry("k" + attack, attack)
                .containsEntry("markers", List.of(attack));
        assertThat((String) read.get("exception")).startsWith("java.lang.IllegalStateException: " + attack);
    }

    @Test
    void writesArgumentsWithoutLookingForPlacesInThem() {
        LogRecord record = Records.message("{} {}", "{}", "${jndi:x}").record();

        assertThat(StrictJson.format(JsonFormatter.weir(), record)).containsEntry("msg", "{} ${jndi:x}");
    }

    @Test
    void takesTenThousandNestedLookupsInItsStride() {
        String nested = "${".repeat(10_000) + "}".repeat(10_000);

        assertThat(StrictJson.format(
                        JsonFormatter.weir(), Records.message("{}", nested).record()))
                .containsEntry("msg", nested);
    }

    @Test
    void replacesLoneSurrogates() {
        LogRecord record =
                Records.message("a\ud800b\udc00").keyValue("k\udfff", "\ud83d").record();

        assertThat(StrictJson.format(JsonFormatter.weir(), record))
                .containsEntry("msg", "a\ufffdb\ufffd")
                .containsEntry("k\ufffd", "\ufffd");
    }

    @Test
    void writesContentBackAsItWasWhateverItIs() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        JsonFormatter formatter = JsonFormatter.weir();
        for (int i = 0; i < 5_000; i++) {
            String content = content(random);
            String key = "k" + content(random);
            LogRecord record =
                    Records.message("{}", content).keyValue(key, content).record();

            assertThat(StrictJson.format(formatter, record))
                    .as("seed %s", seed)
                    .containsEntry("msg", content)
                    .containsEntry(key, content);
        }
    }

    @Test
    void marksARecordThatWasShortened() {
        LogRecord record = Records.message("{}", "x".repeat(10_000))
                .traced()
                .maxBytes(1024)
                .record();

        Map<String, @Nullable Object> read = StrictJson.format(JsonFormatter.weir(), record);

        assertThat(read).containsEntry("truncated", true).containsEntry("trace_id", Records.TRACE_ID);
        assertThat((String) read.get("msg")).endsWith("x…[truncated]");
    }

    @Test
    void writesAnExceptionAsItPrintsItself() {
        Exception inner = new IllegalStateException("inner\nsecond line");
        inner.addSuppressed(new RuntimeException("suppressed", new Error("its cause")));
        Exception outer = new Exception(null, inner);
        StringWriter printed = new StringWriter();
        outer.printStackTrace(new PrintWriter(printed, true));

        Object exception = StrictJson.format(
                        JsonFormatter.weir(), Records.message("m").thrown(outer).record())
                .get("exception");

        assertThat(exception).isEqualTo(withoutVersionsAndLoaders(printed.toString()));
    }

    @Test
    void writesCircularCausesOnce() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        StringWriter printed = new StringWriter();
        first.printStackTrace(new PrintWriter(printed, true));

        Object exception = StrictJson.format(
                        JsonFormatter.weir(), Records.message("m").thrown(first).record())
                .get("exception");

        assertThat(exception).isEqualTo(withoutVersionsAndLoaders(printed.toString()));
    }

    // helpers

    /** Version of a module and name of a class loader are not in a record. */
    private static String withoutVersionsAndLoaders(String trace) {
        return trace.replaceAll("(?m)^(\\t+at )(?:app/)?/?([\\w.]*)(?:@[\\w.-]+)?/", "$1$2/")
                .replaceAll("(?m)^(\\t+at )app//", "$1");
    }

    private static Map<Object, Object> orderedMap(Object... entries) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(entries[i], entries[i + 1]);
        }
        return map;
    }

    private static String content(Random random) {
        int[] points = new int[random.nextInt(24)];
        for (int i = 0; i < points.length; i++) {
            points[i] = switch (random.nextInt(6)) {
                case 0 -> random.nextInt(0x20);
                case 1 -> 0x7F + random.nextInt(0x40);
                case 2 -> 0x2000 + random.nextInt(0x60);
                case 3 -> 0x10000 + random.nextInt(0x1000);
                default -> ' ' + random.nextInt(0x5F);
            };
        }
        return new String(points, 0, points.length);
    }

    private static Object time(long nanos) {
        return StrictJson.format(
                        JsonFormatter.weir(), Records.message("m").time(nanos).record())
                .get("time");
    }

    private static String text(JsonFormatter formatter, LogRecord record) {
        ByteOutput out = new ByteOutput(16);
        formatter.format(record, out);
        StrictJson.line(Arrays.copyOf(out.array(), out.size()));
        return out.toString();
    }
}
