package dev.weir.internal.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Keeps the journal going when others do not: relieves cursors that lag, recycles, repairs claims that were never
 * published. One thread.
 *
 * <p>It does no I/O, prints nothing, takes no locks but the journal's and, in what it leaves to others, short ones
 * that nobody holds over a wait; it never allocates direct memory. A failure in one duty leaves the others alone.
 */
public final class Steward implements Runnable {
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long a blocking handler may stand still while callers wait for it, before its records are moved aside. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Journal journal;
    private final Supplier<Iterable<Claim>> notes;
    private final Duties duties;
    private volatile boolean stopped;

    /** What the steward leaves to others. None of it may wait, print, or run user code. */
    public interface Duties {
        /** Called at every tick. */
        void tick(long nowNanos);

        /** Memory for backlogs is wanted. */
        void memoryWanted();

        /** One of the steward's duties failed. */
        void failed(Throwable thrown);
    }

    /**
     * A steward of a journal.
     *
     * @param notes of all callers
     */
    public Steward(Journal journal, Supplier<Iterable<Claim>> notes, Duties duties) {
        this.journal = journal;
        this.notes = notes;
        this.duties = duties;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                turn();
            } catch (Throwable thrown) {
                report(thrown);
                LockSupport.parkNanos(this, BUSY_NANOS);
            }
        }
    }

    private void turn() {
        journal.wakeLongSleepers();
        tick(System.nanoTime());
        long bound = isBusy() ? BUSY_NANOS : IDLE_NANOS;
        journal.steward().sleep(bound, this::mayRest);
        Thread.interrupted(); // nobody has to interrupt it, and a park would not wait any more
    }

    /** Looked at after it has said that it sleeps; who has logged before that has not woken it. */
    private boolean mayRest() {
        journal.wakeLongSleepers();
        return !stopped && !journal.hasOrphans();
    }

    /** Ends the thread. */
    public void stop() {
        stopped = true;
        journal.steward().wake();
    }

    /** Does everything once. */
    void tick(long nowNanos) {
        for (Cursor cursor : journal.cursors()) {
            guarded(() -> cursor.relieve(nowNanos, PATIENCE_NANOS));
        }
        guarded(journal::tryRecycle);
        if (journal.hasOrphans()) {
            guarded(this::repair);
        }
        if (journal.slabs().wantsMore()) {
            guarded(duties::memoryWanted);
        }
        guarded(() -> duties.tick(nowNanos));
    }

    private void repair() {
        journal.expectOrphans(false); // before looking, so that none is missed
        boolean looked = false;
        try {
            journal.repairChange();
            for (Claim note : notes.get()) {
                journal.repair(note);
            }
            looked = true;
        } finally {
            if (!looked) {
                journal.expectOrphans(true);
            }
        }
    }

    private boolean isBusy() {
        if (journal.waiters().any()) {
            return true;
        }
        for (Cursor cursor : journal.cursors()) {
            if (!cursor.seemsIdle()) {
                return true;
            }
        }
        return false;
    }

    private interface Duty {
        void run() throws Exception;
    }

    private void guarded(Duty duty) {
        try {
            duty.run();
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    private void report(Throwable thrown) {
        try {
            duties.failed(thrown);
        } catch (Throwable again) {
            Thread.onSpinWait(); // not even that is possible now; the steward goes on
        }
    }
}
