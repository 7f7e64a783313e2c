package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.ValueDecoder;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;

/**
 * A throwable of a record, laid out as {@link Throwable#printStackTrace} does it. Line breaks and tabs are the caller's,
 * since within a JSON string they are two characters each; what the throwable says itself is escaped.
 */
final class StackTraceText {
    private static final Fragment CAUSED_BY = new Fragment("Caused by: ");
    private static final Fragment SUPPRESSED = new Fragment("Suppressed: ");
    private static final Fragment CIRCULAR = new Fragment("[CIRCULAR REFERENCE: ");
    private static final Fragment AT = new Fragment("at ");
    private static final Fragment ELLIPSIS = new Fragment("... ");
    private static final Fragment MORE = new Fragment(" more");
    private static final Fragment OMITTED = new Fragment(" omitted");
    private static final Fragment NATIVE = new Fragment("(Native Method)");
    private static final Fragment UNKNOWN = new Fragment("(Unknown Source)");
    private static final Fragment COLON = new Fragment(": ");
    private static final int NATIVE_LINE = -2;

    private final Escape escape;
    private final Fragment lineBreak;
    private final Fragment tab;

    StackTraceText(Escape escape, String lineBreak, String tab) {
        this.escape = escape;
        this.lineBreak = new Fragment(lineBreak);
        this.tab = new Fragment(tab);
    }

    /**
     * Appends all of the section, each line ended.
     *
     * @param section where the count of the throwables is
     */
    void append(byte[] bytes, int section, ByteOutput out) {
        int count = Bytes.getUnsignedShort(bytes, section);
        int next = section + 2;
        for (int i = 0; i < count; i++) {
            next = one(bytes, next, out);
        }
    }

    private int one(byte[] bytes, int at, ByteOutput out) {
        int relation = bytes[at];
        int depth = bytes[at + 1] & 0xFF;
        boolean circular = (relation & RecordLayout.RELATION_CIRCULAR) != 0;
        indent(depth, out);
        switch (relation & ~RecordLayout.RELATION_CIRCULAR) {
            case RecordLayout.RELATION_CAUSE -> CAUSED_BY.appendTo(out);
            case RecordLayout.RELATION_SUPPRESSED -> SUPPRESSED.appendTo(out);
            default -> {}
        }
        if (circular) {
            CIRCULAR.appendTo(out);
        }
        int frames = description(bytes, at + 2, out);
        if (circular) {
            out.put(']');
        }
        lineBreak.appendTo(out);
        return frames(bytes, frames, depth, circular, out);
    }

    /** Class and message; returns where they end. */
    private int description(byte[] bytes, int at, ByteOutput out) {
        int message = text(bytes, at, out);
        if (bytes[message] == ValueTag.STRING) {
            COLON.appendTo(out);
            text(bytes, message + 1, out);
        }
        return ValueTag.skip(bytes, message);
    }

    private int frames(byte[] bytes, int at, int depth, boolean circular, ByteOutput out) {
        int common = Bytes.getUnsignedShort(bytes, at);
        int omitted = Bytes.getUnsignedShort(bytes, at + 2);
        int count = Bytes.getUnsignedShort(bytes, at + 6);
        int next = at + 8;
        for (int i = 0; i < count; i++) {
            indent(depth + 1, out);
            next = frame(bytes, next, out);
            lineBreak.appendTo(out);
        }
        if (!circular) {
            rest(omitted, OMITTED, depth, out);
            rest(common, MORE, depth, out);
        }
        return next;
    }

    private void rest(int count, Fragment what, int depth, ByteOutput out) {
        if (count > 0) {
            indent(depth + 1, out);
            ELLIPSIS.appendTo(out);
            out.putDecimal(count);
            what.appendTo(out);
            lineBreak.appendTo(out);
        }
    }

    private int frame(byte[] bytes, int at, ByteOutput out) {
        AT.appendTo(out);
        int type = ValueDecoder.skipText(bytes, at);
        if (type > at + 2) {
            text(bytes, at, out);
            out.put('/');
        }
        int method = text(bytes, type, out);
        out.put('.');
        int file = text(bytes, method, out);
        int line = ValueDecoder.skipText(bytes, file);
        place(bytes, file, Bytes.getInt(bytes, line), out);
        return line + 4;
    }

    private void place(byte[] bytes, int file, int line, ByteOutput out) {
        if (line == NATIVE_LINE) {
            NATIVE.appendTo(out);
        } else if (Bytes.getUnsignedShort(bytes, file) == 0) {
            UNKNOWN.appendTo(out);
        } else {
            out.put('(');
            text(bytes, file, out);
            if (line >= 0) {
                out.put(':');
                out.putDecimal(line);
            }
            out.put(')');
        }
    }

    private int text(byte[] bytes, int at, ByteOutput out) {
        int length = Bytes.getUnsignedShort(bytes, at);
        out.putText(bytes, at + 2, length, escape);
        return at + 2 + length;
    }

    private void indent(int tabs, ByteOutput out) {
        for (int i = 0; i < tabs; i++) {
            tab.appendTo(out);
        }
    }
}
