package dev.weir.filter;

import dev.weir.record.ByteOutput;
import java.util.Arrays;

/**
 * Finds in a text what is to be masked: what stands behind a key that is named ({@code password=…}, {@code "password": "…"}),
 * numbers of cards, and bearer tokens. One pass, which stops only where one of these might begin or where a key ends.
 *
 * <p>What stands behind a key ends with the quotation mark it began with, with the bracket that it began with, or else with a
 * blank, a comma, or what closes a bracket or a parameter; within the printed form of a map or an object, that is after an
 * opening bracket or a comma, blanks are part of it. The word behind the name of an authentication scheme is part of it, too, and
 * so are all of a header's pairs ({@code a=b; c=d}), and a key in PEM's armour to its end. Within texts of texts quotation marks
 * stand behind 1, 3, 7, … backslashes, by which they are told from those that are content.
 *
 * <p>Used by one thread.
 */
final class SecretText {
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
    private static final byte[] ARMOUR = {'-', '-', '-', '-', '-', 'B', 'E', 'G', 'I', 'N'};
    private static final byte[] ARMOUR_END = {'-', '-', '-', '-', '-', 'E', 'N', 'D'};
    private static final int DASHES = 5;

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
    /** It is the index of something: {@code user[password]}. */
    private boolean isIndex;

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
        if (!isWord(BEARER, at) || (at > begin && CardNumbers.isOfWord(text[at - 1]))) {
            return 0;
        }
        int from = afterBlanks(at + BEARER.length);
        if (from == at + BEARER.length) {
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
        int quote = afterBackslashes(from);
        int to;
        if (quote < end && isQuote(text[quote])) {
            int escapes = quote - from;
            from = quote + 1;
            to = withoutBackslashes(from, quoteEnd(from, text[quote], escapes), escapes);
        } else if (from < end && (text[from] == '[' || text[from] == '{')) {
            to = bracketEnd(from);
        } else if (begins(ARMOUR, from)) {
            to = armourEnd(from);
        } else {
            to = wordEnd(from, !isIndex && isWithinBrackets());
        }
        secretFrom = from;
        return to > from && !isMask(from, to) ? to : 0;
    }

    /** Whether what stands before is a key that is named. */
    private boolean isNamed(int separator) {
        int to = separator;
        while (to > begin && isBlank(text[to - 1])) {
            to--;
        }
        isIndex = to > begin && text[to - 1] == ']';
        to -= isIndex ? 1 : 0;
        if (to > begin && isQuote(text[to - 1])) {
            to--;
            while (to > begin && text[to - 1] == '\\') {
                to--;
            }
        }
        int from = to;
        while (from > begin && isOfName(text[from - 1])) {
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
        while (at < end && isBlank(text[at])) {
            at++;
        }
        return at;
    }

    private int afterBackslashes(int from) {
        int at = from;
        while (at < end && text[at] == '\\') {
            at++;
        }
        return at;
    }

    private int withoutBackslashes(int from, int to, int most) {
        int at = to;
        while (at > from && to - at < most && text[at - 1] == '\\') {
            at--;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isQuote(byte b) {
        return b == '"' || b == '\'';
    }

    /** Where the quotation mark is that closes what one has opened behind so many backslashes; the end if there is none. */
    private int quoteEnd(int from, byte quote, int escapes) {
        int backslashes = 0;
        for (int at = from; at < end; at++) {
            if (text[at] == quote && closes(backslashes, escapes)) {
                return at;
            }
            backslashes = text[at] == '\\' ? backslashes + 1 : 0;
        }
        return end;
    }

    /**
     * With each text that is put into another one, n backslashes before a quotation mark become 2n + 1, and those that are content
     * twice as many. So what closes has its own, and an even number of what one of the content has become.
     */
    private static boolean closes(int backslashes, int escapes) {
        return backslashes < escapes || (backslashes - escapes) % (2 * (escapes + 1)) == 0;
    }

    private int bracketEnd(int from) {
        int open = 0;
        int backslashes = 0;
        for (int at = from; at < end; at++) {
            if (text[at] == '"') {
                at = quoteEnd(at + 1, text[at], backslashes);
            } else if (text[at] == '[' || text[at] == '{') {
                open++;
            } else if ((text[at] == ']' || text[at] == '}') && --open == 0) {
                return at + 1;
            }
            backslashes = at < end && text[at] == '\\' ? backslashes + 1 : 0;
        }
        return end;
    }

    private int armourEnd(int from) {
        int at = from;
        while (at < end && !begins(ARMOUR_END, at)) {
            at++;
        }
        at = Math.min(at + ARMOUR_END.length, end);
        while (at < end && text[at] != '-' && text[at] != '\n') {
            at++;
        }
        int to = Math.min(at + DASHES, end);
        while (at < to && text[at] == '-') {
            at++;
        }
        return at;
    }

    private boolean begins(byte[] with, int at) {
        return end - at >= with.length && Arrays.equals(text, at, at + with.length, with, 0, with.length);
    }

    private int wordEnd(int from, boolean withBlanks) {
        int first = afterScheme(from);
        boolean pairs = isPair(first);
        int at = first;
        while (at < end) {
            if (pairs && text[at] == '"' && text[at - 1] == '=') {
                at = Math.min(quoteEnd(at + 1, text[at], 0) + 1, end);
            } else if (pairs && endsPair(at, first > from)) {
                at = afterBlanks(at + 1);
            } else if (endsWord(text[at], withBlanks)) {
                return at;
            } else {
                at++;
            }
        }
        return at;
    }

    private int afterScheme(int from) {
        for (byte[] scheme : SCHEMES) {
            int next = from + scheme.length;
            if (next < end && isBlank(text[next]) && isWord(scheme, from)) {
                return afterBlanks(next);
            }
        }
        return from;
    }

    /** Whether a name, {@code =} and the beginning of a value stand here, which are no end of Base64. */
    private boolean isPair(int from) {
        int at = from;
        while (at < end && isOfName(text[at])) {
            at++;
        }
        return at > from && at + 1 < end && text[at] == '=' && text[at + 1] != '=' && !isPairsEnd(text[at + 1]);
    }

    private static boolean isPairsEnd(byte b) {
        return b != '"' && endsWord(b, false);
    }

    /** Whether another pair follows: of a cookie behind a semicolon, of what a scheme has also behind a comma. */
    private boolean endsPair(int at, boolean ofScheme) {
        return (text[at] == ';' || (ofScheme && text[at] == ',')) && at + 1 < end && isBlank(text[at + 1]);
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
