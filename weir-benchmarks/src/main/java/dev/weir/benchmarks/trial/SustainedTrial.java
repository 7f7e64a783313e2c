package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Backend;
import dev.weir.benchmarks.peer.Calls;
import dev.weir.benchmarks.peer.Orders;
import dev.weir.benchmarks.peer.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How many records come through. After a warm-up whose records are written before the measurement begins, the callers log
 * a number of records as fast as they can. The time ends when the output has grown for the last time while the backend
 * is stopped: a queue that is full of unwritten records is no gain, and pauses of a backend's own shutdown are no loss.
 */
final class SustainedTrial {
    private static final int CHUNK = 200;
    private static final long MOST_WARM_UP_RECORDS = 2_000_000;
    /** Fewer are no measurement, and leave the compiler unfinished. */
    private static final long LEAST_RECORDS = 100_000;
    /** How much longer a busy machine may take for these. */
    private static final int LONGER = 4;
    /** How much larger a record with an exception is, about. */
    private static final int LARGER = 20;

    private final Task task;
    private final Backend backend;
    private final Output output;
    private final Callers callers;
    private long emitted;

    SustainedTrial(Task task) throws ReflectiveOperationException {
        this.task = task;
        backend = Backend.named(task.peer().backend());
        backend.start(task.setup());
        output = new Output(task.file());
        callers = new Callers(
                backend.calls(task.of().shape()), task.of().threads(), task.of().virtual());
    }

    Result run() throws Exception {
        warmUp(); // most of it not compiled yet
        double perSecond = warmUp();
        output.check(Orders.evidence(task.of().shape()));
        long each = recordsEach(perSecond);
        Allocation allocation = new Allocation();
        OutputWatch watch = new OutputWatch(output, allocation);
        Meter meter = new Meter();
        long begin = System.nanoTime();
        watch.start();
        Callers.Done done = callers.run(calls -> log(calls, each));
        backend.stop();
        long end = watch.finish();
        emitted += done.records();
        return meter.finish()
                .put("seconds", (end - begin) / 1e9)
                .put("records", done.records())
                .put("callerBytes", done.bytes() < 0 ? Double.NaN : done.bytes())
                .put("processBytes", allocation.bytes())
                .put("emitted", emitted)
                .put("written", output.recordsFrom(0));
    }

    /** Logs for half of the time, longer if that is not enough, and waits until all of it is written; records per second. */
    private double warmUp() throws Exception {
        long begin = System.nanoTime();
        long least = leastRecords() / task.of().threads();
        long most = (isLarge() ? MOST_WARM_UP_RECORDS / LARGER : MOST_WARM_UP_RECORDS)
                / task.of().threads();
        Callers.Done done = callers.run(calls -> {
            long count = 0;
            while (isToWarmUp(System.nanoTime() - begin, count, least) && count < most && hasRoomToWarmUp()) {
                count += log(calls, CHUNK);
            }
            return count;
        });
        emitted += done.records();
        return done.records() * 1e9 / (output.awaitStable() - begin);
    }

    private boolean isLarge() {
        return task.of().shape() == Shape.EXCEPTION;
    }

    private long leastRecords() {
        return isLarge() ? LEAST_RECORDS / LARGER : LEAST_RECORDS;
    }

    private boolean isToWarmUp(long nanos, long count, long least) {
        long half = task.warmUpNanos() / 2;
        return nanos < half || (count < least && nanos < half * LONGER);
    }

    /** Leaves most of the file to the measurement. */
    private boolean hasRoomToWarmUp() {
        try {
            return task.file() == null || output.position() < task.mostBytes() / 3;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As many as the time allows, as the file may take, and not fewer than make a measurement. */
    private long recordsEach(double perSecond) throws Exception {
        double wanted = perSecond * task.nanos() / 1e9;
        if (task.file() != null) {
            double bytesEach = (double) output.position() / emitted;
            wanted = Math.min(wanted, (task.mostBytes() - output.position()) / bytesEach);
        }
        return (long) Math.max(wanted, (double) leastRecords()) / task.of().threads();
    }

    private static long log(Calls calls, long count) {
        for (long i = 0; i < count; i++) {
            calls.log(i);
        }
        return count;
    }
}
