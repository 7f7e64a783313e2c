package dev.weir.filter;

import dev.weir.Context;
import dev.weir.Level;
import dev.weir.internal.record.Utf8;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepts what has a key with one of several values, or rejects just that. A record's key-values count before its context
 * (MDC), and numbers are compared as they are written in a message. At a logger the context alone is looked at.
 *
 * <p>At a logger any thread may use it; at a handler it belongs to that one.
 */
public final class KeyValueFilter implements Filter, LoggerFilter {
    private final String key;
    private final byte[] keyUtf8;
    private final Set<String> values;
    private final boolean accepting;
    /** The worker's. */
    private final ByteOutput text = new ByteOutput(64);

    private KeyValueFilter(String key, Collection<String> values, boolean accepting) {
        this.key = Objects.requireNonNull(key, "key");
        this.keyUtf8 = Utf8.of(key);
        this.values = Set.copyOf(values);
        this.accepting = accepting;
    }

    /**
     * Accepts what has a key with one of several values, and nothing else.
     *
     * @param key the key
     * @param values none: with any value
     * @return the filter
     */
    public static KeyValueFilter only(String key, Collection<String> values) {
        return new KeyValueFilter(key, values, true);
    }

    /**
     * Rejects what has a key with one of several values, and nothing else.
     *
     * @param key the key
     * @param values none: with any value
     * @return the filter
     */
    public static KeyValueFilter except(String key, Collection<String> values) {
        return new KeyValueFilter(key, values, false);
    }

    @Override
    public boolean accepts(LogRecord record) {
        text.truncate(0);
        boolean present = record.appendAttribute(keyUtf8, text, ByteOutput.Escape.NONE);
        return (present && (values.isEmpty() || values.contains(text.toString()))) == accepting;
    }

    @Override
    public boolean accepts(String logger, Level level, @Nullable String template, List<String> markers) {
        String value = Context.get(key);
        return (value != null && (values.isEmpty() || values.contains(value))) == accepting;
    }
}
