package dev.weir.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A ring of {@link MergedRings}: its bytes, and a head that one reader looks at and takes. */
abstract class Lane {
    /** What {@link #headStamp} returns when nothing is published. */
    static final long NONE = Long.MAX_VALUE;

    final ByteBuffer ring;
    final int mask;

    Lane(int bytes) {
        ring = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        mask = bytes - 1;
    }

    /** Appends a record, or does nothing if there is no room. */
    abstract boolean tryAppend(byte[] body);

    /** The stamp of the oldest published record; of the reader. */
    abstract long headStamp();

    /** Copies the oldest published record to where the target ends; of the reader, which has seen its stamp. */
    abstract void takeHead(ByteBuffer target);

    /** Whether a producer may be between its stamp and its publication. */
    boolean isOpen() {
        return false;
    }

    /** How far it is from a position to where the ring begins again. */
    final int rest(long position) {
        return mask + 1 - (int) (position & mask);
    }

    /** What a record at this position takes: if it would cross the ring's end, the rest of that too. */
    final int need(long position) {
        int rest = rest(position);
        return ClaimPath.RECORD_BYTES <= rest ? ClaimPath.RECORD_BYTES : rest + ClaimPath.RECORD_BYTES;
    }

    final void write(int at, long stamp, byte[] body) {
        ring.putLong(at + ClaimPath.STAMP_AT, stamp);
        ring.put(at + ClaimPath.STAMP_AT + Long.BYTES, body);
    }

    final void copyTo(ByteBuffer target, int at, int length) {
        target.put(target.position(), ring, at, length);
        target.position(target.position() + length);
    }
}
