package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Backend;
import dev.weir.benchmarks.peer.Calls;
import dev.weir.benchmarks.peer.Orders;
import org.HdrHistogram.Histogram;

/** What one caller waits, in nanoseconds from each call's intended start. */
final class ResponseTrial {
    private static final int FLOOD = 200_000;

    private final Task task;

    ResponseTrial(Task task) {
        this.task = task;
    }

    Result run() throws Exception {
        Backend backend = Backend.named(task.peer().backend());
        backend.start(task.setup());
        Output output = new Output(task.file());
        Calls calls = backend.calls(task.of().shape());
        Pace pace = new Pace(calls, task.of().load());
        Callers callers = new Callers(calls, 1, false);
        callers.run(entered -> {
            pace.flood(FLOOD);
            pace.run(task.warmUpNanos(), Pace.histogram());
            return 0;
        });
        output.awaitStable();
        output.check(Orders.evidence(task.of().shape()));
        Histogram histogram = Pace.histogram();
        Meter meter = new Meter();
        callers.run(entered -> {
            pace.run(task.nanos(), histogram);
            return 0;
        });
        Result result = meter.finish().putAll(Pace.percentiles(histogram)).put("records", histogram.getTotalCount());
        backend.stop();
        return result.put("emitted", pace.made()).put("written", output.recordsFrom(0));
    }
}
