package dev.weir.testkit;

import dev.weir.Level;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordEncoder;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.TraceBytes;
import dev.weir.internal.record.Utf8;
import dev.weir.record.LogRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record with any content at all, also such as no call can have: {@link Records#make()} begins one.
 *
 * <pre>{@code
 * LogRecord record = Records.make().severity(18, "ALARM").keyValue("amount", 42).message("paid {}", "twice").record();
 * }</pre>
 *
 * <p>Used by one thread. What it is not told is as a call on the level INFO at the beginning of 1970 would have it.
 */
public final class RecordMaker {
    /** What records are shortened to by default. */
    private static final int MAX_BYTES = 64 * 1024;

    private @Nullable String message = "";
    private @Nullable Object[] arguments = {};
    private Level level = Level.INFO;
    private int severityNumber;
    private String logger = Records.LOGGER;
    private String thread = "main";
    private long threadId = 1;
    private long timeNanos;
    private byte @Nullable [] trace;
    private int flags;
    private final List<@Nullable Object[]> context = new ArrayList<>();
    private final List<@Nullable Object[]> keyValues = new ArrayList<>();
    private final Set<String> markers = new LinkedHashSet<>();
    private @Nullable Throwable cause;
    private final List<Consumer<RecordEncoder>> extras = new ArrayList<>();
    private int maxBytes = MAX_BYTES;

    RecordMaker() {}

    /**
     * Sets the message.
     *
     * @param template with {@code {}}; null for a null message
     * @param values its arguments, of any type
     * @return this
     */
    public RecordMaker message(@Nullable String template, @Nullable Object... values) {
        message = template;
        arguments = values.clone();
        return this;
    }

    /**
     * Sets the level, INFO by default.
     *
     * @param level any
     * @return this
     */
    public RecordMaker level(Level level) {
        this.level = level;
        return this;
    }

    /**
     * Sets the severity, which is the level's by default.
     *
     * @param number 1 to 24, as OpenTelemetry numbers severities
     * @param text what the source calls it; null for the level's name
     * @return this
     */
    public RecordMaker severity(int number, @Nullable String text) {
        severityNumber = number;
        return extra(RecordLayout.EXTRA_SEVERITY_TEXT, text);
    }

    /**
     * Sets the logger's name, {@link Records#LOGGER} by default.
     *
     * @param name its name
     * @return this
     */
    public RecordMaker logger(String name) {
        logger = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the emitting thread.
     *
     * @param name its name
     * @param id its number
     * @return this
     */
    public RecordMaker thread(String name, long id) {
        thread = Objects.requireNonNull(name, "name");
        threadId = id;
        return this;
    }

    /**
     * Sets when it happened.
     *
     * @param epochNanos nanoseconds since 1970-01-01T00:00Z
     * @return this
     */
    public RecordMaker time(long epochNanos) {
        timeNanos = epochNanos;
        return this;
    }

    /**
     * Sets when it came to the caller's knowledge.
     *
     * @param epochNanos nanoseconds since 1970-01-01T00:00Z
     * @return this
     */
    public RecordMaker observed(long epochNanos) {
        return extra(RecordLayout.EXTRA_OBSERVED_TIME, epochNanos);
    }

    /**
     * Sets the trace.
     *
     * @param traceId 32 lower-case hexadecimal digits
     * @param spanId 16 of them, or empty for none
     * @param traceFlags 0 to 255
     * @return this
     */
    public RecordMaker trace(String traceId, String spanId, int traceFlags) {
        trace = TraceBytes.of(traceId, spanId, traceFlags);
        return this;
    }

    /**
     * Makes it a record of Weir's own.
     *
     * @return this
     */
    public RecordMaker synthetic() {
        flags |= RecordLayout.FLAG_SYNTHETIC;
        return this;
    }

    /**
     * Adds an entry of the context (MDC).
     *
     * @param key any, also one that is there
     * @param value null for no value
     * @return this
     */
    public RecordMaker context(String key, @Nullable String value) {
        context.add(new @Nullable Object[] {key, value});
        return this;
    }

    /**
     * Adds a key-value.
     *
     * @param key any, also one that is there
     * @param value of any type
     * @return this
     */
    public RecordMaker keyValue(String key, @Nullable Object value) {
        keyValues.add(new @Nullable Object[] {key, value});
        return this;
    }

    /**
     * Adds a marker, once.
     *
     * @param name its name
     * @return this
     */
    public RecordMaker marker(String name) {
        markers.add(name);
        return this;
    }

    /**
     * Sets the throwable.
     *
     * @param thrown null for none
     * @return this
     */
    public RecordMaker cause(@Nullable Throwable thrown) {
        cause = thrown;
        return this;
    }

    /**
     * Sets the name of the event.
     *
     * @param name null for none
     * @return this
     */
    public RecordMaker eventName(@Nullable String name) {
        return extra(RecordLayout.EXTRA_EVENT_NAME, name);
    }

    /**
     * Sets where the call was made.
     *
     * @param caller class, method, file and line of it
     * @return this
     */
    public RecordMaker caller(StackTraceElement caller) {
        extra(RecordLayout.EXTRA_CALLER_CLASS, caller.getClassName());
        extra(RecordLayout.EXTRA_CALLER_METHOD, caller.getMethodName());
        extra(RecordLayout.EXTRA_CALLER_FILE, caller.getFileName());
        return extra(RecordLayout.EXTRA_CALLER_LINE, caller.getLineNumber());
    }

    /**
     * Sets what tells the record from all others.
     *
     * @param id null for nothing
     * @return this
     */
    public RecordMaker uniqueId(@Nullable String id) {
        return extra(RecordLayout.EXTRA_UNIQUE_ID, id);
    }

    /**
     * Sets how long the record may be before it is shortened, 64 KiB by default.
     *
     * @param bytes a multiple of 8, from 1024 to 65,528
     * @return this
     */
    public RecordMaker maxBytes(int bytes) {
        maxBytes = bytes;
        return this;
    }

    private RecordMaker extra(byte key, @Nullable Object value) {
        extras.add(out -> {
            out.extraKey(key);
            out.value(value);
        });
        return this;
    }

    /**
     * Makes the record.
     *
     * @return in an array of its own
     */
    public LogRecord record() {
        RecordEncoder out = new RecordEncoder();
        out.begin(
                maxBytes,
                flags,
                level.ordinal(),
                severityNumber == 0 ? level.severityNumber() : severityNumber,
                0,
                timeNanos,
                trace,
                threadId,
                Utf8.ofAtMost(RecordLayout.MAX_THREAD_NAME_CHARS, thread));
        out.message(message);
        if (arguments.length > 0) {
            out.beginArguments(arguments.length);
            Arrays.stream(arguments).forEach(out::value);
        }
        if (!context.isEmpty()) {
            encodeContext(out);
        }
        if (!keyValues.isEmpty()) {
            out.beginKeyValues(keyValues.size());
            write(keyValues, out);
        }
        if (cause != null) {
            out.throwable(cause);
        }
        writeExtras(out);
        int length = out.end();
        byte[] bytes = Arrays.copyOf(out.bytes(), length);
        return new LogRecord(new Records.OneLogger(logger, Utf8.of(logger))).moveTo(bytes, 0);
    }

    private void writeExtras(RecordEncoder out) {
        int count = extras.size() + (markers.isEmpty() ? 0 : 1);
        if (count == 0) {
            return;
        }
        out.beginExtras(count);
        if (!markers.isEmpty()) {
            out.extraKey(RecordLayout.EXTRA_MARKERS);
            out.structuredValue(markers);
        }
        extras.forEach(extra -> extra.accept(out));
    }

    /** Cuts the context out of a record that has its entries as key-values, as many of them as that can hold. */
    private void encodeContext(RecordEncoder out) {
        RecordEncoder other = new RecordEncoder();
        other.begin(MAX_BYTES, 0, 0, 1, 0, 0, null, 0, new byte[0]);
        other.message(null);
        other.beginKeyValues(context.size());
        write(context, other);
        other.beginExtras(0);
        other.end();
        byte[] bytes = other.bytes();
        int from = Bytes.getUnsignedShort(bytes, RecordLayout.keyValuesAt(0));
        int to = Bytes.getUnsignedShort(bytes, RecordLayout.extrasAt(0));
        int count = Bytes.getUnsignedShort(bytes, from);
        out.context(Arrays.copyOfRange(bytes, from + 2, to), to - from - 2, count);
        if (count < context.size()) {
            out.markTruncated();
        }
    }

    private static void write(List<@Nullable Object[]> entries, RecordEncoder out) {
        for (@Nullable Object[] entry : entries) {
            out.key((String) entry[0]);
            out.structuredValue(entry[1]);
        }
    }
}
