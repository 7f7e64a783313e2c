package dev.weir.internal.diagnostics;

import dev.weir.internal.thread.OwnThread;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each kind of trouble once, with a count, and prints a line about it to stderr at most once per kind and interval.
 *
 * <p>Any thread reports; it never waits for stderr, since a thread of its own prints, which is started when there is
 * something to print and ends when there has been nothing for a while.
 */
public final class Diagnostics {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int MOST_KINDS = 256;
    private static final int MOST_LINES = 1024;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean printing;
    private boolean running;
    private final Runnable onThread;

    /**
     * A kind of trouble, as it stands.
     *
     * @param message of the last time
     * @param count how often it was reported
     */
    public record Entry(String kind, String message, long count, Instant first, Instant last, Instant printed) {}

    /**
     * Diagnostics of a pipeline.
     *
     * @param onThread called first by each thread that prints
     */
    public Diagnostics(Runnable onThread) {
        this.onThread = onThread;
    }

    /** Reports a trouble; its message goes out if its kind has not been told lately. */
    public void report(String kind, String message) {
        Instant now = Instant.now();
        Entry known = entries.get(kind);
        if (known == null && entries.size() >= MOST_KINDS) {
            return;
        }
        Entry entry = entries.compute(kind, (key, before) -> next(key, message, before, now));
        if (entry != null && entry.printed().equals(now)) {
            print("weir: " + message + (entry.count() > 1 ? " (" + entry.count() + " times so far)" : ""));
        }
    }

    /** Tells of what somebody has done: each time, since there is no other sign of it; kept as a kind like any other. */
    public void tell(String kind, String message) {
        Instant now = Instant.now();
        entries.compute(
                kind,
                (key, before) -> new Entry(
                        key,
                        message,
                        before == null ? 1 : before.count() + 1,
                        before == null ? now : before.first(),
                        now,
                        now));
        print("weir: " + message);
    }

    private static Entry next(String kind, String message, @Nullable Entry before, Instant now) {
        if (before == null) {
            return new Entry(kind, message, 1, now, now, now);
        }
        boolean due = before.printed().plus(INTERVAL).isBefore(now);
        return new Entry(kind, message, before.count() + 1, before.first(), now, due ? now : before.printed());
    }

    /** All kinds that were reported. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Waits until all lines are out, but not for long: stderr may be stuck. */
    public void flush(Duration timeout) {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while ((printing || !lines.isEmpty()) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void print(String line) {
        lock.lock();
        try {
            if (lines.size() < MOST_LINES) { // or stderr is stuck
                lines.add(line);
            }
            changed.signalAll();
            if (!running) {
                OwnThread.of(this::run, "weir-diagnostics").start(); // may fail: the next line tries again
                running = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        onThread.run();
        List<String> batch = next();
        while (!batch.isEmpty()) {
            print(batch);
            batch = next();
        }
    }

    private static void print(List<String> batch) {
        try {
            PrintStream err = System.err;
            batch.forEach(err::println);
        } catch (RuntimeException | Error unprintable) {
            // a replaced System.err may do anything; there is nowhere else to say so
        }
    }

    /** The next lines; none if there were none for a while: then the thread ends. */
    private List<String> next() {
        lock.lock();
        try {
            printing = false;
            changed.signalAll();
            long left = IDLE_NANOS;
            while (lines.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<String> batch = List.copyOf(lines);
            lines.clear();
            printing = !batch.isEmpty();
            running = printing;
            return batch;
        } catch (InterruptedException e) {
            running = false;
            return List.of();
        } finally {
            lock.unlock();
        }
    }
}
