package dev.weir.http.internal;

import dev.weir.format.FormatException;
import dev.weir.format.Formatter;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.time.Duration;
import java.util.Objects;

/** Formatted records, one behind the other, that wait to be posted together. Used by one thread. */
public final class Batch {
    private static final int INITIAL_BYTES = 8 * 1024;

    private final Formatter formatter;
    private final Limits limits;
    private ByteOutput out = new ByteOutput(INITIAL_BYTES);
    private int records;
    private int mostBytes;
    private int mostBytesBefore;

    /**
     * When a batch is full. The record that fills it is still in it.
     *
     * @param records so many fill it; at least 1
     * @param bytes so many fill it; at least 1
     * @param delay how long a record may wait for others; not negative, at most an hour
     */
    public record Limits(int records, int bytes, Duration delay) {
        private static final Duration LONGEST = Duration.ofHours(1);

        /** 512 records, 1 MiB, 1 second. */
        public static final Limits DEFAULT = new Limits(512, 1024 * 1024, Duration.ofSeconds(1));

        /**
         * Limits.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public Limits {
            if (records < 1) {
                throw new IllegalArgumentException("batch.records: " + records + " (expected: at least 1)");
            }
            if (bytes < 1) {
                throw new IllegalArgumentException("batch.bytes: " + bytes + " (expected: at least 1)");
            }
            if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("batch.delay: " + delay + " (expected: 0 to 1 hour)");
            }
        }
    }

    /**
     * An empty batch.
     *
     * @param formatter belongs to this batch from now on
     * @param limits when it is full
     */
    public Batch(Formatter formatter, Limits limits) {
        this.formatter = Objects.requireNonNull(formatter, "formatter");
        this.limits = limits;
        mostBytes = limits.bytes();
        mostBytesBefore = mostBytes;
    }

    /**
     * Formats a record.
     *
     * @param record lent for the call
     * @throws FormatException if the formatter failed; the batch is as it was
     */
    public void add(LogRecord record) {
        formatter.formatWhole(record, out);
        records++;
    }

    /**
     * Whether it is to be posted before more is added.
     *
     * @return true if it has reached a limit
     */
    public boolean isFull() {
        return records >= limits.records() || out.size() >= mostBytes;
    }

    /**
     * How many records it has.
     *
     * @return 0 after {@link #clear}
     */
    public int records() {
        return records;
    }

    /**
     * The formatted records.
     *
     * @return the array, of which the first {@link #size()} bytes count; lent until the next call
     */
    public byte[] array() {
        return out.array();
    }

    /**
     * How large it is.
     *
     * @return bytes
     */
    public int size() {
        return out.size();
    }

    /** Forgets all records, and the memory that unusually many of them took. */
    public void clear() {
        records = 0;
        if (out.array().length > 4L * limits.bytes() + INITIAL_BYTES) {
            out = new ByteOutput(INITIAL_BYTES);
        } else {
            out.truncate(0);
        }
    }

    /**
     * Later batches will be full at half the size of this one.
     *
     * @return that size, in bytes
     */
    int shrink() {
        mostBytesBefore = mostBytes;
        mostBytes = Math.max(1, Math.min(mostBytes, out.size() / 2));
        return mostBytes;
    }

    /** Takes the last {@link #shrink} back. */
    void regrow() {
        mostBytes = mostBytesBefore;
    }
}
