package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import dev.weir.testkit.StuckHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads log to a handler that makes them wait: virtual ones where the JDK has them. Figures are printed. */
class VirtualThreadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int THREADS = 2000;
    private static final int WAITING = 1000;
    private static final int RECORDS_EACH = 20;
    private static final String PADDING = "x".repeat(500);
    /** Less than is logged, so callers wait; its quarter holds a copy for each, beyond which calls would be refused. */
    private static final long CAPACITY_BYTES = 8 << 20;

    private static final boolean ARE_VIRTUAL = Runtime.version().feature() >= 21;
    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final Set<Thread.State> WAITS = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    @TempDir
    Path directory;

    @Test
    void deliversTheRecordsOfAllThreadsOnceAndInTheirOrder() throws InterruptedException {
        CheckingHandler slow = new CheckingHandler(THREADS, Duration.ofMillis(1));
        Weir weir = Weir.builder()
                .queueCapacity(CAPACITY_BYTES)
                .overflow(OverflowPolicy.BLOCK)
                .handler("slow", slow)
                .start();
        Logger logger = weir.loggerOf("any");
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(THREADS);

        for (int i = 0; i < THREADS; i++) {
            int number = i;
            start(() -> {
                await(begin);
                for (int n = 0; n < RECORDS_EACH; n++) {
                    logger.info("{} {} " + PADDING, number, n);
                }
                ended.countDown();
            });
        }
        begin.countDown();

        assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(weir.close(PATIENCE).complete()).isTrue();
        Stats stats = weir.stats();
        assertThat(stats.emitted(Level.INFO)).isEqualTo(THREADS * RECORDS_EACH);
        assertThat(stats.written("slow", Level.INFO)).isEqualTo(THREADS * RECORDS_EACH);
        assertThat(slow.outOfOrder).isEmpty();
        assertThat(slow.next).containsOnly(RECORDS_EACH);
    }

    @Test
    void aThousandWaitInACallAtOnceAndNoneHoldsItsCarrier() throws Exception {
        CheckingHandler checking = new CheckingHandler(WAITING, Duration.ZERO);
        StuckHandler stuck = new StuckHandler(checking);
        Weir weir = Weir.builder()
                .queueCapacity(CAPACITY_BYTES)
                .overflow(OverflowPolicy.BLOCK)
                .handler("stuck", stuck)
                .start();
        Logger logger = weir.loggerOf("any");
        AtomicBoolean free = new AtomicBoolean();
        AtomicInteger returned = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        Waiting waiting = new Waiting();
        List<RecordedEvent> pinned;
        long nanos;

        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            start(Pinning::pin).join();
            for (int i = 0; i < WAITING; i++) {
                int number = i;
                threads.add(start(() -> {
                    for (int n = 0; !free.get(); n++) {
                        logger.info("{} {} " + PADDING, number, n);
                        returned.incrementAndGet();
                    }
                }));
            }
            Awaitility.await().atMost(PATIENCE).until(() -> waiting.isForAll(threads, returned));
            long begun = System.nanoTime();
            free.set(true);
            stuck.letGo();
            for (Thread thread : threads) {
                assertThat(join(thread)).isTrue();
            }
            assertThat(weir.close(PATIENCE).complete()).isTrue();
            nanos = System.nanoTime() - begun;
            recording.stop();
            pinned = events(recording);
        }

        assertThat(weir.stats().written("stuck", Level.INFO)).isEqualTo(returned.get());
        assertThat(checking.outOfOrder).isEmpty();
        assertThat(Arrays.stream(checking.next).sum()).isEqualTo(returned.get());
        System.out.printf(
                "virtual threads: %d %s waited at once, all %d records in order %d ms after; %d times pinned, by Weir %d%n",
                WAITING,
                ARE_VIRTUAL ? "virtual" : "platform",
                returned.get(),
                TimeUnit.NANOSECONDS.toMillis(nanos),
                pinned.size(),
                ofWeir(pinned).size());
        assertThat(pinned.isEmpty())
                .as("the one that is meant to be pinned is seen")
                .isNotEqualTo(ARE_VIRTUAL);
        assertThat(ofWeir(pinned)).isEmpty();
    }

    /** Which threads were seen to wait since a call returned last: so long have they all been within the same calls. */
    private static final class Waiting {
        private final Set<Thread> seen = new HashSet<>();
        private int returned;

        boolean isForAll(List<Thread> threads, AtomicInteger calls) {
            int now = calls.get();
            if (now != returned) {
                seen.clear();
                returned = now;
            }
            threads.stream().filter(thread -> WAITS.contains(thread.getState())).forEach(seen::add);
            return seen.size() == threads.size() && calls.get() == returned;
        }
    }

    private static boolean join(Thread thread) throws InterruptedException {
        thread.join(PATIENCE.toMillis());
        return !thread.isAlive();
    }

    private List<RecordedEvent> events(Recording recording) throws IOException {
        Path file = directory.resolve("events.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .toList();
    }

    private static List<RecordedEvent> ofWeir(List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getStackTrace() != null
                        && event.getStackTrace().getFrames().stream()
                                .map(frame -> frame.getMethod().getType().getName())
                                .anyMatch(type -> type.startsWith("dev.weir.") && !type.startsWith("dev.weir.it.")))
                .toList();
    }

    /** Its initialiser waits, and a virtual thread that does so cannot leave its carrier. */
    private static final class Pinning {
        static {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }

        static void pin() {}
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code Thread.startVirtualThread}, from JDK 21 on. */
    private static Thread start(Runnable body) {
        try {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (NoSuchMethodException none) {
            Thread thread = new Thread(null, body, "platform", 128 * 1024);
            thread.start();
            return thread;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Thread.startVirtualThread", e);
        }
    }

    /** Checks as it goes which record of each thread comes next, and takes its time; read when the pipeline has ended. */
    private static final class CheckingHandler implements Handler {
        final int[] next;
        final List<String> outOfOrder = new ArrayList<>();
        private final long flushNanos;

        CheckingHandler(int threads, Duration flush) {
            next = new int[threads];
            flushNanos = flush.toNanos();
        }

        @Override
        public boolean emit(LogRecord record) {
            List<Object> arguments = record.arguments();
            int thread = ((Number) arguments.get(0)).intValue();
            int number = ((Number) arguments.get(1)).intValue();
            if (number != next[thread]) {
                outOfOrder.add(thread + ": " + number + " (expected: " + next[thread] + ")");
            }
            next[thread] = number + 1;
            return true;
        }

        @Override
        public void flush() {
            LockSupport.parkNanos(flushNanos);
        }
    }
}
