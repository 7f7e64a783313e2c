package dev.weir.config;

import dev.weir.ReloadResult;
import dev.weir.spi.ConfigurationException;
import dev.weir.spi.Reloading;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

    /**
     * Begins to watch.
     *
     * @param watched what the configuration in force says
     */
    Reloads(Supplier<Watched> watched, Reloading reloading) {
        this.watched = watched;
        this.reloading = reloading;
        Thread thread = new Thread(this, "weir-reload");
        thread.setDaemon(true);
        thread.start();
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
            watch();
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
        if (triggers.contains(Trigger.SIGHUP)) {
            reloading.reopen();
            reload();
        } else if (triggers.contains(Trigger.FILE)) {
            Watched read = watched.get();
            if (read.looksAtFiles() && !read.content().equals(read.files())) {
                reload();
            }
        }
        watch();
    }

    private void reload() {
        try {
            reloading.report("reload", text(reloading.reload()));
        } catch (ConfigurationException e) {
            reloading.report("reload-failed", "nothing has changed: " + e.getMessage());
        } catch (IllegalStateException e) {
            end(); // something else is in force
        } catch (RuntimeException | Error e) {
            reloading.report("reload-failed", "the reload failed: " + e);
        }
    }

    private static String text(ReloadResult result) {
        return result.source() + " was read again: " + result.kept().size() + " handlers kept"
                + list(", replaced ", result.replaced()) + list(", added ", result.added())
                + list(", removed ", result.removed());
    }

    private static String list(String title, List<String> names) {
        return names.isEmpty() ? "" : title + Text.list(names);
    }

    // what is watched

    /** Watches what the configuration in force asks for, and no more. */
    private void watch() {
        Watched now = watched.get();
        if (now.looksAtFiles() && files == null) {
            files = new FileWatch(() -> watched.get().directories(), () -> ask(Trigger.FILE), this::tell);
        } else if (!now.looksAtFiles()) {
            stopFiles();
        }
        if (now.triggers().contains(Trigger.SIGHUP) && hangup == null) {
            listen();
        } else if (!now.triggers().contains(Trigger.SIGHUP)) {
            stopHangup();
        }
    }

    private void tell(String trouble) {
        reloading.report("watch", trouble);
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
        if (hangup != null) {
            hangup.close();
            hangup = null;
        }
    }
}
