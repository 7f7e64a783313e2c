package dev.weir.internal.record;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads values of a record back as objects, for those who look at single values and not at throughput. */
public final class ValueDecoder {
    private ValueDecoder() {}

    /** Null, Boolean, Long, Double, Float, String, BigDecimal, byte[], List or Map. */
    public static @Nullable Object decode(byte[] bytes, int at) {
        return switch (bytes[at]) {
            case ValueTag.NULL -> null;
            case ValueTag.FALSE -> false;
            case ValueTag.TRUE -> true;
            case ValueTag.LONG -> Bytes.getLong(bytes, at + 1);
            case ValueTag.DOUBLE -> Double.longBitsToDouble(Bytes.getLong(bytes, at + 1));
            case ValueTag.FLOAT -> Float.intBitsToFloat(Bytes.getInt(bytes, at + 1));
            case ValueTag.STRING -> text(bytes, at + 1);
            case ValueTag.NUMBER -> number(text(bytes, at + 1));
            case ValueTag.BYTES -> Arrays.copyOfRange(bytes, at + 3, at + 3 + Bytes.getUnsignedShort(bytes, at + 1));
            case ValueTag.ARRAY -> array(bytes, at);
            case ValueTag.MAP -> map(bytes, at);
            default -> throw new IllegalStateException("value tag: " + bytes[at] + " (expected: 0 to 10)");
        };
    }

    /** A subclass of BigDecimal may have printed an exponent that no BigDecimal has: then the text it is. */
    private static Object number(String digits) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            return digits;
        }
    }

    /** As {@link #decode}, of a value that is not NULL. */
    public static Object required(byte[] bytes, int at) {
        return Objects.requireNonNull(decode(bytes, at), "value");
    }

    /** The text that begins at {@code at} with its length. */
    public static String text(byte[] bytes, int at) {
        return new String(bytes, at + 2, Bytes.getUnsignedShort(bytes, at), StandardCharsets.UTF_8);
    }

    /** Where the text that begins at {@code at} ends. */
    public static int skipText(byte[] bytes, int at) {
        return at + 2 + Bytes.getUnsignedShort(bytes, at);
    }

    private static List<@Nullable Object> array(byte[] bytes, int at) {
        int count = Bytes.getUnsignedShort(bytes, at + 3);
        List<@Nullable Object> elements = new ArrayList<>(count);
        int next = at + 5;
        for (int i = 0; i < count; i++) {
            elements.add(decode(bytes, next));
            next = ValueTag.skip(bytes, next);
        }
        return elements;
    }

    private static Map<String, @Nullable Object> map(byte[] bytes, int at) {
        int count = Bytes.getUnsignedShort(bytes, at + 3);
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        int next = at + 5;
        for (int i = 0; i < count; i++) {
            int value = skipText(bytes, next);
            entries.put(text(bytes, next), decode(bytes, value));
            next = ValueTag.skip(bytes, value);
        }
        return entries;
    }
}
