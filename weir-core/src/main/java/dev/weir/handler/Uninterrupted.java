package dev.weir.handler;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Lets a thread do I/O that an interrupt does not end. */
final class Uninterrupted {
    private static final int MAX_ATTEMPTS = 8;

    private Uninterrupted() {}

    /** A step of I/O that can be tried again from its beginning. */
    interface Step {
        void run() throws IOException;
    }

    /**
     * Runs a step with the thread's interrupt status set aside, and again if an interrupt arrives on the way and closes
     * its channel; the status is there afterwards.
     */
    static void run(Step step) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    step.run();
                    return;
                } catch (ClosedByInterruptException closed) {
                    interrupted |= Thread.interrupted();
                    if (attempt == MAX_ATTEMPTS) {
                        throw closed;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
