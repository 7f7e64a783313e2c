package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;

/** A number, as Python's {@code %} shows one; decimals beyond those that are asked for are cut off. */
final class NumberPiece implements TextPiece {
    private static final int DECIMALS = 6;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final TextField field;
    private final Shape shape;

    /**
     * What stands between {@code %} and the conversion, and the conversion.
     *
     * @param left flag {@code -}
     * @param zeros flag {@code 0}
     * @param sign {@code +} or a blank, 0 for neither
     * @param prefixed flag {@code #}
     * @param precision -1 if not given: the decimals of {@code f}, the least digits of others
     * @param conversion d, x, X, o or f
     */
    record Shape(boolean left, boolean zeros, char sign, boolean prefixed, int width, int precision, char conversion) {}

    NumberPiece(TextField field, Shape shape) {
        this.field = field;
        this.shape = shape;
    }

    @Override
    public Source source() {
        return field.isOrigin() ? Source.ORIGIN : Source.RECORD;
    }

    @Override
    public void append(LogRecord record, ByteOutput out, Escape escape) {
        int from = out.size();
        long whole = field.whole(record);
        int billionths = shape.conversion == 'f' ? field.billionths(record) : 0;
        if (whole < 0 || billionths < 0) {
            out.put('-');
        } else if (shape.sign != 0) {
            out.put(shape.sign);
        }
        if (shape.prefixed && shape.conversion != 'd' && shape.conversion != 'f') {
            out.put('0');
            out.put(shape.conversion);
        }
        int digits = out.size();
        digits(Math.abs(whole), Math.abs(billionths), digits, out);
        int missing = shape.width - (out.size() - from);
        if (missing > 0 && shape.left) {
            ShapedPiece.pad(out.size(), missing, ' ', out);
        } else if (missing > 0) {
            ShapedPiece.pad(shape.zeros ? digits : from, missing, shape.zeros ? '0' : ' ', out);
        }
    }

    private void digits(long whole, int billionths, int from, ByteOutput out) {
        switch (shape.conversion) {
            case 'f' -> append(whole, billionths, shape.precision < 0 ? DECIMALS : shape.precision, out);
            case 'd' -> out.putDecimal(whole);
            case 'o' -> powerOfTwo(whole, 3, out);
            default -> powerOfTwo(whole, 4, out);
        }
        int missing = shape.precision - (out.size() - from);
        if (missing > 0 && shape.conversion != 'f') {
            ShapedPiece.pad(from, missing, '0', out);
        }
    }

    private void powerOfTwo(long value, int bits, ByteOutput out) {
        int highest = (63 - Long.numberOfLeadingZeros(value | 1)) / bits * bits;
        for (int shift = highest; shift >= 0; shift -= bits) {
            int digit = (int) (value >>> shift) & ((1 << bits) - 1);
            char digits = shape.conversion == 'X' ? 'A' : 'a';
            out.put(digit < 10 ? '0' + digit : digits + digit - 10);
        }
    }

    /** Appends a number with so many decimals, the rest cut off. */
    static void append(long whole, int billionths, int decimals, ByteOutput out) {
        if (whole == 0 && billionths < 0) {
            out.put('-');
        }
        out.putDecimal(whole);
        if (decimals == 0) {
            return;
        }
        out.put('.');
        long rest = Math.abs((long) billionths);
        for (int i = 0, unit = NANOS_PER_SECOND / 10; i < decimals; i++, unit /= 10) {
            out.put((int) ('0' + rest / unit % 10));
        }
    }
}
