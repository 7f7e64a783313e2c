package dev.weir.record;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.ValueDecoder;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.ByteOutput.Escape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A message with its arguments put in, written as SLF4J's {@code MessageFormatter.basicArrayFormat} does it, from the
 * record's bytes and without a String: each {@code {}} takes an argument; a backslash before it keeps it and goes, two
 * keep the first and let it take its argument; once the arguments are used up the rest stays as it is, backslashes and
 * all; arguments without a place are not shown.
 */
final class MessageText {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEPARATOR = ", ".getBytes(StandardCharsets.US_ASCII);

    private MessageText() {}

    static void append(byte[] bytes, int record, ByteOutput out, Escape escape) {
        int template = RecordSections.templateAt(bytes, record);
        int arguments = RecordSections.argumentsAt(bytes, record);
        if (bytes[template] != ValueTag.STRING || arguments == 0) {
            appendValue(bytes, template, out, escape);
            return;
        }
        int begin = template + 3;
        int end = begin + Bytes.getUnsignedShort(bytes, template + 1);
        int left = Bytes.getUnsignedShort(bytes, arguments);
        int argument = arguments + 2;
        int next = begin;
        while (left > 0) {
            next = out.putPlain(bytes, next, end, '{');
            if (next >= end) {
                return;
            }
            boolean escaped = bytes[next] == '\\' && isPlace(bytes, next + 1, end);
            if (isPlace(bytes, next, end) || (escaped && next > begin && bytes[next - 1] == '\\')) {
                argument = appendValue(bytes, argument, out, escape);
                left--;
                next += escaped ? 3 : 2;
            } else if (escaped || bytes[next] == '{') {
                out.put('{');
                next += escaped ? 2 : 1;
            } else {
                next = out.putCharacter(bytes, next, end, escape);
            }
        }
        out.putText(bytes, next, end - next, escape);
    }

    private static boolean isPlace(byte[] bytes, int at, int end) {
        return at + 1 < end && bytes[at] == '{' && bytes[at + 1] == '}';
    }

    /** Writes a value as {@code String.valueOf} and deeply printed arrays would show it; returns where it ends. */
    static int appendValue(byte[] bytes, int at, ByteOutput out, Escape escape) {
        return switch (bytes[at]) {
            case ValueTag.STRING, ValueTag.NUMBER -> text(bytes, at + 1, out, escape);
            case ValueTag.LONG -> decimal(bytes, at + 1, out);
            case ValueTag.ARRAY -> array(bytes, at, out, escape);
            case ValueTag.MAP -> map(bytes, at, out, escape);
            default -> scalar(bytes, at, out);
        };
    }

    private static int text(byte[] bytes, int at, ByteOutput out, Escape escape) {
        int length = Bytes.getUnsignedShort(bytes, at);
        out.putText(bytes, at + 2, length, escape);
        return at + 2 + length;
    }

    private static int decimal(byte[] bytes, int at, ByteOutput out) {
        out.putDecimal(Bytes.getLong(bytes, at));
        return at + 8;
    }

    private static int scalar(byte[] bytes, int at, ByteOutput out) {
        switch (bytes[at]) {
            case ValueTag.NULL -> out.put(NULL);
            case ValueTag.TRUE -> out.put(TRUE);
            case ValueTag.FALSE -> out.put(FALSE);
            case ValueTag.BYTES -> out.put(Base64.getEncoder().encode((byte[]) ValueDecoder.required(bytes, at)));
            default -> out.put(ValueDecoder.required(bytes, at).toString());
        }
        return ValueTag.skip(bytes, at);
    }

    private static int array(byte[] bytes, int at, ByteOutput out, Escape escape) {
        int count = Bytes.getUnsignedShort(bytes, at + 3);
        int next = at + 5;
        out.put('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(SEPARATOR);
            }
            next = appendValue(bytes, next, out, escape);
        }
        out.put(']');
        return ValueTag.skip(bytes, at);
    }

    private static int map(byte[] bytes, int at, ByteOutput out, Escape escape) {
        int count = Bytes.getUnsignedShort(bytes, at + 3);
        int next = at + 5;
        out.put('{');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(SEPARATOR);
            }
            int value = text(bytes, next, out, escape);
            out.put('=');
            next = appendValue(bytes, value, out, escape);
        }
        out.put('}');
        return ValueTag.skip(bytes, at);
    }
}
