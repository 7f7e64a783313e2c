package dev.weir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One claim counter for all producers against a ring for each, from the call until the reader has copied the record out;
 * decision 25 has the figures. Encoding is left out, which costs more than all of this.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClaimBenchmark {
    private static final int RECORDS = 1 << 20;
    private static final int PACED = 1 << 14;
    private static final long PACE_NANOS = 20_000;
    private static final int HAND_BYTES = 64 * 1024;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** See {@link ClaimPath#of}. */
    @Param({"counter", "lanes", "rings", "rings-held", "rings-announced"})
    public String path = "";

    /** A power of two. */
    @Param({"1", "2", "4", "16"})
    public int producers;

    /** What the reader does for each record it has copied out, in tokens of {@link Blackhole#consumeCPU}. */
    @Param({"0", "100"})
    public int formatting;

    private final ByteBuffer hand = ByteBuffer.allocate(HAND_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] body = new byte[ClaimPath.RECORD_BYTES - ClaimPath.STAMP_AT - Long.BYTES];
    private ExecutorService threads = Executors.newCachedThreadPool();
    private ClaimPath records = ClaimPath.of("counter", 1);

    /** Made by JMH. */
    public ClaimBenchmark() {}

    /** Makes the rings. */
    @Setup
    public void make() {
        records = ClaimPath.of(path, producers);
    }

    /** Ends the threads. */
    @TearDown
    public void end() {
        threads.shutdown();
    }

    /**
     * Producers append as fast as they can and wait for room.
     *
     * @param account counts
     */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void saturated(ClaimAccount account) {
        run(RECORDS, account, producer -> records.append(producer, body));
    }

    /**
     * Producers pause between calls, so that the reader keeps up; the time says nothing, what counts is the account.
     *
     * @param account counts
     */
    @Benchmark
    @OperationsPerInvocation(PACED)
    public void paced(ClaimAccount account) {
        run(PACED, account, producer -> {
            LockSupport.parkNanos(PACE_NANOS * producers);
            records.append(producer, body);
        });
    }

    private void run(int count, ClaimAccount account, IntConsumer call) {
        long cpu = SYSTEM.getProcessCpuTime();
        for (int i = 0; i < producers; i++) {
            int producer = i;
            threads.execute(() -> {
                for (int n = 0; n < count / producers; n++) {
                    call.accept(producer);
                }
            });
        }
        read(count, account);
        account.add(count, SYSTEM.getProcessCpuTime() - cpu);
    }

    private void read(int count, ClaimAccount account) {
        for (int left = count; left > 0; ) {
            hand.clear();
            int taken = records.take(hand);
            left -= taken;
            if (taken == 0) {
                LockSupport.parkNanos(ClaimPath.IDLE_NANOS);
                continue;
            }
            long now = System.nanoTime();
            for (int at = 0; at < hand.position(); at += ClaimPath.RECORD_BYTES) {
                account.note(hand.getLong(at + ClaimPath.STAMP_AT), now);
                Blackhole.consumeCPU(formatting);
            }
        }
    }
}
