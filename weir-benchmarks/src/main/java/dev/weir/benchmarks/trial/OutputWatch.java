package dev.weir.benchmarks.trial;

import java.io.IOException;

/** Looks every millisecond whether the output has grown, and every ten at the threads' allocation; on its own thread. */
final class OutputWatch extends Thread {
    private static final int LOOKS_PER_SAMPLE = 10;

    private final Output output;
    private final Allocation allocation;
    private volatile boolean finishing;
    private long seen = -1;
    private long grown;

    OutputWatch(Output output, Allocation allocation) {
        super("output-watch");
        this.output = output;
        this.allocation = allocation;
    }

    @Override
    public void run() {
        try {
            for (int looks = 0; !finishing; looks++) {
                look();
                if (looks % LOOKS_PER_SAMPLE == 0) {
                    allocation.sample();
                }
                Thread.sleep(1);
            }
            look();
            allocation.sample();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void look() throws IOException {
        long now = output.position();
        if (now != seen) {
            seen = now;
            grown = System.nanoTime();
        }
    }

    /** When the output grew last. */
    long finish() throws InterruptedException {
        finishing = true;
        join();
        return grown;
    }
}
