package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;

/**
 * Writes a record as the bytes a sink gets, line end included.
 *
 * <p>Called by one worker thread at a time, so it may keep buffers; one formatter belongs to one handler. The content
 * of a record is data of unknown origin: whatever it holds, the output is one well-formed unit of the format, and
 * nothing in it is looked up, interpolated or executed.
 *
 * <p>What it throws costs that record alone ({@code format-error}); what it had written of it is taken back.
 */
@FunctionalInterface
public interface Formatter {
    /**
     * Appends one record.
     *
     * @param record lent for the call
     * @param out where to write; the formatter only appends
     */
    void format(LogRecord record, ByteOutput out);

    /**
     * Says where the records that follow are going to. A handler whose sink may be a terminal calls it before a batch; one that
     * does not leaves formatters as they begin, without colours. A formatter that has another one within it passes it on.
     *
     * @param shows whether people see them on a terminal that shows colours
     */
    default void terminal(boolean shows) {}

    /**
     * Appends one record whole or nothing of it: what a handler calls, so that a formatter that fails costs one record. What the
     * machine fails with, such as want of memory, is thrown on as it is, for a record is not to blame for it.
     *
     * @param record lent for the call
     * @param out where to write; as it was, if this throws
     * @throws FormatException if the formatter failed on this record
     */
    default void formatWhole(LogRecord record, ByteOutput out) {
        int before = out.size();
        try {
            format(record, out);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError thrown) {
            out.truncate(before);
            throw new FormatException(thrown);
        }
    }
}
