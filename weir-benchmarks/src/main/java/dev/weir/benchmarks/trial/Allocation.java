package dev.weir.benchmarks.trial;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * How much all threads allocate, by samples, since a thread's count is gone with the thread. What one allocates between the
 * last sample and its end is missing. Used by one thread, whose own allocation does not count.
 */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> before = new HashMap<>();
    private final Map<Long, Long> latest = new HashMap<>();

    /** Begins with what was allocated until now. */
    Allocation() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            before.put(ids[i], bytes[i]);
        }
    }

    void sample() {
        long own = Thread.currentThread().getId();
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != own && bytes[i] > 0) {
                latest.put(ids[i], bytes[i]);
            }
        }
    }

    long bytes() {
        long sum = 0;
        for (Map.Entry<Long, Long> thread : latest.entrySet()) {
            sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    /** Bytes that the calling thread has ever allocated; -1 if it is a virtual one. */
    static long ofCaller() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
