package dev.weir.testkit;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands before another handler and takes its time, whatever interrupts it, before it hands {@link #emit} or {@link
 * #flush} on. Before a {@link CapturingHandler} it is a slow sink that keeps what was written.
 *
 * <p>The times may be set by any thread while a worker uses the handler; a call under way goes by the new one. They are
 * of the real clock, since the pipeline is.
 */
public final class SlowHandler extends ForwardingHandler {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Pace emitting = new Pace();
    private final Pace flushing = new Pace();

    /** How long a call takes; under the lock. */
    private static final class Pace {
        private long nanos;
    }

    /**
     * A handler that takes no time until it is told to.
     *
     * @param handler gets the calls when their time is over
     */
    public SlowHandler(Handler handler) {
        super(handler);
    }

    /**
     * Lets each {@code emit} take its time.
     *
     * @param time how long, beside what the handler behind takes; zero to be slow no more
     * @return this
     */
    public SlowHandler emitTakes(Duration time) {
        return set(emitting, time);
    }

    /**
     * Lets each {@code flush} take its time.
     *
     * @param time how long, beside what the handler behind takes; zero to be slow no more
     * @return this
     */
    public SlowHandler flushTakes(Duration time) {
        return set(flushing, time);
    }

    private SlowHandler set(Pace pace, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time: " + time + " (expected: 0 or more)");
        }
        lock.lock();
        try {
            pace.nanos = TimeUnit.NANOSECONDS.convert(time);
            changed.signalAll();
            return this;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean emit(LogRecord record) throws IOException {
        await(emitting);
        return super.emit(record);
    }

    @Override
    public void flush() throws IOException {
        await(flushing);
        super.flush();
    }

    private void await(Pace pace) {
        long begun = System.nanoTime();
        boolean interrupted = false;
        lock.lock();
        try {
            long left = pace.nanos;
            while (left > 0) {
                try {
                    changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = pace.nanos - (System.nanoTime() - begun);
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
