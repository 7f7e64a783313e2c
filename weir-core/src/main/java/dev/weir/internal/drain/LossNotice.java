package dev.weir.internal.drain;

import dev.weir.Level;
import dev.weir.internal.emit.Draft;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.OwnRecords;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.Refusal;
import java.time.Instant;

/**
 * What a handler has not got and has not said yet: records that were dropped at it, and those refused at the journal that it
 * might have got. Before the next record it writes one that says so, of the logger {@code weir.loss}. Used by its worker.
 */
final class LossNotice {
    private static final int REASONS = DropReason.values().length + Refusal.values().length;
    private static final int MAX_BYTES = 4096;

    private final Cursor cursor;
    private final QueueHandler queue;
    private final LoggerNode logger;
    private final OwnRecords records = new OwnRecords();

    private final long[][] announced = new long[REASONS][Level.COUNT];
    private final long[][] seen = new long[REASONS][Level.COUNT];
    private long seenTotal;
    private long lookedNanos;
    private long sinceNanos;
    private byte[] record = {};

    LossNotice(Cursor cursor, QueueHandler queue, LoggerNode logger) {
        this.cursor = cursor;
        this.queue = queue;
        this.logger = logger;
        seenTotal = queue.refusedTotal();
        look();
        copySeen(); // what was lost before is not its loss
        lookedNanos = queue.now();
    }

    /**
     * Whether there is something to say; then {@link #record} says it.
     *
     * @param levels which the handler takes
     */
    boolean prepare(int levels) {
        if (!cursor.hasBegun()) {
            return false;
        }
        long total = cursor.droppedTotal() + queue.refusedTotal();
        long now = queue.now();
        if (total == seenTotal) {
            lookedNanos = record.length == 0 ? now : lookedNanos;
            return record.length > 0;
        }
        sinceNanos = record.length == 0 ? lookedNanos : sinceNanos;
        seenTotal = total;
        look();
        record = encoded(levels, now);
        return record.length > 0;
    }

    private void look() {
        int row = 0;
        for (long[] dropped : cursor.dropped()) {
            System.arraycopy(dropped, 0, seen[row++], 0, Level.COUNT);
        }
        for (Refusal reason : Refusal.values()) {
            System.arraycopy(queue.refused(reason), 0, seen[row++], 0, Level.COUNT);
        }
    }

    private byte[] encoded(int levels, long now) {
        Draft draft = new Draft();
        draft.keyValue("since", Instant.ofEpochSecond(0, sinceNanos).toString());
        long lost = 0;
        int severest = Level.WARN.ordinal();
        for (int row = 0; row < REASONS; row++) {
            for (int level = 0; level < Level.COUNT; level++) {
                long count = seen[row][level] - announced[row][level];
                if (count > 0 && (row < DropReason.values().length || (levels & 1 << level) != 0)) {
                    draft.keyValue(key(row) + '.' + Level.at(level).name(), count);
                    lost += count;
                    severest = Math.max(severest, level);
                }
            }
        }
        draft.template("records lost: {}");
        draft.argument(lost);
        return lost == 0 ? new byte[0] : records.encode(logger, Level.at(severest), draft, now, MAX_BYTES);
    }

    private static String key(int row) {
        int drops = DropReason.values().length;
        return row < drops ? DropReason.values()[row].key() : Refusal.values()[row - drops].key();
    }

    /** The record; lent until the next {@link #prepare}. */
    byte[] record() {
        return record;
    }

    /** The record is written. */
    void committed() {
        copySeen();
        record = new byte[0];
        lookedNanos = queue.now();
    }

    private void copySeen() {
        for (int row = 0; row < REASONS; row++) {
            System.arraycopy(seen[row], 0, announced[row], 0, Level.COUNT);
        }
    }
}
