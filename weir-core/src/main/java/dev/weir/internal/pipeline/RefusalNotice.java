package dev.weir.internal.pipeline;

import dev.weir.Level;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.journal.Refusal;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** Tells of records that were refused before any handler could get them. Used by the steward, and when that has ended. */
final class RefusalNotice {
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final QueueHandler queue;
    private final Diagnostics diagnostics;
    private long told;
    private long toldNanos = System.nanoTime() - TELL_NANOS;

    RefusalNotice(QueueHandler queue, Diagnostics diagnostics) {
        this.queue = queue;
        this.diagnostics = diagnostics;
    }

    /** Tells that some were, now and then. */
    void tell(long nowNanos) {
        long refused = queue.refusedTotal();
        if (refused != told && nowNanos - toldNanos >= TELL_NANOS) {
            told = refused;
            toldNanos = nowNanos;
            diagnostics.report("refused", "records were refused, and no handler gets them: " + refused);
        }
    }

    /** Tells of all, at the end. */
    void tellAll() {
        StringJoiner reasons = new StringJoiner(", ");
        long total = 0;
        for (Refusal reason : Refusal.values()) {
            long[] byLevel = queue.refused(reason);
            for (Level level : Level.values()) {
                long count = byLevel[level.ordinal()];
                total += count;
                if (count > 0) {
                    reasons.add(reason.key() + ' ' + level + ' ' + count);
                }
            }
        }
        if (total > 0) {
            diagnostics.report("refused in all", total + " records were refused in all: " + reasons);
        }
    }
}
