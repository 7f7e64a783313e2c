package dev.weir;

import java.util.Map;

/**
 * A pipeline's account for monitoring by JMX, as {@link Stats} has it; see {@link PipelineBuilder#jmx}.
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
}
