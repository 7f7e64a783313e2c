package dev.weir.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What {@link ClaimBenchmark} counts besides the time: sums over all records. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class ClaimAccount {
    /** All records. */
    public long records;
    /** Processor time of the process, all threads. */
    public long cpuNanos;
    /** Records with an older stamp than one that came before them. */
    public long late;
    /** Records that were copied out later than this after their stamp. */
    public long over100Micros;
    /** See {@link #over100Micros}. */
    public long over500Micros;
    /** See {@link #over100Micros}. */
    public long over2Millis;

    private long newest = Long.MIN_VALUE;

    /** Made by JMH. */
    public ClaimAccount() {}

    void add(int count, long nanosOfProcessors) {
        records += count;
        cpuNanos += nanosOfProcessors;
    }

    void note(long stamp, long now) {
        if (stamp < newest) {
            late++;
        }
        newest = Math.max(newest, stamp);
        long nanos = now - stamp;
        over100Micros += nanos > 100_000 ? 1 : 0;
        over500Micros += nanos > 500_000 ? 1 : 0;
        over2Millis += nanos > 2_000_000 ? 1 : 0;
    }
}
