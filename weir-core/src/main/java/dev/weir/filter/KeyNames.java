package dev.weir.filter;

import dev.weir.internal.record.Utf8;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names by patterns, in which {@code *} stands for any characters and {@code ?} for one; ASCII letters count the same in upper
 * and lower case. What was found of a name is kept, and taken again only for the very same name.
 *
 * <p>Used by one thread.
 */
final class KeyNames {
    private static final int SLOTS = 256;
    private static final int MOST_KEPT_BYTES = 64;
    private static final byte ANY = '*';
    private static final byte ONE = '?';

    private final byte[][] patterns;
    private final @Nullable Known[] known = new Known[SLOTS];
    /** The hash of what was met last in a slot, so that what comes once is not kept. */
    private final int[] candidates = new int[SLOTS];

    private record Known(byte[] name, boolean matches) {}

    KeyNames(List<String> patterns) {
        this.patterns = new byte[patterns.size()][];
        for (int i = 0; i < this.patterns.length; i++) {
            this.patterns[i] = Utf8.of(patterns.get(i));
        }
    }

    /** Whether a name is of one of the patterns. */
    boolean matches(byte[] utf8, int from, int length) {
        if (length > MOST_KEPT_BYTES) {
            return isOfAny(utf8, from, from + length);
        }
        int hash = hash(utf8, from, length);
        int slot = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SLOTS - 1);
        Known kept = known[slot];
        if (kept != null && Arrays.equals(kept.name, 0, kept.name.length, utf8, from, from + length)) {
            return kept.matches;
        }
        boolean matches = isOfAny(utf8, from, from + length);
        if (candidates[slot] == hash) {
            known[slot] = new Known(Arrays.copyOfRange(utf8, from, from + length), matches);
        }
        candidates[slot] = hash;
        return matches;
    }

    private static int hash(byte[] utf8, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + utf8[i];
        }
        return hash;
    }

    private boolean isOfAny(byte[] utf8, int from, int end) {
        for (byte[] pattern : patterns) {
            if (isOf(pattern, utf8, from, end)) {
                return true;
            }
        }
        return false;
    }

    /** Goes back to the last {@code *} alone, and lets it stand for one more: the product of both lengths at most. */
    private static boolean isOf(byte[] pattern, byte[] utf8, int from, int end) {
        int at = from;
        int p = 0;
        int star = -1;
        int starAt = from;
        while (at < end) {
            if (p < pattern.length && pattern[p] == ANY) {
                star = p++;
                starAt = at;
            } else if (p < pattern.length && (pattern[p] == ONE || lower(pattern[p]) == lower(utf8[at]))) {
                at = pattern[p] == ONE ? characterEnd(utf8, at, end) : at + 1;
                p++;
            } else if (star >= 0) {
                p = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == ANY) {
            p++;
        }
        return p == pattern.length;
    }

    private static int characterEnd(byte[] utf8, int from, int end) {
        int at = from + 1;
        while (at < end && (utf8[at] & 0xC0) == 0x80) {
            at++;
        }
        return at;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
