package dev.weir.internal.pipeline;

import dev.weir.Level;
import dev.weir.internal.emit.Draft;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.OwnRecords;
import dev.weir.internal.journal.Routing;
import java.time.Duration;

/**
 * The account as a record of the logger {@code weir.stats}, once in each period; see {@link AccountMap} for what it
 * carries. It goes where this logger's INFO goes.
 *
 * <p>The period is set by any thread; all else is the steward's.
 */
final class StatsReport {
    static final String LOGGER = "weir.stats";
    private static final Level LEVEL = Level.INFO;
    /** As long as a record can be: that does for dozens of handlers, and what is longer is shortened. */
    private static final int MAX_BYTES = 64 * 1024;

    private final LoggerNode logger;
    private final OwnRecords records = new OwnRecords();
    private volatile Beat beat = new Beat(0, 0);

    /** A period, and when the next record of it is due. */
    private static final class Beat {
        private final long periodNanos;
        private long dueNanos;

        Beat(long periodNanos, long nowNanos) {
            this.periodNanos = periodNanos;
            this.dueNanos = nowNanos + periodNanos;
        }
    }

    StatsReport(LoggerNode logger) {
        this.logger = logger;
    }

    /** Sets the period, zero for never; one that is the same as before goes on as it was. */
    void every(Duration period, long nowNanos) {
        if (period.toNanos() != beat.periodNanos) {
            beat = new Beat(period.toNanos(), nowNanos);
        }
    }

    /** Whether a record is due; then the next one is not before the next beat. */
    boolean takeDue(long nowNanos) {
        Beat current = beat;
        long lateNanos = nowNanos - current.dueNanos;
        if (current.periodNanos == 0 || lateNanos < 0) {
            return false;
        }
        current.dueNanos += (lateNanos / current.periodNanos + 1) * current.periodNanos;
        return true;
    }

    /** Whether a handler gets the record. */
    boolean isFor(Routing.Entry handler) {
        return (handler.levels().levels(logger.id()) & LEVEL.bit()) != 0;
    }

    byte[] encoded(Account.Snapshot account) {
        Draft draft = new Draft();
        long refused = 0;
        for (long[] byLevel : account.refused().values()) {
            refused += Account.sum(byLevel);
        }
        draft.template(
                "emitted {}, refused {}; to handlers {}: written {}, passed on {}, filtered {}, dropped {}, pending {}");
        draft.argument(Account.sum(account.emitted()));
        draft.argument(refused);
        draft.argument(account.total(sums -> Account.sum(sums.routed)));
        draft.argument(account.total(sums -> Account.sum(sums.written)));
        draft.argument(account.total(sums -> Account.sum(sums.passedOn)));
        draft.argument(account.total(sums -> Account.sum(sums.filtered)));
        draft.argument(account.total(sums -> Account.sumAll(sums.dropped)));
        draft.argument(account.total(sums -> Account.sum(sums.pending)));
        AccountMap.of(account).forEach(draft::keyValue);
        return records.encode(logger, LEVEL, draft, account.takenNanos(), MAX_BYTES);
    }
}
