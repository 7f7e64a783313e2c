package dev.weir.record;

import dev.weir.internal.record.Bytes;

/** Decimal digits of integers, two at a time. */
final class Digits {
    /** No number is longer. */
    static final int MAX_BYTES = 20;

    private static final short[] PAIRS = pairs();

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
        int end = at + count(value);
        int next = end;
        long rest = value;
        while (rest > Integer.MAX_VALUE) {
            long quotient = rest / 100;
            next -= 2;
            Bytes.putShort(target, next, PAIRS[(int) (rest - 100 * quotient)]);
            rest = quotient;
        }
        int small = (int) rest;
        while (small >= 100) {
            int quotient = small / 100;
            next -= 2;
            Bytes.putShort(target, next, PAIRS[small - 100 * quotient]);
            small = quotient;
        }
        if (small >= 10) {
            Bytes.putShort(target, next - 2, PAIRS[small]);
        } else {
            target[next - 1] = (byte) ('0' + small);
        }
        return end;
    }

    private static int count(long value) {
        long power = 10;
        for (int digits = 1; digits < 19; digits++) {
            if (value < power) {
                return digits;
            }
            power *= 10;
        }
        return 19;
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < 100; i++) {
            pairs[i] = (short) (('0' + i / 10) | (('0' + i % 10) << 8));
        }
        return pairs;
    }
}
