package dev.weir.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Threads that log at all levels: 70 % DEBUG, 25 % INFO, 4 % WARN, 1 % ERROR. */
final class Load {
    private static final int THREADS = 4;
    private static final Logger LOGGER = LoggerFactory.getLogger("shop.orders");

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLongArray logged = new AtomicLongArray(dev.weir.Level.COUNT);
    private volatile boolean ended;

    /**
     * Starts the threads.
     *
     * @param perSecond of all together
     * @param atMost records of all together
     */
    Load(int perSecond, long atMost) {
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> log(perSecond / THREADS, atMost / THREADS), "orders-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void log(int perSecond, long atMost) {
        long begun = System.nanoTime();
        for (long i = 0; i < atMost && !ended; i++) {
            int part = (int) (i % 100);
            Level level = part < 70 ? Level.DEBUG : part < 95 ? Level.INFO : part < 99 ? Level.WARN : Level.ERROR;
            LOGGER.atLevel(level).log("order {} of customer {} is {}", i, part, "placed");
            logged.incrementAndGet(dev.weir.Level.valueOf(level.name()).ordinal());
            long next = begun + TimeUnit.SECONDS.toNanos(1) * (i + 1) / perSecond;
            while (System.nanoTime() - next < 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    /** Until each thread has logged its share. */
    void await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Ends the threads. */
    void end() throws InterruptedException {
        ended = true;
        await();
    }

    /** How many records were logged at a level; after the end. */
    long logged(dev.weir.Level level) {
        return logged.get(level.ordinal());
    }
}
