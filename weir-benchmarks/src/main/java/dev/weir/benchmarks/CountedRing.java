package dev.weir.benchmarks;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Claims by CAS of one position, publishes by the length, reads along the lengths: the journal's way. Any number of
 * producers. A segment is zeroed before its bytes may be claimed again.
 */
final class CountedRing extends Lane implements ClaimPath {
    private static final int SEGMENTS = 16;
    private static final byte[] ZEROS = new byte[4096];

    private final Position claimed = new Position();
    private final Position limit = new Position();
    private final int segmentBytes;
    private long cursor;
    private long floor;

    /** A position alone on its cache line. */
    @SuppressWarnings({"serial", "unused"}) // nobody writes one; the fields keep others away
    static final class Position extends AtomicLong {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14;
    }

    CountedRing(int bytes) {
        super(bytes);
        segmentBytes = bytes / SEGMENTS;
        limit.set(bytes);
    }

    @Override
    public boolean tryAppend(int producer, byte[] body) {
        return tryAppend(body);
    }

    @Override
    boolean tryAppend(byte[] body) {
        long stamp = System.nanoTime();
        while (true) {
            long seen = claimed.get();
            int need = need(seen);
            if (seen + need > limit.get()) {
                return false;
            }
            if (claimed.compareAndSet(seen, seen + need)) {
                int at = (int) (seen & mask);
                if (need != RECORD_BYTES) {
                    lengthRelease(at, RECORD_BYTES - need);
                    at = 0;
                }
                write(at, stamp, body);
                lengthRelease(at, RECORD_BYTES);
                return true;
            }
        }
    }

    private void lengthRelease(int at, int length) {
        VarHandle.releaseFence();
        ring.putInt(at, length);
    }

    private int lengthAcquire() {
        int length = ring.getInt((int) (cursor & mask));
        VarHandle.acquireFence();
        return length;
    }

    @Override
    public int take(ByteBuffer target) {
        long end = claimed.get();
        long from = cursor;
        int room = target.remaining();
        while (cursor < end && (int) (cursor - from) + RECORD_BYTES <= room && lengthAcquire() > 0) {
            cursor += RECORD_BYTES;
        }
        int bytes = (int) (cursor - from);
        copyTo(target, (int) (from & mask), bytes);
        skipAndRecycle();
        return bytes / RECORD_BYTES;
    }

    @Override
    long headStamp() {
        skipAndRecycle();
        return cursor < claimed.get() && lengthAcquire() > 0 ? ring.getLong((int) (cursor & mask) + STAMP_AT) : NONE;
    }

    @Override
    void takeHead(ByteBuffer target) {
        copyTo(target, (int) (cursor & mask), RECORD_BYTES);
        cursor += RECORD_BYTES;
    }

    private void skipAndRecycle() {
        if (cursor < claimed.get()) {
            int length = lengthAcquire();
            cursor += length < 0 ? -length : 0;
        }
        while (cursor - floor >= segmentBytes) {
            int from = (int) (floor & mask);
            for (int at = from; at < from + segmentBytes; at += ZEROS.length) {
                ring.put(at, ZEROS);
            }
            floor += segmentBytes;
            limit.set(floor + mask + 1);
        }
    }
}
