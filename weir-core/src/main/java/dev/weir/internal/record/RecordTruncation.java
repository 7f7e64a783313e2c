package dev.weir.internal.record;

import java.nio.charset.StandardCharsets;

/**
 * Rewrites a record that came out too long: the longest texts are cut to one common length, the greatest that makes the
 * record fit, and marked; stack traces lose their lower frames by the same measure. Every field stays, and so do keys,
 * numbers and short values. Only where there are so many fields that their beginnings alone are too much, the last of
 * them go, and the record's flag tells it.
 */
final class RecordTruncation {
    private static final byte[] CUT_MARK = "…[truncated]".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};
    private static final int LEAST_TEXT_BYTES = 16;
    private static final int KEY_BYTES = 256;
    private static final int SECTIONS = 5;
    private static final int CONTEXT = 1;
    private static final int THROWABLE = 3;
    private static final int EXTRAS = 4;

    private byte[] source = NOTHING;
    private byte[] target = NOTHING;
    private boolean measuring;
    private int in;
    private int out;
    private int cap;
    private int maxEntries;
    private final int[] sections = new int[SECTIONS];

    /** The bytes of the shortened record, as long as {@link #shorten} said. */
    byte[] bytes() {
        return target;
    }

    /** Where arguments, context, key-values, throwable and extras begin now; 0 for none. */
    int[] sections() {
        return sections;
    }

    /**
     * Makes a shorter copy.
     *
     * @param bodyAt where the thread name begins: what stands before is copied as it is
     * @param from where the sections begin, 0 for none
     * @param max how long the copy may be; one whose first fields alone are longer is as short as can be
     * @return how long it is
     */
    int shorten(byte[] record, int end, int bodyAt, int[] from, int max) {
        source = record;
        maxEntries = RecordLayout.MAX_TEXT_BYTES;
        while (maxEntries > 0 && length(bodyAt, from, LEAST_TEXT_BYTES) > max) {
            maxEntries = maxEntries / 2;
        }
        int fits = LEAST_TEXT_BYTES;
        int tooLong = RecordLayout.MAX_TEXT_BYTES + 1;
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (length(bodyAt, from, middle) <= max) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        target = new byte[length(bodyAt, from, fits)];
        measuring = false;
        System.arraycopy(record, 0, target, 0, bodyAt);
        int length = walk(bodyAt, from, fits);
        source = NOTHING;
        return length;
    }

    private int length(int bodyAt, int[] from, int textBytes) {
        measuring = true;
        return walk(bodyAt, from, textBytes);
    }

    private int walk(int bodyAt, int[] from, int textBytes) {
        in = bodyAt;
        out = bodyAt;
        cap = textBytes;
        text(Math.max(cap, KEY_BYTES)); // the thread's name
        value();
        for (int section = 0; section < SECTIONS; section++) {
            sections[section] = 0;
            if (from[section] != 0) {
                in = from[section];
                sections[section] = out;
                section(section);
            }
        }
        return out;
    }

    private void section(int section) {
        int count = Bytes.getUnsignedShort(source, in);
        int kept = Math.min(count, section == EXTRAS ? count : maxEntries);
        in += 2;
        putShort(kept);
        for (int i = 0; i < kept; i++) {
            if (section == THROWABLE) {
                throwable();
            } else {
                if (section == EXTRAS) {
                    copy(1);
                } else if (section >= CONTEXT) {
                    text(Math.max(cap, KEY_BYTES));
                }
                value();
            }
        }
    }

    private void value() {
        byte tag = source[in];
        switch (tag) {
            case ValueTag.STRING -> {
                copy(1);
                text(cap);
            }
            case ValueTag.NUMBER -> number();
            case ValueTag.BYTES -> {
                copy(1);
                raw();
            }
            case ValueTag.ARRAY, ValueTag.MAP -> composite(tag == ValueTag.MAP);
            default -> copy(ValueTag.skip(source, in) - in);
        }
    }

    private void text(int most) {
        int length = Bytes.getUnsignedShort(source, in);
        if (length <= most) {
            copy(2 + length);
            return;
        }
        int kept = most;
        while (kept > 0 && (source[in + 2 + kept] & 0xC0) == 0x80) {
            kept--; // not within a character
        }
        putShort(kept + CUT_MARK.length);
        if (!measuring) {
            System.arraycopy(source, in + 2, target, out, kept);
            System.arraycopy(CUT_MARK, 0, target, out + kept, CUT_MARK.length);
        }
        out += kept + CUT_MARK.length;
        in += 2 + length;
    }

    /** A number that is cut is a number no longer. */
    private void number() {
        boolean whole = Bytes.getUnsignedShort(source, in + 1) <= cap;
        if (!measuring) {
            target[out] = whole ? ValueTag.NUMBER : ValueTag.STRING;
        }
        in++;
        out++;
        text(cap);
    }

    private void raw() {
        int length = Bytes.getUnsignedShort(source, in);
        int kept = Math.min(length, cap);
        in += 2;
        putShort(kept);
        copy(kept);
        in += length - kept;
    }

    private void composite(boolean keyed) {
        int end = in + 3 + Bytes.getUnsignedShort(source, in + 1);
        int count = Bytes.getUnsignedShort(source, in + 3);
        int kept = Math.min(count, Math.max(1, Math.min(maxEntries, cap)));
        copy(1);
        int lengthAt = out;
        putShort(0);
        putShort(kept);
        in += 4;
        for (int i = 0; i < kept; i++) {
            if (keyed) {
                text(Math.max(cap, KEY_BYTES));
            }
            value();
        }
        in = end;
        if (!measuring) {
            Bytes.putShort(target, lengthAt, out - lengthAt - 2);
        }
    }

    private void throwable() {
        copy(2);
        text(Math.max(cap, KEY_BYTES));
        value();
        copy(2);
        int omitted = Bytes.getUnsignedShort(source, in);
        int bytes = Bytes.getUnsignedShort(source, in + 2);
        int count = Bytes.getUnsignedShort(source, in + 4);
        int frames = in + 6;
        int end = frames;
        int kept = 0;
        while (kept < count) {
            int next = skipFrame(end);
            if (next - frames > cap) {
                break;
            }
            end = next;
            kept++;
        }
        putShort(omitted + count - kept);
        putShort(end - frames);
        putShort(kept);
        in = frames;
        copy(end - frames);
        in = frames + bytes;
    }

    private int skipFrame(int at) {
        int next = at;
        for (int i = 0; i < 4; i++) {
            next += 2 + Bytes.getUnsignedShort(source, next);
        }
        return next + 4;
    }

    private void copy(int length) {
        if (!measuring) {
            System.arraycopy(source, in, target, out, length);
        }
        in += length;
        out += length;
    }

    private void putShort(int value) {
        if (!measuring) {
            Bytes.putShort(target, out, value);
        }
        out += 2;
    }
}
