package dev.weir.benchmarks;

import java.util.concurrent.CountDownLatch;

/**
 * How much heap 10,000 threads hold that have logged once and live on, for each {@link ScratchSource}, less what they
 * hold that have not logged. Prints a line for each.
 */
final class ScratchMemory {
    private static final int THREADS = 10_000;
    private static final int SLOTS = 16;
    private static final int TRIES = 4;
    private static final long STACK_BYTES = 128 * 1024;

    private ScratchMemory() {}

    /**
     * Measures.
     *
     * @param args {@code platform} or {@code virtual}
     */
    public static void main(String[] args) throws InterruptedException {
        boolean virtual = args[0].equals("virtual");
        heldBytes(virtual, () -> {}); // so that what the first threads of a process bring about is not counted
        long idle = heldBytes(virtual, () -> {});
        for (String source : new String[] {"thread-local", "pool", "mixed", "mixed-asks-first"}) {
            ScratchSource scratches = ScratchSource.of(source, SLOTS, TRIES);
            long held = heldBytes(virtual, () -> scratches.giveBack(scratches.borrow())) - idle;
            System.out.printf("%s %s: %d bytes each%n", args[0], source, held / THREADS);
        }
    }

    private static long heldBytes(boolean virtual, Runnable call) throws InterruptedException {
        CountDownLatch called = new CountDownLatch(THREADS);
        CountDownLatch end = new CountDownLatch(1);
        Thread[] threads = new Thread[THREADS];
        long before = usedBytes();
        Runnable body = () -> {
            call.run();
            called.countDown();
            await(end);
        };
        for (int i = 0; i < THREADS; i++) {
            threads[i] = virtual ? VirtualThreads.start(body) : platform(body);
        }
        called.await();
        long held = usedBytes() - before;
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return held;
    }

    private static Thread platform(Runnable body) {
        Thread thread = new Thread(null, body, "caller", STACK_BYTES);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
