package dev.weir.record;

import dev.weir.internal.record.Bytes;

/** Decimal digits of integers, eight at a time. */
final class Digits {
    /** No number is longer, and no word that is written for one ends behind it. */
    static final int MAX_BYTES = 20 + Long.BYTES;

    private static final int EIGHT_DIGITS = 100_000_000;
    /** By how many digits are certain, from which number on there is one more; there is one at the least. */
    private static final int[] POWERS = {0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, EIGHT_DIGITS};

    private Digits() {}

    /** Writes a number; returns where the output goes on. */
    static int putDecimal(long value, byte[] target, int at) {
        if (value < 0) {
            target[at] = '-';
            if (value == Long.MIN_VALUE) {
                int after = putUnsigned(-(value / 10), target, at + 1);
                return putUnsigned(-(value % 10), target, after);
            }
            return putUnsigned(-value, target, at + 1);
        }
        return putUnsigned(value, target, at);
    }

    private static int putUnsigned(long value, byte[] target, int at) {
        if (value < EIGHT_DIGITS) {
            int count = count((int) value);
            Bytes.putLong(target, at, eight((int) value) >>> (8 * (8 - count)));
            return at + count;
        }
        long high = value / EIGHT_DIGITS;
        int next = putUnsigned(high, target, at);
        Bytes.putLong(target, next, eight((int) (value - high * EIGHT_DIGITS)));
        return next + 8;
    }

    /** The eight digits of a number, the first one in the lowest byte: halves, then pairs, then digits side by side. */
    private static long eight(int value) {
        int high = value / 10_000;
        long fours = high | (long) (value - 10_000 * high) << 32;
        long hundreds = ((fours * 10_486) >>> 20) & 0x7F_0000_007FL;
        long pairs = ((fours - 100 * hundreds) << 16) | hundreds;
        long tens = ((pairs * 103) >>> 10) & 0x000F_000F_000F_000FL;
        return (((pairs - 10 * tens) << 8) | tens) + 0x3030_3030_3030_3030L;
    }

    /** How many digits a number below 100 million has: by its bits, of which log2(10) make one. */
    private static int count(int value) {
        int least = ((32 - Integer.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
        return least + (value >= POWERS[least] ? 1 : 0);
    }
}
