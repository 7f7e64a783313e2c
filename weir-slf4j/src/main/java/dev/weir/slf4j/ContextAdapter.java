package dev.weir.slf4j;

import dev.weir.Context;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.ThreadLocalMapOfStacks;
import org.slf4j.spi.MDCAdapter;

/**
 * The MDC, which is Weir's {@link Context}: what is put through one is seen through the other. Each thread has its own;
 * a new thread begins with none. The stacks by key are not part of records.
 */
final class ContextAdapter implements MDCAdapter {
    private final ThreadLocalMapOfStacks stacks = new ThreadLocalMapOfStacks();

    /**
     * Sets a key.
     *
     * @throws IllegalArgumentException if the key is null
     */
    @Override
    public void put(@Nullable String key, @Nullable String value) {
        if (key == null) {
            throw new IllegalArgumentException("MDC key: null (expected: a name)");
        }
        Context.put(key, value);
    }

    @Override
    public @Nullable String get(@Nullable String key) {
        return key == null ? null : Context.get(key);
    }

    @Override
    public void remove(@Nullable String key) {
        if (key != null) {
            Context.remove(key);
        }
    }

    @Override
    public void clear() {
        Context.clear();
    }

    /** A copy that is the caller's to change; null if there is nothing in it. */
    @Override
    public @Nullable Map<String, @Nullable String> getCopyOfContextMap() {
        Map<String, @Nullable String> context = Context.snapshot();
        return context.isEmpty() ? null : new LinkedHashMap<>(context);
    }

    /** Replaces all keys; null counts as empty, and what stands under a null key is left out. */
    @Override
    public void setContextMap(@Nullable Map<String, @Nullable String> context) {
        if (context == null || context.isEmpty()) {
            Context.clear();
        } else {
            Context.replace(hasNullKey(context) ? withoutNullKey(context) : context);
        }
    }

    /** Asked of the keys, since {@code containsKey(null)} throws in many maps. */
    private static boolean hasNullKey(Map<String, @Nullable String> context) {
        for (@Nullable String key : context.keySet()) {
            if (key == null) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, @Nullable String> withoutNullKey(Map<String, @Nullable String> context) {
        Map<String, @Nullable String> copy = new LinkedHashMap<>(context);
        copy.keySet().remove(null);
        return copy;
    }

    @Override
    public void pushByKey(@Nullable String key, @Nullable String value) {
        stacks.pushByKey(key, value);
    }

    @Override
    public @Nullable String popByKey(@Nullable String key) {
        return stacks.popByKey(key);
    }

    @Override
    public @Nullable Deque<String> getCopyOfDequeByKey(@Nullable String key) {
        return stacks.getCopyOfDequeByKey(key);
    }

    @Override
    public void clearDequeByKey(@Nullable String key) {
        stacks.clearDequeByKey(key);
    }
}
