package dev.weir.handler;

import dev.weir.Level;
import dev.weir.record.LogRecord;
import java.time.Duration;

/** Keeps account of what the device may not have yet. Used by one thread. */
final class Syncing {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final Sync policy;
    /** 0 if there is no period. */
    private final long everyNanos;

    private boolean severe;
    private boolean dirty;
    private long forcedNanos = System.nanoTime();

    Syncing(Sync policy) {
        this.policy = policy;
        everyNanos = (policy.every().compareTo(LONGEST) > 0 ? LONGEST : policy.every()).toNanos();
    }

    void emitted(LogRecord record) {
        severe |= policy.onError() && record.level().ordinal() >= Level.ERROR.ordinal();
    }

    /** Whether the batch at hand is to be forced before it is committed. */
    boolean isNeeded() {
        return severe || isPeriodOver();
    }

    /** Whether what is committed is to be forced now. */
    boolean isDue() {
        return dirty && isPeriodOver();
    }

    /** Whether something is committed that the policy wants to be forced before its file is closed. */
    boolean isOpen() {
        return dirty && policy != Sync.NONE;
    }

    private boolean isPeriodOver() {
        return everyNanos > 0 && System.nanoTime() - forcedNanos >= everyNanos;
    }

    void committed(boolean forced) {
        severe = false;
        dirty = true;
        if (forced) {
            forced();
        }
    }

    void forced() {
        dirty = false;
        forcedNanos = System.nanoTime();
    }

    void rolledBack() {
        severe = false;
    }
}
