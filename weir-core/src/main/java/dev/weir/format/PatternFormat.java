package dev.weir.format;

import dev.weir.format.TextPiece.Coloured;
import dev.weir.format.TextPiece.Group;
import dev.weir.format.TextPiece.Highlighted;
import dev.weir.format.TextPiece.Literal;
import dev.weir.format.TextPiece.Thrown;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pattern as Logback and Log4j 2 have them; where the two differ, as Logback.
 *
 * <pre>
 * pattern   = ( text | "%%" | "\" character | "%" modifier ( word option… | [ group word ] "(" pattern ")" option… ) )…
 * modifier  = [ "-" ] [ width ] [ "." [ "-" ] most ]      "-": blanks behind it; cut at the end instead of the beginning
 * option    = "{" … "}"
 * </pre>
 *
 * The words are those of {@link PatternWords}. A word goes on for as long as there are letters, digits and underscores;
 * {@code \_}, which stands for nothing, ends it.
 *
 * <p>What is cut or replaced is content: within it there are no colours, and all of it is escaped.
 */
final class PatternFormat extends LayoutParser {
    private static final int MAX_DEPTH = 16;
    /** After a backslash in the pattern; others are refused, so that none is read in another way than it was meant. */
    private static final String ESCAPED = "\\%(){}tnr_";

    private static final String MEANT = "\\%(){}\t\n\r";

    private final PatternWords words;
    private int depth;
    /** The group that was read last had a line end at its end, which belongs behind what pads or colours the group. */
    private boolean lineEndBehind;

    private PatternFormat(String pattern, TextSetting setting) {
        super("pattern", pattern);
        this.words = new PatternWords(setting);
    }

    /** What a word's arguments are. */
    record Options(List<String> texts, boolean content) {}

    /**
     * Reads a pattern. If it has no word for what was thrown, that follows on lines of its own. A record always ends a line,
     * so {@code %n} behind such a word, which does as well, is not counted.
     *
     * @throws IllegalArgumentException with the position at which something else was expected
     */
    static List<TextPiece> parse(String pattern, TextSetting setting) {
        PatternFormat parser = new PatternFormat(pattern, setting);
        List<TextPiece> pieces = parser.pieces(false);
        int last = pieces.size() - 1;
        if (!parser.words.hasThrown()) {
            if (last < 0 || pieces.get(last) != PatternWords.LINE_END) {
                pieces.add(PatternWords.LINE_END);
            }
            pieces.add(parser.words.thrown());
        } else if (last > 0 && pieces.get(last) == PatternWords.LINE_END && isThrown(pieces.get(last - 1))) {
            pieces.remove(last);
        }
        return pieces;
    }

    private static boolean isThrown(TextPiece piece) {
        return piece instanceof Thrown
                || (piece instanceof Coloured coloured && isThrown(coloured.inner()))
                || (piece instanceof Highlighted highlighted && isThrown(highlighted.inner()));
    }

    /** Up to the end, or to the parenthesis that closes the group. */
    private List<TextPiece> pieces(boolean content) {
        List<TextPiece> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (!isAtEnd() && (depth == 0 || peek() != ')')) {
            char c = text.charAt(position++);
            if (c == '\\') {
                escaped(literal);
            } else if (c != '%') {
                literal.append(c);
            } else if (take('%')) {
                literal.append('%');
            } else {
                endLiteral(literal, pieces);
                pieces.add(shaped(content));
                if (lineEndBehind) {
                    lineEndBehind = false;
                    pieces.add(PatternWords.LINE_END);
                }
            }
        }
        endLiteral(literal, pieces);
        return pieces;
    }

    private void escaped(StringBuilder literal) {
        int meant = isAtEnd() ? -1 : ESCAPED.indexOf(peek());
        if (meant < 0) {
            throw expected("one of " + ESCAPED + " after a backslash");
        }
        position++;
        if (meant < MEANT.length()) {
            literal.append(MEANT.charAt(meant));
        }
    }

    /** A line end in the pattern itself is as good as {@code %n}. */
    private static void endLiteral(StringBuilder literal, List<TextPiece> pieces) {
        int length = literal.length();
        boolean endsLine = length > 0 && literal.charAt(length - 1) == '\n';
        if (length > (endsLine ? 1 : 0)) {
            pieces.add(new Literal(new Fragment(literal.substring(0, endsLine ? length - 1 : length))));
        }
        if (endsLine) {
            pieces.add(PatternWords.LINE_END);
        }
        literal.setLength(0);
    }

    private TextPiece shaped(boolean content) {
        boolean left = take('-');
        int width = Math.max(number(), 0);
        int most = -1;
        boolean keepEnd = true;
        if (take('.')) {
            keepEnd = !take('-');
            most = number();
            if (most < 0) {
                throw expected("how many characters are left");
            }
        }
        TextPiece piece = piece(content || most >= 0);
        return ShapedPiece.of(piece, new ShapedPiece.Shape(left, width, most, keepEnd));
    }

    private TextPiece piece(boolean content) {
        int at = position;
        while (!isAtEnd() && isOfWord(peek())) {
            position++;
        }
        String word = text.substring(at, position);
        if (word.isEmpty() && peek() != '(') {
            throw expected("a word, as %msg, a parenthesis, or a second %");
        }
        try {
            return word.isEmpty() || PatternWords.isGroup(word)
                    ? group(word, content)
                    : words.piece(word, new Options(options(), content));
        } catch (PatternWords.WrongException e) {
            throw expected(at, e.getMessage());
        }
    }

    private TextPiece group(String word, boolean content) throws PatternWords.WrongException {
        if (!take('(')) {
            throw expected("a parenthesis after %" + word);
        }
        if (++depth > MAX_DEPTH) {
            throw expected("at most " + MAX_DEPTH + " parentheses within each other");
        }
        boolean innerContent = content || PatternWords.isReplace(word);
        List<TextPiece> inner = pieces(innerContent);
        if (!take(')')) {
            throw expected("a closing parenthesis");
        }
        depth--;
        int last = inner.size() - 1;
        if (!innerContent && last >= 0 && inner.get(last) == PatternWords.LINE_END) {
            inner.remove(last);
            lineEndBehind = true;
        }
        TextPiece group = inner.size() == 1 ? inner.get(0) : new Group(inner);
        return word.isEmpty() ? group : words.group(word, group, new Options(options(), content));
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        while (take('{')) {
            int from = position;
            skipOption();
            options.add(text.substring(from, position - 1));
        }
        return options;
    }

    /** To behind the closing brace; braces may stand in pairs, behind backslashes, or within quotation marks. */
    private void skipOption() {
        int braces = 1;
        char quote = 0;
        int from = position;
        while (!isAtEnd()) {
            char c = text.charAt(position++);
            if (c == '\\') {
                position++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{' || c == '}') {
                braces += c == '{' ? 1 : -1;
                if (braces == 0) {
                    return;
                }
            }
        }
        throw expected(from, "a closing brace");
    }
}
