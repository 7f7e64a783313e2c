package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.util.regex.Pattern;

/**
 * Pieces in which what a regular expression finds is replaced by something else. It looks at the content as it is, and what
 * comes out is escaped as a whole.
 *
 * <p>A search that goes on for too long, as an expression with nested repetitions may on the right content, is given up; since
 * what should be replaced may be what should not be seen, nothing of the content is shown then.
 */
final class ReplacedPiece implements TextPiece {
    /** Steps back and forth within a text, which many alternatives want for each of its characters. */
    private static final int STEPS_PER_CHARACTER = 64;

    private static final int LEAST_STEPS = 1 << 17;

    private static final Fragment GIVEN_UP = new Fragment("(left out: %replace took too long)");

    private final TextPiece inner;
    private final Pattern regex;
    private final String replacement;
    private final ByteOutput content = new ByteOutput(256);

    ReplacedPiece(TextPiece inner, Pattern regex, String replacement) {
        this.inner = inner;
        this.regex = regex;
        this.replacement = replacement;
    }

    @Override
    public void append(LogRecord record, ByteOutput out, Escape escape) {
        content.truncate(0);
        inner.append(record, content, Escape.NONE);
        String replaced;
        try {
            replaced = regex.matcher(new WatchedText(content.toString())).replaceAll(replacement);
        } catch (GivenUpException | StackOverflowError e) { // an expression recurses into its groups
            GIVEN_UP.appendTo(out);
            return;
        }
        out.putText(replaced, escape);
    }

    /** Ends a search that looks at characters too often. */
    private static final class WatchedText implements CharSequence {
        private final String text;
        private long left;

        WatchedText(String text) {
            this.text = text;
            left = LEAST_STEPS + (long) STEPS_PER_CHARACTER * text.length();
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new GivenUpException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A search has taken too long. */
    private static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUpException() {
            super("too many steps", null, false, false);
        }
    }
}
