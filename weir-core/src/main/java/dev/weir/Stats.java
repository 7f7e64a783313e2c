package dev.weir;

import dev.weir.internal.pipeline.Account;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * An account of a pipeline at one moment. Immutable; made without stopping anyone, so that its parts are exact whenever
 * nothing is being logged, and at most a few records apart otherwise.
 *
 * <p>For every handler and level {@code routed = written + passedOn + filtered + dropped + pending}, and for the pipeline
 * {@code emitted = journaled + refused}.
 */
public final class Stats {
    private final Account.Snapshot account;

    Stats(Account.Snapshot account) {
        this.account = account;
    }

    /**
     * Calls that passed their logger's level: journaled or refused.
     *
     * @param level the level
     * @return a count
     */
    public long emitted(Level level) {
        return account.emitted()[level.ordinal()];
    }

    /**
     * Records that were taken into the journal.
     *
     * @param level the level
     * @return a count
     */
    public long journaled(Level level) {
        return account.journaled()[level.ordinal()];
    }

    /**
     * Records refused at the journal, for whatever reason.
     *
     * @param level the level
     * @return a count
     */
    public long refused(Level level) {
        return emitted(level) - journaled(level);
    }

    /**
     * Records written after the pipeline had closed.
     *
     * @param level the level
     * @return a count
     */
    public long late(Level level) {
        return account.late()[level.ordinal()];
    }

    /**
     * The handlers there are, and those on their way out.
     *
     * @return their names
     */
    public Set<String> handlerNames() {
        return Collections.unmodifiableSet(account.handlers().keySet());
    }

    /**
     * Records routed to a handler.
     *
     * @param handler its name
     * @param level the level
     * @return a count; 0 if there is no such handler
     */
    public long routed(String handler, Level level) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.routed[level.ordinal()];
    }

    /**
     * Records a handler has written.
     *
     * @param handler its name
     * @param level the level
     * @return a count; 0 if there is no such handler
     */
    public long written(String handler, Level level) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.written[level.ordinal()];
    }

    /**
     * Records that were dropped at a handler, for whatever reason.
     *
     * @param handler its name
     * @param level the level
     * @return a count; 0 if there is no such handler
     */
    public long dropped(String handler, Level level) {
        Account.HandlerSums sums = account.handlers().get(handler);
        long count = 0;
        if (sums != null) {
            for (long[] byLevel : sums.dropped) {
                count += byLevel[level.ordinal()];
            }
        }
        return count;
    }

    /**
     * Records that wait for a handler.
     *
     * @param handler its name
     * @param level the level
     * @return a count; 0 if there is no such handler
     */
    public long pending(String handler, Level level) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.pending[level.ordinal()];
    }

    /**
     * Records that a handler has given to its fallback.
     *
     * @param handler its name
     * @param level the level
     * @return a count; 0 if there is no such handler
     */
    public long passedOn(String handler, Level level) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.passedOn[level.ordinal()];
    }

    /**
     * Records that a handler's filters have kept from it.
     *
     * @param handler its name
     * @param level the level
     * @return a count; 0 if there is no such handler
     */
    public long filtered(String handler, Level level) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.filtered[level.ordinal()];
    }

    /**
     * Records of Weir's own that a handler has written besides, as those that tell of a loss.
     *
     * @param handler its name
     * @param level the level
     * @return a count; 0 if there is no such handler
     */
    public long synthetic(String handler, Level level) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.synthetic[level.ordinal()];
    }

    /**
     * The state of a handler's circuit breaker.
     *
     * @param handler its name
     * @return closed if there is no such handler
     */
    public BreakerState breaker(String handler) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null || sums.breaker == null ? BreakerState.CLOSED : sums.breaker;
    }

    /**
     * How often a handler's circuit breaker has gone into a state.
     *
     * @param handler its name
     * @param state the state
     * @return a count; 0 if there is no such handler
     */
    public long breakerEntered(String handler, BreakerState state) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.breakerEntered[state.ordinal()];
    }

    /**
     * How long a handler's circuit breaker has been in a state, all times together.
     *
     * @param handler its name
     * @param state the state
     * @return zero if there is no such handler
     */
    public Duration breakerTime(String handler, BreakerState state) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return Duration.ofNanos(sums == null ? 0 : sums.breakerNanos[state.ordinal()]);
    }

    /**
     * Failed and slow calls of a handler.
     *
     * @param handler its name
     * @return a count; 0 if there is no such handler
     */
    public long failures(String handler) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.failures;
    }

    /**
     * How often a handler's worker died and began again.
     *
     * @param handler its name
     * @return a count; 0 if there is no such handler
     */
    public long restarts(String handler) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null ? 0 : sums.restarts;
    }

    /**
     * How long the oldest record that waits for a handler has waited.
     *
     * @param handler its name
     * @return zero if none waits, or if there is no such handler
     */
    public Duration oldest(String handler) {
        Account.HandlerSums sums = account.handlers().get(handler);
        return sums == null || sums.oldestNanos == 0
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, account.takenNanos() - sums.oldestNanos));
    }

    /**
     * Memory of queued records: the ring, the backlogs, and what workers have in hand.
     *
     * @return bytes
     */
    public long usedBytes() {
        return account.usedBytes();
    }

    /**
     * What {@code queue.capacity} became.
     *
     * @return bytes
     */
    public long capacityBytes() {
        return account.capacityBytes();
    }

    /** All handlers, those that have left included, by what a function picks. */
    long total(ToLongFunction<Account.HandlerSums> pick) {
        return account.total(pick);
    }

    /**
     * This account as JSON.
     *
     * @return an object with {@code emitted}, {@code refused}, {@code late}, {@code journal} and {@code handlers};
     *     levels without a count are left out, and {@code retired} holds what handlers did whose names are gone
     */
    public String toJson() {
        return StatsJson.of(account);
    }

    @Override
    public String toString() {
        return toJson();
    }
}
