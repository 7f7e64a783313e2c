package dev.weir.internal.record;

import java.nio.charset.StandardCharsets;

/** Text as well-formed UTF-8, by the one rule there is for all that is written: a lone surrogate becomes U+FFFD. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** The bytes of a text, in an array of their own. */
    public static byte[] of(String text) {
        int lone = loneSurrogate(text, 0);
        return (lone < 0 ? text : withoutLoneSurrogates(text, lone)).getBytes(StandardCharsets.UTF_8);
    }

    /** As {@link #of}, of so many chars at most. */
    public static byte[] ofAtMost(int chars, String text) {
        return of(text.length() > chars ? text.substring(0, chars) : text);
    }

    private static String withoutLoneSurrogates(String text, int first) {
        char[] chars = text.toCharArray();
        for (int lone = first; lone >= 0; lone = loneSurrogate(text, lone + 1)) {
            chars[lone] = REPLACEMENT;
        }
        return new String(chars);
    }

    /** Where the next one is; negative if there is none. */
    private static int loneSurrogate(String text, int from) {
        int end = text.length();
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair) {
                return i;
            }
            i += pair ? 2 : 1;
        }
        return -1;
    }
}
