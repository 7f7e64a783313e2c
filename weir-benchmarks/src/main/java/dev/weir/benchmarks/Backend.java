package dev.weir.benchmarks;

import java.nio.file.Path;

/** A logging backend that writes JSON to a file, from its start to its end. One in a process. */
interface Backend {
    /** A logging call of the application measured: a constant template with an int, a text and a long. */
    @FunctionalInterface
    interface Call {
        void log(int order, String customer, long micros);
    }

    /** Makes the backend ready to be called by any thread. */
    Call start(Path file);

    /** Writes everything that was logged and closes the file. */
    void stop();
}
