package dev.weir.internal.journal;

/**
 * The records that a worker has taken and not yet committed, one behind the other in an array of its own.
 *
 * <p>Filled under the take lock. The worker reads it without a lock, since nobody else changes it, but for the steward that
 * gives the handler up and clears it: then the worker may go on with what it has seen before, and nothing of that counts.
 * Others read it under the take lock to count.
 */
public final class Hand {
    private final byte[] bytes;
    private int size;
    private int committed;
    private int sifted;
    private long position = Long.MAX_VALUE;
    private long number = Long.MAX_VALUE;

    Hand(int capacityBytes) {
        bytes = new byte[capacityBytes];
    }

    /** Lent to the worker. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the records end. */
    public int size() {
        return size;
    }

    /** Where the first record that is not committed begins. */
    public int committed() {
        return committed;
    }

    /** Where the first record begins about which the handler's filters have not decided. */
    public int sifted() {
        return sifted;
    }

    /** Counts records that filters have decided about. Worker. */
    public void sift(int end) {
        sifted = end;
    }

    public boolean isEmpty() {
        return committed == size;
    }

    int room() {
        return bytes.length - size;
    }

    /** A position not above that of any record held; {@link Long#MAX_VALUE} for none. */
    long lowestPosition() {
        return position;
    }

    /** Counts bytes that were written behind what is held. */
    void advance(long recordPosition, int length) {
        position = Math.min(position, recordPosition);
        size += length;
    }

    /** A number not above that of any record held that came from the backlog; {@link Long#MAX_VALUE} for none. */
    long lowestNumber() {
        return number;
    }

    /** Counts bytes from the backlog. */
    void advance(long recordPosition, long backlogNumber, int length) {
        number = Math.min(number, backlogNumber);
        advance(recordPosition, length);
    }

    void commit(int end) {
        if (end > size) {
            throw new IllegalArgumentException("end: " + end + " (expected: at most " + size + ")");
        }
        committed = end;
        if (end == size) {
            clear();
        }
    }

    void clear() {
        size = 0;
        committed = 0;
        sifted = 0;
        position = Long.MAX_VALUE;
        number = Long.MAX_VALUE;
    }
}
