package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Backend;
import dev.weir.benchmarks.peer.Calls;
import dev.weir.benchmarks.peer.Shape;
import java.util.Locale;

/** What a call allocates on the thread that makes it, once it is compiled. */
final class AllocationTrial {
    private static final int CALLS = 50_000;
    private static final int WARM_UP_ROUNDS = 4;

    private final Task task;

    AllocationTrial(Task task) {
        this.task = task;
    }

    Result run() throws Exception {
        Backend backend = Backend.named(task.peer().backend());
        backend.start(task.setup());
        Output output = new Output(task.file());
        Result result = new Result();
        for (Shape shape : Shape.values()) {
            if (task.peer().reasonAgainst(task.of().sink(), shape).isEmpty()) {
                Callers callers = new Callers(backend.calls(shape), 1, false);
                for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                    callers.run(AllocationTrial::log);
                }
                output.awaitStable();
                double bytes = callers.run(AllocationTrial::log).bytes();
                result.put(shape.name().toLowerCase(Locale.ROOT).replace('_', '-'), bytes / CALLS);
            }
        }
        return result;
    }

    private static long log(Calls calls) {
        for (int i = 0; i < CALLS; i++) {
            calls.log(i);
        }
        return CALLS;
    }
}
