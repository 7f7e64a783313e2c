package dev.weir.record;

import static dev.weir.internal.record.RecordLayout.FLAG_NO_SPAN;
import static dev.weir.internal.record.RecordLayout.FLAG_SYNTHETIC;
import static dev.weir.internal.record.RecordLayout.FLAG_TRACE;
import static dev.weir.internal.record.RecordLayout.FLAG_TRUNCATED;

import dev.weir.Level;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.TraceBytes;
import dev.weir.internal.record.ValueTag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One record: a view of its bytes. What it shows is what was true at the call; nothing in it refers to objects of the
 * application.
 *
 * <p>Used by the one worker thread that lends it. The view moves on to the next record when {@code emit} (or {@code
 * format}) returns, so whoever wants to keep something copies it: all methods that return objects return copies.
 *
 * <p>Those that make objects are for filters and tests. A formatter appends what it needs to its output, or looks at places in
 * the record's bytes, which methods ending in {@code At} give and {@link #values()} reads.
 */
public final class LogRecord {
    private final LoggerNames names;
    private final MessageText messages = new MessageText();
    private final RecordValues values = new RecordValues(this);
    private final RecordThrowables throwables = new RecordThrowables(this);
    private byte[] bytes = {};
    private int start;

    /**
     * A view of nothing yet; made by the worker and by tests.
     *
     * @param names what the logger ids stand for
     */
    public LogRecord(LoggerNames names) {
        this.names = names;
    }

    /**
     * Moves the view.
     *
     * @param array holds the record, not copied
     * @param offset where it begins
     * @return this
     */
    public LogRecord moveTo(byte[] array, int offset) {
        bytes = array;
        start = offset;
        return this;
    }

    /** A view for another record of the same loggers: the one that is at hand, if it can be. */
    LogRecord view(@Nullable LogRecord atHand) {
        return atHand != null && atHand.names == names ? atHand : new LogRecord(names);
    }

    /**
     * The array that holds the record; lent and read only. Every text in it is well-formed UTF-8: lone surrogates have become
     * U+FFFD.
     *
     * @return the bytes, of which the record's begin at {@link #start()}
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Where the record begins in {@link #bytes()}.
     *
     * @return an index
     */
    public int start() {
        return start;
    }

    /**
     * The length of the record's bytes.
     *
     * @return header and rounding included
     */
    public int length() {
        return Bytes.getInt(bytes, RecordLayout.lengthAt(start));
    }

    /**
     * What reads the record's values by their places, as {@link #keyValuesAt} gives them.
     *
     * @return always the same, for this view
     */
    public RecordValues values() {
        return values;
    }

    /**
     * The level.
     *
     * @return the level of the call
     */
    public Level level() {
        return Level.at(bytes[RecordLayout.levelAt(start)]);
    }

    /**
     * The severity as OpenTelemetry numbers it: that of the level, unless the call had another one.
     *
     * @return 1 to 24
     */
    public int severityNumber() {
        return bytes[RecordLayout.severityAt(start)];
    }

    /**
     * What the source of the record calls its severity.
     *
     * @return null if it is the level's name
     */
    public @Nullable String severityText() {
        return textOrNull(severityTextAt());
    }

    /**
     * Where {@link #severityText()} is.
     *
     * @return the place of a text, 0 if there is none
     */
    public int severityTextAt() {
        return extraTextAt(RecordLayout.EXTRA_SEVERITY_TEXT);
    }

    /**
     * When it was logged.
     *
     * @return nanoseconds since 1970-01-01T00:00Z
     */
    public long timeNanos() {
        return Bytes.getLong(bytes, RecordLayout.timeAt(start));
    }

    /**
     * When it came to the knowledge of whoever logged it: later than {@link #timeNanos()}, if a call tells of something from
     * elsewhere.
     *
     * @return nanoseconds since 1970-01-01T00:00Z; as {@link #timeNanos()}, unless the call said otherwise
     */
    public long observedNanos() {
        int at = extraAt(RecordLayout.EXTRA_OBSERVED_TIME, ValueTag.LONG);
        return at == 0 ? timeNanos() : values.longAt(at);
    }

