package dev.weir.record;

import dev.weir.Level;
import dev.weir.internal.record.RecordEncoder;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.TraceBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records as the emitting side does, for tests of what reads them. */
public final class Records {
    public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    public static final String SPAN_ID = "b7ad6b7169203331";
    /** 2024-05-20T14:32:11.123456789Z. */
    public static final long TIME = 1_716_215_531_123_456_789L;

    private final RecordEncoder encoder = new RecordEncoder();
    private final String template;
    private final List<@Nullable Object> arguments;
    private final Map<String, @Nullable String> context = new LinkedHashMap<>();
    private Object[][] keyValues = {};
    private Level level = Level.INFO;
    private String logger = "payment.service";
    private String thread = "main";
    private long time = TIME;
    private byte @Nullable [] trace;
    private @Nullable Throwable throwable;
    private List<String> markers = List.of();
    private @Nullable String event;
    private @Nullable StackTraceElement caller;
    private int maxBytes = 64 * 1024;

    private Records(String template, List<@Nullable Object> arguments) {
        this.template = template;
        this.arguments = arguments;
    }

    public static Records message(String template, @Nullable Object... arguments) {
        return new Records(template, Arrays.asList(arguments));
    }

    public Records level(Level value) {
        level = value;
        return this;
    }

    public Records logger(String name) {
        logger = name;
        return this;
    }

    public Records thread(String name) {
        thread = name;
        return this;
    }

    public Records time(long nanos) {
        time = nanos;
        return this;
    }

    public Records traced() {
        return trace(TRACE_ID, SPAN_ID);
    }

    public Records trace(String traceId, String spanId) {
        trace = TraceBytes.of(traceId, spanId, 1);
        return this;
    }

    public Records context(String key, @Nullable String value) {
        context.put(key, value);
        return this;
    }

    public Records keyValue(String key, @Nullable Object value) {
        keyValues = Arrays.copyOf(keyValues, keyValues.length + 1);
        keyValues[keyValues.length - 1] = new Object[] {key, value};
        return this;
    }

    public Records thrown(Throwable thrown) {
        throwable = thrown;
        return this;
    }

    public Records markers(String... names) {
        markers = List.of(names);
        return this;
    }

    public Records event(String name) {
        event = name;
        return this;
    }

    public Records caller(String type, String method, String file, int line) {
        caller = new StackTraceElement(type, method, file, line);
        return this;
    }

    public Records maxBytes(int bytes) {
        maxBytes = bytes;
        return this;
    }

    /** How often user code failed while the record was made. */
    public int failures() {
        return encoder.takeFailures();
    }

    public LogRecord record() {
        encode();
        int length = encoder.end();
        byte[] array = new byte[length + 32];
        System.arraycopy(encoder.bytes(), 0, array, 24, length); // records do not begin at 0 in real life
        return new LogRecord(new OneLogger(logger)).moveTo(array, 24);
    }

    private void encode() {
        encoder.begin(
                maxBytes,
                0,
                List.of(Level.values()).indexOf(level),
                level.severityNumber(),
                7,
                time,
                trace,
                42,
                thread.getBytes(StandardCharsets.UTF_8));
        encoder.message(template);
        if (!arguments.isEmpty()) {
            encoder.beginArguments(arguments.size());
            arguments.forEach(encoder::value);
        }
        if (!context.isEmpty()) {
            byte[] encoded = encodedContext();
            encoder.context(encoded, encoded.length, context.size());
        }
        if (keyValues.length > 0) {
            encoder.beginKeyValues(keyValues.length);
            for (Object[] entry : keyValues) {
                encoder.key((String) entry[0]);
                encoder.structuredValue(entry[1]);
            }
        }
        if (throwable != null) {
            encoder.throwable(throwable);
        }
        encodeExtras();
    }

    private void encodeExtras() {
        int extras = (markers.isEmpty() ? 0 : 1) + (event == null ? 0 : 1) + (caller == null ? 0 : 4);
        if (extras == 0) {
            return;
        }
        encoder.beginExtras(extras);
        if (!markers.isEmpty()) {
            encoder.extraKey(RecordLayout.EXTRA_MARKERS);
            encoder.structuredValue(markers);
        }
        if (event != null) {
            encoder.extraKey(RecordLayout.EXTRA_EVENT_NAME);
            encoder.string(event);
        }
        if (caller != null) {
            encoder.extraKey(RecordLayout.EXTRA_CALLER_CLASS);
            encoder.string(caller.getClassName());
            encoder.extraKey(RecordLayout.EXTRA_CALLER_METHOD);
            encoder.string(caller.getMethodName());
            encoder.extraKey(RecordLayout.EXTRA_CALLER_FILE);
            encoder.string(String.valueOf(caller.getFileName()));
            encoder.extraKey(RecordLayout.EXTRA_CALLER_LINE);
            encoder.value((long) caller.getLineNumber());
        }
    }

    /** The entries as a section has them, cut out of a record of their own. */
    private byte[] encodedContext() {
        RecordEncoder entries = new RecordEncoder();
        entries.begin(RecordLayout.MAX_TEXT_BYTES - 7, 0, 0, 1, 0, 0, null, 0, new byte[0]);
        entries.message(null);
        entries.beginKeyValues(context.size());
        int from = RecordLayout.HEADER_BYTES + 2 + 1 + 2;
        context.forEach((key, value) -> {
            entries.key(key);
            entries.string(value);
        });
        entries.beginExtras(0);
        entries.end();
        int to = dev.weir.internal.record.Bytes.getUnsignedShort(entries.bytes(), RecordLayout.extrasAt(0));
        return Arrays.copyOfRange(entries.bytes(), from, to);
    }

    private record OneLogger(String name) implements LoggerNames {
        @Override
        public String name(int loggerId) {
            return name;
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return name.getBytes(StandardCharsets.UTF_8);
        }
    }
}
