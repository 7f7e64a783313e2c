package dev.weir.internal.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a handler writes on Weir's own account before the next record of the journal: what it has lost, and the newest
 * report on the pipeline. A report that is still to be written when the next one comes is replaced by it, so there is
 * one at most, however long the sink is stuck.
 *
 * <p>Used by the handler's worker; a report is {@link #offer offered} by any thread.
 */
final class Announcements {
    private final LossNotice losses;
    private final AtomicReference<byte @Nullable []> offered = new AtomicReference<>();
    private byte @Nullable [] report;
    private int lossFailures;
    private int reportFailures;

    Announcements(LossNotice losses) {
        this.losses = losses;
    }

    /** Lets a report be written; the bytes are shared, and not changed any more. */
    void offer(byte[] record) {
        offered.set(record);
    }

    /**
     * What there is to write now, in this order; lent until the next call of this or of {@link #committed}.
     *
     * @param levels which the handler takes
     * @param reporting whether this is a time for reports
     */
    List<byte[]> due(int levels, boolean reporting) {
        boolean losing = losses.prepare(levels);
        report = reporting ? offered.get() : null;
        if (!losing && report == null) {
            return List.of();
        }
        List<byte[]> due = new ArrayList<>(2);
        if (losing) {
            due.add(losses.record());
        }
        if (report != null) {
            due.add(report);
        }
        return due;
    }

    /**
     * One of what was due cannot be written, which is not the sink's fault. Each has failures of its own, since all of them
     * are rolled back with the one that fails; and those of a report last until one is written, since records are committed
     * without it while the breaker is not closed.
     *
     * @param most failures that it may have
     * @return whether it is given up
     */
    boolean failed(byte[] announcement, int most) {
        boolean reporting = announcement == report;
        boolean givenUp = (reporting ? ++reportFailures : ++lossFailures) > most;
        if (givenUp && reporting) {
            reportDone();
        } else if (givenUp) {
            lossDone();
        }
        return givenUp;
    }

    /** What was due is written. */
    void committed() {
        lossDone();
        if (report != null) {
            reportDone();
        }
    }

    private void lossDone() {
        losses.committed();
        lossFailures = 0;
    }

    private void reportDone() {
        offered.compareAndSet(report, null); // unless a newer one has come
        report = null;
        reportFailures = 0;
    }
}
