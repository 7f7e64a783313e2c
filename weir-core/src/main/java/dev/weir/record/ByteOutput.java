package dev.weir.record;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.TraceBytes;
import dev.weir.internal.record.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing array of bytes that formatters append to.
 *
 * <p>Used by one thread. The owner is the handler; a formatter keeps no reference after its call.
 */
public final class ByteOutput {
    /** How a text's characters are kept from being taken for something else. */
    public enum Escape {
        /** As they are. */
        NONE,
        /** As the inside of a JSON string (RFC 8259, section 7); besides what must be, DEL, C1 and line separators. */
        JSON,
        /**
         * Control characters and line separators visibly, as {@code \\n}, {@code \\r}, {@code \\t} or {@code \\u001b};
         * the backslash is doubled where it could be taken for the beginning of one of these, so that what was
         * there can be told from the output. Format characters (bidirectional marks, joiners) stay as they are.
         */
        TEXT
    }

    private static final int MAX_VARINT_BYTES = 10;

    private byte[] bytes;
    private int size;

    /**
     * An empty output.
     *
     * @param initialBytes how many bytes it holds before it grows
     */
    public ByteOutput(int initialBytes) {
        bytes = new byte[initialBytes];
    }

    /**
     * How much has been written.
     *
     * @return bytes
     */
    public int size() {
        return size;
    }

    /**
     * Takes back what was written beyond a size.
     *
     * @param to 0 to {@link #size()}
     */
    public void truncate(int to) {
        if (to < 0 || to > size) {
            throw new IllegalArgumentException("size: " + to + " (expected: 0 to " + size + ")");
        }
        size = to;
    }

    /**
     * What has been written.
     *
     * @return the array, of which the first {@link #size()} bytes count; lent until the next call
     */
    public byte[] array() {
        return bytes;
    }

    /**
     * Copies what has been written.
     *
     * @param target has room for it
     */
    public void copyTo(ByteBuffer target) {
        target.put(bytes, 0, size);
    }

    /**
     * Appends a byte.
     *
     * @param value its low 8 bits count
     */
    public void put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /**
     * Appends bytes as they are.
     *
     * @param source where they are
     */
    public void put(byte[] source) {
        put(source, 0, source.length);
    }

