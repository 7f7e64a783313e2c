package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.Utf8;
import dev.weir.internal.record.ValueDecoder;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of a record as JSON, and the entries of its sections and maps as members of an object, each name once.
 *
 * <p>A name that the formatter uses itself gets {@code attr.} before it, and so does one that is such a name with {@code
 * attr.} before it already, however often: so two different names never become the same.
 *
 * <p>GELF has names of few characters and values that are texts or numbers: any other character of a key becomes an underscore,
 * before keys are compared, and any other value a text.
 *
 * <p>Of equal names the last one counts. A few entries are compared each with each; many go through a set, so that their
 * number costs no more than its share.
 *
 * <p>Used by one thread.
 */
final class JsonValues {
    private static final Fragment NULL = new Fragment("null");
    private static final Fragment TRUE = new Fragment("true");
    private static final Fragment FALSE = new Fragment("false");
    private static final Fragment RENAMED = new Fragment("attr.");
    private static final byte[] RENAMED_BYTES = "attr.".getBytes(StandardCharsets.US_ASCII);
    private static final int FEW = 16;
    private static final boolean[] GELF_CHARACTERS = gelfCharacters();

    private final boolean gelf;
    private final boolean nulls;
    private final byte[][] reserved;
    private final int[] reservedHashes;

    /** Where the keys of the entries begin that are being written, those of enclosing maps first; 0: not written. */
    private int[] keys = new int[FEW];

    /** Of these keys; the same for equal ones. */
    private int[] hashes = new int[FEW];

    private int keyCount;

    /**
     * Values of a preset.
     *
     * @param reservedNames those that no entry of a record may have
     */
    JsonValues(JsonPreset preset, Set<String> reservedNames) {
        gelf = preset.isGelf();
        nulls = preset.writesNulls();
        String prefix = preset.entryPrefix();
        List<String> keys = reservedNames.stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
        reserved = new byte[keys.size()][];
        reservedHashes = new int[reserved.length];
        for (int i = 0; i < reserved.length; i++) {
            reserved[i] = Utf8.of(keys.get(i));
            reservedHashes[i] = hash(reserved[i], 0, reserved[i].length);
        }
    }

    private static boolean[] gelfCharacters() {
        boolean[] characters = new boolean[256];
        for (int c = 0; c < 0x80; c++) {
            characters[c] = Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
        }
        return characters;
    }

    // entries of a record

    /**
     * Takes in the entries of a section.
     *
     * @param section where their count is, 0 for none
     * @param wanted which keys; null for all
     * @return how many have been taken in
     */
    int take(byte[] bytes, int section, @Nullable KeyPatterns wanted) {
        if (section != 0) {
            push(bytes, section + 2, Bytes.getUnsignedShort(bytes, section), wanted);
        }
        return keyCount;
    }

    /** Of the entries taken in, drops those whose key comes once more. */
    void dropRepeated(byte[] bytes) {
        dropRepeated(bytes, 0);
    }

    /** Appends so many of the entries taken in as members, each after a comma. */
    void appendTaken(LogRecord record, int from, int to, ByteOutput out) {
        byte[] bytes = record.bytes();
        for (int i = from; i < to; i++) {
            int key = keys[i];
            if (key != 0 && (nulls || bytes[ValueDecoder.skipText(bytes, key)] != ValueTag.NULL)) {
                out.put(',');
                if (gelf) {
                    gelfMember(record, key, out);
                } else {
                    member(bytes, key, isReserved(bytes, key), out);
                }
            }
        }
    }

    /** Forgets the entries taken in. */
    void clear() {
        keyCount = 0;
    }

    /** Appends a section as an object of its own, where no name is reserved. */
    void appendObject(byte[] bytes, int section, @Nullable KeyPatterns wanted, ByteOutput out) {
        object(bytes, section + 2, Bytes.getUnsignedShort(bytes, section), wanted, out);
    }

    // values

