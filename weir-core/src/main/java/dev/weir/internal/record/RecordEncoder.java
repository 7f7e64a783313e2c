package dev.weir.internal.record;

import static dev.weir.internal.record.RecordLayout.FLAG_NO_SPAN;
import static dev.weir.internal.record.RecordLayout.FLAG_TRACE;
import static dev.weir.internal.record.RecordLayout.FLAG_TRUNCATED;
import static dev.weir.internal.record.RecordLayout.MAX_TEXT_BYTES;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record after the other into a byte array of its own, in the form of {@link RecordLayout}.
 *
 * <p>Used by one thread at a time. A record is written front to back: {@link #begin}, the sections in the order of the
 * layout, {@link #end}. Nothing is allocated once the array has grown to the records it meets. User code ({@code
 * toString} of arguments and values, iteration of collections) runs inside the calls that are given objects, and
 * nowhere else; what it throws is written as {@link #FAILED} and counted, never thrown on.
 *
 * <p>A text is first taken as it is, however long the record grows, within a multiple of the maximum that bounds what a
 * hostile record costs. {@link #end} then shortens what is too long ({@link RecordTruncation}).
 */
public final class RecordEncoder {
    /** What stands in the place of an object whose {@code toString()} threw. */
    public static final String FAILED = "[FAILED toString()]";

    private static final byte[] CUT_MARK = "…[truncated]".getBytes(StandardCharsets.UTF_8);
    private static final int INITIAL_BYTES = 2048;
    private static final int NOT_NAMED = -1;
    private static final EncodedFrames KNOWN_FRAMES = new EncodedFrames();
    private static final int KEPT_BYTES = 256 * 1024;
    private static final int MAX_DEPTH = 32;
    /** Leaves room within a u16 for one more element at every depth. */
    private static final int MAX_COMPOSITE_BYTES = 60_000;

    /** Longer numbers are not printed: that takes time that grows with the square of their length. */
    private static final int MAX_NUMBER_BITS = 16 * 1024;

    private final ThrowableEncoder throwables;
    private final RecordTruncation truncation = new RecordTruncation();
    private final EncodedTemplates templates = new EncodedTemplates();

    private byte[] bytes = new byte[INITIAL_BYTES];
    /** In which array a thread's name stands already, whose, and where: the next record is mostly of the same thread. */
    private byte[] namedBytes = {};

    private byte[] namedBy = {};
    private int namedAt = NOT_NAMED;
    private int position;
    private int flags;
    private int maxBytes = MAX_TEXT_BYTES;
    private int argumentsAt;
    private int contextAt;
    private int keyValuesAt;
    private int throwableAt;
    private int extrasAt;
    private int failures;
    private int truncations;
    private @Nullable Object[] enclosing = new Object[8];
    private int depth;
    /** Where the outermost array, collection or map being written has to end, so that its length is a u16. */
    private int compositeEnd;

    /** An encoder that shares what is known of frames with all others. */
    public RecordEncoder() {
        this(KNOWN_FRAMES);
    }

    RecordEncoder(EncodedFrames known) {
        throwables = new ThrowableEncoder(this, known);
    }

    /** The record written last; valid until the next {@link #begin}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Objects whose {@code toString()} threw, since this was last asked. */
    public int takeFailures() {
        int taken = failures;
        failures = 0;
        return taken;
    }

    /** Records that were shortened, since this was last asked. */
    public int takeTruncations() {
        int taken = truncations;
        truncations = 0;
        return taken;
    }

    /**
     * Begins a record.
     *
     * @param maxBytes its length at most, a multiple of 8
     * @param trace {@link TraceBytes} of the record, or null
     */
    public void begin(
            int maxBytes,
            int flags,
            int level,
            int severity,
            int loggerId,
            long timeNanos,
            byte @Nullable [] trace,
            long threadId,
            byte[] threadName) {
        this.maxBytes = maxBytes;
        this.flags = flags;
        argumentsAt = 0;
        contextAt = 0;
        keyValuesAt = 0;
        throwableAt = 0;
        extrasAt = 0;
        depth = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
        position = RecordLayout.HEADER_BYTES;
        ensure(RecordLayout.TRACE_BYTES + 2 + threadName.length);
        byte[] b = bytes;
        b[RecordLayout.kindAt(0)] = RecordLayout.KIND_RECORD;
        b[RecordLayout.levelAt(0)] = (byte) level;
        Bytes.putInt(b, RecordLayout.loggerAt(0), loggerId);
        b[RecordLayout.severityAt(0)] = (byte) severity;
        Bytes.putLong(b, RecordLayout.timeAt(0), timeNanos);
        Bytes.putLong(b, RecordLayout.threadIdAt(0), threadId);
        if (trace == null) {
            b[RecordLayout.traceFlagsAt(0)] = 0;
        } else {
            this.flags |= TraceBytes.hasSpan(trace) ? FLAG_TRACE : FLAG_TRACE | FLAG_NO_SPAN;
            b[RecordLayout.traceFlagsAt(0)] = TraceBytes.flags(trace);
            System.arraycopy(trace, 0, b, position, RecordLayout.TRACE_BYTES);
            position += RecordLayout.TRACE_BYTES;
        }
        if (b != namedBytes || threadName != namedBy || position != namedAt) {
            namedAt = NOT_NAMED; // until it is, whatever happens on the way
            Bytes.putShort(b, position, threadName.length);
            System.arraycopy(threadName, 0, b, position + 2, threadName.length);
            namedBytes = b;
            namedBy = threadName;
            namedAt = position;
        }
        position += 2 + threadName.length;
    }

    /** The message, directly after {@link #begin}. */
    public void message(@Nullable String message) {
        string(message);
    }

    /** As {@link #message}, of a message that arguments are put in: probably one that comes again. */
    public void template(@Nullable String template) {
        if (template == null || template.length() > EncodedTemplates.MOST_CHARS) {
            string(template);
            return;
        }
        ensure(EncodedTemplates.MOST_BYTES);
        int from = position;
        int end = templates.put(template, bytes, from);
        if (end > 0) {
            position = end;
            return;
        }
        string(template);
        if (!isTruncated()) {
            templates.keep(template, bytes, from, position);
        }
    }

    /** Begins the section; {@link #endArguments} may correct the count. */
    public void beginArguments(int count) {
        argumentsAt = beginSection(count);
    }

    /** Corrects the count of the arguments, of which only so many were written. */
    public void endArguments(int count) {
        Bytes.putShort(bytes, argumentsAt, count);
    }

    /** The context, encoded before: {@code u16 count} and so many entries, in the first {@code length} bytes. */
    public void context(byte[] encoded, int length, int count) {
        contextAt = beginSection(count);
        ensure(length);
        System.arraycopy(encoded, 0, bytes, position, length);
        position += length;
    }

    public void beginKeyValues(int count) {
        keyValuesAt = beginSection(count);
    }

    /** Corrects the count of the key-values, of which only so many were written. */
    public void endKeyValues(int count) {
        Bytes.putShort(bytes, keyValuesAt, count);
    }

    public void throwable(Throwable thrown) {
        throwableAt = position;
        throwables.encode(thrown);
    }

    public void beginExtras(int count) {
        extrasAt = beginSection(count);
    }

    public void extraKey(byte key) {
        ensure(1);
        bytes[position++] = key;
    }

    /**
     * Ends the record: rounds it, writes its header and shortens it if it is longer than the maximum.
     *
     * @return its length, a multiple of 8, at most the maximum
     */
    public int end() {
        if (RecordLayout.align(position) > maxBytes) {
            return endTruncated();
        }
        return finish(argumentsAt, contextAt, keyValuesAt, throwableAt, extrasAt);
    }

    /** Writes the header's offsets and the length of the record that ends at the position. */
    private int finish(int arguments, int context, int keyValues, int throwable, int extras) {
        ensure(RecordLayout.ALIGNMENT);
        byte[] b = bytes;
        int length = RecordLayout.align(position);
        Bytes.putLong(b, position, 0); // the rounding carries nothing of an earlier record
        Bytes.putInt(b, RecordLayout.lengthAt(0), length);
        Bytes.putShort(b, RecordLayout.flagsAt(0), flags);
        Bytes.putShort(b, RecordLayout.argumentsAt(0), arguments);
        Bytes.putShort(b, RecordLayout.contextAt(0), context);
        Bytes.putShort(b, RecordLayout.keyValuesAt(0), keyValues);
        Bytes.putShort(b, RecordLayout.throwableAt(0), throwable);
        Bytes.putShort(b, RecordLayout.extrasAt(0), extras);
        return length;
    }

    private int endTruncated() {
        truncations++;
        flags |= FLAG_TRUNCATED;
        RecordTruncation t = truncation;
        position = t.shorten(
                bytes,
                position,
                RecordLayout.threadNameAt(0, flags),
                new int[] {argumentsAt, contextAt, keyValuesAt, throwableAt, extrasAt},
                maxBytes - RecordLayout.ALIGNMENT);
        bytes = Arrays.copyOf(t.bytes(), Math.max(position + RecordLayout.ALIGNMENT, INITIAL_BYTES));
        int[] sections = t.sections();
        return finish(sections[0], sections[1], sections[2], sections[3], sections[4]);
    }

    // values

    /** A value of any type; an object that is no known value type is rendered by its {@code toString()} now. */
    public void value(@Nullable Object value) {
        if (value instanceof String s) {
            string(s);
        } else if (value == null) {
            tag(ValueTag.NULL);
        } else if (value instanceof Integer i) {
            longValue(i);
        } else if (value instanceof Long l) {
            longValue(l);
        } else if (value instanceof Short || value instanceof Byte) {
            longValue(((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            booleanValue(flag);
        } else if (value instanceof Double d) {
            doubleValue(d);
        } else if (value instanceof Float f) {
            floatValue(f);
        } else if (value instanceof BigDecimal || value instanceof BigInteger) {
            number((Number) value);
        } else if (value.getClass().isArray()) {
            array(value);
        } else {
            rendered(value);
        }
    }

    /** As {@link #value}, but a collection or a map keeps its structure: for key-values, not for arguments. */
    public void structuredValue(@Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            value(value); // a class is told faster than that something is no Map
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> collection) {
            collection(collection);
        } else if (value instanceof byte[] raw) {
            rawBytes(raw);
        } else {
            value(value);
        }
    }

    public void longValue(long value) {
        ensure(9);
        bytes[position] = ValueTag.LONG;
        Bytes.putLong(bytes, position + 1, value);
        position += 9;
    }

    public void doubleValue(double value) {
        ensure(9);
        bytes[position] = ValueTag.DOUBLE;
        Bytes.putLong(bytes, position + 1, Double.doubleToRawLongBits(value));
        position += 9;
    }

    public void floatValue(float value) {
        ensure(5);
        bytes[position] = ValueTag.FLOAT;
        Bytes.putInt(bytes, position + 1, Float.floatToRawIntBits(value));
        position += 5;
    }

    public void booleanValue(boolean value) {
        tag(value ? ValueTag.TRUE : ValueTag.FALSE);
    }

    /** A STRING, or NULL for null. */
    public void string(@Nullable String value) {
        if (value == null) {
            tag(ValueTag.NULL);
            return;
        }
        tag(ValueTag.STRING);
        text(value);
    }

    /** A key of an entry; a null key is written as "null". */
    public void key(@Nullable String key) {
        text(key == null ? "null" : key);
    }

    /** A text: as UTF-8, lone surrogates as U+FFFD, cut with a mark where it is longer than a text can be. */
    void text(String s) {
        int length = s.length();
        int cap = textCap();
        ensure(2 + Math.min(length, cap) + CUT_MARK.length);
        byte[] b = bytes;
        int start = position + 2;
        int ascii = Math.min(length, cap);
        int i = 0;
        for (; i <= ascii - 4; i += 4) {
            int c0 = s.charAt(i);
            int c1 = s.charAt(i + 1);
            int c2 = s.charAt(i + 2);
            int c3 = s.charAt(i + 3);
            if ((c0 | c1 | c2 | c3) >= 0x80) {
                break;
            }
            Bytes.putInt(b, start + i, c0 | c1 << 8 | c2 << 16 | c3 << 24);
        }
        for (; i < ascii; i++) {
            char c = s.charAt(i);
            if (c >= 0x80) {
                textSlowly(s, i, cap);
                return;
            }
            b[start + i] = (byte) c;
        }
        position = start + ascii;
        if (length > cap) {
            cut();
        }
        Bytes.putShort(bytes, start - 2, position - start);
    }

    /** Goes on with a text from the char at {@code from}, before which all were ASCII. */
    private void textSlowly(String s, int from, int cap) {
        int length = s.length();
        int start = position + 2;
        ensure(2 + Math.min(cap, from + 3 * (length - from)) + 3 + CUT_MARK.length);
        byte[] b = bytes;
        int end = start + cap;
        int at = start + from;
        int i = from;
        while (i < length) {
            char c = s.charAt(i);
            if (c < 0x80) {
                if (at + 1 > end) {
                    break;
                }
                b[at++] = (byte) c;
            } else if (c < 0x800) {
                if (at + 2 > end) {
                    break;
                }
                b[at++] = (byte) (0xC0 | (c >> 6));
                b[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(s.charAt(i + 1))) {
                if (at + 4 > end) {
                    break;
                }
                int point = Character.toCodePoint(c, s.charAt(++i));
                b[at++] = (byte) (0xF0 | (point >> 18));
                b[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                b[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                b[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                if (at + 3 > end) {
                    break;
                }
                char sane = Character.isSurrogate(c) ? '\uFFFD' : c;
                b[at++] = (byte) (0xE0 | (sane >> 12));
                b[at++] = (byte) (0x80 | ((sane >> 6) & 0x3F));
                b[at++] = (byte) (0x80 | (sane & 0x3F));
            }
            i++;
        }
        position = at;
        if (i < length) {
            cut();
        }
        Bytes.putShort(bytes, start - 2, position - start);
    }

    /** Marks the text that ends at the position as cut. */
    private void cut() {
        flags |= FLAG_TRUNCATED;
        System.arraycopy(CUT_MARK, 0, bytes, position, CUT_MARK.length);
        position += CUT_MARK.length;
    }

    /**
     * How many bytes the next text may have: at first as many as a whole record, but a record that has grown to a
     * multiple of its maximum already gets only the beginnings of what is still to come.
     */
    private int textCap() {
        int cap = position < 4 * maxBytes ? Math.min(maxBytes, MAX_TEXT_BYTES - CUT_MARK.length) : 64;
        return depth == 0 ? cap : Math.min(cap, Math.max(compositeEnd - position, 32));
    }

    /** False once the record is so far over its maximum that no more entries or elements are worth taking. */
    public boolean hasRoom() {
        return position < 6 * MAX_TEXT_BYTES;
    }

    private void number(Number value) {
        String digits;
        try {
            int bits = (value instanceof BigDecimal decimal ? decimal.unscaledValue() : (BigInteger) value).bitLength();
            if (bits > MAX_NUMBER_BITS) {
                string("[number of " + bits + " bits]…[truncated]");
                flags |= FLAG_TRUNCATED;
                return;
            }
            digits = value.toString();
        } catch (Throwable thrown) {
            failed();
            return;
        }
        int tagAt = position;
        tag(ValueTag.NUMBER);
        if (!isJsonNumber(digits) || digits.length() > textCap()) { // a subclass may print anything
            bytes[tagAt] = ValueTag.STRING;
        }
        text(digits);
    }

    private static boolean isJsonNumber(String s) {
        int i = 0;
        int n = s.length();
        if (i < n && s.charAt(i) == '-') {
            i++;
        }
        int digits = i;
        i = skipDigits(s, i);
        if (i == digits || (s.charAt(digits) == '0' && i > digits + 1)) {
            return false;
        }
        if (i < n && s.charAt(i) == '.') {
            int fraction = ++i;
            i = skipDigits(s, i);
            if (i == fraction) {
                return false;
            }
        }
        if (i < n && (s.charAt(i) == 'E' || s.charAt(i) == 'e')) {
            i++;
            if (i < n && (s.charAt(i) == '+' || s.charAt(i) == '-')) {
                i++;
            }
            int exponent = i;
            i = skipDigits(s, i);
            if (i == exponent) {
                return false;
            }
        }
        return i == n;
    }

    private static int skipDigits(String s, int from) {
        int i = from;
        while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private void rawBytes(byte[] raw) {
        int length = Math.min(raw.length, textCap());
        if (length < raw.length) {
            flags |= FLAG_TRUNCATED;
        }
        ensure(3 + length);
        bytes[position] = ValueTag.BYTES;
        Bytes.putShort(bytes, position + 1, length);
        System.arraycopy(raw, 0, bytes, position + 3, length);
        position += 3 + length;
    }

    /** An object by its toString(), which is user code and may do anything. */
    private void rendered(Object value) {
        String text;
        try {
            text = value.toString();
        } catch (Throwable thrown) {
            failed();
            return;
        }
        string(text);
    }

    private void failed() {
        failures++;
        string(FAILED);
    }

    private void array(Object array) {
        if (!enter(array)) {
            return;
        }
        int start = beginComposite(ValueTag.ARRAY);
        int count = 0;
        int length = java.lang.reflect.Array.getLength(array);
        while (count < length && fits()) {
            if (array instanceof Object[] objects) {
                value(objects[count]);
            } else if (array instanceof int[] ints) {
                longValue(ints[count]);
            } else if (array instanceof long[] longs) {
                longValue(longs[count]);
            } else if (array instanceof double[] doubles) {
                doubleValue(doubles[count]);
            } else {
                value(java.lang.reflect.Array.get(array, count));
            }
            count++;
        }
        leave(start, count, count < length);
    }

    private void collection(Collection<?> collection) {
        if (!enter(collection)) {
            return;
        }
        int start = beginComposite(ValueTag.ARRAY);
        int level = depth;
        int count = 0;
        boolean cut = false;
        int complete = position;
        try {
            for (Object element : collection) {
                if (!fits()) {
                    cut = true;
                    break;
                }
                structuredValue(element);
                count++;
                complete = position;
            }
        } catch (Throwable thrown) {
            depth = level;
            position = complete;
            failed();
            count++;
        }
        leave(start, count, cut);
    }

    private void map(Map<?, ?> map) {
        if (!enter(map)) {
            return;
        }
        int start = beginComposite(ValueTag.MAP);
        int level = depth;
        int count = 0;
        boolean cut = false;
        int complete = position;
        try {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!fits()) {
                    cut = true;
                    break;
                }
                text(String.valueOf(entry.getKey()));
                structuredValue(entry.getValue());
                count++;
                complete = position;
            }
        } catch (Throwable thrown) {
            depth = level;
            position = complete;
            text("error");
            failed();
            count++;
        }
        leave(start, count, cut);
    }

    /** Goes into an array, collection or map, unless it is inside itself or too deep: then a string stands for it. */
    private boolean enter(Object composite) {
        if (depth == MAX_DEPTH) {
            string("[...]");
            return false;
        }
        for (int i = 0; i < depth; i++) {
            if (enclosing[i] == composite) {
                string("[...]");
                return false;
            }
        }
        if (depth == enclosing.length) {
            enclosing = Arrays.copyOf(enclosing, 2 * depth);
        }
        if (depth == 0) {
            compositeEnd = position + MAX_COMPOSITE_BYTES;
        }
        enclosing[depth++] = composite;
        return true;
    }

    private int beginComposite(byte tag) {
        ensure(5);
        bytes[position] = tag;
        position += 5;
        return position;
    }

    /** Whether one more element may be written. */
    private boolean fits() {
        return position < compositeEnd && hasRoom();
    }

    private void leave(int start, int count, boolean cut) {
        enclosing[--depth] = null;
        if (cut) {
            flags |= FLAG_TRUNCATED;
        }
        Bytes.putShort(bytes, start - 4, position - start + 2);
        Bytes.putShort(bytes, start - 2, count);
    }

    // bytes

    int position() {
        return position;
    }

    /** Forgets what was written from here on. */
    void rewind(int to) {
        position = to;
    }

    /** Says that something was left out. */
    public void markTruncated() {
        flags |= FLAG_TRUNCATED;
    }

    void putShort(int value) {
        ensure(2);
        Bytes.putShort(bytes, position, value);
        position += 2;
    }

    void putShortAt(int at, int value) {
        Bytes.putShort(bytes, at, value);
    }

    void putInt(int value) {
        ensure(4);
        Bytes.putInt(bytes, position, value);
        position += 4;
    }

    void putBytes(byte[] source) {
        ensure(source.length);
        System.arraycopy(source, 0, bytes, position, source.length);
        position += source.length;
    }

    /** What was written from here on. */
    byte[] copyFrom(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }

    boolean isTruncated() {
        return (flags & FLAG_TRUNCATED) != 0;
    }

    void putByte(int value) {
        ensure(1);
        bytes[position++] = (byte) value;
    }

    void countFailure() {
        failures++;
    }

    private int beginSection(int count) {
        int at = position;
        putShort(count);
        return at;
    }

    private void tag(byte tag) {
        ensure(1);
        bytes[position++] = tag;
    }

    private void ensure(int more) {
        if (bytes.length - position < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + more));
        }
    }
}
