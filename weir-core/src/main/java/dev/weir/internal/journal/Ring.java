package dev.weir.internal.journal;

import dev.weir.internal.record.RecordLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The ring's bytes, addressed by positions that only grow: position {@code p} lies at {@code p & (bytes - 1)}. Segments
 * and the ring are powers of two long, so one buffer holds them all and no record crosses a segment's end.
 *
 * <p>The length of a record is its publication. It is written after a release fence and read before an acquire fence
 * around plain accesses of an aligned int, and not by access modes of a view, because those are not to be had for a heap
 * buffer on every JDK, and a heap buffer is the last resort when direct memory is used up. HotSpot writes and reads an
 * aligned int as a whole.
 */
final class Ring implements Backlog.Source {
    /** So few stay in the fastest cache. */
    private static final int MOST_ZEROS = 4096;

    private final ByteBuffer bytes;
    private final long mask;
    private final int segmentBytes;
    private final byte[] zeros;

    Ring(ByteBuffer buffer, int segmentBytes) {
        this.bytes = buffer.order(ByteOrder.LITTLE_ENDIAN);
        this.mask = buffer.capacity() - 1L;
        this.segmentBytes = segmentBytes;
        this.zeros = new byte[Math.min(segmentBytes, MOST_ZEROS)];
    }

    /** 0: not yet published; negative: padding to skip; else a record or a change of routes. */
    int lengthAcquire(long position) {
        int length = bytes.getInt(index(position));
        VarHandle.acquireFence();
        return length;
    }

    /** Publishes what stands behind the length. */
    void lengthRelease(long position, int length) {
        VarHandle.releaseFence();
        bytes.putInt(index(position), length);
    }

    byte kind(long position) {
        return bytes.get(RecordLayout.kindAt(index(position)));
    }

    int level(long position) {
        return bytes.get(RecordLayout.levelAt(index(position)));
    }

    /** The logger's id; of a change of routes its generation. */
    int logger(long position) {
        return bytes.getInt(RecordLayout.loggerAt(index(position)));
    }

    long time(long position) {
        return bytes.getLong(RecordLayout.timeAt(index(position)));
    }

    /** All of a record but its length. */
    void body(long position, byte[] record, int length) {
        bytes.put(index(position) + Integer.BYTES, record, Integer.BYTES, length - Integer.BYTES);
    }

    void change(long position, int generation) {
        int at = index(position);
        bytes.putInt(RecordLayout.kindAt(at), RecordLayout.KIND_CHANGE);
        bytes.putInt(RecordLayout.loggerAt(at), generation);
    }

    /** Copies published bytes that do not cross a segment's end. */
    void copy(long position, byte[] target, int at, int length) {
        bytes.get(index(position), target, at, length);
    }

    /** Copies published bytes that do not cross a segment's end, without touching the target's position. */
    @Override
    public void copy(long position, ByteBuffer target, int at, int length) {
        target.put(at, bytes, index(position), length);
    }

    void zeroSegment(long position) {
        int from = index(position);
        for (int at = from; at < from + segmentBytes; at += zeros.length) {
            bytes.put(at, zeros);
        }
    }

    private int index(long position) {
        return (int) (position & mask);
    }
}
