package dev.weir.filter;

import dev.weir.record.ByteOutput;
import java.util.Arrays;

/**
 * Finds in a text what is to be masked: what stands behind a key that is named ({@code password=…}, {@code "password": "…"}),
 * numbers of cards, and bearer tokens. One pass, which stops only where one of these might begin or where a key ends.
 *
 * <p>What stands behind a key ends with the quotation mark it began with, with the bracket that it began with, or else with a
 * blank, a comma, or what closes a bracket or a parameter; within the printed form of a map or an object, that is after an
 * opening bracket or a comma, blanks are part of it. The word behind the name of an authentication scheme is part of it, too.
 *
 * <p>Used by one thread.
 */
final class SecretText {
    private static final int MOST_NAME_BYTES = 64;
    private static final int MOST_BLANKS = 8;
    private static final int LEAST_TOKEN_BYTES = 16;
    private static final byte[] BEARER = {'b', 'e', 'a', 'r', 'e', 'r'};
    private static final byte[][] SCHEMES = {
        BEARER,
        {'b', 'a', 's', 'i', 'c'},
        {'d', 'i', 'g', 'e', 's', 't'},
        {'t', 'o', 'k', 'e', 'n'},
        {'n', 'e', 'g', 'o', 't', 'i', 'a', 't', 'e'},
        {'a', 'p', 'i', 'k', 'e', 'y'}
    };

    private final KeyNames keys;
    private final boolean cards;
    private final boolean tokens;
    private final byte[] mask;

    private byte[] text = {};
    private int begin;
    private int end;
    /** What was found last: from here on. */
    private int secretFrom;
    /** Where the name begins that was met last. */
    private int nameFrom;

    SecretText(KeyNames keys, boolean cards, boolean tokens, byte[] mask) {
        this.keys = keys;
        this.cards = cards;
        this.tokens = tokens;
        this.mask = mask;
    }

    /**
     * Appends a text with a mask in the place of each secret.
     *
     * @return false if there is none; then nothing was appended
     */
    boolean mask(byte[] utf8, int from, int length, ByteOutput out) {
        text = utf8;
        begin = from;
        end = from + length;
        int before = out.size();
        int copied = from;
        int at = from;
        while (at < end) {
            int secretTo = secretEnd(at);
            if (secretTo > 0) {
                out.put(utf8, copied, secretFrom - copied);
                out.put(mask);
                copied = secretTo;
                at = secretTo;
            } else {
                at = next(at);
            }
        }
        if (copied > from) {
            out.put(utf8, copied, end - copied);
        }
        return out.size() > before;
    }

    /** On behind a group of digits as a whole. */
    private int next(int at) {
        int next = at + 1;
        if (CardNumbers.isDigit(text[at])) {
            while (next < end && CardNumbers.isDigit(text[next])) {
                next++;
            }
        }
        return next;
    }

    /** Where what is to be masked ends that begins here, or behind the key that ends here; 0 if there is nothing. */
    private int secretEnd(int at) {
        byte b = text[at];
        if (b == '=' || b == ':') {
            return valueEnd(at);
        }
        secretFrom = at;
        if (CardNumbers.isDigit(b)) {
            return cards ? CardNumbers.end(text, begin, at, end) : 0;
        }
        return tokens && (b == 'B' || b == 'b') ? tokenEnd(at) : 0;
    }

    // bearer tokens

    private int tokenEnd(int at) {
        int from = afterBlanks(at + BEARER.length);
        if (from == at + BEARER.length || !isWord(BEARER, at) || (at > begin && CardNumbers.isOfWord(text[at - 1]))) {
            return 0;
        }
        int to = from;
        boolean digits = false;
        while (to < end && isOfToken(text[to])) {
            digits |= CardNumbers.isDigit(text[to++]);
        }
        secretFrom = from;
        return to > from && (digits || to - from >= LEAST_TOKEN_BYTES) ? to : 0;
    }

    private static boolean isOfToken(byte b) {
        return b > 0 && (CardNumbers.isOfWord(b) || "-.~+/=".indexOf(b) >= 0);
    }

