package dev.weir.benchmarks;

import java.nio.ByteBuffer;

/** Claims by a plain store, since it has one producer, and publishes by the end: nothing has to be zeroed. */
class OwnRing extends Lane {
    private final CountedRing.Position end = new CountedRing.Position();
    private final CountedRing.Position taken = new CountedRing.Position();

    // of the producer: what it last saw of taken
    private long seenTaken;

    // of the reader: what it last saw of end
    private final CountedRing.Position seenEnd = new CountedRing.Position();

    OwnRing(int bytes) {
        super(bytes);
    }

    @Override
    boolean tryAppend(byte[] body) {
        long from = end.getPlain();
        int need = need(from);
        if (from + need - seenTaken > mask + 1) {
            seenTaken = taken.getAcquire();
            if (from + need - seenTaken > mask + 1) {
                return false;
            }
        }
        write((int) ((from + need - ClaimPath.RECORD_BYTES) & mask), System.nanoTime(), body);
        end.setRelease(from + need);
        return true;
    }

    @Override
    final long headStamp() {
        long at = taken.getPlain();
        if (at == seenEnd.getPlain()) {
            seenEnd.setPlain(end.getAcquire());
            if (at == seenEnd.getPlain()) {
                return NONE;
            }
        }
        return ring.getLong(head(at) + ClaimPath.STAMP_AT);
    }

    @Override
    final void takeHead(ByteBuffer target) {
        long at = taken.getPlain();
        copyTo(target, head(at), ClaimPath.RECORD_BYTES);
        taken.setRelease(at + need(at));
    }

    private int head(long position) {
        return (int) ((position + need(position) - ClaimPath.RECORD_BYTES) & mask);
    }
}
