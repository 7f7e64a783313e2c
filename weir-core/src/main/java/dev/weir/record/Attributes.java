package dev.weir.record;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.ValueDecoder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * The attributes of a record: its context (MDC) and its key-values as one, each key once, for formats that have one set of
 * them. A key-value beats the context, and of equal keys the last one beats the others. An attribute stands where its key came
 * first, the context's before those of the call.
 *
 * <p>A null is a value: a key-value without one hides what the context has under its key. An empty key is a key like any
 * other; formats that have no place for one leave it out.
 *
 * <p>Made once and moved from record to record, it allocates nothing once it has grown to the records it meets. A few keys are
 * compared each with each; many go through a table of hashes, with a secret start, so that keys made to collide do not.
 *
 * <p>Used by one thread. What it shows are places in the record, valid until the record's view moves.
 */
public final class Attributes {
    private static final int FEW = 16;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long secret = new Random().nextLong();
    private byte[] bytes = {};
    private int[] entries = new int[FEW];
    private int size;

    /** By the hash of a key, or behind it: the number of its entry, counted from 1. */
    private int[] table = {};
    /** How much of the table is in use, a power of two, less 1; 0 if the keys are few and it is not. */
    private int mask;

    /** Of no record yet. */
    public Attributes() {}

    /**
     * Moves to a record.
     *
     * @param record lent until the next call
     * @return this
     */
    public Attributes moveTo(LogRecord record) {
        RecordValues values = record.values();
        int context = record.contextAt();
        int keyValues = record.keyValuesAt();
        bytes = record.bytes();
        begin(values.count(context) + values.count(keyValues));
        take(values, context);
        take(values, keyValues);
        return this;
    }

    /**
     * How many attributes there are.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * An attribute.
     *
     * @param i from 0 to below {@link #size()}
     * @return the place of an entry: it is that of the key, a text, and {@link RecordValues#valueOf} gives the value
     */
    public int entry(int i) {
        return entries[Objects.checkIndex(i, size)];
    }

    /**
     * The value of the attribute with a key.
     *
     * @param keyUtf8 the key
     * @return the value's place, 0 if there is none
     */
    public int find(byte[] keyUtf8) {
        int i = number(keyUtf8, 0, keyUtf8.length);
        return i < 0 ? 0 : ValueDecoder.skipText(bytes, entries[i]);
    }

    private void begin(int most) {
        size = 0;
        if (entries.length < most) {
            entries = new int[Math.max(2 * entries.length, most)];
        }
        mask = 0;
        if (most > FEW) {
            int length = 2 * Integer.highestOneBit(2 * most);
            if (table.length < length) {
                table = new int[length];
            } else {
                Arrays.fill(table, 0, length, 0);
            }
            mask = length - 1;
        }
    }

    private void take(RecordValues values, int list) {
        int entry = values.first(list);
        for (int left = values.count(list); left > 0; left--) {
            int from = values.textFrom(entry);
            int length = values.textLength(entry);
            int i = number(bytes, from, length);
            if (i < 0) {
                add(entry, ~i);
            } else {
                entries[i] = entry;
            }
            entry = values.after(from + length);
        }
    }

    private void add(int entry, int free) {
        entries[size++] = entry;
        if (mask != 0) {
            table[free] = size;
        }
    }

    /** The number of the entry with a key; negative if there is none, and then {@code ~} is its free place in the table. */
    private int number(byte[] source, int from, int length) {
        return mask == 0 ? compared(source, from, length) : hashed(source, from, length);
    }

    private int compared(byte[] source, int from, int length) {
        for (int i = 0; i < size; i++) {
            if (isKey(entries[i], source, from, length)) {
                return i;
            }
        }
        return -1;
    }

    private int hashed(byte[] source, int from, int length) {
        int at = hash(source, from, length) & mask;
        while (table[at] != 0) {
            int i = table[at] - 1;
            if (isKey(entries[i], source, from, length)) {
                return i;
            }
            at = (at + 1) & mask;
        }
        return ~at;
    }

    private boolean isKey(int entry, byte[] source, int from, int length) {
        int key = entry + 2;
        return length == Bytes.getUnsignedShort(bytes, entry)
                && Arrays.equals(bytes, key, key + length, source, from, from + length);
    }

    private int hash(byte[] source, int from, int length) {
        long hash = secret ^ length;
        int end = from + length;
        int next = from;
        for (; next + 8 <= end; next += 8) {
            hash = mixed(hash ^ Bytes.getLong(source, next));
        }
        long rest = 0;
        for (; next < end; next++) {
            rest = rest << 8 | (source[next] & 0xFF);
        }
        return (int) mixed(hash ^ rest);
    }

    private static long mixed(long value) {
        long product = value * MIX;
        return product ^ (product >>> 32);
    }
}