    /** Appends a value; returns where it ends. */
    int append(byte[] bytes, int at, ByteOutput out) {
        switch (bytes[at]) {
            case ValueTag.NULL -> NULL.appendTo(out);
            case ValueTag.TRUE -> TRUE.appendTo(out);
            case ValueTag.FALSE -> FALSE.appendTo(out);
            case ValueTag.LONG -> out.putDecimal(Bytes.getLong(bytes, at + 1));
            case ValueTag.DOUBLE -> out.putDouble(Double.longBitsToDouble(Bytes.getLong(bytes, at + 1)));
            case ValueTag.FLOAT -> out.putFloat(Float.intBitsToFloat(Bytes.getInt(bytes, at + 1)));
            case ValueTag.STRING -> string(bytes, at + 1, out);
            case ValueTag.NUMBER -> out.put(bytes, at + 3, Bytes.getUnsignedShort(bytes, at + 1));
            case ValueTag.ARRAY -> array(bytes, at, out);
            case ValueTag.MAP -> object(bytes, at + 5, Bytes.getUnsignedShort(bytes, at + 3), null, out);
            default -> base64(bytes, at, out);
        }
        return ValueTag.skip(bytes, at);
    }

    /** Appends a text as a string. */
    static void string(byte[] bytes, int at, ByteOutput out) {
        out.put('"');
        out.putText(bytes, at + 2, Bytes.getUnsignedShort(bytes, at), Escape.JSON);
        out.put('"');
    }

    private static void base64(byte[] bytes, int at, ByteOutput out) {
        out.put('"');
        out.putBase64(bytes, at + 3, Bytes.getUnsignedShort(bytes, at + 1));
        out.put('"');
    }

