package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.PipelineBuilder;
import dev.weir.Weir;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordValues;
import dev.weir.testkit.StuckHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole set of handlers is changed again and again at the highest rate that the journal takes, with one handler that is stuck and one
 * that is slow beside them. A change has a position T in the order of all records: those before it go to the handlers before, the others to
 * those after, and none to both or neither. So what the three handlers of one generation get is the same, record by record, and begins
 * where the generation before has ended. Figures are printed.
 */
@Timeout(180)
class ChangeUnderLoadTest {
    private static final int CHANGES = 100;
    private static final int HANDLERS = 3;
    private static final int THREADS = 2;
    private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What was logged by each thread, from where to where, and a sum that depends on the order. */
    private static final class Span implements Handler {
        final long[] from = new long[THREADS];
        final long[] to = new long[THREADS];
        long order = 1;
        String fault = "";

        Span() {
            Arrays.fill(from, -1);
        }

        @Override
        public boolean emit(LogRecord record) {
            if (record.isSynthetic()) {
                fault = "a loss: " + record.message();
                return true;
            }
            RecordValues values = record.values();
            int first = values.first(record.argumentsAt());
            int thread = (int) values.longAt(first);
            long number = values.longAt(values.after(first));
            if (from[thread] < 0) {
                from[thread] = number;
            } else if (number != to[thread]) {
                fault = "thread " + thread + ": " + number + " where " + to[thread] + " was to come";
            }
            to[thread] = number + 1;
            order = (order * 31 + thread) * 31 + number;
            return true;
        }

        @Override
        public void flush() {}
    }

    /** Takes a millisecond for each record until it is over. */
    private static final class Slow implements Handler {
        volatile boolean over;

        @Override
        public boolean emit(LogRecord record) {
            if (!over) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            return true;
        }

        @Override
        public void flush() {}
    }

    @Test
    void everyChangeHasOnePositionInTheOrderOfAllRecords() throws InterruptedException {
        StuckHandler stuck = new StuckHandler(new NullHandler());
        Slow slow = new Slow();
        List<List<Span>> generations = new ArrayList<>();
        Weir weir = install(generations, stuck, slow);
        AtomicBoolean stop = new AtomicBoolean();
        long[][] logged = new long[THREADS][1];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(start(weir, i, logged[i], stop));
        }
        long begun = System.nanoTime();

        for (int change = 1; change <= CHANGES; change++) {
            LockSupport.parkNanos(begun + change * APART_NANOS - System.nanoTime());
            install(generations, stuck, slow);
        }

        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        stuck.letGo();
        slow.over = true;
        weir.close(Duration.ofSeconds(60));
        long total = Arrays.stream(logged).mapToLong(count -> count[0]).sum();
        System.out.printf(
                "change under load: %d changes of %d handlers in %.1f s, %.2f million records/s%n",
                CHANGES, HANDLERS, seconds, total / seconds / 1e6);
        assertThat(weir.stats().refused(Level.INFO)).isZero();
        long[] next = new long[THREADS];
        for (int generation = 0; generation <= CHANGES; generation++) {
            List<Span> handlers = generations.get(generation);
            for (Span handler : handlers) {
                assertThat(handler.fault).as("generation %d", generation).isEmpty();
                assertThat(handler.from).as("generation %d", generation).isEqualTo(handlers.get(0).from);
                assertThat(handler.to).as("generation %d", generation).isEqualTo(handlers.get(0).to);
                assertThat(handler.order).as("generation %d", generation).isEqualTo(handlers.get(0).order);
            }
            for (int thread = 0; thread < THREADS; thread++) {
                long from = handlers.get(0).from[thread];
                if (from >= 0) {
                    assertThat(from).as("generation %d", generation).isEqualTo(next[thread]);
                    next[thread] = handlers.get(0).to[thread];
                }
            }
        }
        assertThat(next)
                .isEqualTo(Arrays.stream(logged).mapToLong(count -> count[0]).toArray());
    }

    private static Weir install(List<List<Span>> generations, StuckHandler stuck, Slow slow) {
        List<Span> handlers = new ArrayList<>();
        PipelineBuilder builder = Weir.builder()
                .queueCapacity(64 << 20)
                .shutdownDeadline(Duration.ofSeconds(60))
                .handler("stuck", stuck)
                .handler("slow", slow, options -> options.backlog(512 << 10));
        for (int i = 0; i < HANDLERS; i++) {
            Span handler = new Span();
            handlers.add(handler);
            builder.handler("span" + i, handler, options -> options.overflow(OverflowPolicy.BLOCK));
        }
        generations.add(handlers);
        return builder.install();
    }

    private static Thread start(Weir weir, long number, long[] count, AtomicBoolean stop) {
        Logger logger = weir.loggerOf("load");
        Thread thread = new Thread(() -> {
            while (!stop.get()) {
                logger.info("{} {}", number, count[0]++);
            }
        });
        thread.start();
        return thread;
    }
}