    /**
     * Appends bytes as they are.
     *
     * @param source where they are
     * @param from the first
     * @param length how many
     */
    public void put(byte[] source, int from, int length) {
        ensure(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Appends a few bytes of an array that goes on for a word behind them. */
    void putWords(byte[] source, int from, int length) {
        ensure(length + Long.BYTES);
        for (int i = 0; i < length; i += Long.BYTES) {
            Bytes.putLong(bytes, size + i, Bytes.getLong(source, from + i));
        }
        size += length;
    }

    /**
     * Appends a text that the program itself wrote, as UTF-8 and as it is.
     *
     * @param text a literal, a number, a name
     */
    public void put(String text) {
        put(Utf8.of(text));
    }

    /**
     * Appends content: well-formed UTF-8 of unknown origin.
     *
     * @param utf8 where it is
     * @param from the first byte
     * @param length how many
     * @param escape how it is kept from being taken for something else
     */
    public void putText(byte[] utf8, int from, int length, Escape escape) {
        if (escape == Escape.NONE) {
            put(utf8, from, length);
            return;
        }
        int end = from + length;
        int next = putPlain(utf8, from, end, '"');
        if (next < end) {
            putEscaped(utf8, next, end, escape);
        }
    }

    private void putEscaped(byte[] utf8, int from, int end, Escape escape) {
        int next = from;
        while (next < end) {
            next = putPlain(utf8, putCharacter(utf8, next, end, escape), end, '"');
        }
    }

    /** Appends content up to the first character to escape, or {@code stop}; returns where that is, or the end. */
    int putPlain(byte[] utf8, int from, int end, char stop) {
        ensure(end - from + Escapes.SLACK_BYTES);
        int stopped = Escapes.copyPlain(utf8, from, end, bytes, size, stop);
        size += stopped - from;
        return stopped;
    }

    /** Appends the one character at which {@link #putPlain} has stopped because of itself; returns where it ends. */
    int putCharacter(byte[] utf8, int at, int end, Escape escape) {
        ensure(Escapes.SLACK_BYTES);
        int length = Escapes.consumed(utf8, at, end);
        if (escape == Escape.NONE) {
            put(utf8, at, length);
        } else {
            size = Escapes.put(utf8, at, end, escape == Escape.JSON, bytes, size);
        }
        return at + length;
    }

    /**
     * Appends content.
     *
     * @param text of unknown origin; lone surrogates become U+FFFD, as in a record
     * @param escape how it is kept from being taken for something else
     */
    public void putText(String text, Escape escape) {
        byte[] utf8 = Utf8.of(text);
        putText(utf8, 0, utf8.length, escape);
    }

    /**
     * Appends a number in decimal digits.
     *
     * @param value any
     */
    public void putDecimal(long value) {
        ensure(Digits.MAX_BYTES);
        size = Digits.putDecimal(value, bytes, size);
    }

    /**
     * Appends a number in decimal digits, as {@link Double#toString(double)} writes it and JSON reads it; NaN and the
     * infinities, for which JSON has no number, in quotation marks.
     *
     * @param value any
     */
    public void putDouble(double value) {
        putReal(Double.toString(value), Double.isFinite(value));
    }

    /**
     * Appends a number in as few decimal digits as tell it from the next one: 0.1f is {@code 0.1}. NaN and the infinities, for
     * which JSON has no number, are in quotation marks.
     *
     * @param value any
     */
    public void putFloat(float value) {
        putReal(Float.toString(value), Float.isFinite(value));
    }

    private void putReal(String digits, boolean finite) {
        put(finite ? digits : '"' + digits + '"');
    }

    /**
     * Appends bytes as lower-case hexadecimal digits.
     *
     * @param source where they are
     * @param from the first
     * @param length how many; twice as many digits are written
     */
    public void putHex(byte[] source, int from, int length) {
        ensure(2 * length);
        TraceBytes.hex(source, from, length, bytes, size);
        size += 2 * length;
    }

    /**
     * Appends bytes as Base64 (RFC 4648, section 4), padded.
     *
     * @param source where they are
     * @param from the first
     * @param length how many
     */
    public void putBase64(byte[] source, int from, int length) {
        ensure(Base64Digits.count(length));
        size = Base64Digits.put(source, from, length, bytes, size);
    }

    // binary formats

    /**
     * Appends four bytes, the lowest first.
     *
     * @param value any
     */
    public void putIntLE(int value) {
        ensure(Integer.BYTES);
        Bytes.putInt(bytes, size, value);
        size += Integer.BYTES;
    }

    /**
     * Appends eight bytes, the lowest first.
     *
     * @param value any
     */
    public void putLongLE(long value) {
        ensure(Long.BYTES);
        Bytes.putLong(bytes, size, value);
        size += Long.BYTES;
    }

    /**
     * Appends a number as Protocol Buffers write a varint: seven bits in a byte, the lowest first, the high bit set in all bytes
     * but the last.
     *
     * @param value any, taken as unsigned: a negative one takes ten bytes
     */
    public void putVarint(long value) {
        ensure(MAX_VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /**
     * Overwrites a byte.
     *
     * @param at where, from 0 to below {@link #size()}
     * @param value its low 8 bits count
     */
    public void putByteAt(int at, int value) {
        bytes[Objects.checkIndex(at, size)] = (byte) value;
    }

    /**
     * Makes room within what was written, whose rest moves on: for a length that is known only when its content has been
     * written. What is in the gap is not said; {@link #putByteAt} fills it.
     *
     * @param at where the gap begins, from 0 to {@link #size()}
     * @param gap how many bytes it has, 0 or more
     */
    public void insert(int at, int gap) {
        int behind = size - Objects.checkIndex(at, size + 1);
        ensure(gap);
        System.arraycopy(bytes, at, bytes, at + gap, behind);
        size += gap;
    }

    // widths

    /**
     * How many characters stand at the end, in UTF-8.
     *
     * @param from where the first one begins, from 0 to {@link #size()}
     * @return code points
     */
    public int characters(int from) {
        int count = 0;
        for (int i = from; i < size; i++) {
            count += isWithinCharacter(bytes[i]) ? 0 : 1;
        }
        return count;
    }

    /**
     * Takes characters away from the end, in UTF-8, so that not more than so many are left there.
     *
     * @param from where the first one begins, from 0 to {@link #size()}
     * @param most how many may be left, 0 or more
     * @param keepEnd whether the last ones are left, instead of the first
     */
    public void truncateCharacters(int from, int most, boolean keepEnd) {
        int surplus = characters(from) - most;
        if (surplus <= 0) {
            return;
        }
        if (!keepEnd) {
            size = skipCharacters(from, most);
            return;
        }
        int kept = skipCharacters(from, surplus);
        System.arraycopy(bytes, kept, bytes, from, size - kept);
        size -= kept - from;
    }

    private int skipCharacters(int from, int count) {
        int at = from;
        for (int left = count; left > 0; left--) {
            at++;
            while (at < size && isWithinCharacter(bytes[at])) {
                at++;
            }
        }
        return at;
    }

    private static boolean isWithinCharacter(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }

    // room

    /**
     * Makes room.
     *
     * @param more bytes about to be written
     * @return the array to write to from {@link #size()} on; {@link #advance} says how many were
     */
    public byte[] reserve(int more) {
        ensure(more);
        return bytes;
    }

    /**
     * Counts bytes that were written to the reserved room.
     *
     * @param written at most what was reserved
     */
    public void advance(int written) {
        size += written;
    }

    /**
     * What has been written, read as UTF-8.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
