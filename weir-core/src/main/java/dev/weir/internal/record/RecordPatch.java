package dev.weir.internal.record;

import java.util.Arrays;

/**
 * A record with some of its values replaced by texts, put together from the bytes of the one it is made of and what stands in
 * the place of some of them. What is replaced is told in the record's order; then {@link #apply} copies what lies between and
 * sets right the lengths and offsets around it.
 *
 * <pre>
 *  record  | header … │ kept │ replaced │ kept │ replaced │ kept |
 *  copy    | header … │ kept │ text │ kept │ longer text │ kept |
 * </pre>
 *
 * <p>A copy is no longer than its record, or than {@link #LEAST_BOUND_BYTES} if that is shorter: so wherever a record fits, its
 * copy does. One that came out longer is shortened as a record that is too long at the call.
 *
 * <p>Used by one thread. Nothing is allocated once it has grown to the records it meets.
 */
public final class RecordPatch {
    /** Every ring, backlog and hand takes a record of so many bytes. */
    public static final int LEAST_BOUND_BYTES = 4096;

    private static final int INITIAL_BYTES = 1024;
    private static final int KEPT_BYTES = 256 * 1024;
    private static final int[] SECTIONS = {
        RecordLayout.argumentsAt(0),
        RecordLayout.contextAt(0),
        RecordLayout.keyValuesAt(0),
        RecordLayout.throwableAt(0),
        RecordLayout.extrasAt(0)
    };
    /** What stands in the place of an array or map that would be too long for its length. */
    private static final byte[] TOO_LONG = Utf8.of("[...]");

    private final RecordTruncation truncation = new RecordTruncation();
    private final int[] sections = new int[SECTIONS.length];
    private byte[] source = {};
    private int start;
    private boolean withoutArguments;
    private int flags;

    /** Of each edit: from where to where the source is replaced, and where its replacement ends in what is put in. */
    private int[] from = new int[16];

    private int[] to = new int[16];
    private int[] inEnd = new int[16];
    private int edits;

    private byte[] in = new byte[INITIAL_BYTES];
    private int inSize;
    private byte[] bytes = new byte[INITIAL_BYTES];

    /** A patch of no record yet. */
    public RecordPatch() {}

    /**
     * Begins with a record of which nothing is replaced.
     *
     * @param record holds the bytes, which are lent until the next call
     * @param at where it begins
     */
    public void begin(byte[] record, int at) {
        source = record;
        start = at;
        flags = RecordSections.flags(record, at);
        edits = 0;
        inSize = 0;
        withoutArguments = false;
        if (in.length > KEPT_BYTES) {
            in = new byte[INITIAL_BYTES];
        }
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
    }

    /** Whether nothing has been replaced yet. */
    public boolean isEmpty() {
        return edits == 0;
    }

    /** Puts a STRING in the place of a value. What is longer than a text can be is cut. */
    public void replace(int value, byte[] utf8, int textFrom, int textLength) {
        int length = textLength;
        if (length > RecordLayout.MAX_TEXT_BYTES) {
            length = RecordLayout.MAX_TEXT_BYTES;
            while ((utf8[textFrom + length] & 0xC0) == 0x80) {
                length--; // not within a character
            }
            flags |= RecordLayout.FLAG_TRUNCATED;
        }
        ensureIn(3 + length);
        in[inSize] = ValueTag.STRING;
        Bytes.putShort(in, inSize + 1, length);
        System.arraycopy(utf8, textFrom, in, inSize + 3, length);
        inSize += 3 + length;
        add(value, ValueTag.skip(source, value));
    }

    /** Leaves out the section of the arguments. */
    public void dropArguments() {
        int section = RecordSections.argumentsAt(source, start);
        if (section == 0) {
            return;
        }
        int end = section + 2;
        for (int left = Bytes.getUnsignedShort(source, section); left > 0; left--) {
            end = ValueTag.skip(source, end);
        }
        add(section, end);
        withoutArguments = true;
    }

    /**
     * Goes into an array or a map, whose elements may be replaced next.
     *
     * @return what {@link #leave} wants
     */
    public int enter(int composite) {
        ensureIn(2);
        inSize += 2; // its length, once it is known
        add(composite + 1, composite + 3);
        return edits;
    }

