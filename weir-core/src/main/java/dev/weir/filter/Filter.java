package dev.weir.filter;

import dev.weir.record.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides which records a handler gets, and may change what it gets of them. What it rejects is counted as {@code filtered} for
 * that handler, and other handlers get it all the same, as it was logged.
 *
 * <p><b>Threads.</b> Called by the handler's one worker, never concurrently, so an implementation that keeps state needs no
 * locks; but then it belongs to one handler. After the pipeline has closed, all are called by whoever writes a late record,
 * one at a time, and what is said is not written.
 *
 * <p><b>Once.</b> Each record is decided about once, before it is formatted, in the order in which the handler gets them;
 * a record that the sink fails on is not asked about again.
 *
 * <p><b>Failures.</b> If it throws, it has rejected the record, for its own handler only; that is counted and told.
 */
@FunctionalInterface
public interface Filter {
    /**
     * Whether the handler gets a record.
     *
     * @param record lent for the call
     * @return false to keep it from the handler
     */
    boolean accepts(LogRecord record);

    /**
     * Gives what the handler is to get in the place of a record that all its filters accept: the record, or a changed copy, as
     * {@link dev.weir.record.RecordRewriter} makes one. Filters that come after this one see the copy, too, and so does
     * whoever the record is passed on to: a fallback, or the target of a memory handler. What filters say is changed likewise
     * before it is written.
     *
     * <p>Asked as often as the record is offered, so it gives the same for the same record and counts nothing. If it throws, it
     * has rejected the record; what it threw is told by its class alone, for its message might quote what was not to be seen.
     *
     * @param record lent for the call
     * @return the record itself, as by default, if nothing is to be changed; else lent, until this is called again
     */
    default LogRecord rewrite(LogRecord record) {
        return record;
    }

    /**
     * Takes the next of what the filter has to say about the records it has kept back, once it is time for that. Asked
     * before each record, when nothing comes for a while, and at the end, until there is no more.
     *
     * @param timeNanos what the time is in the stream of records, in nanoseconds since 1970: that of the record which is
     *     next, or of now if there is none; {@link Long#MAX_VALUE} at the end, when everything is to be said
     * @return null, as by default, if there is nothing to say yet
     */
    default @Nullable Summary summary(long timeNanos) {
        return null;
    }
}
