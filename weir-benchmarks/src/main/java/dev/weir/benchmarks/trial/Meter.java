package dev.weir.benchmarks.trial;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process uses between two moments. */
final class Meter {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long cpuNanos;
    private final long collectionMillis;

    /** Begins now. */
    Meter() {
        SYSTEM.getCpuLoad(); // each counts from the call before
        SYSTEM.getProcessCpuLoad();
        collectionMillis = collectionMillis();
        cpuNanos = SYSTEM.getProcessCpuTime();
    }

    /** Processor time of all threads, collection time, what other processes used, and the most memory so far. */
    Result finish() throws IOException {
        Result result = new Result();
        result.put("cpuNanos", SYSTEM.getProcessCpuTime() - cpuNanos);
        result.put("others", Math.max(0, SYSTEM.getCpuLoad() - SYSTEM.getProcessCpuLoad()));
        result.put("collectionMillis", collectionMillis() - collectionMillis);
        return result.put("peakBytes", peakBytes());
    }

    private static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** The most resident memory; NaN where the system does not tell. */
    private static double peakBytes() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return Double.NaN;
        }
        return Files.readAllLines(STATUS, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
