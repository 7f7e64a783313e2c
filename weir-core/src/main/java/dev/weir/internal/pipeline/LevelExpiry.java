package dev.weir.internal.pipeline;

import dev.weir.internal.thread.OwnThread;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes away what was set for a limited time. The steward sees that a time is over; but a change of routes may wait for room
 * in the journal, which it must not, so a thread that lives as long as the change makes it. If it fails, the next tick begins
 * again.
 */
final class LevelExpiry implements Runnable {
    private final Pipeline pipeline;
    private final AtomicBoolean running = new AtomicBoolean();

    LevelExpiry(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Has a look. Steward. */
    void tick(long nowNanos) {
        if (!pipeline.overlay().isDue(nowNanos) || !running.compareAndSet(false, true)) {
            return;
        }
        boolean started = false;
        try {
            OwnThread.of(this, "weir-levels").start();
            started = true;
        } finally {
            if (!started) {
                running.set(false);
            }
        }
    }

    @Override
    public void run() {
        try {
            pipeline.expireLevels(System.nanoTime());
        } catch (IllegalStateException e) {
            if (!pipeline.isClosed()) { // or they have ended with it
                pipeline.report("levels expiry", "levels whose time is over stay for now: " + e.getMessage());
            }
        } finally {
            running.set(false);
        }
    }
}
