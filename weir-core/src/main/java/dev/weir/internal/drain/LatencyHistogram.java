package dev.weir.internal.drain;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Times from call to commit, in buckets an eighth of a power of two wide. One thread records, any thread reads, which may
 * see a record that is just being made or not.
 */
final class LatencyHistogram {
    private static final int SUB_BITS = 3;
    private static final int SUBS = 1 << SUB_BITS;

    private final AtomicLongArray counts = new AtomicLongArray(64 * SUBS);

    /** Records a time; a negative one, after the wall clock was set, counts as none. */
    void record(long nanos) {
        int bucket = bucket(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)));
        counts.setPlain(bucket, counts.getPlain(bucket) + 1);
    }

    /**
     * The time that a share of the records did not exceed, in microseconds: the upper end of its bucket.
     *
     * @param share 0 to 1; 1 is the longest
     */
    long micros(double share) {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.getOpaque(i);
        }
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length() && total > 0; i++) {
            seen += counts.getOpaque(i);
            if (seen >= rank) {
                return upperEnd(i);
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        if (micros < SUBS) {
            return (int) micros;
        }
        int power = 63 - Long.numberOfLeadingZeros(micros);
        int sub = (int) (micros >>> (power - SUB_BITS)) & (SUBS - 1);
        return (power - SUB_BITS + 1) * SUBS + sub;
    }

    private static long upperEnd(int bucket) {
        if (bucket < SUBS) {
            return bucket;
        }
        int shift = bucket / SUBS - 1;
        return ((long) (SUBS + bucket % SUBS + 1) << shift) - 1;
    }
}
