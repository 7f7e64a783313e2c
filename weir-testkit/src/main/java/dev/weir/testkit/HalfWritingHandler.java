package dev.weir.testkit;

import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Appends to bytes in memory as to a file on a device that gets full: when it is told to, it writes the first half of
 * what it should and throws an {@link IOException}. {@link #rollback} cuts back to the last commit, so each record is there
 * exactly once in the end; without that, what was cut stays and stands before what is written next.
 *
 * <p>What it shows may be read, and {@link #cutEmits} and {@link #cutFlushes} called, by any thread while a worker uses the
 * handler.
 */
public final class HalfWritingHandler implements Handler {
    private final Formatter formatter;
    private final ByteOutput buffer = new ByteOutput(1024);

    // under the monitor
    private final ByteOutput sink = new ByteOutput(1024);
    private int committedBytes;
    private int emitsToCut;
    private int flushesToCut;
    private int cuts;

    /**
     * A handler that writes everything until it is told otherwise.
     *
     * @param formatter belongs to the handler from now on
     */
    public HalfWritingHandler(Formatter formatter) {
        this.formatter = Objects.requireNonNull(formatter, "formatter");
    }

    /**
     * Lets the next calls of {@code emit} write at once, as for want of room in a buffer, and stop in the middle of what was
     * emitted since the last commit.
     *
     * @param times how many of them; 0 for no more
     * @return this
     */
    public synchronized HalfWritingHandler cutEmits(int times) {
        emitsToCut = FailingHandler.requireCount("times", times);
        return this;
    }

    /**
     * Lets the next calls of {@code flush} that have something to write stop in the middle of it.
     *
     * @param times how many of them; 0 for no more
     * @return this
     */
    public synchronized HalfWritingHandler cutFlushes(int times) {
        flushesToCut = FailingHandler.requireCount("times", times);
        return this;
    }

    /**
     * How many calls have stopped in the middle.
     *
     * @return a count
     */
    public synchronized int cuts() {
        return cuts;
    }

    /**
     * What is in the sink, committed or not.
     *
     * @return a copy, as it is at the time
     */
    public synchronized byte[] written() {
        return Arrays.copyOf(sink.array(), sink.size());
    }

    /**
     * The lines of {@link #written()}, as somebody reads them who looks at the file at that moment.
     *
     * @return without their ends; the last one may be cut
     */
    public synchronized List<String> lines() {
        return sink.toString().lines().toList();
    }

    @Override
    public void open() {
        rollback();
    }

    @Override
    public boolean emit(LogRecord record) throws IOException {
        formatter.formatWhole(record, buffer);
        cutEmit();
        return true;
    }

    private synchronized void cutEmit() throws IOException {
        if (emitsToCut > 0) {
            emitsToCut--;
            writeHalf();
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (buffer.size() > 0 && flushesToCut > 0) {
            flushesToCut--;
            writeHalf();
        }
        sink.put(buffer.array(), 0, buffer.size());
        committedBytes = sink.size();
        buffer.truncate(0);
    }

    private void writeHalf() throws IOException {
        int half = buffer.size() / 2;
        sink.put(buffer.array(), 0, half);
        cuts++;
        throw new IOException("wrote " + half + " of " + buffer.size() + " bytes");
    }

    @Override
    public synchronized void rollback() {
        buffer.truncate(0);
        sink.truncate(committedBytes);
    }

    @Override
    public synchronized long bytesWritten() {
        return committedBytes;
    }
}
