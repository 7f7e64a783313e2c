package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.PipelineBuilder;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.filter.Filter;
import dev.weir.filter.RateLimitFilter;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Handlers under every policy whose sinks fail at random: the account adds up at every look, and each sink has what the
 * account says, once and in order. {@code -Dsoak.seconds=180} for the long run, {@code -Dsoak.seed=N} for the same one again.
 */
@Timeout(600)
class SoakTest {
    private static final int SECONDS = Integer.getInteger("soak.seconds", 6);
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
    private static final int THREADS = 3;

    private static final Map<String, OverflowPolicy> POLICIES = policies();

    private static Map<String, OverflowPolicy> policies() {
        Map<String, OverflowPolicy> policies = new LinkedHashMap<>();
        policies.put("severe", OverflowPolicy.DROP_BY_SEVERITY);
        policies.put("oldest", OverflowPolicy.DROP_OLDEST);
        policies.put("newest", OverflowPolicy.DROP_NEWEST);
        policies.put("patient", OverflowPolicy.blockFor(Duration.ofMillis(2), Duration.ofMillis(100)));
        policies.put("blocking", OverflowPolicy.BLOCK);
        policies.put("target", OverflowPolicy.DROP_BY_SEVERITY);
        return policies;
    }

    @Test
    void theAccountAddsUpAtEveryLookWhateverSinksDo() throws InterruptedException {
        Map<String, Sick> sinks = new LinkedHashMap<>();
        PipelineBuilder builder = Weir.builder().queueCapacity(4 << 20);
        BreakerPolicy breaker = BreakerPolicy.DEFAULT
                .withFailures(3)
                .withSlow(Duration.ofMillis(50))
                .withDelays(Duration.ofMillis(2), Duration.ofMillis(20));
        POLICIES.forEach((name, policy) -> {
            Sick sink = new Sick(new Random(SEED + sinks.size()));
            sinks.put(name, sink);
            builder.handler(name, sink, options -> {
                options.overflow(policy).breaker(breaker);
                if (name.equals("oldest")) {
                    options.fallback("newest");
                    options.filter(new RateLimitFilter(5_000, Duration.ofSeconds(1)));
                }
                if (name.equals("severe")) {
                    options.filter(rejectingAtRandom(new Random(SEED)));
                }
            });
        });
        MemoryHandler memory = MemoryHandler.builder("target").capacity(50_000).build();
        Weir weir = builder.handler("memory", memory)
                .root(options -> options.level(Level.DEBUG).handlers("severe", "oldest", "newest", "patient", "memory"))
                .logger("blocked", options -> options.handlers("blocking"))
                .start();

        AtomicLong emitted = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(startLogging(weir, thread, until, emitted));
        }
        int looks = 0;
        while (System.nanoTime() < until) {
            requireSum(weir.stats());
            looks++;
            TimeUnit.MILLISECONDS.sleep(5);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        sinks.values().forEach(sink -> sink.well = true);
        weir.close(Duration.ofSeconds(60));

        Stats stats = weir.stats();
        requireSum(stats);
        long accounted = 0;
        for (Level level : Level.values()) {
            accounted += stats.emitted(level);
        }
        assertThat(accounted).as("seed %d", SEED).isEqualTo(emitted.get());
        sinks.forEach((name, sink) -> {
            assertThat(sink.trouble).as("seed %d, %s", SEED, name).isEmpty();
            assertThat(sink.committed).as("seed %d, %s", SEED, name).isEqualTo(sum(stats, Stats::written, name));
        });
        assertThat(sum(stats, Stats::dropped, "blocking")).as("seed %d", SEED).isEqualTo(sinks.get("blocking").refused);
        System.out.println("soak: seed " + SEED + ", " + emitted + " records, " + looks + " looks, "
                + sinks.values().stream().mapToInt(sink -> sink.faults).sum() + " faults, passed on "
                + sum(stats, Stats::passedOn, "oldest") + ", filtered " + sum(stats, Stats::filtered, "severe")
                + " and "
                + sum(stats, Stats::filtered, "oldest"));
    }

