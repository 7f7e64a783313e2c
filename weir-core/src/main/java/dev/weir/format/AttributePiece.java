package dev.weir.format;

import dev.weir.internal.record.Utf8;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;

/** The value of a key, or what is given for records that do not have it. */
final class AttributePiece implements TextPiece {
    private final byte[] key;
    private final boolean contextOnly;
    private final TextPiece absent;

    private AttributePiece(String key, boolean contextOnly, TextPiece absent) {
        this.key = Utf8.of(key);
        this.contextOnly = contextOnly;
        this.absent = absent;
    }

    /** Of the key-values, or else of the context. */
    static AttributePiece of(String key, TextPiece absent) {
        return new AttributePiece(key, false, absent);
    }

    /** Of the context alone. */
    static AttributePiece ofContext(String key, TextPiece absent) {
        return new AttributePiece(key, true, absent);
    }

    @Override
    public Source source() {
        return absent.source().with(Source.CONTEXT);
    }

    @Override
    public void append(LogRecord record, ByteOutput out, Escape escape) {
        boolean present = contextOnly ? appendOfContext(record, out, escape) : record.appendAttribute(key, out, escape);
        if (!present) {
            absent.append(record, out, escape);
        }
    }

    private boolean appendOfContext(LogRecord record, ByteOutput out, Escape escape) {
        int value = record.values().find(record.contextAt(), key);
        if (value != 0) {
            record.values().append(value, out, escape);
        }
        return value != 0;
    }
}
