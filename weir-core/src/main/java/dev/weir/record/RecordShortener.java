package dev.weir.record;

import dev.weir.internal.record.RecordPatch;
import org.jspecify.annotations.Nullable;

/**
 * Makes shorter copies of records, for sinks that take no more than so much: the longest values and stack traces are cut, with the mark
 * of a record that was too long at the call, and {@link LogRecord#isTruncated()} says so. All fields stay, as long as their beginnings
 * fit.
 *
 * <p>Used by one thread. A record that is short enough costs no copy and no allocation.
 */
public final class RecordShortener {
    private final RecordPatch patch = new RecordPatch();
    private @Nullable LogRecord copy;

    /** One that has made no copy yet. */
    public RecordShortener() {}

    /**
     * Shortens a record.
     *
     * @param record stays as it is
     * @param maxBytes how long its copy may be, as {@link LogRecord#length()} says it; one that cannot be so short is as short as can be
     * @return the record itself, if it is not longer than that or cannot be shorter; else a view of the copy, valid until the next call
     */
    public LogRecord shorten(LogRecord record, int maxBytes) {
        if (record.length() <= maxBytes) {
            return record;
        }
        patch.begin(record.bytes(), record.start());
        patch.apply(maxBytes);
        LogRecord view = record.view(copy);
        copy = view;
        view.moveTo(patch.bytes(), 0);
        return view.length() < record.length() ? view : record;
    }
}
