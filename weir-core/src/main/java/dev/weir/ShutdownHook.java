package dev.weir;

import dev.weir.internal.thread.OwnThread;
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
    private @Nullable Thread added;

    ShutdownHook(Runnable body) {
        this.body = body;
    }

    /** Adds it, unless it is there. */
    synchronized void add() {
        if (added == null) {
            Thread hook = OwnThread.of(body, "weir-shutdown");
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                added = hook;
            } catch (IllegalStateException ending) {
                // whoever ends the process does not wait for more
            }
        }
    }

    /** Removes it, if it is there. */
    synchronized void remove() {
        if (added != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(added);
            } catch (IllegalStateException ending) {
                // it is one of those that are running
            }
            added = null;
        }
    }
}
