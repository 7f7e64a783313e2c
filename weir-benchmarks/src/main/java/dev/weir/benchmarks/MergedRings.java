package dev.weir.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Several rings, merged by the time stamps of their heads. A ring without a head is the difficulty: its producer may have
 * taken an older stamp than any head and not have published yet.
 */
final class MergedRings implements ClaimPath {
    /** What is done about rings without a head. */
    enum Patience {
        /** Nothing: the order is not that of the stamps. */
        NONE,
        /** What is younger than a millisecond waits: the order is right unless a producer loses its processor for longer. */
        A_MILLISECOND,
        /** Only what is older than the look at rings that say whether a call is under way: the order is right. */
        ANNOUNCED
    }

    private static final long HOLD_NANOS = 1_000_000;

    private final Lane[] lanes;
    private final Patience patience;
    private final long[] heads;

    /**
     * Rings.
     *
     * @param count a power of two
     * @param lane makes one of so many bytes
     */
    MergedRings(int count, IntFunction<? extends Lane> lane, Patience patience) {
        this.lanes = new Lane[count];
        this.heads = new long[count];
        this.patience = patience;
        Arrays.setAll(lanes, i -> lane.apply(BYTES / count));
        Arrays.fill(heads, Lane.NONE);
    }

    @Override
    public boolean tryAppend(int producer, byte[] body) {
        return lanes[producer & (lanes.length - 1)].tryAppend(body);
    }

    @Override
    public int take(ByteBuffer target) {
        long bound = look();
        int taken = 0;
        while (target.remaining() >= RECORD_BYTES) {
            int first = 0;
            long next = Lane.NONE;
            for (int i = 1; i < heads.length; i++) {
                if (heads[i] < heads[first]) {
                    next = heads[first];
                    first = i;
                } else {
                    next = Math.min(next, heads[i]);
                }
            }
            if (heads[first] >= bound) {
                break;
            }
            do {
                lanes[first].takeHead(target);
                heads[first] = lanes[first].headStamp();
                taken++;
            } while (heads[first] <= next && heads[first] < bound && target.remaining() >= RECORD_BYTES);
            if (heads[first] == Lane.NONE && patience == Patience.ANNOUNCED) {
                break; // the bound holds only as long as each ring that had no call under way has a head
            }
        }
        return taken;
    }

    /** Looks for new heads; what is stamped before the result is complete. */
    private long look() {
        long now = System.nanoTime();
        long bound =
                switch (patience) {
                    case NONE -> Lane.NONE;
                    case A_MILLISECOND -> now - HOLD_NANOS;
                    case ANNOUNCED -> now;
                };
        for (int i = 0; i < lanes.length; i++) {
            if (heads[i] == Lane.NONE) {
                boolean open = lanes[i].isOpen(); // before the head, so that what it publishes meanwhile is seen
                heads[i] = lanes[i].headStamp();
                if (open && heads[i] == Lane.NONE) {
                    return Long.MIN_VALUE;
                }
            }
        }
        return bound;
    }
}
