package dev.weir.format;

import dev.weir.format.TextPiece.Field;
import dev.weir.format.TextPiece.Given;
import dev.weir.format.TextPiece.Literal;
import dev.weir.format.TextPiece.Thrown;
import dev.weir.format.TextPiece.Time;
import dev.weir.internal.record.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a format of Python's {@code %(name)s} style.
 *
 * <pre>
 * format      = ( text | "%%" | "%(" name ")" flags [ width ] [ "." precision ] conversion )…
 * flags       = ( "-" | "0" | "+" | " " | "#" )…             all but - for numbers only, without effect on text
 * conversion  = "s" | "d" | "i" | "u" | "x" | "X" | "o" | "f" | "F"          all but s for numbers only
 * </pre>
 */
final class PercentFormat extends LayoutParser {
    private static final String ASCTIME = "asctime";
    private static final String ABSENT = "-";
    private static final int MAX_DECIMALS = 9;

    private final TextSetting setting;
    private final List<TextPiece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private PercentFormat(String format, TextSetting setting) {
        super("format", format);
        this.setting = setting;
    }

    /**
     * Reads a format. As in Python, what was thrown follows on lines of its own.
     *
     * @throws IllegalArgumentException with the position at which something else was expected
     */
    static List<TextPiece> parse(String format, TextSetting setting) {
        PercentFormat parser = new PercentFormat(format, setting);
        while (!parser.isAtEnd()) {
            parser.next();
        }
        parser.literal.append('\n');
        parser.endLiteral();
        parser.pieces.add(new Thrown(StackTraces.builder().build()));
        return parser.pieces;
    }

    private void next() {
        char c = text.charAt(position++);
        if (c != '%') {
            literal.append(c);
        } else if (take('%')) {
            literal.append('%');
        } else if (take('(')) {
            endLiteral();
            pieces.add(value());
        } else {
            throw expected("a name in parentheses, as %(message)s, or a second %");
        }
    }

    private TextPiece value() {
        int end = text.indexOf(')', position);
        if (end <= position) {
            throw expected("a name and a closing parenthesis");
        }
        String name = text.substring(position, end);
        position = end + 1;
        TextField field = TextField.of(name);
        String flags = flags();
        int width = Math.max(number(), 0);
        int precision = take('.') ? Math.max(number(), 0) : -1;
        char conversion = conversion(field, precision);
        boolean left = flags.indexOf('-') >= 0;
        if (field == null || conversion == 's') {
            return ShapedPiece.of(text(name, field), new ShapedPiece.Shape(left, width, precision, false));
        }
        char sign = flags.indexOf('+') >= 0 ? '+' : flags.indexOf(' ') >= 0 ? ' ' : 0;
        boolean zeros = flags.indexOf('0') >= 0;
        boolean prefixed = flags.indexOf('#') >= 0;
        return new NumberPiece(field, new NumberPiece.Shape(left, zeros, sign, prefixed, width, precision, conversion));
    }

    private TextPiece text(String name, @Nullable TextField field) {
        if (name.equals(ASCTIME)) {
            return new Time(setting.asctime());
        }
        TextPiece absent = new Given(Utf8.of(setting.defaults().getOrDefault(name, ABSENT)));
        if (field == null) {
            return AttributePiece.of(name, absent);
        }
        return new Field(field, field.isRare() ? AttributePiece.of(name, absent) : absent);
    }

    private String flags() {
        int from = position;
        while (!isAtEnd() && "-0+ #".indexOf(peek()) >= 0) {
            position++;
        }
        return text.substring(from, position);
    }

    private char conversion(@Nullable TextField field, int precision) {
        char written = peek();
        char conversion = known(written, field);
        if (conversion == 0) {
            throw expected(
                    field != null && field.isNumber()
                            ? "flags - 0 + blank or #, width, precision, and s, d, i, u, f, or of whole numbers x, X, o"
                            : "flag -, width, precision, and s");
        }
        if (conversion == 'f' && precision > MAX_DECIMALS) {
            throw expected("a precision of at most " + MAX_DECIMALS + " before f");
        }
        position++;
        return conversion;
    }

    /** What a conversion means for a field, 0 if nothing. */
    private static char known(char written, @Nullable TextField field) {
        if (written == 's' || field == null || !field.isNumber()) {
            return written == 's' ? 's' : 0;
        }
        return switch (written) {
            case 'd', 'i', 'u' -> 'd';
            case 'f', 'F' -> 'f';
            case 'x', 'X', 'o' -> field.isFraction() ? 0 : written;
            default -> 0;
        };
    }

    private void endLiteral() {
        if (literal.length() > 0) {
            pieces.add(new Literal(new Fragment(literal.toString())));
            literal.setLength(0);
        }
    }
}
