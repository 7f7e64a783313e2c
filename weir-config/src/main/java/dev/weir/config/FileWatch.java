package dev.weir.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says when something happens in the directories of some files. The system tells, where it can; since it does not everywhere
 * (network file systems, other machines), it is looked at every half a minute as well, and every two seconds where the system tells
 * nothing at all. One thread of its own.
 */
final class FileWatch implements Runnable {
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_MODIFY
    };
    private static final long TOLD_SECONDS = 30;
    private static final long NOT_TOLD_SECONDS = 2;

    private final Supplier<Set<Path>> directories;
    private final Runnable changed;
    private final Consumer<String> trouble;
    private final @Nullable WatchService service;
    /** Of those that are watched; this thread's. */
    private final Map<Path, WatchKey> keys = new HashMap<>();

    private final Thread thread;
    private volatile boolean ended;

    /**
     * Begins to watch.
     *
     * @param directories asked for again after each change, since links lead elsewhere then
     * @param changed called for each change, and often for none
     * @param trouble told why the system does not tell, once
     */
    FileWatch(Supplier<Set<Path>> directories, Runnable changed, Consumer<String> trouble) {
        this.directories = directories;
        this.changed = changed;
        this.trouble = trouble;
        this.service = service(trouble);
        register(); // from here on nothing is missed
        this.thread = new Thread(this, "weir-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static @Nullable WatchService service(Consumer<String> trouble) {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            trouble.accept(
                    "the system cannot tell of changes, so files are looked at every " + NOT_TOLD_SECONDS + " s: " + e);
            return null;
        }
    }

    @Override
    public void run() {
        while (!ended) {
            try {
                await();
                if (!ended) {
                    register();
                    changed.run();
                }
            } catch (ClosedWatchServiceException closed) {
                return;
            } catch (InterruptedException e) {
                // to look whether it has ended
            }
        }
    }

    private void await() throws InterruptedException {
        WatchService telling = service;
        if (telling == null || keys.isEmpty()) {
            TimeUnit.SECONDS.sleep(NOT_TOLD_SECONDS);
            return;
        }
        WatchKey key = telling.poll(TOLD_SECONDS, TimeUnit.SECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = telling.poll();
        }
    }

    private void register() {
        WatchService telling = service;
        if (telling == null) {
            return;
        }
        Set<Path> wanted = directories.get();
        keys.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey()) || !entry.getValue().isValid();
            if (gone) {
                entry.getValue().cancel();
            }
            return gone;
        });
        for (Path directory : wanted) {
            keys.computeIfAbsent(directory, path -> key(path, telling));
        }
    }

    private @Nullable WatchKey key(Path directory, WatchService telling) {
        try {
            return directory.register(telling, KINDS);
        } catch (IOException e) {
            trouble.accept(directory + " cannot be watched, so it is looked at now and then: " + e);
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