    /** Leaves an array or a map, of which {@link #enter} said this. */
    public void leave(int composite, int entered) {
        int own = entered - 1;
        if (edits == entered) {
            forget(own);
            return;
        }
        int length = Bytes.getUnsignedShort(source, composite + 1) + growth(entered, edits);
        if (length > RecordLayout.MAX_TEXT_BYTES) {
            forget(own);
            flags |= RecordLayout.FLAG_TRUNCATED;
            replace(composite, TOO_LONG, 0, TOO_LONG.length);
            return;
        }
        Bytes.putShort(in, inEnd[own] - 2, length);
    }

    /** Of so many edits only. */
    private void forget(int downTo) {
        edits = downTo;
        inSize = downTo == 0 ? 0 : inEnd[downTo - 1];
    }

    private void add(int editFrom, int editTo) {
        if (edits == from.length) {
            from = Arrays.copyOf(from, 2 * edits);
            to = Arrays.copyOf(to, 2 * edits);
            inEnd = Arrays.copyOf(inEnd, 2 * edits);
        }
        from[edits] = editFrom;
        to[edits] = editTo;
        inEnd[edits++] = inSize;
    }

    private void ensureIn(int more) {
        if (in.length - inSize < more) {
            in = Arrays.copyOf(in, Math.max(2 * in.length, inSize + more));
        }
    }

    /** By how much some of the edits make it longer. */
    private int growth(int first, int end) {
        int grown = 0;
        for (int i = first; i < end; i++) {
            grown += inLength(i) - (to[i] - from[i]);
        }
        return grown;
    }

    private int inLength(int edit) {
        return inEnd[edit] - (edit == 0 ? 0 : inEnd[edit - 1]);
    }

    // the copy

    /** Puts the copy together, which {@link #bytes} then has at its beginning. More may be replaced afterwards. */
    public void apply() {
        apply(Math.max(Bytes.getInt(source, RecordLayout.lengthAt(start)), LEAST_BOUND_BYTES));
    }

    /**
     * Puts the copy together, no longer than a bound.
     *
     * @param bound if the beginnings of all fields are longer together, the copy is, too
     */
    public void apply(int bound) {
        int length = Bytes.getInt(source, RecordLayout.lengthAt(start));
        int unaligned = length + growth(0, edits);
        if (bytes.length < unaligned + RecordLayout.ALIGNMENT) {
            bytes = new byte[Math.max(2 * bytes.length, unaligned + RecordLayout.ALIGNMENT)];
        }
        int out = 0;
        int next = start;
        for (int i = 0; i < edits; i++) {
            out = copy(source, next, from[i] - next, out);
            out = copy(in, inEnd[i] - inLength(i), inLength(i), out);
            next = to[i];
        }
        out = copy(source, next, start + length - next, out);
        findSections();
        if (RecordLayout.align(out) > bound) {
            out = shorten(out, bound);
        }
        finish(out);
    }

    private int copy(byte[] of, int at, int count, int out) {
        System.arraycopy(of, at, bytes, out, count);
        return out + count;
    }

    private void findSections() {
        for (int i = 0; i < SECTIONS.length; i++) {
            int offset = Bytes.getUnsignedShort(source, start + SECTIONS[i]);
            boolean dropped = i == 0 && withoutArguments;
            sections[i] = offset == 0 || dropped ? 0 : offset + growth(0, editsBefore(start + offset));
        }
    }

    private int editsBefore(int at) {
        int i = 0;
        while (i < edits && to[i] <= at) {
            i++;
        }
        return i;
    }

    private int shorten(int end, int bound) {
        flags |= RecordLayout.FLAG_TRUNCATED;
        int shortened = truncation.shorten(
                bytes, end, RecordLayout.threadNameAt(0, flags), sections, bound - RecordLayout.ALIGNMENT);
        if (bytes.length < shortened + RecordLayout.ALIGNMENT) {
            bytes = new byte[shortened + RecordLayout.ALIGNMENT]; // marks may be longer than what they stand for
        }
        System.arraycopy(truncation.bytes(), 0, bytes, 0, shortened);
        System.arraycopy(truncation.sections(), 0, sections, 0, sections.length);
        return shortened;
    }

    private void finish(int end) {
        Bytes.putLong(bytes, end, 0); // the rounding carries nothing of another record
        Bytes.putInt(bytes, RecordLayout.lengthAt(0), RecordLayout.align(end));
        Bytes.putShort(bytes, RecordLayout.flagsAt(0), flags);
        for (int i = 0; i < SECTIONS.length; i++) {
            Bytes.putShort(bytes, SECTIONS[i], sections[i]);
        }
    }

    /** The copy, lent until the next record begins. */
    public byte[] bytes() {
        return bytes;
    }
}
