package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Backend;
import dev.weir.benchmarks.peer.Orders;
import dev.weir.benchmarks.peer.Policy;
import dev.weir.benchmarks.peer.Setup;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.peer.Sink;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** The main class of a process that logs one line and ends. Itself it loads next to nothing. */
public final class StartUp {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int USER_TICKS = 11; // counted from after the name, which may have blanks
    private static final int SYSTEM_TICKS = 12;

    private StartUp() {}

    /** The arguments of such a process. */
    public static String[] arguments(Task task) {
        return new String[] {task.peer().backend(), task.of().sink().name(), String.valueOf(task.file())};
    }

    /**
     * Logs.
     *
     * @param args the class of the backend, the sink, the file
     * @throws Exception if it cannot
     */
    public static void main(String[] args) throws Exception {
        Backend backend = Backend.named(args[0]);
        backend.start(new Setup(Sink.valueOf(args[1]), Shape.CONSTANT, Policy.BLOCK, Path.of(args[2]), null));
        LoggerFactory.getLogger(Orders.LOGGER).info(Orders.CONSTANT);
        backend.stop();
        double cpuNanos = cpuNanos();
        Result result = new Result()
                .put("cpuNanos", cpuNanos)
                .put("classes", ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        System.err.println(result.line());
    }

    private static double cpuNanos() throws Exception {
        if (!Files.isReadable(STAT)) {
            return Double.NaN;
        }
        String stat = Files.readString(STAT);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * (double) NANOS_PER_TICK;
    }
}
