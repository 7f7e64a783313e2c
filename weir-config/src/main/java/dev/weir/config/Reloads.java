package dev.weir.config;

import dev.weir.ReloadResult;
import dev.weir.internal.thread.OwnThread;
import dev.weir.spi.ConfigurationException;
import dev.weir.spi.Reloading;
import java.nio.file.FileSystems;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reloads when files change, or at SIGHUP, as the configuration in force says. Triggers that come close together are one: it
 * is waited until none has come for a while, but not for long. A thread of its own reloads; that of the signal and that
 * of the files only ask it to.
 */
final class Reloads implements Runnable {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Watched> watched;
    private final Reloading reloading;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();

    // under the lock
    private final Set<Trigger> pending = EnumSet.noneOf(Trigger.class);
    private long askedAt;
    private boolean changed;
    private boolean ended;

    // this thread's
    private @Nullable FileWatch files;
    private @Nullable Hangup hangup;
    /** Whether it has been tried to have the signal. */
    private boolean listening;
    /** Why the last reload has failed; null if it has not. */
    private @Nullable String failure;

    /**
     * Begins to watch.
     *
     * @param watched what the configuration in force says
     */
    Reloads(Supplier<Watched> watched, Reloading reloading) {
        this.watched = watched;
        this.reloading = reloading;
        OwnThread.of(this, "weir-reload").start();
    }

    /** Ends it, without waiting for that. */
    void end() {
        lock.lock();
        try {
            ended = true;
            asked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Watches what has been read last. Any thread. */
    void follow() {
        lock.lock();
        try {
            changed = true;
            asked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void ask(Trigger trigger) {
        lock.lock();
        try {
            pending.add(trigger);
            askedAt = System.nanoTime();
            asked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            act(Set.of());
            ask(Trigger.FILE); // of what has changed since it was read
            for (Set<Trigger> triggers = next(); triggers != null; triggers = next()) {
                act(triggers);
            }
        } finally {
            stopFiles();
            stopHangup();
        }
    }

    /** What has been asked for, when it has been quiet for a while; null at the end. */
    private @Nullable Set<Trigger> next() {
        lock.lock();
        try {
            while (pending.isEmpty() && !changed && !ended) {
                asked.awaitUninterruptibly();
            }
            long first = System.nanoTime();
            for (long left = restless(first); left > 0; left = restless(first)) {
                awaitQuiet(left);
            }
            Set<Trigger> triggers = EnumSet.copyOf(pending);
            pending.clear();
            changed = false;
            return ended ? null : triggers;
        } finally {
            lock.unlock();
        }
    }

    /** How long to wait still until it has been quiet for a while. */
    private long restless(long first) {
        long now = System.nanoTime();
        long longest = LONGEST_NANOS - (now - first);
        return ended || pending.isEmpty() ? 0 : Math.min(QUIET_NANOS - (now - askedAt), longest);
    }

    @SuppressWarnings("WaitNotInLoop") // its caller is the loop
    private void awaitQuiet(long nanos) {
        try {
            asked.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // nobody has to interrupt it
        }
    }

    private void act(Set<Trigger> triggers) {
        try {
            if (triggers.contains(Trigger.SIGHUP)) {
                reloading.reopen();
                reload();
            } else if (triggers.contains(Trigger.FILE)) {
                Watched read = watched.get();
                if (read.looksAtFiles() && read.hasChanged()) {
                    reload();
                }
            }
            watch();
        } catch (RuntimeException | Error e) {
            reloading.report("watch", "the watch of the configuration failed, and goes on: " + e);
        }
    }

    private void reload() {
        try {
            ReloadResult result = reloading.reload();
            failure = null;
            reloading.tell("reload", text(result));
        } catch (ConfigurationException e) {
            failed("nothing has changed: " + e.getMessage());
        } catch (IllegalStateException e) {
            // something else is in force, and this is ended by whoever has done that
        }
    }

    /** Tells of it if it is another failure than the last time, and counts it otherwise. */
    private void failed(String message) {
        if (message.equals(failure)) {
            reloading.report("reload failed", message);
        } else {
            failure = message;
            reloading.tell("reload failed", message);
        }
    }

    private static String text(ReloadResult result) {
        StringJoiner handlers = new StringJoiner("; ");
        list("kept ", result.kept(), handlers);
        list("replaced ", result.replaced(), handlers);
        list("added ", result.added(), handlers);
        list("removed ", result.removed(), handlers);
        return result.source() + " was read again: handlers " + handlers;
    }

    private static void list(String title, List<String> names, StringJoiner to) {
        if (!names.isEmpty()) {
            to.add(title + Text.list(names));
        }
    }

    // what is watched

    /** Watches what the configuration in force asks for, and no more. */
    private void watch() {
        Watched now = watched.get();
        FileWatch watching = files;
        if (!now.looksAtFiles()) {
            stopFiles();
        } else if (watching == null) {
            files = new FileWatch(
                    () -> FileSystems.getDefault().newWatchService(),
                    () -> watched.get().places(),
                    () -> ask(Trigger.FILE),
                    trouble -> reloading.report("watch", trouble));
        } else if (watching.register()) {
            ask(Trigger.FILE);
        }
        if (!now.triggers().contains(Trigger.SIGHUP)) {
            stopHangup();
        } else if (!listening) {
            listening = true;
            listen();
        }
    }

    private void listen() {
        try {
            hangup = Hangup.listen(() -> ask(Trigger.SIGHUP));
        } catch (Hangup.UnavailableException e) {
            reloading.report("sighup", "reload-on: sighup cannot be had: " + e.getMessage());
        }
    }

    private void stopFiles() {
        if (files != null) {
            files.close();
            files = null;
        }
    }

    private void stopHangup() {
        listening = false;
        if (hangup != null) {
            hangup.close();
            hangup = null;
        }
    }
}
