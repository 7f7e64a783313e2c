package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.record.ByteOutput;
import org.jspecify.annotations.Nullable;

/**
 * What was last written of some throwables' frames, to be copied when the same ones come again: where one call fails, many
 * do. Found by a hash of some of their bytes, and taken only if all are the same.
 *
 * <p>Used by one thread.
 */
final class FramesText {
    private static final int SLOTS = 32;
    private static final int MOST_BYTES = 16 * 1024;
    /** Of so many bytes one word goes into the hash. */
    private static final int STRIDE = 64;

    private final @Nullable KeptText[] slots = new KeptText[SLOTS];
    private final int[] indents = new int[SLOTS];

    /** Appends the text of the frames between two indexes if it is kept. */
    boolean append(byte[] bytes, int from, int end, int indent, ByteOutput out) {
        int slot = slot(bytes, from, end);
        KeptText kept = slots[slot];
        if (kept == null || indents[slot] != indent || !kept.isOf(bytes, from, end)) {
            return false;
        }
        kept.appendTo(out);
        return true;
    }

    /** Keeps what was written of some frames, from an index of the output on. */
    void keep(byte[] bytes, int from, int end, int indent, ByteOutput out, int textFrom) {
        int slot = slot(bytes, from, end);
        KeptText kept = slots[slot];
        if (kept == null) {
            kept = new KeptText(MOST_BYTES);
            slots[slot] = kept;
        }
        indents[slot] = indent;
        kept.keep(bytes, from, end, out, textFrom);
    }

    private static int slot(byte[] bytes, int from, int end) {
        long hash = (long) end - from;
        for (int at = from; at + Long.BYTES <= end; at += STRIDE) {
            hash = 31 * hash + Bytes.getLong(bytes, at);
        }
        return (int) ((hash * 0x9E3779B97F4A7C15L) >>> 59);
    }
}
