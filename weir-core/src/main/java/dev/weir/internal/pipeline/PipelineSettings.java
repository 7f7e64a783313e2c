package dev.weir.internal.pipeline;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.QueueWait;
import dev.weir.SeverityRouter;
import dev.weir.filter.DuplicatesFilter;
import dev.weir.filter.Filter;
import dev.weir.filter.LoggerFilter;
import dev.weir.filter.RateLimitFilter;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.internal.drain.HandlerWorker;
import dev.weir.internal.journal.Geometry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline is made of, as data, checked as a whole.
 *
 * @param handlers in the order they were named
 * @param loggers by name; {@link #ROOT} is always there
 * @param queueCapacity bytes; 0: not set
 * @param maxRecord bytes; 0: not set
 * @param queueWait how workers wait for records
 * @param shutdownDeadline for the pipeline's end and for the end of a replaced handler
 * @param statsEvery how often the account is logged; zero: never
 * @param jmx whether the account can be read by JMX
 */
public record PipelineSettings(
        List<HandlerSettings> handlers,
        Map<String, LoggerSettings> loggers,
        long queueCapacity,
        int maxRecord,
        QueueWait queueWait,
        Duration shutdownDeadline,
        Duration statsEvery,
        boolean jmx) {
    /** The name under which the root of all loggers is kept; as a logger's name it means the root too. */
    public static final String ROOT = "ROOT";

    public static final long LEAST_CAPACITY = Geometry.LEAST_CAPACITY_BYTES;
    public static final int LEAST_MAX_RECORD = 1024;
    public static final Duration LEAST_STATS_PERIOD = Duration.ofMillis(100);
    public static final Duration LONGEST_STATS_PERIOD = Duration.ofDays(1);
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    /** Of {@link LoggerSettings#threshold()}: inherited from above. */
    public static final int INHERITED = -1;
    /** Of {@link LoggerSettings#threshold()}: nothing is logged. */
    public static final int OFF = Level.COUNT;

    /**
     * What a handler and its filters are made of; null if nobody has said so.
     *
     * @param handler compared by {@code equals}
     * @param filters the same
     */
    public record Description(
            @Nullable Object handler, @Nullable Object filters) {
        /** Equal to no other. */
        public static final Description NONE = new Description(null, null);

        boolean isOfTheSameHandler(Description other) {
            return handler != null && handler.equals(other.handler);
        }

        boolean isOfTheSameFilters(Description other) {
            return filters != null && filters.equals(other.filters);
        }
    }

    /**
     * A handler.
     *
     * @param backlogBytes 0: not set
     * @param fallback name of the handler that takes its records while its breaker is open, or null
     * @param worker how its worker treats it
     * @param description what it is made of
     */
    public record HandlerSettings(
            String name,
            Handler handler,
            SeverityRouter severity,
            long backlogBytes,
            OverflowPolicy overflow,
            @Nullable String fallback,
            HandlerWorker.Settings worker,
            Description description) {
        /** Name of the handler that takes records of this one: its fallback, or a memory handler's target. */
        @Nullable
        public String receiver() {
            return handler instanceof MemoryHandler memory ? memory.target() : fallback;
        }

        /** What decides about its records. */
        public List<Filter> filters() {
            return worker.filters();
        }

        /** These settings for the handler there was, and its filters if they are the same. */
        private HandlerSettings continuing(HandlerSettings before) {
            boolean sameFilters = description.isOfTheSameFilters(before.description);
            return new HandlerSettings(
                    name,
                    before.handler,
                    severity,
                    backlogBytes,
                    overflow,
                    fallback,
                    sameFilters ? worker.withFilters(before.worker.filters()) : worker,
                    description);
        }
    }

    /**
     * What is set at a logger.
     *
     * @param threshold ordinal of the least severe level logged, {@link #OFF} or {@link #INHERITED}
     * @param caller ordinal of the least severe level whose records say where the call was made, {@link #OFF} or {@link
     *     #INHERITED}
     * @param handlers names of handlers; null: not set, which means none, but at the root all that take no other's records
     * @param filters that decide about calls here and below
     */
    public record LoggerSettings(
            int threshold,
            int caller,
            boolean propagate,
            @Nullable List<String> handlers,
            List<LoggerFilter> filters) {
        /** The handlers attached here. */
        public List<String> attached() {
            return handlers == null ? List.of() : handlers;
        }
    }

    /** The settings of a handler. */
    public static HandlerSettings handler(
            String name,
            Handler handler,
            SeverityRouter severity,
            long backlogBytes,
            OverflowPolicy overflow,
            @Nullable String fallback,
            BreakerPolicy breaker,
            int flushOn,
            boolean flushOnTraceEnd,
            List<Filter> filters,
            Description description) {
        return new HandlerSettings(
                name,
                handler,
                severity,
                backlogBytes,
                overflow,
                fallback,
                new HandlerWorker.Settings(
                        breaker,
                        flushOn,
                        flushOnTraceEnd,
                        severity.levels(),
                        List.copyOf(filters),
                        nanos(handler.flushDelay())),
                description);
    }

    private static long nanos(Duration delay) {
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY.toNanos() : delay.toNanos();
    }

    /**
     * Completes and checks settings.
     *
     * @throws IllegalArgumentException with every problem
     */
    public static PipelineSettings checked(
            List<HandlerSettings> handlers,
            Map<String, LoggerSettings> loggers,
            long queueCapacity,
            int maxRecord,
            QueueWait queueWait,
            Duration shutdownDeadline,
            Duration statsEvery,
            boolean jmx) {
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<Handler> instances = new HashSet<>();
        Set<Filter> filters = new HashSet<>();
        for (HandlerSettings handler : handlers) {
            names.add(handler.name());
            if (!instances.add(handler.handler())) {
                problems.add("handler " + handler.name() + ": the same instance stands under two names");
            }
            if (handler.handler() instanceof MemoryHandler && handler.fallback() != null) {
                problems.add("handler " + handler.name() + ": fallback: " + handler.fallback()
                        + " (expected: none, since a memory handler passes on to its target)");
            }
            for (Filter filter : handler.worker().filters()) {
                if (isCounting(filter) && !filters.add(filter)) {
                    problems.add("handler " + handler.name()
                            + ": a filter of it stands at another handler, too, or twice (expected: one of its own, since it"
                            + " counts records)");
                }
            }
            if (handler.severity().levels() == 0) {
                problems.add("handler " + handler.name() + ": level is above max-level, so it would take nothing");
            }
        }
        problems.addAll(new Fallbacks(handlers).problems());
        for (Map.Entry<String, LoggerSettings> logger : loggers.entrySet()) {
            for (String handler : logger.getValue().attached()) {
                if (!names.contains(handler)) {
                    problems.add(
                            "logger " + logger.getKey() + ": handler " + handler + " (expected: one of " + names + ")");
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        Map<String, LoggerSettings> complete = new HashMap<>(loggers);
        complete.put(ROOT, root(loggers.get(ROOT), new Fallbacks(handlers).givers()));
        return new PipelineSettings(
                List.copyOf(handlers),
                Map.copyOf(complete),
                queueCapacity,
                maxRecord,
                queueWait,
                shutdownDeadline,
                statsEvery,
                jmx);
    }

    /** Whether the end of a trace matters to some handler. */
    boolean anyFlushesOnTraceEnd() {
        for (HandlerSettings handler : handlers) {
            if (handler.worker().flushOnTraceEnd()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCounting(Filter filter) {
        return filter instanceof RateLimitFilter || filter instanceof DuplicatesFilter;
    }

    private static LoggerSettings root(@Nullable LoggerSettings own, List<String> all) {
        if (own == null) {
            return new LoggerSettings(Level.INFO.ordinal(), OFF, true, all, List.of());
        }
        return new LoggerSettings(
                own.threshold() == INHERITED ? Level.INFO.ordinal() : own.threshold(),
                own.caller(),
                true,
                own.handlers() == null ? all : own.handlers(),
                own.filters());
    }

    /**
     * These settings with handlers of others besides, which stay as they are and get no records.
     *
     * @throws IllegalArgumentException if two handlers have the same name
     */
    public PipelineSettings keeping(List<HandlerSettings> others) {
        List<HandlerSettings> all = new ArrayList<>(handlers);
        for (HandlerSettings other : others) {
            if (handlers.stream().noneMatch(own -> own.handler() == other.handler())) {
                if (handlers.stream().anyMatch(own -> own.name().equals(other.name()))) {
                    throw new IllegalArgumentException(
                            "handler " + other.name()
                                    + ": the pipeline before has a handler of that name, which is kept (expected: another name)");
                }
                all.add(other);
            }
        }
        return new PipelineSettings(
                List.copyOf(all), loggers, queueCapacity, maxRecord, queueWait, shutdownDeadline, statsEvery, jmx);
    }

    /**
     * These settings with the handlers that run in the place of those that are {@linkplain Description described} as they are, and pass
     * on to the same ones.
     */
    PipelineSettings continuing(PipelineSettings running) {
        Map<String, HandlerSettings> before = new HashMap<>();
        running.handlers.forEach(handler -> before.put(handler.name(), handler));
        Map<String, HandlerSettings> after = new HashMap<>();
        for (HandlerSettings handler : new Fallbacks(handlers).receiversFirst()) {
            HandlerSettings old = before.get(handler.name());
            boolean goesOn = old != null
                    && handler.description().isOfTheSameHandler(old.description())
                    && passesOnAsBefore(handler, old, before, after);
            after.put(handler.name(), goesOn && old != null ? handler.continuing(old) : handler);
        }
        List<HandlerSettings> inOrder = new ArrayList<>();
        handlers.forEach(handler -> inOrder.add(Objects.requireNonNull(after.get(handler.name()))));
        return new PipelineSettings(
                List.copyOf(inOrder), loggers, queueCapacity, maxRecord, queueWait, shutdownDeadline, statsEvery, jmx);
    }

    private static boolean passesOnAsBefore(
            HandlerSettings handler,
            HandlerSettings old,
            Map<String, HandlerSettings> before,
            Map<String, HandlerSettings> after) {
        String receiver = handler.receiver();
        if (receiver == null || !receiver.equals(old.receiver())) {
            return Objects.equals(receiver, old.receiver());
        }
        return Objects.requireNonNull(after.get(receiver)).handler()
                == Objects.requireNonNull(before.get(receiver)).handler();
    }

    /**
     * The backlog of each handler in a journal that may have become smaller than asked for: then all are smaller in
     * proportion, but none is less than the memory that each handler has set aside.
     *
     * @throws IllegalArgumentException if the backlogs do not fit into what was asked for, with every problem
     */
    Map<String, Long> requireBudgets(Geometry asked, Geometry had) {
        Map<String, Long> budgets = requireBudgets(asked);
        if (had.capacityBytes() < asked.capacityBytes()) {
            double share = (double) had.backlogBytes() / asked.backlogBytes();
            budgets.replaceAll((name, bytes) -> wholeSlabs((long) (bytes * share), had));
        }
        return budgets;
    }

    /**
     * The backlog of each handler in a journal of given sizes: as named, or an equal share of what is left.
     *
     * @throws IllegalArgumentException if the backlogs do not fit, with every problem
     */
    Map<String, Long> requireBudgets(Geometry geometry) {
        List<String> problems = new ArrayList<>();
        long named = 0;
        long unnamed = 0;
        for (HandlerSettings handler : handlers) {
            named += handler.backlogBytes();
            unnamed += handler.backlogBytes() == 0 ? 1 : 0;
            if (handler.backlogBytes() != 0 && handler.backlogBytes() < geometry.segmentBytes()) {
                problems.add("handler " + handler.name() + ": backlog: " + handler.backlogBytes()
                        + " bytes (expected: at least " + geometry.segmentBytes()
                        + ", four of the largest records of this queue.capacity)");
            }
        }
        long share = unnamed == 0 ? Long.MAX_VALUE : (geometry.backlogBytes() - named) / unnamed;
        if (named > geometry.backlogBytes() || share < geometry.segmentBytes()) {
            problems.add("queue.capacity: " + geometry.capacityBytes() + " bytes leave " + geometry.backlogBytes()
                    + " for backlogs; " + handlers.size() + " handlers need more (expected: a greater capacity, fewer"
                    + " handlers or smaller backlogs)");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        Map<String, Long> budgets = new HashMap<>();
        for (HandlerSettings handler : handlers) {
            budgets.put(
                    handler.name(), wholeSlabs(handler.backlogBytes() == 0 ? share : handler.backlogBytes(), geometry));
        }
        return budgets;
    }

    /** Memory comes in slabs as long as a segment: in whole ones, the budgets together never ask for more than there is. */
    private static long wholeSlabs(long bytes, Geometry geometry) {
        return Math.max(1, bytes / geometry.segmentBytes()) * geometry.segmentBytes();
    }
}
