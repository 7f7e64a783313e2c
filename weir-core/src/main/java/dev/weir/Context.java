package dev.weir;

import dev.weir.internal.emit.ThreadState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the calling thread's records carry besides their own content: keys with text, known to SLF4J as MDC. Every record
 * takes a snapshot at the call.
 *
 * <p>Each thread has its own; a new thread begins with none. {@link #wrap(Runnable)} carries the context and the {@link
 * TraceContext} of the thread that calls it to wherever the task runs: executors, virtual threads, callbacks.
 */
public final class Context {
    private Context() {}

    /**
     * Sets a key.
     *
     * @param key not null
     * @param value may be null
     */
    public static void put(String key, @Nullable String value) {
        ThreadState.put(Objects.requireNonNull(key, "key"), value);
    }

    /**
     * Sets a key until the scope is closed, which restores what it was before.
     *
     * @param key not null
     * @param value may be null
     * @return closes the scope
     */
    public static TraceContext.Scope scope(String key, @Nullable String value) {
        boolean present = ThreadState.context().containsKey(key);
        String before = ThreadState.context().get(key);
        put(key, value);
        return () -> {
            if (present) {
                put(key, before);
            } else {
                remove(key);
            }
        };
    }

    /**
     * What a key is set to.
     *
     * @param key not null
     * @return null if it is not set
     */
    public static @Nullable String get(String key) {
        return ThreadState.context().get(Objects.requireNonNull(key, "key"));
    }

    /**
     * Removes a key.
     *
     * @param key not null
     */
    public static void remove(String key) {
        ThreadState.remove(Objects.requireNonNull(key, "key"));
    }

    /** Removes all keys. */
    public static void clear() {
        ThreadState.context(Map.of());
    }

    /**
     * All keys of the calling thread.
     *
     * @return a view that nobody changes any more, whatever is put later
     */
    public static Map<String, @Nullable String> snapshot() {
        return Collections.unmodifiableMap(ThreadState.context());
    }

    /**
     * Replaces all keys.
     *
     * @param context is copied
     */
    public static void replace(Map<String, @Nullable String> context) {
        ThreadState.context(new LinkedHashMap<>(context));
    }

    /**
     * A task that runs with the context and the trace of the thread that calls this, and restores afterwards what the
     * thread that runs it had.
     *
     * @param task what to run
     * @return may be run any number of times, by any thread
     */
    public static Runnable wrap(Runnable task) {
        Objects.requireNonNull(task, "task");
        Map<String, @Nullable String> context = ThreadState.context();
        byte[] trace = ThreadState.traceScope();
        return () -> {
            Map<String, @Nullable String> before = ThreadState.context();
            ThreadState.context(context);
            TraceContext.Scope scope = ThreadState.enterTrace(trace);
            try {
                task.run();
            } finally {
                scope.close();
                ThreadState.context(before);
            }
        };
    }

    /**
     * As {@link #wrap(Runnable)}, for a task with a result.
     *
     * @param <T> the result's type
     * @param task what to call
     * @return may be called any number of times, by any thread
     */
    public static <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
        Objects.requireNonNull(task, "task");
        Map<String, @Nullable String> context = ThreadState.context();
        byte[] trace = ThreadState.traceScope();
        return () -> {
            Map<String, @Nullable String> before = ThreadState.context();
            ThreadState.context(context);
            TraceContext.Scope scope = ThreadState.enterTrace(trace);
            try {
                return task.call();
            } finally {
                scope.close();
                ThreadState.context(before);
            }
        };
    }

    /**
     * An executor whose tasks run with the context and the trace of whoever hands them in.
     *
     * @param executor runs the tasks
     * @return wraps each task
     */
    public static Executor wrap(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return task -> executor.execute(wrap(task));
    }
}
