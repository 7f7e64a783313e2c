package dev.weir.benchmarks.peer;

import java.util.concurrent.atomic.AtomicLong;

/** How many records the sinks of this process have formatted and thrown away. */
public final class Discarded {
    private static final AtomicLong RECORDS = new AtomicLong();

    private Discarded() {}

    static void add(int records) {
        RECORDS.addAndGet(records);
    }

    /** A number that only grows. */
    public static long records() {
        return RECORDS.get();
    }
}
