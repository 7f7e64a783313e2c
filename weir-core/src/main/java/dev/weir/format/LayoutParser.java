package dev.weir.format;

/** Goes through the text of a layout character by character. Used by one thread. */
abstract class LayoutParser {
    private static final int MAX_WIDTH = 1000;

    final String text;
    int position;
    private final String key;

    /**
     * At the beginning.
     *
     * @param key what the text is, for messages
     */
    LayoutParser(String key, String text) {
        this.key = key;
        this.text = text;
    }

    /** Whether nothing is left. */
    final boolean isAtEnd() {
        return position >= text.length();
    }

    /** The next character, 0 at the end. */
    final char peek() {
        return isAtEnd() ? 0 : text.charAt(position);
    }

    /** Goes beyond the next character if it is that one. */
    final boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        position++;
        return true;
    }

    /** Goes beyond digits; -1 if there are none. */
    final int number() {
        int value = -1;
        while (peek() >= '0' && peek() <= '9') {
            value = 10 * Math.max(value, 0) + peek() - '0';
            if (value > MAX_WIDTH) {
                throw expected("a number of at most " + MAX_WIDTH);
            }
            position++;
        }
        return value;
    }

    final IllegalArgumentException expected(String what) {
        return expected(position, what);
    }

    final IllegalArgumentException expected(int at, String what) {
        return new IllegalArgumentException(key + ": \"" + text + "\", position " + at + " (expected: " + what + ")");
    }
}