    /**
     * The name of the logger.
     *
     * @return "ROOT" for the root logger
     */
    public String loggerName() {
        return names.name(loggerId());
    }

    /**
     * The name of the logger as UTF-8. It is always the same array for the same logger of a pipeline, and never that of
     * another one, so that what was made of the name can be found again by its identity.
     *
     * @return lent, not to be changed
     */
    public byte[] loggerNameUtf8() {
        return names.nameUtf8(loggerId());
    }

    private int loggerId() {
        return Bytes.getInt(bytes, RecordLayout.loggerAt(start));
    }

    /**
     * The name that the emitting thread had.
     *
     * @return may be empty
     */
    public String threadName() {
        return values.text(threadNameAt());
    }

    /**
     * Appends what {@link #threadName()} returns, without a String in between.
     *
     * @param out where to
     * @param escape how
     */
    public void appendThreadName(ByteOutput out, ByteOutput.Escape escape) {
        values.appendText(threadNameAt(), out, escape);
    }

    /**
     * Where the name is that the emitting thread had.
     *
     * @return the place of a text, which may be empty
     */
    public int threadNameAt() {
        return RecordSections.threadNameAt(bytes, start);
    }

    /**
     * The emitting thread.
     *
     * @return {@link Thread#getId()}, 0 if unknown
     */
    public long threadId() {
        return Bytes.getLong(bytes, RecordLayout.threadIdAt(start));
    }

    /**
     * The trace the record belongs to.
     *
     * @return 32 lower-case hexadecimal digits, or null if there is none
     */
    public @Nullable String traceId() {
        return hasTrace() ? TraceBytes.hex(bytes, traceIdFrom(), RecordLayout.TRACE_ID_BYTES) : null;
    }

    /**
     * The span the record belongs to.
     *
     * @return 16 lower-case hexadecimal digits, or null if there is none
     */
    public @Nullable String spanId() {
        return hasSpan() ? TraceBytes.hex(bytes, spanIdFrom(), RecordLayout.SPAN_ID_BYTES) : null;
    }

    /**
     * Whether the record belongs to a trace.
     *
     * @return true if it has a trace id
     */
    public boolean hasTrace() {
        return (flags() & FLAG_TRACE) != 0;
    }

    /**
     * Whether the record belongs to a span.
     *
     * @return true if it has a span id; then it has a trace id, too
     */
    public boolean hasSpan() {
        return (flags() & (FLAG_TRACE | FLAG_NO_SPAN)) == FLAG_TRACE;
    }

    /**
     * Appends the trace id as 32 lower-case hexadecimal digits.
     *
     * @param out where to; as it was, if there is no trace
     */
    public void appendTraceId(ByteOutput out) {
        if (hasTrace()) {
            out.putHex(bytes, traceIdFrom(), RecordLayout.TRACE_ID_BYTES);
        }
    }

    /**
     * Appends the span id as 16 lower-case hexadecimal digits.
     *
     * @param out where to; as it was, if there is no span
     */
    public void appendSpanId(ByteOutput out) {
        if (hasSpan()) {
            out.putHex(bytes, spanIdFrom(), RecordLayout.SPAN_ID_BYTES);
        }
    }

    /**
     * Where the 16 bytes of the trace id begin in {@link #bytes()}.
     *
     * @return an index, of use if {@link #hasTrace()}
     */
    public int traceIdFrom() {
        return RecordLayout.traceAt(start);
    }

    /**
     * Where the 8 bytes of the span id begin in {@link #bytes()}.
     *
     * @return an index, of use if {@link #hasSpan()}
     */
    public int spanIdFrom() {
        return RecordLayout.traceAt(start) + RecordLayout.TRACE_ID_BYTES;
    }

    /**
     * The W3C trace flags.
     *
     * @return 0 to 255; 0 without a trace
     */
    public int traceFlags() {
        return bytes[RecordLayout.traceFlagsAt(start)] & 0xFF;
    }

