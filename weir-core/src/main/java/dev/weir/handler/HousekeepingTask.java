package dev.weir.handler;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Something for the housekeeper to do, which the handler may have stopped.
 *
 * <pre>
 *  WAITING ─► RUNNING ─► DONE
 *     └─ stop ────────────┘
 * </pre>
 */
final class HousekeepingTask implements Runnable {
    private enum State {
        WAITING,
        RUNNING,
        DONE
    }

    private final Runnable body;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Future<?> future;

    HousekeepingTask(Runnable body) {
        this.body = body;
    }

    void scheduled(Future<?> scheduled) {
        future = scheduled;
    }

    @Override
    public void run() {
        if (state.compareAndSet(State.WAITING, State.RUNNING)) {
            try {
                body.run();
            } finally {
                state.set(State.DONE);
                done.countDown();
            }
        }
    }

    boolean isDone() {
        return state.get() == State.DONE;
    }

    /** Sees to it that it does not begin any more. */
    void stop() {
        if (state.compareAndSet(State.WAITING, State.DONE)) {
            done.countDown();
            Future<?> scheduled = future;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
        }
    }

    /** Waits until it is done, or the thread is interrupted, whose status stays. */
    void await(long millis) {
        try {
            done.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it is done, whatever interrupts the thread, whose status stays. */
    void awaitUninterrupted(long millis) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            try {
                done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
