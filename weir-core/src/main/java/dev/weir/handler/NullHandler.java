package dev.weir.handler;

import dev.weir.record.LogRecord;

/** Takes every record and keeps nothing: for tests, for measurements, and to silence a logger with an account. */
public final class NullHandler implements Handler {
    /** A handler of nothing. */
    public NullHandler() {}

    @Override
    public boolean emit(LogRecord record) {
        return true;
    }

    @Override
    public void flush() {}
}
