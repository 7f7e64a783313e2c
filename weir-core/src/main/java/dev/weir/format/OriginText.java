package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.RecordSections;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was last written of records' level, logger and thread, to be copied when these three come again, as they nearly
 * always do.
 *
 * <p>Found by a hash, and taken only if all three are the same: the level, the logger's name by the identity of the array
 * that is lent, the thread's name by its bytes. A few dozen are kept, each in the place of the one before it.
 *
 * <p>Used by one thread.
 */
final class OriginText {
    private static final int SLOTS = 64;
    private static final int MOST_BYTES = 512;

    private final @Nullable Kept[] slots = new Kept[SLOTS];

    private record Kept(byte level, byte[] loggerName, byte[] threadName, byte[] text) {
        boolean isOf(byte[] bytes, int start, byte[] logger) {
            int thread = RecordSections.threadNameAt(bytes, start);
            int from = thread + 2;
            int length = Bytes.getUnsignedShort(bytes, thread);
            return loggerName == logger // a name once given stays: the same array
                    && level == bytes[RecordLayout.levelAt(start)]
                    && length == threadName.length
                    && Arrays.equals(bytes, from, from + length, threadName, 0, length);
        }
    }

    /** Appends the text of the record's origin if it is kept. */
    boolean append(LogRecord record, ByteOutput out) {
        byte[] bytes = record.bytes();
        int start = record.start();
        Kept kept = slots[slot(bytes, start)];
        if (kept == null || !kept.isOf(bytes, start, record.loggerNameUtf8())) {
            return false;
        }
        out.put(kept.text);
        return true;
    }

    /** Keeps what was written of a record's origin, from an index of the output on. */
    void keep(LogRecord record, ByteOutput out, int from) {
        byte[] bytes = record.bytes();
        int start = record.start();
        if (out.size() - from <= MOST_BYTES) {
            int thread = RecordSections.threadNameAt(bytes, start);
            int length = Bytes.getUnsignedShort(bytes, thread);
            slots[slot(bytes, start)] = new Kept(
                    bytes[RecordLayout.levelAt(start)],
                    record.loggerNameUtf8(),
                    Arrays.copyOfRange(bytes, thread + 2, thread + 2 + length),
                    Arrays.copyOfRange(out.array(), from, out.size()));
        }
    }

    private static int slot(byte[] bytes, int start) {
        int logger = Bytes.getInt(bytes, RecordLayout.loggerAt(start));
        int thread = (int) Bytes.getLong(bytes, RecordLayout.threadIdAt(start));
        int hash = ((31 * logger + thread) * 31 + bytes[RecordLayout.levelAt(start)]) * 0x9E3779B9;
        return hash >>> 26;
    }
}
