package dev.weir;

import dev.weir.filter.Filter;
import dev.weir.internal.pipeline.PipelineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the pipeline does for a handler, whatever its kind: which levels it gets, and how much may wait for it. */
public final class HandlerOptions {
    private SeverityRouter severity = SeverityRouter.ALL;
    private long backlogBytes;
    private @Nullable OverflowPolicy overflow;
    private BreakerPolicy breaker;
    private int flushOn = Level.COUNT;
    private boolean flushOnTraceEnd;
    private @Nullable String fallback;
    private final List<Filter> filters = new ArrayList<>();
    private PipelineSettings.Description described = PipelineSettings.Description.NONE;

    /** Made by {@link PipelineBuilder}, with what the handler itself wants. */
    HandlerOptions(BreakerPolicy breaker) {
        this.breaker = Objects.requireNonNull(breaker, "breaker");
    }

    /**
     * The least severe level the handler takes; all by default.
     *
     * @param level the level
     * @return this
     */
    public HandlerOptions level(Level level) {
        severity = new SeverityRouter(level, severity.max());
        return this;
    }

    /**
     * The most severe level the handler takes; all by default.
     *
     * @param level the level
     * @return this
     */
    public HandlerOptions maxLevel(Level level) {
        severity = new SeverityRouter(severity.min(), level);
        return this;
    }

    /**
     * How much may wait for this handler beside the ring; by default an equal share of what the handlers that name
     * theirs leave over.
     *
     * @param bytes at least four of the largest records
     * @return this
     */
    public HandlerOptions backlog(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("backlog: " + bytes + " (expected: more than 0 bytes)");
        }
        backlogBytes = bytes;
        return this;
    }

    /**
     * What happens when the backlog is full; by default what {@link PipelineBuilder#overflow} says.
     *
     * @param policy the policy
     * @return this
     */
    public HandlerOptions overflow(OverflowPolicy policy) {
        overflow = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * When the sink is left alone after failures; by default what {@link dev.weir.handler.Handler#breaker} says.
     *
     * @param policy the policy
     * @return this
     */
    public HandlerOptions breaker(BreakerPolicy policy) {
        breaker = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * The least severe level whose records a handler that collects batches does not let wait for others.
     *
     * @param level the level
     * @return this
     */
    public HandlerOptions flushOn(Level level) {
        flushOn = level.ordinal();
        return this;
    }

    /**
     * Lets a handler that collects batches flush what it has when a trace ends: when a scope of {@link TraceContext#scope
     * TraceContext} is closed, or a task of {@link Context#wrap(Runnable)} that carries one returns, on whatever thread. What
     * was logged before is then flushed within some ten milliseconds, if the sink allows it; the thread that closes the
     * scope does not wait for that. Besides {@link #flushOn}, or without it.
     *
     * @return this
     */
    public HandlerOptions flushOnTraceEnd() {
        flushOnTraceEnd = true;
        return this;
    }

    /**
     * The handler that takes this one's records while its breaker is open, for example a local file for a collector; none by
     * default. What was passed on is final there. What both handlers' ranges and loggers say does not matter.
     *
     * @param name of another handler of the same pipeline
     * @return this
     */
    public HandlerOptions fallback(String name) {
        fallback = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Adds a filter, which is asked after those that were added before: the handler gets what all of them accept. Of a handler
     * that goes on in another pipeline the filters change with it, about then.
     *
     * @param filter used by the handler's worker; one that keeps state belongs to this handler alone
     * @return this
     */
    public HandlerOptions filter(Filter filter) {
        filters.add(Objects.requireNonNull(filter, "filter"));
        return this;
    }

    /**
     * Says what the handler and its filters are made of, so that a configuration that is read again knows what has not changed.
     * If a pipeline is installed over one that has a handler of the same name with an equal description, and the same handler to pass on
     * to, that one goes on, with its file or connection, its backlog and its counts, and the instance given here is dropped
     * without a call. The other options may differ. Filters with an equal description go on, too, with what they have counted.
     *
     * @param handler all that the handler itself was made of; compared by {@code equals}
     * @param madeFilters all that its filters were made of; the same
     * @return this
     */
    public HandlerOptions describedBy(Object handler, Object madeFilters) {
        described = new PipelineSettings.Description(handler, madeFilters);
        return this;
    }

    List<Filter> filters() {
        return filters;
    }

    PipelineSettings.Description described() {
        return described;
    }

    SeverityRouter severity() {
        return severity;
    }

    /** 0 if not set. */
    long backlogBytes() {
        return backlogBytes;
    }

    @Nullable
    OverflowPolicy overflow() {
        return overflow;
    }

    BreakerPolicy breaker() {
        return breaker;
    }

    /** The ordinal of a level; {@link Level#COUNT} if not set. */
    int flushOn() {
        return flushOn;
    }

    boolean flushesOnTraceEnd() {
        return flushOnTraceEnd;
    }

    @Nullable
    String fallback() {
        return fallback;
    }
}
