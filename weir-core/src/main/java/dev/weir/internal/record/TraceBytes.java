package dev.weir.internal.record;

import static dev.weir.internal.record.RecordLayout.SPAN_ID_BYTES;
import static dev.weir.internal.record.RecordLayout.TRACE_BYTES;
import static dev.weir.internal.record.RecordLayout.TRACE_ID_BYTES;

import java.nio.charset.StandardCharsets;

/**
 * A trace context as the bytes that go into a record: 16 of the trace id, 8 of the span id (all zero: none), 1 of flags.
 * The array is never changed once it is handed on.
 */
public final class TraceBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private TraceBytes() {}

    /**
     * The bytes of ids in lower-case hexadecimal.
     *
     * @param traceId 32 digits
     * @param spanId 16 digits, or empty for none
     */
    public static byte[] of(String traceId, String spanId, int flags) {
        byte[] bytes = new byte[TRACE_BYTES + 1];
        decode(traceId, bytes, 0, TRACE_ID_BYTES);
        if (!spanId.isEmpty()) {
            decode(spanId, bytes, TRACE_ID_BYTES, SPAN_ID_BYTES);
        }
        bytes[TRACE_BYTES] = (byte) flags;
        return bytes;
    }

    /** Whether the trace id is the same; the rest may differ. */
    public static boolean isSameTrace(byte[] a, byte[] b) {
        return Bytes.getLong(a, 0) == Bytes.getLong(b, 0)
                && Bytes.getLong(a, Long.BYTES) == Bytes.getLong(b, Long.BYTES);
    }

    public static boolean hasSpan(byte[] trace) {
        return Bytes.getLong(trace, TRACE_ID_BYTES) != 0;
    }

    public static byte flags(byte[] trace) {
        return trace[TRACE_BYTES];
    }

    /**
     * Whether a text is an id as the W3C has it: so many lower-case hexadecimal digits, not all zero.
     *
     * @param digits 32 for a trace id, 16 for a span id
     */
    public static boolean isValidId(CharSequence id, int digits) {
        if (id.length() != digits) {
            return false;
        }
        boolean zero = true;
        for (int i = 0; i < digits; i++) {
            char c = id.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
            zero &= c == '0';
        }
        return !zero;
    }

    /** Whether a text is a trace id, see {@link #isValidId}. */
    public static boolean isValidTraceId(CharSequence id) {
        return isValidId(id, 2 * TRACE_ID_BYTES);
    }

    /** Writes bytes as lower-case hexadecimal digits, four at a time. */
    public static void hex(byte[] source, int from, int count, byte[] target, int at) {
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            Bytes.putLong(target, at + 2 * i, digits(Bytes.getInt(source, from + i)));
        }
        for (; i < count; i++) {
            int value = source[from + i] & 0xFF;
            target[at + 2 * i] = HEX[value >>> 4];
            target[at + 2 * i + 1] = HEX[value & 0xF];
        }
    }

    /** Spreads four bytes to eight half-bytes and makes each a digit; above 9 the letters are 0x27 further on. */
    private static long digits(int fourBytes) {
        long spread = fourBytes & 0xFFFFFFFFL;
        spread = (spread | (spread << 16)) & 0x0000FFFF0000FFFFL;
        spread = (spread | (spread << 8)) & 0x00FF00FF00FF00FFL;
        long halves = ((spread >>> 4) & 0x000F000F000F000FL) | ((spread & 0x000F000F000F000FL) << 8);
        long letters = ((halves + 0x0606060606060606L) >>> 4) & 0x0101010101010101L;
        return halves + 0x3030303030303030L + letters * 0x27;
    }

    /** Bytes as lower-case hexadecimal digits. */
    public static String hex(byte[] source, int from, int count) {
        byte[] digits = new byte[2 * count];
        hex(source, from, count, digits, 0);
        return new String(digits, StandardCharsets.US_ASCII);
    }

    private static void decode(String hex, byte[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] =
                    (byte) (Character.digit(hex.charAt(2 * i), 16) << 4 | Character.digit(hex.charAt(2 * i + 1), 16));
        }
    }
}