    /**
     * Whether something was shortened to keep the record within {@code queue.max-record}.
     *
     * @return true if it does not hold all that was logged
     */
    public boolean isTruncated() {
        return (flags() & FLAG_TRUNCATED) != 0;
    }

    /**
     * Whether Weir itself wrote the record, for example to announce a loss.
     *
     * @return true if no call of the application stands behind it
     */
    public boolean isSynthetic() {
        return (flags() & FLAG_SYNTHETIC) != 0;
    }

    /**
     * The message as it was given, before its arguments were put in.
     *
     * @return null if the call had a null message
     */
    public @Nullable String template() {
        return (String) values.object(templateAt());
    }

    /**
     * Where the message is as it was given, before its arguments were put in.
     *
     * @return the place of a value: a STRING, or NULL for a null message
     */
    public int templateAt() {
        return RecordSections.templateAt(bytes, start);
    }

    /**
     * The message with its arguments put in for {@code {}}, as SLF4J's MessageFormatter does it.
     *
     * @return the text; "null" for a null message
     */
    public String message() {
        ByteOutput out = new ByteOutput(256);
        appendMessage(out, ByteOutput.Escape.NONE);
        return out.toString();
    }

    /**
     * Appends what {@link #message()} returns, without a String in between.
     *
     * @param out where to
     * @param escape how
     */
    public void appendMessage(ByteOutput out, ByteOutput.Escape escape) {
        messages.append(bytes, start, out, escape);
    }

    /**
     * Appends the value of a key as text: of the last key-value with that key, else of the context's entry. Numbers and
     * text are written as in a message, bytes as Base64.
     *
     * @param keyUtf8 the key
     * @param out where to
     * @param escape how
     * @return false if there is no such key; then nothing was appended
     */
    public boolean appendAttribute(byte[] keyUtf8, ByteOutput out, ByteOutput.Escape escape) {
        int value = values.find(keyValuesAt(), keyUtf8);
        if (value == 0) {
            value = values.find(contextAt(), keyUtf8);
        }
        if (value == 0) {
            return false;
        }
        values.append(value, out, escape);
        return true;
    }

    /**
     * Where the arguments of the message are.
     *
     * @return the place of a list of values, 0 if there are none
     */
    public int argumentsAt() {
        return RecordSections.argumentsAt(bytes, start);
    }

    /**
     * Where the key-values of the call are, in its order; a key may come twice.
     *
     * @return the place of a list of entries, 0 if there are none
     */
    public int keyValuesAt() {
        return RecordSections.keyValuesAt(bytes, start);
    }

    /**
     * Where the context (MDC) of the call is, without what became the record's trace ids.
     *
     * @return the place of a list of entries, 0 if there are none
     */
    public int contextAt() {
        return RecordSections.contextAt(bytes, start);
    }

    /**
     * The arguments of the message.
     *
     * @return copies: null, Boolean, Long, Double, Float, String, BigDecimal or List each
     */
    public List<@Nullable Object> arguments() {
        List<@Nullable Object> copies = new ArrayList<>();
        int list = argumentsAt();
        int value = values.first(list);
        for (int left = values.count(list); left > 0; left--) {
            copies.add(values.object(value));
            value = values.after(value);
        }
        return copies;
    }

    /**
     * Goes through the key-values of the call, in its order.
     *
     * @param visitor gets key and value: null, Boolean, Long, Double, Float, String, BigDecimal, byte[], List or Map
     */
    public void forEachKeyValue(BiConsumer<String, @Nullable Object> visitor) {
        forEachEntry(keyValuesAt(), visitor);
    }

    /**
     * Goes through the context (MDC) of the call, without what became the record's trace ids.
     *
     * @param visitor gets key and value
     */
    public void forEachContext(BiConsumer<String, @Nullable Object> visitor) {
        forEachEntry(contextAt(), visitor);
    }

