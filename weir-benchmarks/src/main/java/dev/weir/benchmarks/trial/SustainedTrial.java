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
    private static final long MOST_WARM_UP_EXCEPTIONS = 100_000;

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

    /** Logs for a while and waits until all of it is written; returns records per second. */
    private double warmUp() throws Exception {
        long begin = System.nanoTime();
        boolean large = task.of().shape() == Shape.EXCEPTION;
        long most = (large ? MOST_WARM_UP_EXCEPTIONS : MOST_WARM_UP_RECORDS)
                / task.of().threads();
        Callers.Done done = callers.run(calls -> {
            long count = 0;
            while (System.nanoTime() - begin < task.warmUpNanos() && count < most && hasRoomToWarmUp()) {
                count += log(calls, CHUNK);
            }
            return count;
        });
        emitted = done.records();
        return emitted * 1e9 / (output.awaitStable() - begin);
    }

    /** Leaves most of the file to the measurement. */
    private boolean hasRoomToWarmUp() {
        try {
            return task.file() == null || output.position() < task.mostBytes() / 4;
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
        return Math.max((long) wanted / task.of().threads(), CHUNK);
    }

    private static long log(Calls calls, long count) {
        for (long i = 0; i < count; i++) {
            calls.log(i);
        }
        return count;
    }
}
