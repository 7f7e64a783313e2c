package dev.weir.record;

import dev.weir.internal.record.Bytes;

/**
 * The characters of a text that must not reach a sink as they are, in UTF-8: C0, DEL, C1, line and paragraph separator,
 * backslash, and for JSON the quotation mark.
 *
 * <p>Texts are nearly always plain, so they are copied eight bytes at a time while a word holds nothing but plain ASCII.
 * In a word whose bytes are all below 0x80, subtracting a byte from each sets its high bit exactly where it was smaller,
 * up to the first such place; so one sum of such terms tells whether there is one at all.
 */
final class Escapes {
    /** Room that {@link #copyPlain} and one {@link #put} may need beyond the text's own length. */
    static final int SLACK_BYTES = 16;

    /** A byte's value times this is a word of such bytes. */
    private static final long ONES = 0x0101010101010101L;
    /** The high bit of each byte of a word. */
    private static final long HIGH = 0x8080808080808080L;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final boolean[] SUSPECT = suspects();

    private Escapes() {}

    /**
     * Copies a text up to the first byte that begins, or could begin, a character to escape. What lies beyond that in the
     * target may be overwritten.
     *
     * @param target has room for the text and a word more
     * @param stop an ASCII character before which it stops too
     * @return where it stopped: {@code end}, or before
     */
    static int copyPlain(byte[] source, int from, int end, byte[] target, int at, char stop) {
        int shift = at - from;
        int lastWord = source.length - Long.BYTES;
        int next = from;
        while (next < end && next <= lastWord) {
            long word = Bytes.getLong(source, next);
            Bytes.putLong(target, next + shift, word);
            long found = stop == '"' ? suspects(word) : suspects(word, stop);
            if (found == 0) {
                next += Long.BYTES;
                continue;
            }
            next += Long.numberOfTrailingZeros(found) >>> 3;
            if (next < end) {
                if (source[next] >= 0) {
                    return next;
                }
                next = copyNotAscii(source, next, end, target, next + shift);
                if (next < end && source[next] < 0) {
                    return next;
                }
            }
        }
        return next < end ? copyBytes(source, next, end, target, next + shift, stop) : end;
    }

    private static int copyNotAscii(byte[] source, int from, int end, byte[] target, int at) {
        int i = from;
        while (i < end && source[i] < 0 && !SUSPECT[source[i] & 0xFF]) {
            target[at + i - from] = source[i];
            i++;
        }
        return i;
    }

    private static int copyBytes(byte[] source, int from, int end, byte[] target, int at, char stop) {
        int i = from;
        while (i < end && !SUSPECT[source[i] & 0xFF] && source[i] != stop) {
            target[at + i - from] = source[i];
            i++;
        }
        return i;
    }

    /** The high bits of bytes at which to stop, exact up to the first one. */
    private static long suspects(long word) {
        long found = word
                | (word - ' ' * ONES)
                | ((word ^ ('"' * ONES)) - ONES)
                | ((word ^ ('\\' * ONES)) - ONES)
                | (word + ONES); // DEL
        return found & HIGH;
    }

    private static long suspects(long word, char stop) {
        return suspects(word) | (((word ^ (stop * ONES)) - ONES) & HIGH);
    }

    /** How many bytes the character has at which {@link #copyPlain} stopped. */
    static int consumed(byte[] source, int at, int end) {
        int length = source[at] == (byte) 0xC2 ? 2 : source[at] == (byte) 0xE2 ? 3 : 1;
        return Math.min(length, end - at);
    }

    /** Writes the character at which {@link #copyPlain} stopped, escaped if need be; returns where the output goes on. */
    static int put(byte[] source, int at, int end, boolean json, byte[] target, int to) {
        int first = source[at] & 0xFF;
        if (first < 0x80) {
            return ascii(first, json || isAmbiguous(source, at + 1, end), json, target, to);
        }
        int length = consumed(source, at, end);
        int second = length > 1 ? source[at + 1] & 0xFF : 0;
        if (length == 2 && first == 0xC2 && second < 0xA0) {
            return unicode(second, target, to);
        }
        if (length == 3 && second == 0x80 && (source[at + 2] & 0xFE) == 0xA8) {
            return unicode(0x2000 | (source[at + 2] & 0x3F), target, to);
        }
        System.arraycopy(source, at, target, to, length);
        return to + length;
    }

    private static int ascii(int c, boolean doubled, boolean json, byte[] target, int to) {
        return switch (c) {
            case '\n' -> pair('n', target, to);
            case '\r' -> pair('r', target, to);
            case '\t' -> pair('t', target, to);
            case '"' -> json ? pair('"', target, to) : single(c, target, to);
            case '\\' -> doubled ? pair('\\', target, to) : single(c, target, to);
            default -> unicode(c, target, to);
        };
    }

    /**
     * Whether a backslash before this place of a text would read as the beginning of an escape; at the end of a text it
     * might, since nobody knows what follows.
     */
    private static boolean isAmbiguous(byte[] source, int at, int end) {
        if (at >= end) {
            return true;
        }
        int c = source[at] & 0xFF;
        return switch (c) {
            case 'n', 'r', 't', 'u', '\\', 0x7F -> true;
            case 0xC2 -> at + 1 < end && (source[at + 1] & 0xFF) < 0xA0;
            case 0xE2 -> at + 2 < end && source[at + 1] == (byte) 0x80 && (source[at + 2] & 0xFE) == 0xA8;
            default -> c < ' ';
        };
    }

    private static int single(int c, byte[] target, int to) {
        target[to] = (byte) c;
        return to + 1;
    }

    private static int pair(char c, byte[] target, int to) {
        target[to] = '\\';
        target[to + 1] = (byte) c;
        return to + 2;
    }

    private static int unicode(int c, byte[] target, int to) {
        target[to] = '\\';
        target[to + 1] = 'u';
        target[to + 2] = HEX[c >>> 12];
        target[to + 3] = HEX[(c >>> 8) & 0xF];
        target[to + 4] = HEX[(c >>> 4) & 0xF];
        target[to + 5] = HEX[c & 0xF];
        return to + 6;
    }

    private static boolean[] suspects() {
        boolean[] suspects = new boolean[256];
        for (int c = 0; c < ' '; c++) {
            suspects[c] = true;
        }
        for (int c : new int[] {'"', '\\', 0x7F, 0xC2, 0xE2}) {
            suspects[c] = true;
        }
        return suspects;
    }
}
