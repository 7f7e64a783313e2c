package dev.weir.record;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.ValueDecoder;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.ByteOutput.Escape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message with its arguments put in, written as SLF4J's {@code MessageFormatter.basicArrayFormat} does it, from the
 * record's bytes and without a String: each {@code {}} takes an argument; a backslash before it keeps it and goes, two
 * keep the first and let it take its argument; once the arguments are used up the rest stays as it is, backslashes and
 * all; arguments without a place are not shown.
 *
 * <p>Templates that come again are kept taken apart: found by a hash of some of their bytes, and taken only if all are the
 * same. A few dozen are kept; one that is of use stays.
 *
 * <p>Used by one thread.
 */
final class MessageText {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEPARATOR = ", ".getBytes(StandardCharsets.US_ASCII);

    private static final int SLOTS = 64;
    private static final int SLOT_SHIFT = 64 - 6;
    private static final int MOST_TEMPLATE_BYTES = 512;
    private static final int MOST_PLACES = 16;

    private final @Nullable Template[] templates = new Template[SLOTS];
    /** What was met last that has no template in its slot, so that what comes once is not kept. */
    private final long[] candidates = new long[SLOTS];

    private final int[] places = new int[MOST_PLACES];

    /** A template taken apart: what stands before, between and behind the arguments, escaped already. */
    private static final class Template {
        final byte[] source;
        final int arguments;
        final Escape escape;
        /** Of whole words, of which so many bytes count. */
        final byte[] text;

        final int length;
        /** Where in the text the arguments stand. */
        final int[] places;

        /** False: it has more places than are kept, and is taken apart each time. */
        final boolean whole;

        /** Whether it was of use since another one wanted its slot. */
        boolean used;

        Template(byte[] source, int arguments, Escape escape, byte[] text, int[] places, boolean whole) {
            this.source = source;
            this.arguments = arguments;
            this.escape = escape;
            this.text = Arrays.copyOf(text, text.length + Long.BYTES);
            this.length = text.length;
            this.places = places;
            this.whole = whole;
        }

        boolean isOf(byte[] bytes, int begin, int end, int count, Escape wanted) {
            return source.length == end - begin
                    && arguments == count
                    && escape == wanted
                    && Arrays.equals(bytes, begin, end, source, 0, source.length);
        }
    }

    void append(byte[] bytes, int record, ByteOutput out, Escape escape) {
        int template = RecordSections.templateAt(bytes, record);
        int arguments = RecordSections.argumentsAt(bytes, record);
        if (bytes[template] != ValueTag.STRING || arguments == 0) {
            appendValue(bytes, template, out, escape);
            return;
        }
        int begin = template + 3;
        int end = begin + Bytes.getUnsignedShort(bytes, template + 1);
        int count = Bytes.getUnsignedShort(bytes, arguments);
        long hash = hash(bytes, begin, end, count + 32 * escape.ordinal());
        Template known = templates[(int) (hash >>> SLOT_SHIFT)];
        if (known != null && known.isOf(bytes, begin, end, count, escape)) {
            known.used = true;
            if (known.whole) {
                append(known, bytes, arguments + 2, out);
            } else {
                takeApart(bytes, begin, end, arguments, out, escape, true);
            }
        } else {
            appendUnknown(bytes, begin, end, arguments, hash, out, escape);
        }
    }

    private void appendUnknown(
            byte[] bytes, int begin, int end, int arguments, long hash, ByteOutput out, Escape escape) {
        int slot = (int) (hash >>> SLOT_SHIFT);
        Template present = templates[slot];
        boolean comesAgain = candidates[slot] == hash && end - begin <= MOST_TEMPLATE_BYTES;
        candidates[slot] = hash;
        if (!comesAgain || (present != null && present.used)) {
            if (comesAgain) {
                present.used = false; // the slot goes to the one that is of use
            }
            takeApart(bytes, begin, end, arguments, out, escape, true);
            return;
        }
        int from = out.size();
        int met = takeApart(bytes, begin, end, arguments, out, escape, false);
        templates[slot] = template(bytes, begin, end, arguments, out, from, met, escape);
        out.truncate(from);
        takeApart(bytes, begin, end, arguments, out, escape, true);
    }

    private Template template(
            byte[] bytes, int begin, int end, int arguments, ByteOutput out, int from, int met, Escape escape) {
        byte[] source = Arrays.copyOfRange(bytes, begin, end);
        int count = Bytes.getUnsignedShort(bytes, arguments);
        if (met > MOST_PLACES) {
            return new Template(source, count, escape, new byte[0], new int[0], false);
        }
        byte[] text = Arrays.copyOfRange(out.array(), from, out.size());
        return new Template(source, count, escape, text, places(met, from), true);
    }

    private int[] places(int count, int from) {
        int[] found = Arrays.copyOf(places, count);
        for (int i = 0; i < count; i++) {
            found[i] -= from;
        }
        return found;
    }

    private static void append(Template template, byte[] bytes, int firstArgument, ByteOutput out) {
        byte[] text = template.text;
        int argument = firstArgument;
        int at = 0;
        for (int place : template.places) {
            out.putWords(text, at, place - at);
            argument = appendValue(bytes, argument, out, template.escape);
            at = place;
        }
        out.putWords(text, at, template.length - at);
    }

    /**
     * A hash of three words of a text.
     *
     * @param begin has a record's header before it, so that a word which ends with the text can be read
     */
    private static long hash(byte[] bytes, int begin, int end, int seed) {
        long last = Bytes.getLong(bytes, end - 8);
        long middle = Bytes.getLong(bytes, begin + (end - begin) / 2 - 8);
        long first = Bytes.getLong(bytes, Math.min(begin, end - 8));
        long mixed = last * 0x9E3779B97F4A7C15L + middle * 0xC2B2AE3D27D4EB4FL + first * 0x165667B19E3779F9L;
        return (mixed ^ (mixed >>> 32) ^ (end - begin + 1024L * seed)) * 0x9E3779B97F4A7C15L;
    }

    /**
     * Appends a template.
     *
     * @param arguments where their count is
     * @param withArguments whether they are put in, else their places are noted
     * @return how many places there are for them
     */
    private int takeApart(
            byte[] bytes, int begin, int end, int arguments, ByteOutput out, Escape escape, boolean withArguments) {
        int count = Bytes.getUnsignedShort(bytes, arguments);
        int argument = arguments + 2;
        int met = 0;
        int next = begin;
        while (met < count) {
            next = out.putPlain(bytes, next, end, '{');
            if (next >= end) {
                return met;
            }
            boolean escaped = bytes[next] == '\\' && isPlace(bytes, next + 1, end);
            if (isPlace(bytes, next, end) || (escaped && next > begin && bytes[next - 1] == '\\')) {
                if (withArguments) {
                    argument = appendValue(bytes, argument, out, escape);
                } else if (met < MOST_PLACES) {
                    places[met] = out.size();
                }
                met++;
                next += escaped ? 3 : 2;
            } else if (escaped || bytes[next] == '{') {
                out.put('{');
                next += escaped ? 2 : 1;
            } else {
                next = out.putCharacter(bytes, next, end, escape);
            }
        }
        out.putText(bytes, next, end - next, escape);
        return met;
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
            case ValueTag.BYTES -> out.putBase64(bytes, at + 3, Bytes.getUnsignedShort(bytes, at + 1));
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