    private void forEachEntry(int list, BiConsumer<String, @Nullable Object> visitor) {
        int entry = values.first(list);
        for (int left = values.count(list); left > 0; left--) {
            int value = values.valueOf(entry);
            visitor.accept(values.text(entry), values.object(value));
            entry = values.after(value);
        }
    }

    /**
     * Whether a throwable was logged.
     *
     * @return true if there is one
     */
    public boolean hasThrowable() {
        return throwablesAt() != 0;
    }

    /**
     * What reads the throwable that was logged, and its causes, by their places.
     *
     * @return always the same, for this view
     */
    public RecordThrowables throwables() {
        return throwables;
    }

    int throwablesAt() {
        return RecordSections.throwableAt(bytes, start);
    }

    /**
     * The names of the call's markers and all they refer to.
     *
     * @return may be empty
     */
    public List<String> markers() {
        int at = markersAt();
        if (at == 0) {
            return List.of();
        }
        List<String> copies = new ArrayList<>();
        int name = values.first(at);
        for (int left = values.count(at); left > 0; left--) {
            copies.add(String.valueOf(values.object(name)));
            name = values.after(name);
        }
        return copies;
    }

    /**
     * Where the names of the call's markers are and of all they refer to.
     *
     * @return the place of a list of STRINGs (NULL for a marker without a name), 0 if there are none
     */
    public int markersAt() {
        int at = extraAt(RecordLayout.EXTRA_MARKERS, ValueTag.ARRAY);
        return at == 0 ? 0 : values.elements(at);
    }

    /**
     * The name of the event this record is one of, as OpenTelemetry has it.
     *
     * @return null if there is none
     */
    public @Nullable String eventName() {
        return textOrNull(eventNameAt());
    }

    /**
     * Where {@link #eventName()} is.
     *
     * @return the place of a text, 0 if there is none
     */
    public int eventNameAt() {
        return extraTextAt(RecordLayout.EXTRA_EVENT_NAME);
    }

    /**
     * What tells the record from all others, as the call has given it.
     *
     * @return null if there is nothing
     */
    public @Nullable String uniqueId() {
        return textOrNull(uniqueIdAt());
    }

    /**
     * Where {@link #uniqueId()} is.
     *
     * @return the place of a text, 0 if there is none
     */
    public int uniqueIdAt() {
        return extraTextAt(RecordLayout.EXTRA_UNIQUE_ID);
    }

    /**
     * Where the name of the class is that made the call.
     *
     * @return the place of a text, 0 if it is unknown
     */
    public int callerClassAt() {
        return extraTextAt(RecordLayout.EXTRA_CALLER_CLASS);
    }

    /**
     * Where the name of the method is that made the call.
     *
     * @return the place of a text, 0 if it is unknown
     */
    public int callerMethodAt() {
        return extraTextAt(RecordLayout.EXTRA_CALLER_METHOD);
    }

    /**
     * Where the name of the source file is that has the call.
     *
     * @return the place of a text, 0 if it is unknown
     */
    public int callerFileAt() {
        return extraTextAt(RecordLayout.EXTRA_CALLER_FILE);
    }

    /**
     * The number of the line that has the call.
     *
     * @return 0 if it is unknown
     */
    public long callerLine() {
        int at = extraAt(RecordLayout.EXTRA_CALLER_LINE, ValueTag.LONG);
        return at == 0 ? 0 : values.longAt(at);
    }

    private @Nullable String textOrNull(int text) {
        return text == 0 ? null : values.text(text);
    }

    private int extraTextAt(byte key) {
        int at = extraAt(key, ValueTag.STRING);
        return at == 0 ? 0 : values.textOf(at);
    }

    /** The place of an optional field's value; 0 if there is none, or it is of another kind. */
    private int extraAt(byte key, byte tag) {
        int at = RecordSections.extraAt(bytes, start, key);
        return at == 0 || bytes[at] != tag ? 0 : at;
    }

    private int flags() {
        return RecordSections.flags(bytes, start);
    }
}
