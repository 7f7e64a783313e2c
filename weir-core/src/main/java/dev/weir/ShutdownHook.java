package dev.weir;

import dev.weir.internal.thread.OwnThread;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM runs when it ends. The JVM keeps its hooks for good, and with one the class loader of all it refers to: so
 * it is there only while there is something to close.
 *
 * <p>Any thread. When the process is ending already, nobody waits for what is still queued, and the hook runs or has run:
 * adding and removing do nothing then.
 */
final class ShutdownHook {
    private final Runnable body;
    private final AtomicReference<@Nullable Thread> added = new AtomicReference<>();

    ShutdownHook(Runnable body) {
        this.body = body;
    }

    /** Adds it, unless it is there. */
    void add() {
        Thread hook = OwnThread.of(body, "weir-shutdown");
        if (added.compareAndSet(null, hook)) {
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException ending) {
                added.set(null);
            }
        }
    }

    /** Removes it, if it is there. */
    void remove() {
        Thread hook = added.getAndSet(null);
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // it is one of those that are running
            }
        }
    }
}
