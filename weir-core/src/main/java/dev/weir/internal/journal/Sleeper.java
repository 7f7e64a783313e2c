package dev.weir.internal.journal;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread that says when it sleeps, so that others wake it only then.
 *
 * <p>The sleeper says so, fences, and looks once more; the waker changes what the sleeper looks at, fences, and reads
 * what it says. A waker without a fence may miss a sleeper, which then sleeps to the end of its bound and no longer.
 */
public final class Sleeper {
    private volatile @Nullable Thread asleep;

    /**
     * Sleeps for so long at most, unless there is something to do already. One thread.
     *
     * @param mayRest looked at after this thread has said that it sleeps
     */
    public void sleep(long nanos, BooleanSupplier mayRest) {
        asleep = Thread.currentThread();
        VarHandle.fullFence();
        if (mayRest.getAsBoolean()) {
            LockSupport.parkNanos(this, nanos);
        }
        asleep = null;
    }

    /** Wakes the thread if it sleeps. */
    public void wake() {
        Thread thread = asleep;
        if (thread != null) {
            asleep = null;
            LockSupport.unpark(thread);
        }
    }
}
