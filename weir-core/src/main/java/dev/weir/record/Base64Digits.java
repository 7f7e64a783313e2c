package dev.weir.record;

import java.nio.charset.StandardCharsets;

/** Bytes as Base64 (RFC 4648, section 4), padded, from one array to another. */
final class Base64Digits {
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
    private static final byte PADDING = '=';

    private Base64Digits() {}

    /** How many digits so many bytes become. */
    static int count(int length) {
        return 4 * ((length + 2) / 3);
    }

    /** Writes the digits; returns where the output goes on. */
    static int put(byte[] source, int from, int length, byte[] target, int at) {
        int end = from + length;
        int next = from;
        int to = at;
        for (; next + 3 <= end; next += 3) {
            to = group(unsigned(source[next]), unsigned(source[next + 1]), unsigned(source[next + 2]), target, to);
        }
        if (next == end) {
            return to;
        }
        boolean two = next + 2 == end;
        to = group(unsigned(source[next]), two ? unsigned(source[next + 1]) : 0, 0, target, to);
        target[to - 1] = PADDING;
        if (!two) {
            target[to - 2] = PADDING;
        }
        return to;
    }

    private static int group(int first, int second, int third, byte[] target, int to) {
        target[to] = DIGITS[first >>> 2];
        target[to + 1] = DIGITS[(first << 4 | second >>> 4) & 0x3F];
        target[to + 2] = DIGITS[(second << 2 | third >>> 6) & 0x3F];
        target[to + 3] = DIGITS[third & 0x3F];
        return to + 4;
    }

    private static int unsigned(byte value) {
        return value & 0xFF;
    }
}
