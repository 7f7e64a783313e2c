package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Backend;
import dev.weir.benchmarks.peer.Calls;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How many records a healthy file gets while they also go to a pipe, which is read or hangs. */
final class SecondSinkTrial {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Task task;

    SecondSinkTrial(Task task) {
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
            pace.run(task.warmUpNanos(), Pace.histogram());
            return 0;
        });
        output.awaitStable();
        if (task.of().hangs()) {
            OutageTrial.hang();
        }
        long position = output.position();
        long before = pace.made();
        Histogram histogram = Pace.histogram();
        Thread caller = new Thread(
                () -> {
                    calls.enter();
                    pace.run(task.nanos(), histogram);
                },
                "caller");
        caller.setDaemon(true);
        caller.start();
        TimeUnit.NANOSECONDS.timedJoin(caller, PATIENCE_NANOS);
        output.awaitStable();
        long written = output.recordsFrom(position);
        return Pace.percentiles(histogram)
                .put("perSecond", written * 1e9 / task.nanos())
                .put("calls", pace.made() - before)
                .put("toFile", written);
    }
}
