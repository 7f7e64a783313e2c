package dev.weir.internal.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Callers that wait at a gate or for room.
 *
 * <p>A waiter raises the count under the lock and looks again before it sleeps; who changes what waiters look at does so
 * with a volatile store and then reads the count. So either the waiter sees the change, or the changer sees the waiter
 * and signals under the lock, after the waiter has begun to sleep. A sleep is bounded besides.
 */
final class Waiters {
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long longestSleepNanos;
    private volatile int count;

    Waiters() {
        this(LONGEST_SLEEP_NANOS);
    }

    Waiters(long longestSleepNanos) {
        this.longestSleepNanos = longestSleepNanos;
    }

    /** What a waiter waits for; asked under the lock, so it takes none itself. */
    interface Look {
        boolean mayGo();
    }

    boolean any() {
        return count > 0;
    }

    /** How many sleep and have not been woken yet. */
    int asleep() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(changed);
        } finally {
            lock.unlock();
        }
    }

    /** After a volatile store of what waiters look at. */
    void signal() {
        if (count > 0) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Sleeps unless a look says go, until a signal, but not for long: the caller looks again by itself.
     *
     * @param onSleep called before sleeping, under the lock; takes no lock
     * @return whether the thread was interrupted meanwhile, which is the caller's to keep
     */
    @SuppressWarnings({"NonAtomicVolatileUpdate", "WaitNotInLoop"}) // written under the lock only; the caller loops
    boolean sleep(Look look, Runnable onSleep, long mostNanos) {
        boolean interrupted = false;
        lock.lock();
        try {
            count++;
            if (!look.mayGo()) {
                onSleep.run();
                changed.awaitNanos(Math.min(mostNanos, longestSleepNanos));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            count--;
            lock.unlock();
        }
        return interrupted;
    }
}
