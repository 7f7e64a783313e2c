package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Backend;
import dev.weir.benchmarks.peer.Calls;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one caller waits while the only sink, a pipe, hangs: nobody reads it any more. A flood fills every queue first, so
 * that it is the policy that is seen, and then calls go on at their pace. A call that takes longer than two seconds ends
 * the measurement: {@code blockedAfter} says how many calls had come back since the sink began to hang.
 */
final class OutageTrial {
    private static final long BLOCKED_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long FLOOD_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int FLOOD = 1_000_000;

    private final Task task;

    OutageTrial(Task task) {
        this.task = task;
    }

    Result run() throws Exception {
        Backend backend = Backend.named(task.peer().backend());
        backend.start(task.setup());
        Calls calls = backend.calls(task.of().shape());
        Pace pace = new Pace(calls, task.of().load());
        new Callers(calls, 1, false).run(entered -> {
            pace.run(task.warmUpNanos(), Pace.histogram());
            return 0;
        });
        hang();
        Meter meter = new Meter();
        long before = pace.made();
        Histogram histogram = Pace.histogram();
        Thread caller = new Thread(
                () -> {
                    calls.enter();
                    pace.flood(FLOOD);
                    pace.run(task.nanos(), histogram);
                },
                "caller");
        caller.setDaemon(true);
        caller.start();
        boolean blocked = isBlocked(caller, pace);
        Result result = meter.finish().put("records", pace.made() - before);
        return blocked ? result.put("blockedAfter", pace.made() - before) : result.putAll(Pace.percentiles(histogram));
    }

    /** Tells whoever reads the pipe to stop, and waits for the answer: from then on it reads one block more at most. */
    static void hang() throws IOException {
        System.out.println(Trial.HANG);
        if (System.in.read() < 0) {
            throw new EOFException("no answer to " + Trial.HANG);
        }
    }

    /** Waits until the caller has done its work, or one call has taken too long. */
    private boolean isBlocked(Thread caller, Pace pace) throws InterruptedException {
        long limit = System.nanoTime() + FLOOD_LIMIT_NANOS + task.nanos();
        long made = pace.made();
        long changed = System.nanoTime();
        while (caller.isAlive()) {
            caller.join(10);
            long now = System.nanoTime();
            if (pace.made() != made) {
                made = pace.made();
                changed = now;
            } else if (caller.isAlive() && now - changed > BLOCKED_NANOS) {
                return true;
            }
            if (now > limit) {
                throw new IllegalStateException(made + " calls in time (expected: all)");
            }
        }
        return false;
    }
}
