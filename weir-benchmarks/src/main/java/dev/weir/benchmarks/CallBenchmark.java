package dev.weir.benchmarks;

import dev.weir.Context;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.benchmarks.peer.Orders;
import dev.weir.handler.NullHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call costs its thread, for Weir alone: encode, claim, copy, publish.
 *
 * <p>The handler keeps nothing, and the policy is drop-by-severity, so a caller never waits. Calls follow each other without
 * a pause, which no application does: whether the handler's thread keeps up decides what the time means. As long as it
 * does, it is the whole call. If the ring fills, calls are refused at its door, which is cheaper and would flatter; so
 * {@code refused} counts them beside the time, and a time with many of them is of no use. {@code dropped} records were
 * taken by the ring, at full price, and dropped later. With the worker busy on another processor, its cache traffic is in
 * the time as well; on a machine with one processor the worker's own time is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallBenchmark {
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private final Exception thrown = new IllegalStateException("no such order");
    private Weir weir = Weir.builder().handler("null", new NullHandler()).start();
    private Logger logger = weir.loggerOf("shop.orders.Settlement");
    private int order;

    /** Made by JMH. */
    public CallBenchmark() {}

    /** A thread whose records carry two entries of context. */
    @State(Scope.Thread)
    public static class WithContext {
        /** Made by JMH. */
        public WithContext() {}

        /** Fills the context of the calling thread. */
        @Setup
        public void fill() {
            Context.put("tenant", "northwind");
            Context.put("request", "8c1f03");
        }
    }

    /** What became of the records of an iteration. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Account {
        /** Calls refused at the journal. */
        public long refused;
        /** Records dropped after they were taken. */
        public long dropped;

        private long refusedBefore;
        private long droppedBefore;

        /** Made by JMH. */
        public Account() {}

        /**
         * Counts an iteration.
         *
         * @param benchmark whose pipeline is asked
         */
        @TearDown(org.openjdk.jmh.annotations.Level.Iteration)
        public void count(CallBenchmark benchmark) {
            Stats stats = benchmark.weir.stats();
            refused = stats.refused(Level.INFO) - refusedBefore;
            dropped = stats.dropped("null", Level.INFO) - droppedBefore;
            refusedBefore += refused;
            droppedBefore += dropped;
        }
    }

    /** Ends the pipeline. */
    @TearDown
    public void close() {
        weir.close(ENOUGH);
    }

    /**
     * A text without arguments.
     *
     * @param account counts
     */
    @Benchmark
    public void constant(Account account) {
        logger.info("Settlement of all open orders has begun");
    }

    /**
     * An int, a text and a long, with the array and the boxes of the call.
     *
     * @param account counts
     */
    @Benchmark
    public void threeArguments(Account account) {
        logger.info(Orders.TEMPLATE, order++, "northwind-traders", 123_456_789L);
    }

    /**
     * As {@link #threeArguments}, on a thread with a context.
     *
     * @param context of the thread
     * @param account counts
     */
    @Benchmark
    public void threeArgumentsWithContext(WithContext context, Account account) {
        logger.info(Orders.TEMPLATE, order++, "northwind-traders", 123_456_789L);
    }

    /**
     * A text and a throwable, whose frames are encoded on the calling thread.
     *
     * @param account counts
     */
    @Benchmark
    public void throwable(Account account) {
        logger.log(Level.INFO, "Order refused", thrown);
    }

    /**
     * A level that is off.
     *
     * @param account counts
     */
    @Benchmark
    public void disabled(Account account) {
        logger.debug(Orders.TEMPLATE, order, "northwind-traders");
    }
}
