package dev.weir;

import dev.weir.filter.LoggerFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is set for one logger of the tree; what is not is inherited from the logger above it. */
public final class LoggerOptions {
    private int threshold = INHERITED;
    private int caller = INHERITED;
    private boolean propagate = true;
    private @Nullable List<String> handlers;
    private final List<LoggerFilter> filters = new ArrayList<>();

    static final int INHERITED = -1;
    static final int OFF = Level.COUNT;

    /** Made by {@link PipelineBuilder}. */
    LoggerOptions() {}

    /**
     * The least severe level that is logged here and below.
     *
     * @param level the level
     * @return this
     */
    public LoggerOptions level(Level level) {
        threshold = Objects.requireNonNull(level, "level").ordinal();
        return this;
    }

    /**
     * Logs nothing here and below.
     *
     * @return this
     */
    public LoggerOptions off() {
        threshold = OFF;
        return this;
    }

    /**
     * Whether records say where the call was made, here and below: class, method, file and line. It is looked for on the
     * stack of the calling thread, which takes some microseconds and allocates a kilobyte, whatever the depth of the stack.
     * Not by default.
     *
     * @param value true for all levels
     * @return this
     */
    public LoggerOptions caller(boolean value) {
        caller = value ? Level.TRACE.ordinal() : OFF;
        return this;
    }

    /**
     * As {@link #caller(boolean)}, for records that are severe enough to be worth it.
     *
     * @param level the least severe level whose records say where the call was made
     * @return this
     */
    public LoggerOptions caller(Level level) {
        caller = Objects.requireNonNull(level, "caller").ordinal();
        return this;
    }

    /**
     * Whether records go to the handlers of the loggers above too, as in Python's {@code logging}; true by default.
     *
     * @param value false to keep them here
     * @return this
     */
    public LoggerOptions propagate(boolean value) {
        propagate = value;
        return this;
    }

    /**
     * The handlers attached here. A record that reaches a handler on several ways gets there once.
     *
     * @param names names of handlers of the same pipeline
     * @return this
     */
    public LoggerOptions handlers(String... names) {
        return handlers(List.of(names));
    }

    /**
     * The handlers attached here.
     *
     * @param names names of handlers of the same pipeline
     * @return this
     */
    public LoggerOptions handlers(List<String> names) {
        handlers = List.copyOf(names);
        return this;
    }

    /**
     * Adds a filter, which decides about the calls here and below: what is logged is what all filters on the way up accept, as
     * long as loggers propagate. In Python's {@code logging} a logger's filters see its own calls only.
     *
     * @param filter used by all threads that log
     * @return this
     */
    public LoggerOptions filter(LoggerFilter filter) {
        filters.add(Objects.requireNonNull(filter, "filter"));
        return this;
    }

    List<LoggerFilter> filters() {
        return filters;
    }

    /** The ordinal of the level, {@link #OFF}, or {@link #INHERITED}. */
    int threshold() {
        return threshold;
    }

    /** The ordinal of the level, {@link #OFF}, or {@link #INHERITED}. */
    int caller() {
        return caller;
    }

    boolean propagates() {
        return propagate;
    }

    /** Null if not set: none, but at the root all that are no other's fallback or target. */
    @Nullable
    List<String> handlerNames() {
        return handlers;
    }

    @Override
    public String toString() {
        return "level " + text(threshold) + ", caller " + text(caller) + ", propagate " + propagate + ", handlers "
                + handlers;
    }

    private static String text(int from) {
        return from == INHERITED
                ? "inherited"
                : from == OFF ? "OFF" : Level.at(from).name();
    }
}
