package dev.weir.handler;

import dev.weir.format.FormatException;
import dev.weir.format.Formatter;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordShortener;
import org.jspecify.annotations.Nullable;

/** Formatted records that wait for their handler's flush. Used by one thread. */
final class RecordBuffer {
    private static final int INITIAL_BYTES = 8 * 1024;
    private static final int KEPT_BYTES = 1024 * 1024;

    private final Formatter formatter;
    private final int maxBytes;
    private @Nullable RecordShortener shortener;
    private ByteOutput out = new ByteOutput(INITIAL_BYTES);

    RecordBuffer(Formatter formatter) {
        this(formatter, Integer.MAX_VALUE);
    }

    /**
     * An empty buffer.
     *
     * @param maxBytes how much one record may take; one that takes more is shortened until it fits, or cannot be shorter
     */
    RecordBuffer(Formatter formatter, int maxBytes) {
        this.formatter = formatter;
        this.maxBytes = maxBytes;
    }

    /**
     * Formats a record.
     *
     * @throws FormatException if the formatter failed; the buffer is as it was
     */
    void add(LogRecord record) {
        int before = out.size();
        formatter.formatWhole(record, out);
        if (out.size() - before > maxBytes) {
            addShortened(record, before);
        }
    }

    private void addShortened(LogRecord record, int before) {
        RecordShortener cutting = shortener == null ? new RecordShortener() : shortener;
        shortener = cutting;
        int bound = record.length();
        boolean shorter = true;
        while (shorter && out.size() - before > maxBytes) {
            bound = inProportion(bound, out.size() - before);
            LogRecord shortened = cutting.shorten(record, bound);
            shorter = shortened.length() <= bound;
            out.truncate(before);
            formatter.formatWhole(shortened, out);
        }
    }

    /** How long a record may be for its line to fit, and a little less. */
    private int inProportion(int recordBytes, int lineBytes) {
        return (int) ((long) recordBytes * maxBytes / lineBytes * 15 / 16);
    }

    byte[] array() {
        return out.array();
    }

    int size() {
        return out.size();
    }

    /** Forgets all records, and the memory that unusually many of them took. */
    void clear() {
        if (out.array().length > KEPT_BYTES) {
            out = new ByteOutput(INITIAL_BYTES);
        } else {
            out.truncate(0);
        }
    }
}
