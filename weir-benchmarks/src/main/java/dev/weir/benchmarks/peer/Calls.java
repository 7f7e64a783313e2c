package dev.weir.benchmarks.peer;

/** The logging calls of the application that is measured. Any thread. */
public interface Calls {
    /** Gives the calling thread its context, once, before its first call. */
    void enter();

    /**
     * Logs one record.
     *
     * @param i its number, from which the values in it are made
     */
    void log(long i);
}
