package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.record.ByteOutput;
import org.jspecify.annotations.Nullable;

/**
 * What was last written of the contexts (MDC) of some threads, to be copied while a thread's context stays as it is. Found
 * by the thread's number, and taken only if the context's bytes are the same.
 *
 * <p>Used by one thread.
 */
final class ContextText {
    private static final int SLOTS = 64;
    private static final int MOST_BYTES = 1024;

    private final @Nullable KeptText[] slots = new KeptText[SLOTS];

    /**
     * Appends the text of a context if it is kept.
     *
     * @param section where its count is
     */
    boolean append(byte[] bytes, int record, int section, ByteOutput out) {
        KeptText kept = slots[slot(bytes, record)];
        if (kept == null || !kept.isOf(bytes, section)) {
            return false;
        }
        kept.appendTo(out);
        return true;
    }

    /**
     * Keeps what was written of a context, from an index of the output on.
     *
     * @param end of the section
     */
    void keep(byte[] bytes, int record, int section, int end, ByteOutput out, int from) {
        int slot = slot(bytes, record);
        KeptText kept = slots[slot];
        if (kept == null) {
            kept = new KeptText(MOST_BYTES);
            slots[slot] = kept;
        }
        kept.keep(bytes, section, end, out, from);
    }

    private static int slot(byte[] bytes, int record) {
        return ((int) Bytes.getLong(bytes, RecordLayout.threadIdAt(record)) * 0x9E3779B9) >>> 26;
    }
}
