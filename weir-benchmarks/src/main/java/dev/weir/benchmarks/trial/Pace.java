package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Calls;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Calls at intended times, whether or not the one before has come back (open loop), and how long each takes from then. Used
 * by one thread; any may ask for the number of calls made.
 */
final class Pace {
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Calls calls;
    private final Load load;
    private final AtomicLong made = new AtomicLong();

    Pace(Calls calls, Load load) {
        this.calls = calls;
        this.load = load;
    }

    static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
    }

    /** How many calls have come back. */
    long made() {
        return made.getOpaque();
    }

    /** Calls for so long. */
    void run(long nanos, Histogram histogram) {
        if (load == Load.BURSTS) {
            bursts(nanos, histogram);
        } else {
            steadily(nanos, histogram);
        }
    }

    /** Calls back to back. */
    void flood(long count) {
        for (long i = 0; i < count; i++) {
            call(i);
        }
    }

    private void steadily(long nanos, Histogram histogram) {
        long period = TimeUnit.SECONDS.toNanos(1) / load.perSecond();
        long count = nanos / period;
        long begin = System.nanoTime() + period;
        for (long i = 0; i < count; i++) {
            long intended = begin + i * period;
            while (System.nanoTime() < intended) {
                Thread.onSpinWait();
            }
            call(i);
            histogram.recordValue(Math.max(0, System.nanoTime() - intended));
        }
    }

    /** The first call of a burst counts from its intended time, each other from when the one before came back. */
    private void bursts(long nanos, Histogram histogram) {
        long period = TimeUnit.SECONDS.toNanos(1) / load.perSecond() * Load.BURST;
        long count = nanos / period;
        long begin = System.nanoTime() + period;
        for (long burst = 0; burst < count; burst++) {
            long before = begin + burst * period;
            awaitTime(before);
            for (int i = 0; i < Load.BURST; i++) {
                call(i);
                long after = System.nanoTime();
                histogram.recordValue(Math.max(0, after - before));
                before = after;
            }
        }
    }

    /** Parks, so that others have the processor between the bursts, and spins at the end. */
    private static void awaitTime(long intended) {
        for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void call(long i) {
        calls.log(i);
        made.setOpaque(made.getPlain() + 1);
    }

    static Result percentiles(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return new Result();
        }
        return new Result()
                .put("p50", histogram.getValueAtPercentile(50))
                .put("p90", histogram.getValueAtPercentile(90))
                .put("p99", histogram.getValueAtPercentile(99))
                .put("p99.9", histogram.getValueAtPercentile(99.9))
                .put("p99.99", histogram.getValueAtPercentile(99.99))
                .put("max", histogram.getMaxValue());
    }
}