    /** Whether a word of ASCII letters begins here, in upper or lower case. */
    private boolean isWord(byte[] lower, int at) {
        if (end - at < lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if ((text[at + i] | 0x20) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    // what stands behind a key

    /**
     * Whether a text ends with a key that is named, with what may stand between it and its value.
     *
     * @param from where it begins
     */
    boolean endsWithKey(byte[] utf8, int from, int to) {
        text = utf8;
        begin = from;
        end = to;
        int at = to - 1;
        while (at >= begin && isBetween(text[at])) {
            at--;
        }
        return at >= begin && (text[at] == '=' || text[at] == ':') && isNamed(at);
    }

    private static boolean isBetween(byte b) {
        return b == ' ' || b == '\t' || b == '"' || b == '\'' || b == '\\' || b == '[' || b == '<' || b == '>';
    }

    private int valueEnd(int at) {
        if (!isNamed(at)) {
            return 0;
        }
        int from = at + 1;
        if (from < end && (text[from] == '>' || text[from] == '=')) {
            from++;
        }
        from = afterBlanks(from);
        if (from < end && text[from] == '\\') {
            from++; // of a quotation mark that is escaped
        }
        int to;
        if (from < end && (text[from] == '"' || text[from] == '\'')) {
            byte quote = text[from++];
            to = quoteEnd(from, quote);
        } else if (from < end && (text[from] == '[' || text[from] == '{')) {
            to = bracketEnd(from);
        } else {
            to = wordEnd(from, isWithinBrackets());
        }
        secretFrom = from;
        return to > from && !isMask(from, to) ? to : 0;
    }

    /** Whether what stands before is a key that is named. */
    private boolean isNamed(int separator) {
        int to = separator;
        for (int blanks = 0; to > begin && text[to - 1] == ' ' && blanks < MOST_BLANKS; blanks++) {
            to--;
        }
        if (to > begin && (text[to - 1] == '"' || text[to - 1] == '\'')) {
            to--;
            if (to > begin && text[to - 1] == '\\') {
                to--;
            }
        }
        int from = to;
        while (from > begin && to - from < MOST_NAME_BYTES && isOfName(text[from - 1])) {
            from--;
        }
        nameFrom = from;
        return to > from && keys.matches(text, from, to - from);
    }

    private static boolean isOfName(byte b) {
        return CardNumbers.isOfWord(b) || b == '-' || b == '.' || b == '$';
    }

    private boolean isWithinBrackets() {
        int at = nameFrom - 1;
        while (at >= begin && (text[at] == ' ' || text[at] == '"' || text[at] == '\'')) {
            at--;
        }
        return at >= begin && (text[at] == ',' || text[at] == '{' || text[at] == '[' || text[at] == '(');
    }

    private int afterBlanks(int from) {
        int at = from;
        while (at < end && at - from < MOST_BLANKS && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int quoteEnd(int from, byte quote) {
        boolean isEscaped = text[from - 2] == '\\'; // and so is the one that closes it
        int at = from;
        while (at < end && text[at] != quote) {
            if (text[at] == '\\' && at + 1 < end) {
                if (isEscaped && text[at + 1] == quote) {
                    return at;
                }
                at++;
            }
            at++;
        }
        return Math.min(at, end);
    }

    private int bracketEnd(int from) {
        int open = 0;
        for (int at = from; at < end; at++) {
            if (text[at] == '[' || text[at] == '{') {
                open++;
            } else if ((text[at] == ']' || text[at] == '}') && --open == 0) {
                return at + 1;
            }
        }
        return end;
    }

    private int wordEnd(int from, boolean withBlanks) {
        int at = from;
        for (byte[] scheme : SCHEMES) {
            int next = afterBlanks(from + scheme.length);
            if (next > from + scheme.length && isWord(scheme, from)) {
                at = next;
            }
        }
        while (at < end && !endsWord(text[at], withBlanks)) {
            at++;
        }
        return at;
    }

    private static boolean endsWord(byte b, boolean withBlanks) {
        return switch (b) {
            case '\n', '\r', ',', ';', '&', ')', ']', '}', '"', '\'', '<', '>', '|' -> true;
            case ' ', '\t' -> !withBlanks;
            default -> false;
        };
    }

    private boolean isMask(int from, int to) {
        return Arrays.equals(text, from, to, mask, 0, mask.length);
    }
}
