package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.util.Arrays;

/** A piece that is filled up with blanks, and cut before it is escaped, so that no escape is cut. Widths are in characters. */
final class ShapedPiece implements TextPiece {
    private final TextPiece inner;
    private final Shape shape;
    private final ByteOutput uncut = new ByteOutput(64);

    /**
     * The least and the most characters.
     *
     * @param left whether the blanks stand behind it
     * @param width 0 if it may be as short as it is
     * @param most -1 if it may be as long as it is
     * @param keepEnd whether it is the beginning that is cut off
     */
    record Shape(boolean left, int width, int most, boolean keepEnd) {}

    private ShapedPiece(TextPiece inner, Shape shape) {
        this.inner = inner;
        this.shape = shape;
    }

    /** The piece itself if the shape asks for nothing. */
    static TextPiece of(TextPiece inner, Shape shape) {
        return shape.width == 0 && shape.most < 0 ? inner : new ShapedPiece(inner, shape);
    }

    @Override
    public Source source() {
        return inner.source();
    }

    @Override
    public void append(LogRecord record, ByteOutput out, Escape escape) {
        int from = out.size();
        if (shape.most < 0) {
            inner.append(record, out, escape);
        } else {
            uncut.truncate(0);
            inner.append(record, uncut, Escape.NONE);
            uncut.truncateCharacters(0, shape.most, shape.keepEnd);
            out.putText(uncut.array(), 0, uncut.size(), escape);
        }
        int missing = shape.width - out.characters(from);
        if (shape.width > 0 && escape == Escape.TEXT) {
            missing += Colour.hidden(out, from); // an escape character here is none of the content's
        }
        if (missing > 0) {
            pad(shape.left ? out.size() : from, missing, ' ', out);
        }
    }

    static void pad(int at, int missing, char with, ByteOutput out) {
        out.insert(at, missing);
        Arrays.fill(out.array(), at, at + missing, (byte) with);
    }
}
