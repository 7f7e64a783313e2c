package dev.weir.record;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.ValueDecoder;
import dev.weir.internal.record.ValueTag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a record where they lie, without an object for each. A <em>place</em> is an {@code int} that only the record
 * it came from understands, valid until its view moves on; 0 is no place. There are three kinds of them:
 *
 * <pre>
 * list    values one after the other, or entries: a key and its value
 * value   of a {@link ValueKind}
 * text    bytes of well-formed UTF-8; an entry's place is that of its key, a text
 * </pre>
 *
 * <p>A list is gone through by {@link #count}, {@link #first} and {@link #after}:
 *
 * <pre>{@code
 * RecordValues values = record.values();
 * int list = record.keyValuesAt();
 * int entry = values.first(list);
 * for (int left = values.count(list); left > 0; left--) {
 *     int value = values.valueOf(entry);
 *     …
 *     entry = values.after(value);
 * }
 * }</pre>
 *
 * <p>Used by the thread that was lent the record. A place of another record, or of another kind than a method asks for, gives
 * an exception or nonsense.
 */
public final class RecordValues {
    private static final int COUNT_BYTES = 2;
    private static final int TAG_BYTES = 1;
    /** Of the tag and the length that stand before an array's or a map's count. */
    private static final int COMPOSITE_BYTES = 3;

    private static final ValueKind[] KINDS = {
        ValueKind.NULL,
        ValueKind.BOOLEAN,
        ValueKind.BOOLEAN,
        ValueKind.LONG,
        ValueKind.DOUBLE,
        ValueKind.FLOAT,
        ValueKind.STRING,
        ValueKind.NUMBER,
        ValueKind.BYTES,
        ValueKind.ARRAY,
        ValueKind.MAP
    };

    private final LogRecord record;

    /** Of a view, with which they move. */
    RecordValues(LogRecord record) {
        this.record = record;
    }

    // lists

    /**
     * How many values or entries a list has.
     *
     * @param list its place, or 0
     * @return 0 to 65,535; 0 of no list
     */
    public int count(int list) {
        return list == 0 ? 0 : Bytes.getUnsignedShort(record.bytes(), list);
    }

    /**
     * The first value or entry.
     *
     * @param list the place of one that is not empty
     * @return its place
     */
    public int first(int list) {
        return list + COUNT_BYTES;
    }

    /**
     * What comes after a value in its list, if it is not the last one there.
     *
     * @param value its place
     * @return the place of the next value or entry
     */
    public int after(int value) {
        return ValueTag.skip(record.bytes(), value);
    }

    /**
     * The value of an entry.
     *
     * @param entry its place, which is that of its key, a text
     * @return the value's place
     */
    public int valueOf(int entry) {
        return ValueDecoder.skipText(record.bytes(), entry);
    }

    /**
     * The value behind a key.
     *
     * @param list the place of a list of entries, or 0
     * @param keyUtf8 the key
     * @return the place of the last value with this key; 0 if there is none
     */
    public int find(int list, byte[] keyUtf8) {
        byte[] bytes = record.bytes();
        int found = 0;
        int entry = first(list);
        for (int left = count(list); left > 0; left--) {
            int value = ValueDecoder.skipText(bytes, entry);
            if (Arrays.equals(bytes, entry + COUNT_BYTES, value, keyUtf8, 0, keyUtf8.length)) {
                found = value;
            }
            entry = ValueTag.skip(bytes, value);
        }
        return found;
    }

    // values

    /**
     * What a value is.
     *
     * @param value its place
     * @return its kind
     */
    public ValueKind kind(int value) {
        return KINDS[record.bytes()[value]];
    }

    /**
     * A {@link ValueKind#BOOLEAN}.
     *
     * @param value its place
     * @return which
     */
    public boolean booleanAt(int value) {
        return record.bytes()[value] == ValueTag.TRUE;
    }

    /**
     * A {@link ValueKind#LONG}.
     *
     * @param value its place
     * @return the number
     */
    public long longAt(int value) {
        return Bytes.getLong(record.bytes(), value + TAG_BYTES);
    }

    /**
     * A {@link ValueKind#DOUBLE}.
     *
     * @param value its place
     * @return the number, perhaps NaN or infinite
     */
    public double doubleAt(int value) {
        return Double.longBitsToDouble(Bytes.getLong(record.bytes(), value + TAG_BYTES));
    }

    /**
     * A {@link ValueKind#FLOAT}.
     *
     * @param value its place
     * @return the number, perhaps NaN or infinite
     */
    public float floatAt(int value) {
        return Float.intBitsToFloat(Bytes.getInt(record.bytes(), value + TAG_BYTES));
    }

    /**
     * What a {@link ValueKind#STRING}, {@link ValueKind#NUMBER} or {@link ValueKind#BYTES} holds.
     *
     * @param value its place
     * @return the place of a text; of bytes, which need not be UTF-8
     */
    public int textOf(int value) {
        return value + TAG_BYTES;
    }

    /**
     * What a {@link ValueKind#ARRAY} or {@link ValueKind#MAP} holds.
     *
     * @param value its place
     * @return the place of a list, of values or of entries
     */
    public int elements(int value) {
        return value + COMPOSITE_BYTES;
    }

    /**
     * Appends a value as it stands in a message: numbers and text as they are, bytes as Base64, arrays in {@code []}, maps in
     * <code>{}</code>.
     *
     * @param value its place
     * @param out where to
     * @param escape how
     */
    public void append(int value, ByteOutput out, ByteOutput.Escape escape) {
        MessageText.appendValue(record.bytes(), value, out, escape);
    }

    /**
     * A value as an object.
     *
     * @param value its place
     * @return a copy: null, Boolean, Long, Double, Float, String, BigDecimal (String if it is too large for one), byte[], List
     *     or Map
     */
    public @Nullable Object object(int value) {
        return ValueDecoder.decode(record.bytes(), value);
    }

    // texts

    /**
     * Where the bytes of a text begin in {@link LogRecord#bytes()}.
     *
     * @param text its place
     * @return an index
     */
    public int textFrom(int text) {
        return text + COUNT_BYTES;
    }

    /**
     * How long a text is.
     *
     * @param text its place
     * @return 0 to 65,535 bytes
     */
    public int textLength(int text) {
        return Bytes.getUnsignedShort(record.bytes(), text);
    }

    /**
     * Appends a text.
     *
     * @param text its place
     * @param out where to
     * @param escape how
     */
    public void appendText(int text, ByteOutput out, ByteOutput.Escape escape) {
        out.putText(record.bytes(), textFrom(text), textLength(text), escape);
    }

    /**
     * A text as an object.
     *
     * @param text its place
     * @return a copy
     */
    public String text(int text) {
        return ValueDecoder.text(record.bytes(), text);
    }
}
