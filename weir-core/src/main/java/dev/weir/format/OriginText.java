package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.ValueDecoder;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was last written of records' level, logger and thread, to be copied when these three come again, as they nearly
 * always do.
 *
 * <p>Found by a hash, and taken only if all three are the same: the level, the logger's name by the identity of the array
 * that is lent, the thread by its number and by its name's bytes. A few dozen are kept, each in the place of the one before
 * it.
 *
 * <p>Used by one thread.
 */
final class OriginText {
    private static final int SLOTS = 64;
    private static final int MOST_BYTES = 1024;

    private final @Nullable Origin[] slots = new Origin[SLOTS];

    private static final class Origin {
        private final KeptText text = new KeptText(MOST_BYTES);
        private int level = -1;
        private long threadId;
        private byte @Nullable [] loggerName;

        boolean isOf(LogRecord record, int level) {
            byte[] bytes = record.bytes();
            int start = record.start();
            int name = RecordSections.threadNameAt(bytes, start);
            return this.level == level
                    && loggerName == record.loggerNameUtf8() // always the same array for a logger
                    && threadId == Bytes.getLong(bytes, RecordLayout.threadIdAt(start))
                    && text.isOf(bytes, name, ValueDecoder.skipText(bytes, name));
        }

        void keep(LogRecord record, ByteOutput out, int from) {
            byte[] bytes = record.bytes();
            int start = record.start();
            int name = RecordSections.threadNameAt(bytes, start);
            level = bytes[RecordLayout.levelAt(start)];
            loggerName = record.loggerNameUtf8();
            threadId = Bytes.getLong(bytes, RecordLayout.threadIdAt(start));
            text.keep(bytes, name, ValueDecoder.skipText(bytes, name), out, from);
        }
    }

    /** Appends the text of the record's origin if it is kept. */
    boolean append(LogRecord record, ByteOutput out) {
        int level = record.bytes()[RecordLayout.levelAt(record.start())];
        Origin kept = slots[slot(record, level)];
        if (kept == null || !kept.isOf(record, level)) {
            return false;
        }
        kept.text.appendTo(out);
        return true;
    }

    /** Keeps what was written of a record's origin, from an index of the output on. */
    void keep(LogRecord record, ByteOutput out, int from) {
        int slot = slot(record, record.bytes()[RecordLayout.levelAt(record.start())]);
        Origin origin = slots[slot];
        if (origin == null) {
            origin = new Origin();
            slots[slot] = origin;
        }
        origin.keep(record, out, from);
    }

    private static int slot(LogRecord record, int level) {
        byte[] bytes = record.bytes();
        int logger = Bytes.getInt(bytes, RecordLayout.loggerAt(record.start()));
        int thread = (int) Bytes.getLong(bytes, RecordLayout.threadIdAt(record.start()));
        int hash = ((31 * logger + thread) * 31 + level) * 0x9E3779B9;
        return hash >>> 26;
    }
}
