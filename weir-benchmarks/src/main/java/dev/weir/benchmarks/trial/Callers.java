package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** The application's threads, which begin at the same time. */
final class Callers {
    private final Calls calls;
    private final int threads;
    private final boolean virtual;

    Callers(Calls calls, int threads, boolean virtual) {
        this.calls = calls;
        this.threads = threads;
        this.virtual = virtual;
    }

    /** What one of them does. */
    @FunctionalInterface
    interface Work {
        /** Returns how many records it has logged. */
        long run(Calls calls);
    }

    /**
     * What all of them did.
     *
     * @param records logged
     * @param bytes allocated while they worked; negative if they are virtual, of which the JVM does not tell
     */
    record Done(long records, long bytes) {}

    /** Lets all of them work and waits for them. */
    Done run(Work work) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        AtomicLong records = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        ExecutorService executor = executor();
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            futures.add(executor.submit(() -> {
                calls.enter();
                ready.countDown();
                ready.await();
                long before = Allocation.ofCaller();
                records.addAndGet(work.run(calls));
                long after = Allocation.ofCaller();
                bytes.addAndGet(virtual ? -1 : after - before);
                return null;
            }));
        }
        for (Future<?> future : futures) {
            future.get();
        }
        executor.shutdown();
        return new Done(records.get(), bytes.get());
    }

    private ExecutorService executor() throws ReflectiveOperationException {
        if (virtual) {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        }
        AtomicLong number = new AtomicLong();
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "caller-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
