package dev.weir.record;

/** What a value of a record is. */
public enum ValueKind {
    /** Nothing. */
    NULL,
    /** True or false. */
    BOOLEAN,
    /** A whole number of at most 64 bits. */
    LONG,
    /** A floating point number of 64 bits, perhaps not a number or infinite. */
    DOUBLE,
    /** A floating point number of 32 bits, perhaps not a number or infinite. */
    FLOAT,
    /** A text. */
    STRING,
    /** The digits of a number of any size, as JSON writes numbers: those of a BigInteger or a BigDecimal. */
    NUMBER,
    /** Bytes. */
    BYTES,
    /** Values one after the other. */
    ARRAY,
    /** Keys with values, in the order they had; a key may come twice. */
    MAP
}
