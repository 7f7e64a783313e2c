package dev.weir.benchmarks.suite;

/** The command line says something that is not known; the message says what and what is. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
