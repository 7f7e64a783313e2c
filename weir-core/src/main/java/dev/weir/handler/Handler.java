package dev.weir.handler;

import dev.weir.BreakerPolicy;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One sink. A worker thread of its own drains the journal into it.
 *
 * <pre>
 *  prepare ─► open ─► ( emit… flush | emit… rollback | upkeep )… ─► close
 * </pre>
 *
 * <p><b>Threads.</b> {@link #prepare} is called by the thread that starts or installs the pipeline, before all else;
 * {@link #resource()} and {@link #late} by any. All other methods are called by the handler's one worker, never
 * concurrently, so an implementation needs no locks.
 *
 * <p><b>Commit.</b> A {@link #flush} that returns is the commit: all records emitted since the last one count as
 * written and are never offered again. If {@code emit} or {@code flush} throws, {@link #rollback} is called, the handler
 * forgets what was emitted since the last commit, and the same records are offered again after a growing delay. So
 * the journal is the retry buffer and a handler keeps none.
 *
 * <p><b>Failures.</b> An {@link IOException}, and whatever {@code flush} throws, is the sink's failure: the records
 * wait, within the handler's backlog. Any other exception out of {@code emit} counts against the record too: if the same
 * one fails four times, the last time alone, it is dropped and counted as {@code rejected}. An implementation may block
 * for as long as it likes: it hurts nobody but itself.
 *
 * <p><b>Interrupts.</b> Nobody but a {@link #close} that is late has to be interrupted, but a sink's library may do it. A call that is cut short by that throws
 * an {@link IOException}, which is a failure of the sink like any other: no record is lost by it.
 *
 * <p>A handler must not log through Weir to itself: records logged on a worker's thread are told by diagnostics only.
 */
public interface Handler {
    /**
     * Finds out whether the handler could work, and changes nothing: another handler may still be using the same
     * resource. Called once, before {@link #open}, when the handler's pipeline starts or is installed; by throwing
     * it makes an installation fail as a whole.
     *
     * @throws IOException if {@link #open} would fail; the message names the resource and the reason
     */
    default void prepare() throws IOException {}

    /**
     * Says that an earlier handler of the same pipeline has written to the same {@link #resource()}: what stands there is to
     * stay, whatever this one does with what it finds at a start. Called before the first {@link #open}, if at all.
     */
    default void inherit() {}

    /**
     * Acquires the resource. Called when no earlier handler holds the same {@link #resource()} any more; again after a
     * growing delay if it throws, and again after a {@link #rollback} that threw, with what that left open.
     *
     * @throws IOException if the resource cannot be had; the message names it and the reason
     */
    default void open() throws IOException {}

    /**
     * Takes one record, to be committed by the next {@link #flush}.
     *
     * @param record lent for the call
     * @return false to refuse it: it is dropped at once and counted as {@code rejected}
     * @throws IOException if the sink fails
     * @throws dev.weir.format.FormatException if the formatter failed on this record, which is then dropped and counted
     *     as {@code format-error}; the handler is as if it had not been emitted
     */
    boolean emit(LogRecord record) throws IOException;

    /**
     * Whether what was emitted since the last commit is to be flushed now, before anything else is emitted: the batch is
     * full. Asked after every emit. Named as in Python's {@code BufferingHandler}.
     *
     * @param record the one that was emitted last; lent for the call
     * @return false by default
     */
    default boolean shouldFlush(LogRecord record) {
        return false;
    }

    /**
     * How long an emitted record may wait for others to be flushed together with it. At the end of that time, or earlier if
     * no more fits into the worker's hand, if somebody waits for a flush, or at the end, {@link #flush} is called.
     *
     * @return zero by default: flush as soon as no more is at hand; always the same
     */
    default Duration flushDelay() {
        return Duration.ZERO;
    }

    /**
     * Writes what was emitted since the last commit and commits it.
     *
     * @throws IOException if it could not be written as a whole
     */
    void flush() throws IOException;

    /**
     * Forgets what was emitted since the last commit, as far as the sink allows it: a file is cut back.
     *
     * @throws IOException if that could not be done; the handler is then opened anew
     */
    default void rollback() throws IOException {}

    /**
     * Does what is due by time and not by records: a file that is rolled at midnight. Called between batches, when nothing
     * is emitted that is not committed, and at least once in some two seconds while nothing is logged; so it looks at a clock and mostly
     * does nothing. Not before the handler has been opened.
     *
     * @throws IOException is reported and changes nothing
     */
    default void upkeep() throws IOException {}

    /**
     * Opens what it writes to anew, by its name, since somebody has asked for it: by SIGHUP after a log was rotated by others,
     * or by {@link dev.weir.Weir#reopen}. Called between batches, when nothing is emitted that is not committed.
     *
     * @throws IOException is reported and changes nothing
     */
    default void reopen() throws IOException {}

    /**
     * Gives the resource back. Called once, as the last call but {@link #late}; after a commit, or for an abandoned
     * handler that must then write, flush, cut and rename nothing. A close that is still under way at the handler's deadline is
     * told so by an interrupt, and a quarter of a second later nobody waits for it any more. If whoever else has the handler
     * calls it again, that does nothing.
     *
     * @param abandoned whether the handler ran out of its time
     * @throws IOException is reported and changes nothing
     */
    default void close(boolean abandoned) throws IOException {}

    /**
     * Writes a record straight through after the pipeline has closed: opens by itself, appends, closes. Called by
     * any thread, one at a time, after {@link #close}.
     *
     * @param record lent for the call
     * @return false if this handler does not do that
     * @throws IOException if it was not written
     */
    default boolean late(LogRecord record) throws IOException {
        return false;
    }

    /**
     * When the sink is left alone after failures, unless the handler's options say something else. Any thread.
     *
     * @return {@link BreakerPolicy#DEFAULT} by default; always the same
     */
    default BreakerPolicy breaker() {
        return BreakerPolicy.DEFAULT;
    }

    /**
     * What this handler writes to, if two handlers must not use it at once: a successor waits until its predecessor
     * has closed it. Any thread; always the same.
     *
     * @return for example a real path; null if there is no such thing
     */
    default @Nullable String resource() {
        return null;
    }

    /**
     * Bytes handed to the sink and committed. Worker only.
     *
     * @return a number that only grows
     */
    default long bytesWritten() {
        return 0;
    }
}
