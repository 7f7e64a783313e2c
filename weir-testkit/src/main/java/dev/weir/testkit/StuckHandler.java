package dev.weir.testkit;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands before another handler and does not return from {@link #emit} until it is let go, whatever interrupts it; from
 * then on it hands all calls on.
 *
 * <p>{@link #awaitStuck} and {@link #letGo} may be called by any thread.
 */
public final class StuckHandler extends ForwardingHandler {
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    /**
     * A handler that will be stuck in its first {@code emit}.
     *
     * @param handler gets what is emitted once this one has been let go
     */
    public StuckHandler(Handler handler) {
        super(handler);
    }

    /**
     * Waits until a worker is stuck.
     *
     * @param timeout how long at most
     * @return false if the time was over
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean awaitStuck(Duration timeout) throws InterruptedException {
        return stuck.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets it go on, for good. */
    public void letGo() {
        free.countDown();
    }

    @Override
    public boolean emit(LogRecord record) throws IOException {
        stuck.countDown();
        awaitFree();
        return super.emit(record);
    }

    private void awaitFree() {
        boolean interrupted = false;
        boolean waiting = true;
        while (waiting) {
            try {
                free.await();
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
