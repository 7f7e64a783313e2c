package dev.weir.benchmarks.peer;

import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;

/** Formats a batch as a file handler does, and throws it away. */
final class WeirDiscard implements Handler {
    private static final int INITIAL_BYTES = 64 * 1024;

    private final Formatter formatter;
    private final ByteOutput out = new ByteOutput(INITIAL_BYTES);

    WeirDiscard(Formatter formatter) {
        this.formatter = formatter;
    }

    @Override
    public boolean emit(LogRecord record) {
        formatter.format(record, out);
        Discarded.add(1);
        return true;
    }

    @Override
    public void flush() {
        rollback();
    }

    @Override
    public void rollback() {
        out.truncate(0);
    }
}
