package dev.weir.testkit;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps copies of the records it committed, each exactly once, for tests to look at. It also keeps records that are
 * logged after the end of its pipeline.
 *
 * <p>What it shows may be read by any thread; what a worker committed before {@link dev.weir.Weir#flush} returned is
 * there.
 */
public final class CapturingHandler implements Handler {
    private final List<LogRecord> uncommitted = new ArrayList<>();
    private final List<LogRecord> committed = new CopyOnWriteArrayList<>();
    private final AtomicLong bytesWritten = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean abandoned;

    /** A handler that has nothing yet. */
    public CapturingHandler() {}

    /**
     * What was committed.
     *
     * @return copies in the order of the commits, as it is at the time
     */
    public List<LogRecord> records() {
        return List.copyOf(committed);
    }

    /**
     * The messages of {@link #records()}.
     *
     * @return with their arguments put in
     */
    public List<String> messages() {
        return committed.stream().map(LogRecord::message).toList();
    }

    /** Forgets what was committed. */
    public void clear() {
        committed.clear();
    }

    /**
     * Whether its worker has closed it.
     *
     * @return true from the end of its pipeline on; a handler that never got a record is not opened and not closed
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Whether it was closed because it ran out of its time.
     *
     * @return false as long as it is not closed
     */
    public boolean isAbandoned() {
        return abandoned;
    }

    @Override
    public void open() {
        closed = false;
    }

    @Override
    public boolean emit(LogRecord record) {
        uncommitted.add(Records.copyOf(record));
        return true;
    }

    @Override
    public void flush() {
        committed.addAll(uncommitted);
        bytesWritten.addAndGet(uncommitted.stream().mapToLong(LogRecord::length).sum());
        uncommitted.clear();
    }

    @Override
    public void rollback() {
        uncommitted.clear();
    }

    @Override
    public void close(boolean abandoned) {
        this.abandoned = abandoned;
        closed = true;
    }

    @Override
    public boolean late(LogRecord record) {
        committed.add(Records.copyOf(record));
        return true;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten.get();
    }
}
