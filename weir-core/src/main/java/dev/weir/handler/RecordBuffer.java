package dev.weir.handler;

import dev.weir.format.FormatException;
import dev.weir.format.Formatter;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;

/** Formatted records that wait for their handler's flush. Used by one thread. */
final class RecordBuffer {
    private static final int INITIAL_BYTES = 8 * 1024;
    private static final int KEPT_BYTES = 1024 * 1024;

    private final Formatter formatter;
    private ByteOutput out = new ByteOutput(INITIAL_BYTES);

    RecordBuffer(Formatter formatter) {
        this.formatter = formatter;
    }

    /**
     * Formats a record.
     *
     * @throws FormatException if the formatter failed; the buffer is as it was
     */
    void add(LogRecord record) {
        formatter.formatWhole(record, out);
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
