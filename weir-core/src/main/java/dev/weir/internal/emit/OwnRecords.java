package dev.weir.internal.emit;

import dev.weir.Level;
import dev.weir.internal.record.RecordEncoder;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.Utf8;
import java.util.Arrays;

/** Encodes records that Weir itself has to write, outside the journal. Used by one thread. */
public final class OwnRecords {
    private final RecordEncoder encoder = new RecordEncoder();

    /**
     * Encodes what a draft says.
     *
     * @param logger that the record is said to come from
     * @return the record's bytes, a copy
     */
    public byte[] encode(LoggerNode logger, Level level, Draft draft, long timeNanos, int maxRecordBytes) {
        Thread thread = Thread.currentThread();
        encoder.begin(
                maxRecordBytes,
                RecordLayout.FLAG_SYNTHETIC,
                level.ordinal(),
                level.severityNumber(),
                logger.id(),
                timeNanos,
                null,
                thread.getId(),
                Utf8.ofAtMost(RecordLayout.MAX_THREAD_NAME_CHARS, thread.getName()));
        draft.writeMessage(encoder);
        draft.writeKeyValues(encoder);
        int length = encoder.end();
        return Arrays.copyOf(encoder.bytes(), length);
    }
}
