package dev.weir.filter;

import dev.weir.record.ByteOutput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that cannot take long. The JDK's matcher reads its text by {@link CharSequence#charAt} alone; so the text
 * counts how often it is read, and ends the search when the steps for a record are used up. What an expression could not be
 * looked for in counts as found as a whole: better nothing is shown than too much.
 *
 * <p>A repeated group may match nothing and so read nothing, and a repeated boundary always does; how often these may be
 * repeated by numbers is limited for that.
 *
 * <p>Used by one thread.
 */
final class BoundedExpression {
    /** What a record of any length may cost, in characters read. */
    private static final long STEPS = 100_000;

    private static final long STEPS_PER_BYTE = 32;
    private static final int MOST_EMPTY_REPETITIONS = 100;
    private static final Pattern EMPTY_REPETITION =
            Pattern.compile("(?:[)^$]|\\\\[bBAGZz])\\{(\\d{1,10})(?:,(\\d{0,10}))?}");

    private final CountedText text = new CountedText();
    private final Matcher matcher;
    private final StepsUsedUp stepsUsedUp = new StepsUsedUp();
    private long stepsLeft;

    /** Ends a search. It has no stack trace, for it is thrown often and says nothing. */
    private static final class StepsUsedUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        StepsUsedUp() {
            super("steps", null, false, false);
        }
    }

    /**
     * An expression.
     *
     * @throws IllegalArgumentException if it is none, or repeats groups or boundaries too often
     */
    BoundedExpression(String expression) {
        try {
            matcher = Pattern.compile(expression).matcher(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expressions: \"" + expression + "\" (expected: a regular expression; " + e.getDescription()
                            + " near index " + e.getIndex() + ")",
                    e);
        }
        if (emptyRepetitions(expression) > MOST_EMPTY_REPETITIONS) {
            throw new IllegalArgumentException(
                    "expressions: \"" + expression + "\" (expected: groups and boundaries that are repeated at most "
                            + MOST_EMPTY_REPETITIONS + " times)");
        }
    }

    private static double emptyRepetitions(String expression) {
        double product = 1;
        Matcher repetitions = EMPTY_REPETITION.matcher(expression);
        while (repetitions.find()) {
            String most = repetitions.group(2) == null || repetitions.group(2).isEmpty()
                    ? repetitions.group(1)
                    : repetitions.group(2);
            product *= Math.max(1, Long.parseLong(most));
        }
        return product;
    }

    /** Begins with the texts of a record. */
    void begin(int recordBytes) {
        stepsLeft = STEPS + STEPS_PER_BYTE * recordBytes;
    }

    /**
     * Appends a text with a mask in the place of each match.
     *
     * @return false if there is none; then nothing was appended
     */
    boolean mask(byte[] utf8, int from, int length, byte[] mask, ByteOutput out) {
        int before = out.size();
        try {
            text.moveTo(utf8, from, length);
            matcher.reset();
            return mask(utf8, from, length, mask, out, before);
        } catch (StepsUsedUp | StackOverflowError tooMuch) {
            out.truncate(before);
            out.put(mask);
            return true;
        } finally {
            text.clear();
        }
    }

    private boolean mask(byte[] utf8, int from, int length, byte[] mask, ByteOutput out, int before) {
        int copied = from;
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                int start = from + text.byteAt(matcher.start());
                out.put(utf8, copied, start - copied);
                out.put(mask);
                copied = from + text.byteAt(matcher.end());
            }
        }
        if (copied == from) {
            return false;
        }
        out.put(utf8, copied, from + length - copied);
        return out.size() > before;
    }

    /** UTF-8 as chars, each of which counts when it is read. */
    private final class CountedText implements CharSequence {
        private static final int KEPT_CHARS = 8 * 1024;

        private char[] chars = new char[256];
        /** Where each char begins in the bytes; the second of a pair where the character ends. */
        private int[] begins = new int[257];

        private int length;

        void moveTo(byte[] utf8, int from, int bytes) {
            if (chars.length < bytes) {
                chars = new char[Math.max(bytes, 2 * chars.length)];
                begins = new int[chars.length + 1];
            }
            int end = from + bytes;
            int at = from;
            length = 0;
            while (at < end) {
                int b = utf8[at];
                int size = b >= 0 ? 1 : b < (byte) 0xE0 ? 2 : b < (byte) 0xF0 ? 3 : 4;
                int point = b >= 0 ? b : b & (0xFF >> (size + 1));
                for (int i = 1; i < size; i++) {
                    point = (point << 6) | (utf8[at + i] & 0x3F);
                }
                add(point, at - from, size);
                at += size;
            }
            begins[length] = bytes;
        }

        private void add(int point, int begin, int size) {
            begins[length] = begin;
            if (Character.isBmpCodePoint(point)) {
                chars[length++] = (char) point;
            } else {
                chars[length++] = Character.highSurrogate(point);
                begins[length] = begin + size;
                chars[length++] = Character.lowSurrogate(point);
            }
        }

        int byteAt(int index) {
            return begins[index];
        }

        /** Keeps nothing of a text that was unusually long. */
        void clear() {
            length = 0;
            if (chars.length > KEPT_CHARS) {
                chars = new char[KEPT_CHARS];
                begins = new int[KEPT_CHARS + 1];
            }
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            if (--stepsLeft < 0) {
                throw stepsUsedUp;
            }
            return chars[index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(chars, start, end - start);
        }

        @Override
        public String toString() {
            return new String(chars, 0, length);
        }
    }
}
