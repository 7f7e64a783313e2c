package dev.weir.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.AllocatedBytes;
import dev.weir.record.ByteOutput.Escape;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordValuesTest {
    private static final byte[] USER = utf8("user");

    @Test
    void tellsTheKindOfEveryValue() {
        LogRecord record = Records.message("t")
                .keyValue("a", null)
                .keyValue("b", true)
                .keyValue("c", false)
                .keyValue("d", 7)
                .keyValue("e", 1.5)
                .keyValue("f", 0.1f)
                .keyValue("g", "text")
                .keyValue("h", new BigDecimal("1E+3"))
                .keyValue("i", new byte[] {0, -1})
                .keyValue("j", List.of(1))
                .keyValue("k", Map.of("x", 1))
                .record();

        assertThat(described(record, record.keyValuesAt()))
                .containsExactly(
                        "a=NULL null",
                        "b=BOOLEAN true",
                        "c=BOOLEAN false",
                        "d=LONG 7",
                        "e=DOUBLE 1.5",
                        "f=FLOAT 0.1",
                        "g=STRING text",
                        "h=NUMBER 1E+3",
                        "i=BYTES AP8=",
                        "j=ARRAY [1]",
                        "k=MAP {x=1}");
    }

    private static List<String> described(LogRecord record, int list) {
        RecordValues values = record.values();
        List<String> all = new ArrayList<>();
        int entry = values.first(list);
        for (int left = values.count(list); left > 0; left--) {
            int value = values.valueOf(entry);
            ByteOutput out = new ByteOutput(16);
            values.appendText(entry, out, Escape.NONE);
            out.put("=" + values.kind(value) + " ");
            values.append(value, out, Escape.NONE);
            all.add(out.toString());
            entry = values.after(value);
        }
        return all;
    }

    @Test
    void readsValuesWithoutObjects() {
        LogRecord record = Records.message("t")
                .keyValue("flag", true)
                .keyValue("long", Long.MIN_VALUE)
                .keyValue("double", -0.0)
                .keyValue("float", Float.MIN_VALUE)
                .record();
        RecordValues values = record.values();
        int list = record.keyValuesAt();

        assertThat(values.booleanAt(values.find(list, utf8("flag")))).isTrue();
        assertThat(values.longAt(values.find(list, utf8("long")))).isEqualTo(Long.MIN_VALUE);
        assertThat(values.doubleAt(values.find(list, utf8("double")))).isEqualTo(-0.0);
        assertThat(values.floatAt(values.find(list, utf8("float")))).isEqualTo(Float.MIN_VALUE);
    }

    @Test
    void goesIntoArraysAndMaps() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", Arrays.asList("ü", null, List.of()));
        map.put("last", 1);
        LogRecord record = Records.message("t").keyValue("map", map).record();
        RecordValues values = record.values();

        int entries = values.elements(values.find(record.keyValuesAt(), utf8("map")));
        assertThat(described(record, entries)).containsExactly("list=ARRAY [ü, null, []]", "last=LONG 1");
        int list = values.elements(values.find(entries, utf8("list")));
        assertThat(values.count(list)).isEqualTo(3);
        int text = values.textOf(values.first(list));
        assertThat(values.text(text)).isEqualTo("ü");
        assertThat(Arrays.copyOfRange(
                        record.bytes(), values.textFrom(text), values.textFrom(text) + values.textLength(text)))
                .isEqualTo(utf8("ü"));
        int empty = values.after(values.after(values.first(list)));
        assertThat(values.count(values.elements(empty))).isZero();
    }

    @Test
    void findsTheLastValueOfAKeyInItsOwnListAlone() {
        LogRecord record = Records.message("t")
                .context("user", "context")
                .keyValue("user", "first")
                .keyValue("us", 1)
                .keyValue("user", "last")
                .keyValue("users", 2)
                .record();
        RecordValues values = record.values();

        assertThat(values.object(values.find(record.keyValuesAt(), USER))).isEqualTo("last");
        assertThat(values.object(values.find(record.contextAt(), USER))).isEqualTo("context");
        assertThat(values.find(record.contextAt(), utf8("us"))).isZero();
    }

    @Test
    void aListThatIsNotThereIsEmpty() {
        LogRecord record = Records.message("t").record();
        RecordValues values = record.values();

        assertThat(List.of(record.argumentsAt(), record.contextAt(), record.keyValuesAt(), record.markersAt()))
                .containsOnly(0);
        assertThat(values.count(record.keyValuesAt())).isZero();
        assertThat(values.find(record.keyValuesAt(), USER)).isZero();
    }

    @Test
    void showsTemplateThreadArgumentsAndMarkers() {
        LogRecord record = Records.message("a {}", 1, "b")
                .thread("thread ü")
                .markers("ONE", "TWO")
                .record();
        RecordValues values = record.values();

        assertThat(values.text(record.threadNameAt())).isEqualTo("thread ü");
        assertThat(values.object(record.templateAt())).isEqualTo("a {}");
        assertThat(values.longAt(values.first(record.argumentsAt()))).isEqualTo(1);
        assertThat(values.object(values.after(values.first(record.argumentsAt()))))
                .isEqualTo("b");
        assertThat(values.count(record.markersAt())).isEqualTo(2);
        assertThat(values.object(values.first(record.markersAt()))).isEqualTo("ONE");
    }

    @Test
    void aNullMessageIsNull() {
        LogRecord record = Records.message(null).record();

        assertThat(record.values().kind(record.templateAt())).isEqualTo(ValueKind.NULL);
    }

    @Test
    void writesIdsAndNamesWithoutStrings() {
        LogRecord record = Records.message("t").thread("a\nb").traced().record();
        ByteOutput out = new ByteOutput(1);
        record.appendTraceId(out);
        out.put(' ');
        record.appendSpanId(out);
        out.put(' ');
        record.appendThreadName(out, Escape.TEXT);
        out.put(' ');
        out.putHex(record.bytes(), record.traceIdFrom(), 16);
        out.put(' ');
        out.putHex(record.bytes(), record.spanIdFrom(), 8);

        assertThat(out)
                .hasToString(String.join(
                        " ", Records.TRACE_ID, Records.SPAN_ID, "a\\nb", Records.TRACE_ID, Records.SPAN_ID));
        assertThat(record.hasTrace()).isTrue();
        assertThat(record.hasSpan()).isTrue();
    }

    @Test
    void writesNoIdsWhereThereAreNone() {
        LogRecord untraced = Records.message("t").record();
        LogRecord withoutSpan = Records.message("t").trace(Records.TRACE_ID, "").record();
        ByteOutput out = new ByteOutput(1);
        untraced.appendTraceId(out);
        untraced.appendSpanId(out);
        withoutSpan.appendSpanId(out);

        assertThat(out.size()).isZero();
        assertThat(untraced.hasTrace() || untraced.hasSpan()).isFalse();
        assertThat(withoutSpan.hasTrace()).isTrue();
        assertThat(withoutSpan.hasSpan()).isFalse();
    }

    @Test
    void movesWithItsRecord() {
        LogRecord record = Records.message("t").keyValue("user", "first").record();
        LogRecord other = Records.message("other")
                .context("a", "b")
                .keyValue("user", "second")
                .record();
        RecordValues values = record.values();

        record.moveTo(other.bytes(), other.start());

        assertThat(record.values()).isSameAs(values);
        assertThat(values.object(values.find(record.keyValuesAt(), USER))).isEqualTo("second");
    }

    @Test
    void allocatesNothing() {
        LogRecord record = Records.message("{}", 1)
                .context("user", "u")
                .keyValue("amount", 12)
                .keyValue("list", List.of(1, "two"))
                .record();
        RecordValues values = record.values();
        Attributes attributes = new Attributes();
        ByteOutput out = new ByteOutput(1024);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = AllocatedBytes.ofThisThread();
            for (int i = 0; i < 10_000; i++) {
                out.truncate(0);
                attributes.moveTo(record);
                for (int k = 0; k < attributes.size(); k++) {
                    values.appendText(attributes.entry(k), out, Escape.JSON);
                    values.append(values.valueOf(attributes.entry(k)), out, Escape.JSON);
                    out.putDecimal(
                            values.kind(values.valueOf(attributes.entry(k))).ordinal());
                }
                out.putDecimal(attributes.find(USER));
            }
            least = Math.min(least, AllocatedBytes.ofThisThread() - before);
        }

        assertThat(least / 10_000).isZero();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
