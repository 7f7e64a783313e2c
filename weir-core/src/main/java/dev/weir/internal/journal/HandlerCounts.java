package dev.weir.internal.journal;

import dev.weir.Level;

/**
 * What one handler has been given and what became of it, by level. Guarded by its cursor's take lock.
 *
 * <p>Each number is counted where it happens and none is derived from the others, so that the identity
 * {@code routed = written + passedOn + filtered + dropped + pending} says something.
 */
public final class HandlerCounts {
    private final long[] routed = new long[Level.COUNT];
    private final long[] written = new long[Level.COUNT];
    private final long[] passedOn = new long[Level.COUNT];
    private final long[] filtered = new long[Level.COUNT];
    /** What the handler holds itself: pending, though it is committed. */
    private final long[] held = new long[Level.COUNT];

    private final long[] synthetic = new long[Level.COUNT];
    private final long[][] dropped = new long[DropReason.values().length][Level.COUNT];
    private volatile long droppedTotal;

    /**
     * A handler's account at one moment; arrays by level (and by reason before), not changed any more.
     *
     * @param routed what was routed to it, pending ones included
     * @param passedOn what its fallback was given instead
     * @param filtered what a filter kept from it
     * @param synthetic records of Weir's own that were written besides
     * @param pending what waits for it in the ring, in its backlog and in its worker's hand, and what it holds itself
     * @param heldBytes bytes of its backlog and in its worker's hand
     * @param oldestNanos when the oldest pending record was logged, since 1970; 0 if there is none
     */
    public record Snapshot(
            long[] routed,
            long[] written,
            long[] passedOn,
            long[] filtered,
            long[] synthetic,
            long[][] dropped,
            long[] pending,
            long heldBytes,
            long oldestNanos) {}

    void routed(int level) {
        routed[level]++;
    }

    void dropped(DropReason reason, int level) {
        dropped(reason, level, 1);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the take lock
    private void dropped(DropReason reason, int level, long count) {
        dropped[reason.ordinal()][level] += count;
        droppedTotal += count;
    }

    /** How many were dropped; any thread. */
    long droppedTotal() {
        return droppedTotal;
    }

    /** How many were dropped, by reason and level. */
    long[][] dropped() {
        long[][] copy = new long[dropped.length][];
        for (int reason = 0; reason < dropped.length; reason++) {
            copy[reason] = dropped[reason].clone();
        }
        return copy;
    }

    void add(Outcome outcome) {
        for (int level = 0; level < Level.COUNT; level++) {
            written[level] += outcome.written[level];
            passedOn[level] += outcome.passedOn[level];
            filtered[level] += outcome.filtered[level];
            held[level] += outcome.held[level];
            synthetic[level] += outcome.synthetic[level];
            if (outcome.rejected[level] != 0) {
                dropped(DropReason.REJECTED, level, outcome.rejected[level]);
            }
            if (outcome.formatErrors[level] != 0) {
                dropped(DropReason.FORMAT_ERROR, level, outcome.formatErrors[level]);
            }
        }
        outcome.clear();
    }

    /** What the handler holds itself will not be written. */
    void abandonHeld(DropReason reason) {
        for (int level = 0; level < Level.COUNT; level++) {
            dropped(reason, level, held[level]);
            held[level] = 0;
        }
    }

    /**
     * A copy.
     *
     * @param waiting what waits in the backlog and in the hand: routed already
     * @param ahead what waits in the ring: routed as soon as it is met
     */
    Snapshot snapshot(long[] waiting, long[] ahead, long heldBytes, long oldestNanos) {
        long[] routedNow = routed.clone();
        long[] pending = waiting.clone();
        for (int level = 0; level < Level.COUNT; level++) {
            routedNow[level] += ahead[level];
            pending[level] += ahead[level] + held[level];
        }
        return new Snapshot(
                routedNow,
                written.clone(),
                passedOn.clone(),
                filtered.clone(),
                synthetic.clone(),
                dropped(),
                pending,
                heldBytes,
                oldestNanos);
    }
}
