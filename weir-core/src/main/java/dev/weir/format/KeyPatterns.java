package dev.weir.format;

import dev.weir.internal.record.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which keys are written: all that match one of the patterns to include, or any if there is none, and none of those to
 * exclude. In a pattern {@code *} stands for any text and {@code ?} for any character.
 */
final class KeyPatterns {
    private final byte[][] include;
    private final byte[][] exclude;

    private KeyPatterns(List<String> include, List<String> exclude) {
        this.include = utf8(include);
        this.exclude = utf8(exclude);
    }

    /** Null if there are no patterns at all. */
    static @Nullable KeyPatterns of(List<String> include, List<String> exclude) {
        return include.isEmpty() && exclude.isEmpty() ? null : new KeyPatterns(include, exclude);
    }

    private static byte[][] utf8(List<String> patterns) {
        byte[][] bytes = new byte[patterns.size()][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Utf8.of(patterns.get(i));
        }
        return bytes;
    }

    boolean accepts(byte[] bytes, int from, int end) {
        return (include.length == 0 || matchesAny(include, bytes, from, end)) && !matchesAny(exclude, bytes, from, end);
    }

    private static boolean matchesAny(byte[][] patterns, byte[] bytes, int from, int end) {
        for (byte[] pattern : patterns) {
            if (matches(pattern, bytes, from, end)) {
                return true;
            }
        }
        return false;
    }

    /** Only the last star is ever tried again, a byte further on, since what it may take the ones before may take, too. */
    private static boolean matches(byte[] pattern, byte[] bytes, int from, int end) {
        int at = from;
        int p = 0;
        int star = -1;
        int taken = from;
        while (at < end) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                taken = at;
            } else if (p < pattern.length && pattern[p] == '?') {
                at = characterEnd(bytes, at, end);
                p++;
            } else if (p < pattern.length && pattern[p] == bytes[at]) {
                at++;
                p++;
            } else if (star >= 0) {
                p = star + 1;
                taken = characterEnd(bytes, taken, end);
                at = taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** The bytes that follow within a character begin with the bits 10. */
    static int characterEnd(byte[] bytes, int from, int end) {
        int next = from + 1;
        while (next < end && (bytes[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }
}
