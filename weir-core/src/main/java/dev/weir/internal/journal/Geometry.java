package dev.weir.internal.journal;

/**
 * The sizes that follow from a capacity: a quarter of it is the ring, in at least eight segments, the rest is for
 * backlogs.
 *
 * @param capacityBytes ring and backlogs together
 * @param segmentBytes a power of two
 * @param segments a power of two, at least {@link #LEAST_SEGMENTS}
 */
public record Geometry(long capacityBytes, int segmentBytes, int segments) {
    static final int LEAST_SEGMENTS = 8;
    private static final int LARGEST_SEGMENT_BYTES = 256 * 1024;
    private static final int LEAST_SEGMENT_BYTES = 16 * 1024;
    /** So that positions index a buffer. */
    private static final long LARGEST_RING_BYTES = 1L << 30;
    /** The least capacity there is. */
    public static final long LEAST_CAPACITY_BYTES = 4L * LEAST_SEGMENTS * LEAST_SEGMENT_BYTES;

    /**
     * The sizes for a capacity.
     *
     * @param capacityBytes at least {@link #LEAST_CAPACITY_BYTES}
     */
    public static Geometry of(long capacityBytes) {
        if (capacityBytes < LEAST_CAPACITY_BYTES) {
            throw new IllegalArgumentException(
                    "queue.capacity: " + capacityBytes + " (expected: at least " + LEAST_CAPACITY_BYTES + " bytes)");
        }
        long ring = Long.highestOneBit(Math.min(capacityBytes / 4, LARGEST_RING_BYTES));
        int segment = (int) Math.min(ring / LEAST_SEGMENTS, LARGEST_SEGMENT_BYTES);
        return new Geometry(capacityBytes, segment, (int) (ring / segment));
    }

    /** What is left of a capacity of which the ring could not be had: the next smaller ring, and backlogs to match. */
    Geometry halved() {
        return of(Math.max(capacityBytes / 2, LEAST_CAPACITY_BYTES));
    }

    boolean isLeast() {
        return segmentBytes == LEAST_SEGMENT_BYTES && segments == LEAST_SEGMENTS;
    }

    public int ringBytes() {
        return segmentBytes * segments;
    }

    /** For all backlogs together. */
    public long backlogBytes() {
        return capacityBytes - ringBytes();
    }

    /** The longest record that a ring of this size takes. */
    public int largestRecordBytes() {
        return segmentBytes / 4;
    }

    /** How far ahead of a blocking handler's cursor its callers may claim. */
    long gateWindowBytes() {
        return ringBytes() / 4;
    }

    /** How far a handler's cursor may lag before the steward relieves it: so far that the first reserve stays beyond. */
    long reliefShareBytes() {
        long share = Math.min(ringBytes() * 3L / 8, firstReserveBytes() - segmentBytes - segmentBytes / 2);
        return Math.max(share, gateWindowBytes());
    }

    /** Where the ring counts as full for the least severe. */
    private long firstReserveBytes() {
        return ringBytes() / 2;
    }

    /**
     * How much of the ring a record of this level must leave free.
     *
     * @param level ordinal of {@link dev.weir.Level}
     */
    long reserveBytes(int level) {
        return switch (level) {
            case 0, 1 -> firstReserveBytes();
            case 2 -> ringBytes() / 4;
            case 3 -> ringBytes() / 8;
            default -> Journal.CHANGE_RESERVE_BYTES;
        };
    }
}
