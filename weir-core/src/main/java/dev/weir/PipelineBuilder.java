package dev.weir;

import dev.weir.handler.Handler;
import dev.weir.internal.pipeline.Pipeline;
import dev.weir.internal.pipeline.PipelineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Says what a pipeline is made of: handlers by name, loggers with levels and handlers, and the queue between them.
 * Everything that {@code weir.yaml} can say can be said here.
 *
 * <p>Used by one thread; {@link #install}, {@link #installTemporarily} or {@link #start} ends its use.
 */
public final class PipelineBuilder {
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

    private final Map<String, HandlerEntry> handlers = new LinkedHashMap<>();
    private final Map<String, LoggerOptions> loggers = new LinkedHashMap<>();
    private long queueCapacity;
    private int maxRecord;
    private QueueWait queueWait = QueueWait.ADAPTIVE;
    private OverflowPolicy overflow = OverflowPolicy.DROP_BY_SEVERITY;
    private Duration shutdownDeadline = DEFAULT_DEADLINE;
    private Duration statsEvery = Duration.ZERO;
    private boolean jmx;
    private final List<String> warnings = new ArrayList<>();

    private record HandlerEntry(Handler handler, HandlerOptions options) {}

    /** Use {@link Weir#builder()}. */
    PipelineBuilder() {}

    /**
     * How much memory the queued records of all handlers may use together, on top of the heap; by default a sixteenth
     * of the heap, within 16 MiB and 64 MiB. A quarter of it is the ring that callers write to, the rest is for what
     * handlers cannot keep up with. Of a pipeline that is replaced while it runs, the capacity stays.
     *
     * @param bytes at least 512 KiB
     * @return this
     */
    public PipelineBuilder queueCapacity(long bytes) {
        if (bytes < PipelineSettings.LEAST_CAPACITY) {
            throw new IllegalArgumentException(
                    "queue.capacity: " + bytes + " bytes (expected: at least " + PipelineSettings.LEAST_CAPACITY + ")");
        }
        queueCapacity = bytes;
        return this;
    }

    /**
     * How long one record may be, encoded; longer ones are shortened with a visible mark. 64 KiB by default, less in a
     * small queue: a record takes at most a quarter of one of the ring's segments.
     *
     * @param bytes at least 1024
     * @return this
     */
    public PipelineBuilder maxRecord(int bytes) {
        if (bytes < PipelineSettings.LEAST_MAX_RECORD) {
            throw new IllegalArgumentException("queue.max-record: " + bytes + " bytes (expected: at least "
                    + PipelineSettings.LEAST_MAX_RECORD + ")");
        }
        maxRecord = bytes;
        return this;
    }

    /**
     * How the workers of all handlers wait while nothing is logged; {@link QueueWait#ADAPTIVE} by default. Of a pipeline
     * that is replaced while it runs, it changes at once.
     *
     * @param how whether they sleep, or use a processor each for the latency
     * @return this
     */
    public PipelineBuilder queueWait(QueueWait how) {
        queueWait = Objects.requireNonNull(how, "how");
        return this;
    }

    /**
     * What happens when a handler's backlog is full, for all handlers that do not say it themselves; {@link
     * OverflowPolicy#DROP_BY_SEVERITY} by default.
     *
     * @param policy the policy
     * @return this
     */
    public PipelineBuilder overflow(OverflowPolicy policy) {
        overflow = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * How long the end of the pipeline, or of a handler that is replaced, may take; 5 seconds by default. What is not
     * written then is counted.
     *
     * @param deadline more than zero
     * @return this
     */
    public PipelineBuilder shutdownDeadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("shutdown.deadline: " + deadline + " (expected: more than zero)");
        }
        shutdownDeadline = deadline;
        return this;
    }

    /**
     * How often the account is logged: one INFO record of the logger {@code weir.stats} in each period, which carries what
     * {@link Stats#toJson()} says as typed key-values. Each handler that this logger leads to writes it before its next
     * record, or by itself if it has none, unless its breaker is not closed; of several that a handler could not write yet
     * it writes the newest. They count in {@link Stats#synthetic} alone. Never, by default.
     *
     * @param period from 100 milliseconds to a day, or zero for never; the steward looks ten times a second
     * @return this
     * @throws IllegalArgumentException if it is another one
     */
    public PipelineBuilder statsEvery(Duration period) {
        if (!period.isZero()
                && (period.compareTo(PipelineSettings.LEAST_STATS_PERIOD) < 0
                        || period.compareTo(PipelineSettings.LONGEST_STATS_PERIOD) > 0)) {
            throw new IllegalArgumentException(
                    "stats.every: " + period + " (expected: from 100ms to a day, or 0 for never)");
        }
        statsEvery = period;
        return this;
    }

    /**
     * Whether monitoring can read the account by JMX, as a {@link WeirMXBean} on the platform's MBean server; it cannot by
     * default, since to load what is needed for JMX takes longer than all else at the start. The name is {@code
     * dev.weir:type=Weir,name=N}, with the first N from 1 that no other Weir of the process has. {@link Weir#close} takes
     * it off.
     *
     * @param on whether it is to be there; without the module {@code java.management} it is not, which is told on stderr
     * @return this
     */
    public PipelineBuilder jmx(boolean on) {
        jmx = on;
        return this;
    }

    /**
     * Adds a handler that takes all levels.
     *
     * @param name by which loggers refer to it, and the statistics
     * @param handler belongs to the pipeline from now on; the same instance in a pipeline that is installed over this
     *     one goes on as it is
     * @return this
     * @throws IllegalArgumentException if the name is taken
     */
    public PipelineBuilder handler(String name, Handler handler) {
        return handler(name, handler, options -> {});
    }

    /**
     * Adds a handler.
     *
     * @param name by which loggers refer to it, and the statistics
     * @param handler belongs to the pipeline from now on; the same instance in a pipeline that is installed over this
     *     one goes on as it is
     * @param options sets levels, backlog and overflow
     * @return this
     * @throws IllegalArgumentException if the name is taken
     */
    public PipelineBuilder handler(String name, Handler handler, Consumer<HandlerOptions> options) {
        Objects.requireNonNull(handler, "handler");
        HandlerOptions chosen = new HandlerOptions(handler.breaker());
        options.accept(chosen);
        if (handlers.putIfAbsent(Objects.requireNonNull(name, "name"), new HandlerEntry(handler, chosen)) != null) {
            throw new IllegalArgumentException("handler: " + name + " (expected: a name that no other handler has)");
        }
        return this;
    }

    /**
     * Sets what differs at one logger and below.
     *
     * @param name dotted, as {@code payment.service}
     * @param options sets level, propagation and handlers
     * @return this
     */
    public PipelineBuilder logger(String name, Consumer<LoggerOptions> options) {
        options.accept(loggers.computeIfAbsent(Objects.requireNonNull(name, "name"), key -> new LoggerOptions()));
        return this;
    }

    /**
     * Sets what holds at the root of all loggers: by default INFO, and every handler that is no other's fallback or target.
     *
     * @param options sets level and handlers
     * @return this
     */
    public PipelineBuilder root(Consumer<LoggerOptions> options) {
        return logger(PipelineSettings.ROOT, options);
    }

    /**
     * Something that is no error, but that whoever configures should know. It is told with Weir's own troubles, once this is
     * in use: on stderr and by {@link Weir#diagnostics}. If this is refused, it is not told.
     *
     * @param warning a sentence, with its place if it has one
     * @return this
     */
    public PipelineBuilder warn(String warning) {
        warnings.add(Objects.requireNonNull(warning, "warning"));
        return this;
    }

    /** A line each; empty if there is nothing to tell. */
    String warnings() {
        return String.join("\nweir: ", warnings);
    }

    private void tellWarnings(Weir weir) {
        if (!warnings.isEmpty()) {
            weir.tellWarnings(warnings());
        }
    }

    /**
     * Makes this the current pipeline. If one is running already it is replaced without a gap: every record is
     * delivered by exactly one of the two, loggers stay valid, and a handler instance that is in both goes on.
     *
     * @return the current pipeline
     * @throws IllegalArgumentException if what was set does not fit together; every problem is in the message, and the
     *     running pipeline stays
     * @throws IllegalStateException if a new handler cannot be opened while another pipeline runs, which then stays
     */
    public Weir install() {
        Weir weir = Weir.install(settings());
        tellWarnings(weir);
        return weir;
    }

    /**
     * Makes this the current pipeline until the result is closed, as a test does: then the one from before goes on exactly as
     * it was. Meanwhile its handlers stay open, write what was logged before, and get nothing new. If none has started yet,
     * the one that starts by itself is the one from before. Several nest, and may be closed in any order: what is put back is what
     * was before all that are closed. Levels that are set at run time are no part of what is put back: they lie over either
     * ({@link Levels}).
     *
     * <p>If another pipeline is installed meanwhile, or the current one is closed, it stays so, since handlers that have been
     * closed do not go on. If it was closed before, it is closed again.
     *
     * @return to be closed
     * @throws IllegalArgumentException if what was set does not fit together, or not with the handlers that stay open: names,
     *     files and backlogs are shared with them; the running pipeline stays
     * @throws IllegalStateException if a new handler cannot be opened; the running pipeline stays
     */
    public Weir.Interim installTemporarily() {
        Weir.Interim interim = Weir.installTemporarily(settings());
        tellWarnings(Weir.current());
        return interim;
    }

    /**
     * Starts a pipeline of its own, with loggers of its own, beside the current one.
     *
     * @return the pipeline
     * @throws IllegalArgumentException if what was set does not fit together; every problem is in the message
     */
    public Weir start() {
        Weir weir = Weir.start(settings());
        tellWarnings(weir);
        return weir;
    }

    /**
     * Checks whether what was set fits together, as {@link #install} and {@link #start} do before they begin.
     *
     * @throws IllegalArgumentException if it does not; its message has every problem, a line each
     */
    public void check() {
        Pipeline.requireFitting(settings());
    }

    /**
     * Where records would go. No handler is opened for it.
     *
     * @return the routes of what has been set so far
     * @throws IllegalArgumentException if what was set does not fit together; every problem is in the message
     */
    public Routes routes() {
        return new Routes(settings());
    }

    /** What was set, checked. */
    PipelineSettings settings() {
        List<PipelineSettings.HandlerSettings> handlerSettings = new ArrayList<>();
        for (Map.Entry<String, HandlerEntry> named : handlers.entrySet()) {
            HandlerOptions options = named.getValue().options();
            OverflowPolicy own = options.overflow();
            handlerSettings.add(PipelineSettings.handler(
                    named.getKey(),
                    named.getValue().handler(),
                    options.severity(),
                    options.backlogBytes(),
                    own == null ? overflow : own,
                    options.fallback(),
                    options.breaker(),
                    options.flushOn(),
                    options.flushesOnTraceEnd(),
                    options.filters(),
                    options.described()));
        }
        Map<String, PipelineSettings.LoggerSettings> loggerSettings = new LinkedHashMap<>();
        for (Map.Entry<String, LoggerOptions> named : loggers.entrySet()) {
            LoggerOptions options = named.getValue();
            loggerSettings.put(
                    named.getKey(),
                    new PipelineSettings.LoggerSettings(
                            options.threshold(),
                            options.caller(),
                            options.propagates(),
                            options.handlerNames(),
                            options.filters()));
        }
        return PipelineSettings.checked(
                handlerSettings,
                loggerSettings,
                queueCapacity,
                maxRecord,
                queueWait,
                shutdownDeadline,
                statsEvery,
                jmx);
    }
}
