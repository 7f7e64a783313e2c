package dev.weir.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * Ways from several producers to one reader, reduced to claim, copy, publish and copy out: the alternatives of decision
 * 25. A record is its length, its time stamp, and bytes; time stamps are {@link System#nanoTime}.
 */
interface ClaimPath {
    /** As many bytes as all rings of a way have together. */
    int BYTES = 4 << 20;

    int RECORD_BYTES = 184;
    int STAMP_AT = 8;
    int SPINS = 32;
    long IDLE_NANOS = 50_000;

    /**
     * Appends a record, or does nothing if there is no room. A producer is one thread.
     *
     * @param body copied behind the length and the stamp
     */
    boolean tryAppend(int producer, byte[] body);

    /**
     * Copies what is there, in this way's order, to where the target ends. One thread.
     *
     * @param target at least one record of room
     * @return how many records
     */
    int take(ByteBuffer target);

    /** Appends a record and waits for room as long as it takes. */
    default void append(int producer, byte[] body) {
        for (int turn = 0; !tryAppend(producer, body); turn++) {
            if (turn < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(IDLE_NANOS);
            }
        }
    }

    /**
     * One of the alternatives.
     *
     * @param name as a parameter of {@link ClaimBenchmark}
     */
    static ClaimPath of(String name, int producers) {
        return switch (name) {
            case "counter" -> new CountedRing(BYTES);
            case "lanes" -> new MergedRings(2, CountedRing::new, MergedRings.Patience.NONE);
            case "rings" -> new MergedRings(producers, OwnRing::new, MergedRings.Patience.NONE);
            case "rings-held" -> new MergedRings(producers, OwnRing::new, MergedRings.Patience.A_MILLISECOND);
            case "rings-announced" -> new MergedRings(producers, AnnouncedRing::new, MergedRings.Patience.ANNOUNCED);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
