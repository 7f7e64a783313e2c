package dev.weir.internal.record;

/** What a value in a record is: the first of its bytes, and what follows it. */
public final class ValueTag {
    /** Nothing follows. */
    public static final byte NULL = 0;
    /** Nothing follows. */
    public static final byte FALSE = 1;
    /** Nothing follows. */
    public static final byte TRUE = 2;
    /** 8 bytes. */
    public static final byte LONG = 3;
    /** 8 bytes, as {@link Double#doubleToRawLongBits}. */
    public static final byte DOUBLE = 4;
    /** 4 bytes, as {@link Float#floatToRawIntBits}: kept apart so that 0.1f is written as 0.1. */
    public static final byte FLOAT = 5;
    /** A text. */
    public static final byte STRING = 6;
    /** A text that is a JSON number: a BigInteger or a BigDecimal. */
    public static final byte NUMBER = 7;
    /** {@code u16 length} and so many bytes. */
    public static final byte BYTES = 8;
    /** {@code u16 length} of all that follows, {@code u16 count}, values. */
    public static final byte ARRAY = 9;
    /** {@code u16 length} of all that follows, {@code u16 count}, (text key, value)…. */
    public static final byte MAP = 10;

    private ValueTag() {}

    /**
     * Where the value that begins at {@code at} ends.
     *
     * @throws IllegalStateException if the bytes are no value
     */
    public static int skip(byte[] bytes, int at) {
        return switch (bytes[at]) {
            case NULL, FALSE, TRUE -> at + 1;
            case LONG, DOUBLE -> at + 9;
            case FLOAT -> at + 5;
            case STRING, NUMBER, BYTES, ARRAY, MAP -> at + 3 + Bytes.getUnsignedShort(bytes, at + 1);
            default -> throw new IllegalStateException("value tag: " + bytes[at] + " (expected: 0 to 10)");
        };
    }
}
