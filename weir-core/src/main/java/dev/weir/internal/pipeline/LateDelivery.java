package dev.weir.internal.pipeline;

import dev.weir.Level;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.internal.drain.HandlerWorker;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.emit.ThrownText;
import dev.weir.internal.journal.Routing;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes records after the pipeline has been sealed, each by its caller, straight through to those handlers on its route
 * that can do it and that their workers have closed. One write at a time; who cannot have the lock in time is refused,
 * and while a write lasts longer than that, so are all others at once.
 */
final class LateDelivery implements QueueHandler.LateWriter {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Pipeline pipeline;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long writingSinceNanos;
    private volatile boolean writing;

    LateDelivery(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public boolean write(byte[] record, LoggerNode logger) {
        if (lock.isHeldByCurrentThread() || isStuck()) {
            return false;
        }
        boolean interrupted = Thread.interrupted(); // set aside: a record of an interrupted thread counts as much
        boolean locked = false;
        try {
            locked = lock.tryLock(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            return locked && writeLocked(record, logger);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (locked) {
                writing = false;
                lock.unlock();
            }
        }
    }

    private boolean isStuck() {
        return writing && System.nanoTime() - writingSinceNanos > PATIENCE_NANOS;
    }

    private boolean writeLocked(byte[] record, LoggerNode logger) throws InterruptedException {
        writingSinceNanos = System.nanoTime();
        writing = true;
        LogRecord view = new LogRecord(pipeline.loggers()).moveTo(record, 0);
        Level level = view.level();
        Map<HandlerWorker, LogRecord> writers = new LinkedHashMap<>();
        for (Routing.Entry entry : pipeline.routing().entries()) {
            if ((entry.levels().levels(logger.id()) & level.bit()) != 0) {
                addWriter(pipeline.workerOf(entry.cursor()), view, writers);
            }
        }
        boolean written = false;
        for (Map.Entry<HandlerWorker, LogRecord> writer : writers.entrySet()) {
            written |= write(writer.getKey(), writer.getValue());
        }
        return written;
    }

    /** What a memory handler would pass on at once is for its target to write; what it would hold is for nobody. */
    private static void addWriter(HandlerWorker worker, LogRecord record, Map<HandlerWorker, LogRecord> writers)
            throws InterruptedException {
        HandlerWorker target = worker.fallback();
        if (!(worker.handler() instanceof MemoryHandler memory)) {
            writers.putIfAbsent(worker, record);
        } else if (target != null && memory.passes(record.level()) && hasClosed(worker)) {
            LogRecord passed = worker.siftedLate(record);
            if (passed != null) {
                addWriter(target, passed, writers);
            }
        }
    }

    /** Whether nobody else uses the handler and its filters any more; one that has been given up is not waited for. */
    private static boolean hasClosed(HandlerWorker worker) throws InterruptedException {
        return worker.isGone() ? worker.isClosed() : worker.awaitClosed(PATIENCE_NANOS);
    }

    private boolean write(HandlerWorker worker, LogRecord record) throws InterruptedException {
        if (!hasClosed(worker)) {
            return false;
        }
        Handler handler = worker.handler();
        try {
            LogRecord given = worker.siftedLate(record);
            return given != null && handler.late(given);
        } catch (IOException | RuntimeException e) {
            pipeline.report(
                    "late " + worker.cursor().name(),
                    "handler " + worker.cursor().name() + " could not write a record after the end of the pipeline: "
                            + ThrownText.of(e));
            return false;
        }
    }
}
