package dev.weir.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to borrow a scratch, to copy 180 bytes into it, and to give it back; decision 24 has the figures.
 *
 * <p>The sources are models: what Weir adds to each alike (nesting, notes of claims, the list for repairs) is left out. The
 * time of {@link #platform} is that of one thread, so with more threads than processors it contains the others' turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScratchBenchmark {
    private static final int THREADS = 1000;
    private static final int RECORD_BYTES = 180;

    /** See {@link ScratchSource#of}. */
    @Param({"allocate", "thread-local", "pool", "mixed"})
    public String source = "";

    /** Slots of a pool. */
    @Param("16")
    public int slots;

    /** Tries in a pool. */
    @Param("4")
    public int tries;

    private final byte[] record = new byte[RECORD_BYTES];
    private ScratchSource scratches = ScratchSource.of("allocate", 0, 0);

    /** Made by JMH. */
    public ScratchBenchmark() {}

    /** How often each virtual thread logs in its life. */
    @State(Scope.Benchmark)
    public static class Life {
        /** Calls of each; none to know what the thread alone costs. */
        @Param({"0", "1", "10", "100"})
        public int calls;

        /** Made by JMH. */
        public Life() {}
    }

    /** Chooses the source. */
    @Setup
    public void choose() {
        scratches = ScratchSource.of(source, slots, tries);
    }

    /**
     * On as many platform threads as JMH is told to.
     *
     * @return what was copied last
     */
    @Benchmark
    public byte platform() {
        return call(false);
    }

    /**
     * On a thousand virtual threads that live for some calls; the time and the bytes are those of one thread.
     *
     * @param life of each
     */
    @Benchmark
    @OperationsPerInvocation(THREADS)
    public void virtual(Life life) throws InterruptedException {
        onVirtualThreads(life.calls, false);
    }

    /**
     * As {@link #virtual}, and each thread leaves its carrier within each call, as a {@code toString()} that waits would
     * make it do. So nearly all are within a call at once, which is the worst that can happen to a pool.
     *
     * @param life of each
     */
    @Benchmark
    @OperationsPerInvocation(THREADS)
    public void virtualLeavingWithin(Life life) throws InterruptedException {
        onVirtualThreads(life.calls, true);
    }

    private void onVirtualThreads(int calls, boolean leaves) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(THREADS);
        Runnable body = () -> {
            for (int i = 0; i < calls; i++) {
                call(leaves);
            }
            ended.countDown();
        };
        for (int i = 0; i < THREADS; i++) {
            VirtualThreads.start(body);
        }
        ended.await();
    }

    @SuppressWarnings("ThreadPriorityCheck") // to leave the carrier is the point
    private byte call(boolean leaves) {
        ScratchSource.Scratch scratch = scratches.borrow();
        System.arraycopy(record, 0, scratch.bytes, 0, RECORD_BYTES);
        if (leaves) {
            Thread.yield();
        }
        byte last = scratch.bytes[RECORD_BYTES - 1];
        scratches.giveBack(scratch);
        return last;
    }
}