    private void array(byte[] bytes, int at, ByteOutput out) {
        int count = Bytes.getUnsignedShort(bytes, at + 3);
        int next = at + 5;
        out.put('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(',');
            }
            next = append(bytes, next, out);
        }
        out.put(']');
    }

    private void object(byte[] bytes, int first, int count, @Nullable KeyPatterns wanted, ByteOutput out) {
        int base = keyCount;
        push(bytes, first, count, wanted);
        dropRepeated(bytes, base);
        int end = keyCount;
        boolean more = false;
        out.put('{');
        for (int i = base; i < end; i++) {
            if (keys[i] != 0) {
                if (more) {
                    out.put(',');
                }
                member(bytes, keys[i], false, out);
                more = true;
            }
        }
        out.put('}');
        keyCount = base;
    }

    private void member(byte[] bytes, int key, boolean renamed, ByteOutput out) {
        out.put('"');
        if (renamed) {
            RENAMED.appendTo(out);
        }
        int length = Bytes.getUnsignedShort(bytes, key);
        out.putText(bytes, key + 2, length, Escape.JSON);
        out.put('"');
        out.put(':');
        append(bytes, key + 2 + length, out);
    }

    private void gelfMember(LogRecord record, int key, ByteOutput out) {
        byte[] bytes = record.bytes();
        int end = ValueDecoder.skipText(bytes, key);
        out.put('"');
        out.put('_');
        if (isReserved(bytes, key)) {
            RENAMED.appendTo(out);
        }
        for (int i = key + 2; i < end; i++) {
            out.put(character(bytes[i]));
        }
        out.put('"');
        out.put(':');
        switch (bytes[end]) {
            case ValueTag.TRUE, ValueTag.FALSE, ValueTag.ARRAY, ValueTag.MAP -> {
                out.put('"');
                record.values().append(end, out, Escape.JSON);
                out.put('"');
            }
            default -> append(bytes, end, out);
        }
    }

    /** Where a section of entries ends. */
    static int skip(byte[] bytes, int section) {
        int next = section + 2;
        for (int left = Bytes.getUnsignedShort(bytes, section); left > 0; left--) {
            next = ValueTag.skip(bytes, ValueDecoder.skipText(bytes, next));
        }
        return next;
    }

    // names

    private void push(byte[] bytes, int first, int count, @Nullable KeyPatterns wanted) {
        if (keys.length - keyCount < count) {
            keys = Arrays.copyOf(keys, Math.max(2 * keys.length, keyCount + count));
            hashes = Arrays.copyOf(hashes, keys.length);
        }
        int next = first;
        for (int i = 0; i < count; i++) {
            int end = ValueDecoder.skipText(bytes, next);
            if (wanted == null || wanted.accepts(bytes, next + 2, end)) {
                hashes[keyCount] = hash(bytes, next + 2, end);
                keys[keyCount++] = next;
            }
            next = ValueTag.skip(bytes, end);
        }
    }

    private void dropRepeated(byte[] bytes, int from) {
        if (keyCount - from > FEW) {
            dropRepeatedOfMany(bytes, from);
            return;
        }
        for (int i = from; i < keyCount - 1; i++) {
            for (int j = i + 1; j < keyCount; j++) {
                if (hashes[i] == hashes[j] && isSame(bytes, keys[i], keys[j])) {
                    keys[i] = 0;
                    break;
                }
            }
        }
    }

    private void dropRepeatedOfMany(byte[] bytes, int from) {
        Set<ByteBuffer> seen = new HashSet<>(2 * (keyCount - from));
        for (int i = keyCount - 1; i >= from; i--) {
            int key = keys[i];
            if (!seen.add(name(bytes, key + 2, Bytes.getUnsignedShort(bytes, key)))) {
                keys[i] = 0;
            }
        }
    }

    private ByteBuffer name(byte[] bytes, int from, int length) {
        if (!gelf) {
            return ByteBuffer.wrap(bytes, from, length);
        }
        byte[] name = new byte[length];
        for (int i = 0; i < length; i++) {
            name[i] = character(bytes[from + i]);
        }
        return ByteBuffer.wrap(name);
    }

    private boolean isSame(byte[] bytes, int key, int other) {
        return isSame(
                bytes,
                key + 2,
                ValueDecoder.skipText(bytes, key),
                bytes,
                other + 2,
                ValueDecoder.skipText(bytes, other));
    }

    private boolean isSame(byte[] bytes, int from, int end, byte[] others, int otherFrom, int otherEnd) {
        if (!gelf) {
            return Arrays.equals(bytes, from, end, others, otherFrom, otherEnd);
        }
        if (end - from != otherEnd - otherFrom) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (character(bytes[i]) != character(others[otherFrom + i - from])) {
                return false;
            }
        }
        return true;
    }

    private boolean isReserved(byte[] bytes, int key) {
        int length = Bytes.getUnsignedShort(bytes, key);
        int from = key + 2;
        int end = from + length;
        while (startsWith(bytes, from, end, RENAMED_BYTES)) {
            from += RENAMED_BYTES.length;
        }
        int hash = hash(bytes, from, end);
        for (int i = 0; i < reservedHashes.length; i++) {
            if (reservedHashes[i] == hash && isSame(bytes, from, end, reserved[i], 0, reserved[i].length)) {
                return true;
            }
        }
        return false;
    }

    /** Of a name: of its length and its ends, which tell most names apart. */
    private int hash(byte[] bytes, int from, int end) {
        if (from == end) {
            return 0;
        }
        int first = gelf ? character(bytes[from]) : bytes[from] & 0xFF;
        int last = gelf ? character(bytes[end - 1]) : bytes[end - 1] & 0xFF;
        return ((end - from) << 16) ^ (first << 8) ^ last;
    }

    /** What becomes of a byte of a key in GELF. */
    private static byte character(byte value) {
        return GELF_CHARACTERS[value & 0xFF] ? value : (byte) '_';
    }

    private static boolean startsWith(byte[] bytes, int from, int end, byte[] beginning) {
        if (end - from < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (bytes[from + i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
