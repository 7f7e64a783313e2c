package dev.weir.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a format of Python's {@code %(name)s} style into its parts.
 *
 * <pre>
 * format      = ( text | "%%" | "%(" name ")" flags [ width ] [ "." precision ] conversion )…
 * flags       = ( "-" | "0" )…
 * conversion  = "s" | "d" | "i" | "f"        all but s for numbers only
 * </pre>
 */
final class PercentFormat {
    private static final int MAX_WIDTH = 1000;
    private static final int MAX_DECIMALS = 9;

    private final String format;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int position;

    /**
     * A piece of the output.
     *
     * @param name of the value; empty: the literal is the output
     * @param width in characters, 0 if not given
     * @param precision -1 if not given
     */
    record Part(
            String literal,
            TextField field,
            String name,
            boolean left,
            boolean zeros,
            int width,
            int precision,
            char conversion) {}

    private PercentFormat(String format) {
        this.format = format;
    }

    /**
     * Reads a format.
     *
     * @throws IllegalArgumentException with the position at which something else was expected
     */
    static List<Part> parse(String format) {
        PercentFormat parser = new PercentFormat(format);
        while (parser.position < format.length()) {
            parser.next();
        }
        parser.endLiteral();
        return List.copyOf(parser.parts);
    }

    private void next() {
        char c = format.charAt(position++);
        if (c != '%') {
            literal.append(c);
        } else if (take('%')) {
            literal.append('%');
        } else if (take('(')) {
            endLiteral();
            parts.add(value());
        } else {
            throw expected("a name in parentheses, as %(message)s, or a second %");
        }
    }

    private Part value() {
        int end = format.indexOf(')', position);
        if (end <= position) {
            throw expected("a name and a closing parenthesis");
        }
        String name = format.substring(position, end);
        position = end + 1;
        TextField field = TextField.of(name);
        boolean left = false;
        boolean zeros = false;
        while (peek() == '-' || peek() == '0') {
            left |= peek() == '-';
            zeros |= peek() == '0';
            position++;
        }
        int width = Math.max(number(), 0);
        int precision = take('.') ? Math.max(number(), 0) : -1;
        char conversion = conversion(field, precision);
        return new Part("", field, name, left, zeros && !left && conversion != 's', width, precision, conversion);
    }

    private char conversion(TextField field, int precision) {
        char conversion = peek();
        boolean known = conversion == 's' || (field.isNumber() && "dif".indexOf(conversion) >= 0);
        if (!known || conversion == 0) {
            throw expected(
                    field.isNumber()
                            ? "flags - or 0, width, precision, and s, d, i or f"
                            : "flag -, width, precision, and s");
        }
        if ((conversion == 'd' || conversion == 'i') && precision >= 0) {
            throw expected("no precision before " + conversion);
        }
        if (conversion == 'f' && precision > MAX_DECIMALS) {
            throw expected("a precision of at most " + MAX_DECIMALS + " before f");
        }
        position++;
        return conversion;
    }

    /** Digits, or -1 if there are none. */
    private int number() {
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

    private void endLiteral() {
        if (literal.length() > 0) {
            parts.add(new Part(literal.toString(), TextField.LITERAL, "", false, false, 0, -1, 's'));
            literal.setLength(0);
        }
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        position++;
        return true;
    }

    /** The next character, 0 at the end. */
    private char peek() {
        return position < format.length() ? format.charAt(position) : 0;
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException(
                "format: \"" + format + "\", position " + position + " (expected: " + what + ")");
    }
}
