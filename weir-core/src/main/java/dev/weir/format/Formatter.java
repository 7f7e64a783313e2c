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
}
