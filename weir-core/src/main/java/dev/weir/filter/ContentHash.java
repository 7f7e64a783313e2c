package dev.weir.filter;

import dev.weir.internal.record.Bytes;
import java.security.SecureRandom;

/**
 * Tells contents apart by a number: a polynomial over the field of 2^61-1 elements at a point that nobody outside knows
 * (Carter and Wegman, Universal Classes of Hash Functions, 1979). Two contents of n bytes have the same number with a
 * probability of less than n / 2^62, whoever chose them; so no caller can hide a record behind another one's.
 */
final class ContentHash {
    private static final long PRIME = (1L << 61) - 1;
    private static final long POINT = (new SecureRandom().nextLong() & PRIME >>> 1) + (1L << 32);

    private ContentHash() {}

    /** Of a part of an array; begins with a number of what stands before it, or with 0. */
    static long of(long before, byte[] bytes, int from, int to) {
        long hash = step(before, to - from);
        int at = from;
        for (; at + Integer.BYTES <= to; at += Integer.BYTES) {
            hash = step(hash, Bytes.getInt(bytes, at) & 0xFFFF_FFFFL);
        }
        for (; at < to; at++) {
            hash = step(hash, bytes[at] & 0xFF);
        }
        return hash;
    }

    private static long step(long hash, long word) {
        long high = Math.multiplyHigh(hash, POINT);
        long low = hash * POINT;
        long product = (low & PRIME) + (high << 3 | low >>> 61);
        long sum = (product & PRIME) + (product >>> 61) + word;
        return sum >= PRIME ? sum - PRIME : sum;
    }
}