    private static Filter rejectingAtRandom(Random random) {
        return record -> {
            int choice = random.nextInt(10_000);
            if (choice == 0) {
                throw new IllegalStateException("a filter that fails");
            }
            return choice > 1_000;
        };
    }

    private static Thread startLogging(Weir weir, int number, long until, AtomicLong emitted) {
        Thread thread = new Thread(() -> {
            Random random = new Random(SEED * 31 + number);
            Logger any = weir.loggerOf("any");
            Logger blocked = weir.loggerOf("blocked");
            long count = 0;
            while (System.nanoTime() < until) {
                for (int burst = random.nextInt(400); burst > 0; burst--) {
                    int choice = random.nextInt(100);
                    Level level = choice < 70 ? Level.DEBUG : choice < 95 ? Level.INFO : Level.ERROR;
                    Logger logger = choice % 10 == 0 ? blocked : any;
                    logger.log(level, "{} {} {}", number, count++, "x".repeat(random.nextInt(300)));
                }
                LockSupport.parkNanos(random.nextInt(2_000_000));
            }
            emitted.addAndGet(count);
        });
        thread.start();
        return thread;
    }

    /** For every handler and level: what was routed is written, passed on, filtered, dropped or pending. */
    private static void requireSum(Stats stats) {
        for (String name : stats.handlerNames()) {
            for (Level level : Level.values()) {
                assertThat(stats.written(name, level)
                                + stats.passedOn(name, level)
                                + stats.filtered(name, level)
                                + stats.dropped(name, level)
                                + stats.pending(name, level))
                        .as("seed %d, %s, %s: %s", SEED, name, level, stats)
                        .isEqualTo(stats.routed(name, level));
            }
        }
    }

    /** A count of a handler at one level. */
    private interface Count {
        long of(Stats stats, String handler, Level level);
    }

    private static long sum(Stats stats, Count count, String handler) {
        long sum = 0;
        for (Level level : Level.values()) {
            sum += count.of(stats, handler, level);
        }
        return sum;
    }

    /** A sink that fails at random, forgets what it has to roll back, and checks what it is given. */
    private static final class Sick implements Handler {
        volatile boolean well;

        // the worker's; to be read after the end
        private long committed;
        private int faults;
        private long refused;
        private String trouble = "";

        private final Random random;
        private final Map<String, long[]> last = new LinkedHashMap<>();
        private final List<String> open = new ArrayList<>();
        private int openRefused;
        private int down;

        Sick(Random random) {
            this.random = random;
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            if (record.isSynthetic()) {
                return true;
            }
            fault(20_000);
            if (!well && random.nextInt(50_000) == 0) {
                openRefused++;
                return false;
            }
            open.add(record.message());
            return true;
        }

        @Override
        public void flush() throws IOException {
            fault(20);
            open.forEach(this::check);
            committed += open.size();
            refused += openRefused;
            rollback();
        }

        @Override
        public void rollback() {
            open.clear();
            openRefused = 0;
        }

        private void fault(int oneIn) throws IOException {
            if (well) {
                return;
            }
            if (down > 0) {
                down--;
                faults++;
                throw new IOException("still down");
            }
            if (random.nextInt(oneIn) != 0) {
                return;
            }
            faults++;
            switch (random.nextInt(6)) {
                case 0 -> down = random.nextInt(20);
                case 1 -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(200)));
                case 2 -> throw new IllegalStateException("a mistake");
                case 3 -> throw new StackOverflowError();
                case 4 -> Thread.currentThread().interrupt();
                default -> throw new IOException("once");
            }
        }

        /** Numbers of one thread only grow; what was passed on by another handler has its own row. */
        private void check(String message) {
            String[] parts = message.split(" ", 3);
            long number = Long.parseLong(parts[1]);
            long[] seen = last.computeIfAbsent(parts[0], key -> new long[] {-1, -1});
            int row = number > seen[0] ? 0 : 1;
            if (number <= seen[row] && trouble.isEmpty()) {
                trouble = message + " after " + seen[0] + " and " + seen[1];
            }
            seen[row] = number;
        }
    }
}
