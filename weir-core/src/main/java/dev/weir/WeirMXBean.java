package dev.weir;

import java.util.Map;

/**
 * A pipeline's account for monitoring by JMX, as {@link Stats} has it, and its {@link Levels}; see {@link
 * PipelineBuilder#jmx}.
 *
 * <p>All counts begin at the start of the pipeline and only grow, but for what is pending and used. Each attribute is of the
 * moment at which it is read; what belongs to one moment is what {@link #statsJson()} returns. Maps by handler have the
 * handlers there are and those on their way out, all levels together; maps by level have every level. Any thread.
 */
public interface WeirMXBean { // its attributes are called get…, since JMX knows them by that

    /**
     * Calls that passed their logger's level.
     *
     * @return counts by level
     */
    Map<String, Long> getEmitted();

    /**
     * Records that the journal refused, for whatever reason.
     *
     * @return counts by level
     */
    Map<String, Long> getRefused();

    /**
     * Records that were written.
     *
     * @return counts by handler
     */
    Map<String, Long> getWritten();

    /**
     * Records that were given to another handler: the fallback, or a memory handler's target.
     *
     * @return counts by handler
     */
    Map<String, Long> getPassedOn();

    /**
     * Records that filters kept back, or that a memory handler has forgotten.
     *
     * @return counts by handler
     */
    Map<String, Long> getFiltered();

    /**
     * Records that were dropped, for whatever reason.
     *
     * @return counts by handler
     */
    Map<String, Long> getDropped();

    /**
     * Records that wait.
     *
     * @return counts by handler
     */
    Map<String, Long> getPending();

    /**
     * The states of the circuit breakers.
     *
     * @return {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}, by handler
     */
    Map<String, String> getBreakers();

    /**
     * Memory of queued records: the ring, the backlogs, and what workers have in hand.
     *
     * @return bytes
     */
    long getJournalUsedBytes();

    /**
     * What {@code queue.capacity} became.
     *
     * @return bytes
     */
    long getJournalCapacityBytes();

    /**
     * The whole account at one moment.
     *
     * @return {@link Stats#toJson()}
     */
    String statsJson();

    /**
     * What each logger logs: the effective level, and whether that is set at run time, configured or inherited.
     *
     * @return texts by logger, see {@link Levels#list}
     */
    Map<String, String> getLevels();

    /**
     * Sets a logger's level until it is reset, see {@link Levels#set(String, Level)}.
     *
     * @param logger dotted; "ROOT" is the root
     * @param level TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL or OFF
     */
    void setLevel(String logger, String level);

    /**
     * Sets a logger's level for a limited time.
     *
     * @param logger dotted; "ROOT" is the root
     * @param level TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL or OFF
     * @param seconds from now, at most a week
     */
    void setLevelFor(String logger, String level, long seconds);

    /**
     * Takes back what was set for a logger; it is as configured again.
     *
     * @param logger dotted; "ROOT" is the root
     * @return false if nothing was set
     */
    boolean resetLevel(String logger);

    /** Takes back all that was set and closes all lenses. */
    void resetLevels();

    /**
     * The lenses that are open.
     *
     * @return texts by id, see {@link Levels#lenses}
     */
    Map<Integer, String> getLenses();

    /**
     * Opens levels for the calls within one trace, see {@link Levels#openForTrace}.
     *
     * @param logger where, and below which; "ROOT" for everywhere
     * @param level the least severe one that is shown, TRACE to CRITICAL
     * @param traceId 32 lower-case hexadecimal digits, not all zero
     * @param seconds from now, at most a week
     * @return its id, by which it is closed
     */
    int openLensForTrace(String logger, String level, String traceId, long seconds);

    /**
     * Opens levels for the calls of threads with one value in their context, see {@link Levels#openForContext}.
     *
     * @param logger where, and below which; "ROOT" for everywhere
     * @param level the least severe one that is shown, TRACE to CRITICAL
     * @param key of the context, which is SLF4J's MDC
     * @param value exactly
     * @param seconds from now, at most a week
     * @return its id, by which it is closed
     */
    int openLensForContext(String logger, String level, String key, String value, long seconds);

    /**
     * Closes a lens.
     *
     * @param id of it
     * @return false if it is not open
     */
    boolean closeLens(int id);
}
