package dev.weir.filter;

/**
 * Numbers of payment cards in a text: 13 to 19 digits, together or in groups with a blank or a hyphen between, that begin as
 * cards do (2221 to 2720, 3, 4, 5, 6), are no part of a word, and whose last digit is that of Luhn's formula (ISO/IEC 7812-1,
 * annex B). One in ten other numbers that begin so is taken for one, too.
 */
final class CardNumbers {
    private static final int LEAST_DIGITS = 13;
    private static final int MOST_DIGITS = 19;

    private CardNumbers() {}

    /**
     * Where the number ends that begins with a digit.
     *
     * @param begin where the text begins
     * @param at where a group of digits begins
     * @return 0 if no card's number begins there; the longest counts
     */
    static int end(byte[] text, int begin, int at, int end) {
        if (isWithinWord(text, begin, at) || !beginsAsCard(text, at, end)) {
            return 0;
        }
        int found = 0;
        int digits = 0;
        int next = at;
        int evenSum = 0; // of the digits, of which the last, third last and so on are taken as they are
        int oddSum = 0;
        while (next < end && digits < MOST_DIGITS) {
            if (!isDigit(text[next])) {
                if (!isSeparator(text[next]) || next + 1 >= end || !isDigit(text[next + 1])) {
                    return found;
                }
                next++;
            }
            int digit = text[next++] - '0';
            int sum = oddSum + digit;
            oddSum = evenSum + (digit > 4 ? 2 * digit - 9 : 2 * digit);
            evenSum = sum;
            digits++;
            boolean whole = next == end || !isOfWord(text[next]);
            if (whole && digits >= LEAST_DIGITS && evenSum % 10 == 0) {
                found = next;
            }
        }
        return found;
    }

    /** Whether what stands before is of a word, and not an escaped line end or tab. */
    private static boolean isWithinWord(byte[] text, int begin, int at) {
        return at > begin
                && isOfWord(text[at - 1])
                && (at - 1 == begin || text[at - 2] != '\\' || "nrt".indexOf(text[at - 1]) < 0);
    }

    private static boolean beginsAsCard(byte[] text, int at, int end) {
        if (end - at < LEAST_DIGITS) {
            return false;
        }
        if (text[at] != '2') {
            return text[at] >= '3' && text[at] <= '6';
        }
        int first = 0;
        for (int i = 0; i < 4; i++) {
            if (!isDigit(text[at + i])) {
                return false;
            }
            first = 10 * first + text[at + i] - '0';
        }
        return first >= 2221 && first <= 2720;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isSeparator(byte b) {
        return b == ' ' || b == '-';
    }

    /** A letter or a digit; what is not ASCII is taken for a letter. */
    static boolean isOfWord(byte b) {
        return b < 0 || isDigit(b) || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
    }
}
