package dev.weir.testkit;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before another handler and does not return from {@link #emit} until it is let go, whatever interrupts it; from
 * then on it hands all calls on.
 *
 * <p>{@link #awaitStuck} and {@link #letGo} may be called by any thread.
 */
public final class StuckHandler implements Handler {
    private final Handler handler;
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    /**
     * A handler that will be stuck in its first {@code emit}.
     *
     * @param handler gets what is emitted once this one has been let go
     */
    public StuckHandler(Handler handler) {
        this.handler = Objects.requireNonNull(handler, "handler");
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
    public void prepare() throws IOException {
        handler.prepare();
    }

    @Override
    public void open() throws IOException {
        handler.open();
    }

    @Override
    public boolean emit(LogRecord record) throws IOException {
        stuck.countDown();
        awaitFree();
        return handler.emit(record);
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

    @Override
    public void flush() throws IOException {
        handler.flush();
    }

    @Override
    public void rollback() throws IOException {
        handler.rollback();
    }

    @Override
    public void close(boolean abandoned) throws IOException {
        handler.close(abandoned);
    }

    @Override
    public boolean late(LogRecord record) throws IOException {
        return handler.late(record);
    }

    @Override
    public boolean shouldFlush(LogRecord record) {
        return handler.shouldFlush(record);
    }

    @Override
    public Duration flushDelay() {
        return handler.flushDelay();
    }

    @Override
    public @Nullable String resource() {
        return handler.resource();
    }

    @Override
    public long bytesWritten() {
        return handler.bytesWritten();
    }
}
