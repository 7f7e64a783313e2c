package dev.weir.config;

import dev.weir.internal.thread.OwnThread;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says when something happens to some files, or to what leads to them. The system tells, where it can; since it does not everywhere
 * (network file systems, other machines), it is looked at every half a minute as well, and every two seconds where the system tells
 * nothing at all. What else happens in their directories, as in one where logs are written, wakes it twenty times a second at most, and
 * nobody else.
 *
 * <p>One thread of its own; {@link #register} and {@link #close} may be called by any.
 */
final class FileWatch implements Runnable {
    private static final WatchEvent.Kind<?>[] OF_FILES = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_MODIFY
    };
    private static final WatchEvent.Kind<?>[] ON_THE_WAY = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE
    };
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long NOT_TOLD_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long GATHER_MILLIS = 50;

    private final Supplier<Map<Path, Watched.Places>> places;
    private final Runnable changed;
    private final Consumer<String> trouble;
    private final @Nullable WatchService service;
    private final Thread thread;
    private volatile boolean ended;

    // under the monitor
    /** The names that matter, by directory. */
    private Map<WatchKey, Set<Path>> keys = Map.of();
    /** Whether the system tells of all of them. */
    private boolean told;

    // this thread's
    private long lookedNanos = System.nanoTime();

    /**
     * Begins to watch.
     *
     * @param opener of what the system tells by
     * @param places asked for by each {@link #register}
     * @param changed called for each change, and often for none
     * @param trouble told why the system does not tell
     */
    FileWatch(
            Callable<WatchService> opener,
            Supplier<Map<Path, Watched.Places>> places,
            Runnable changed,
            Consumer<String> trouble) {
        this.places = places;
        this.changed = changed;
        this.trouble = trouble;
        this.service = service(opener, trouble);
        var unusedNew = register(); // from here on nothing is missed
        this.thread = OwnThread.of(this, "weir-watch");
        thread.start();
    }

    private static @Nullable WatchService service(Callable<WatchService> opener, Consumer<String> trouble) {
        try {
            return opener.call();
        } catch (Exception e) { // of a full table of the system's, or a file system that has none
            trouble.accept("the system cannot tell of changes, so files are looked at every "
                    + TimeUnit.NANOSECONDS.toSeconds(NOT_TOLD_NANOS) + " s: " + e);
            return null;
        }
    }

    @Override
    public void run() {
        while (!ended) {
            try {
                if (await() && !ended) {
                    lookedNanos = System.nanoTime();
                    changed.run();
                }
            } catch (ClosedWatchServiceException closed) {
                return;
            } catch (InterruptedException e) {
                // to look whether it has ended
            }
        }
    }

    /**
     * Waits for something that matters, or until it is time to look.
     *
     * @return false if all that happened was something else
     */
    private boolean await() throws InterruptedException {
        long left = lookedNanos + (isTold() ? TOLD_NANOS : NOT_TOLD_NANOS) - System.nanoTime();
        WatchService telling = service;
        if (telling == null) {
            TimeUnit.NANOSECONDS.sleep(left);
            return true;
        }
        WatchKey key = telling.poll(left, TimeUnit.NANOSECONDS);
        if (key == null) {
            return true;
        }
        TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
        boolean matters = false;
        for (; key != null; key = telling.poll()) {
            matters |= matters(key);
        }
        return matters;
    }

    private boolean matters(WatchKey key) {
        Set<Path> names = names(key);
        boolean matters = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            matters |= event.kind() == StandardWatchEventKinds.OVERFLOW
                    || (event.context() instanceof Path name && names.contains(name));
        }
        return !key.reset() || matters; // a directory that is gone is watched no more
    }

    private synchronized Set<Path> names(WatchKey key) {
        return keys.getOrDefault(key, Set.of());
    }

    private synchronized boolean isTold() {
        return told;
    }

    /**
     * Watches what leads to the files now, which is to be called after each change, since links lead elsewhere then. A directory
     * that is watched already stays so, unless another one has its name.
     *
     * @return whether there is one that was not watched before: what has happened in it since it was looked at was not told
     */
    synchronized boolean register() {
        WatchService telling = service;
        if (telling == null) {
            return false;
        }
        Map<WatchKey, Set<Path>> now = new HashMap<>();
        boolean all = true;
        for (Map.Entry<Path, Watched.Places> place : places.get().entrySet()) {
            WatchKey key = key(place.getKey(), place.getValue().near, telling);
            if (key == null) {
                all &= !place.getValue().near;
            } else {
                now.put(key, place.getValue().names);
            }
        }
        for (WatchKey key : keys.keySet()) {
            if (!now.containsKey(key)) {
                key.cancel();
            }
        }
        boolean isNew = !keys.keySet().containsAll(now.keySet());
        keys = now;
        told = all;
        return isNew;
    }

    private @Nullable WatchKey key(Path directory, boolean near, WatchService telling) {
        try {
            return directory.register(telling, near ? OF_FILES : ON_THE_WAY);
        } catch (IOException e) {
            if (near) { // that one on the way is replaced is rare, and many may be passed but not read
                trouble.accept(directory + " cannot be watched, so it is looked at every "
                        + TimeUnit.NANOSECONDS.toSeconds(NOT_TOLD_NANOS) + " s: " + e);
            }
            return null;
        }
    }

    /** Ends it, without waiting for that. */
    void close() {
        ended = true;
        thread.interrupt();
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                trouble.accept("the watch of files could not be closed: " + e);
            }
        }
    }
}
