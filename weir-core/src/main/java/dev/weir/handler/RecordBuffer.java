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
    private final int maxLineBytes;
    private @Nullable RecordShortener shortener;
    private ByteOutput out = new ByteOutput(INITIAL_BYTES);

    RecordBuffer(Formatter formatter) {
        this(formatter, Integer.MAX_VALUE);
    }

    /**
     * An empty buffer.
     *
     * @param maxLineBytes how long a line may be, its end included; a record with a longer one is shortened until all fit, or it cannot
     *     be shorter
     */
    RecordBuffer(Formatter formatter, int maxLineBytes) {
        this.formatter = formatter;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Formats a record.
     *
     * @throws FormatException if the formatter failed; the buffer is as it was
     */
    void add(LogRecord record) {
        int before = out.size();
        formatter.formatWhole(record, out);
        if (out.size() - before > maxLineBytes) {
            shorten(record, before);
        }
    }

    private void shorten(LogRecord record, int before) {
        int longest = longestLine(before);
        int bound = record.length();
        boolean shorter = true;
        while (shorter && longest > maxLineBytes) {
            RecordShortener cutting = shortener == null ? new RecordShortener() : shortener;
            shortener = cutting;
            bound = inProportion(bound, longest);
            LogRecord shortened = cutting.shorten(record, bound);
            shorter = shortened.length() <= bound;
            out.truncate(before);
            formatter.formatWhole(shortened, out);
            longest = longestLine(before);
        }
    }

    /** Of what stands from an index on, which a stack trace makes many lines of. */
    private int longestLine(int from) {
        byte[] bytes = out.array();
        int longest = 0;
        int begin = from;
        for (int i = from; i < out.size(); i++) {
            if (bytes[i] == '\n') {
                longest = Math.max(longest, i + 1 - begin);
                begin = i + 1;
            }
        }
        return Math.max(longest, out.size() - begin);
    }

    /** How long a record may be for its line to fit, and a little less. */
    private int inProportion(int recordBytes, int lineBytes) {
        return (int) ((long) recordBytes * maxLineBytes / lineBytes * 15 / 16);
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
