package dev.weir;

import dev.weir.internal.emit.LensCheck;
import dev.weir.internal.pipeline.LevelOverlay;
import dev.weir.internal.pipeline.LevelOverlay.Limit;
import dev.weir.internal.pipeline.LevelOverlay.OpenLens;
import dev.weir.internal.pipeline.LevelOverlay.Setting;
import dev.weir.internal.pipeline.Pipeline;
import dev.weir.internal.pipeline.PipelineSettings;
import dev.weir.internal.pipeline.PipelineSettings.LoggerSettings;
import dev.weir.internal.record.TraceBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The levels of a running pipeline: what loggers log, and how to change it for a while without another configuration.
 *
 * <pre>{@code
 * Levels levels = Weir.current().levels();
 * levels.set("payment.service", Level.DEBUG, Duration.ofMinutes(10));
 * try (Lens lens = levels.openForContext("payment", Level.TRACE, "customer", "4711", Duration.ofMinutes(5))) {
 *     …
 * }
 * }</pre>
 *
 * <p>What is set here lies over the configuration, in the place of what that has for the same logger, and is inherited by the
 * loggers below as a configured level is. It stays over whatever configuration is installed or reloaded, or installed
 * temporarily, until it is reset, its time is over, or the pipeline ends; one that is installed after the end begins without. A
 * logger need not exist yet.
 *
 * <p>A lens shows levels that are off to some calls only: those of threads whose records would carry one trace id, or one
 * value under one key of the {@link Context}, which is SLF4J's MDC. For all others the level stays off, and {@link
 * Logger#isEnabled} answers for the thread that asks. While no lens is open for a logger, its calls pay nothing for there being
 * lenses. A lens cannot close a level.
 *
 * <p>Neither makes a handler take what its own {@link HandlerOptions#level level} keeps off, nor a filter accept what it
 * rejects. A level that no handler on the route takes stays off; a message on stderr says so.
 *
 * <p>Each change is told on stderr, with the name of the thread that made it, and so is what ends by itself; lenses are told when they open, once in ten seconds at most. Times are more than zero
 * and {@linkplain #LONGEST at most a week}; they end by themselves within 0.2 seconds, if the journal has room for the change, and
 * else as soon as it has.
 *
 * <p>Any thread, but not one that a handler's methods are called by: a change may wait up to ten seconds for room in a full
 * journal. Every record logged before it returns, by whatever thread, is taken by all handlers on its route as before the change or
 * by all as after it. If a change fails, nothing has changed.
 */
public final class Levels {
    /** What is to stay for longer than this belongs in the configuration. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final AtomicInteger LENSES = new AtomicInteger();

    private final Weir weir;

    Levels(Weir weir) {
        this.weir = weir;
    }

    /**
     * Sets the level of a logger until it is reset.
     *
     * @param logger dotted; "ROOT" is the root
     * @param level the least severe one that is logged there and below
     * @throws IllegalArgumentException if the name is none
     * @throws IllegalStateException if the pipeline is closed, or the journal had no room for the change
     */
    public void set(String logger, Level level) {
        put(logger, level.ordinal(), null);
    }

    /**
     * Sets the level of a logger for a limited time, in place of what was set before and of its time. After that it is as
     * configured.
     *
     * @param logger dotted; "ROOT" is the root
     * @param level the least severe one that is logged there and below
     * @param time from now
     * @throws IllegalArgumentException if the name is none, or the time is too long or none
     * @throws IllegalStateException if the pipeline is closed, or the journal had no room for the change
     */
    public void set(String logger, Level level, Duration time) {
        put(logger, level.ordinal(), limit(time));
    }

    /**
     * Lets a logger, and those below it, log nothing until it is reset.
     *
     * @param logger dotted; "ROOT" is the root
     * @throws IllegalArgumentException if the name is none
     * @throws IllegalStateException if the pipeline is closed, or the journal had no room for the change
     */
    public void off(String logger) {
        put(logger, PipelineSettings.OFF, null);
    }

    /**
     * Lets a logger, and those below it, log nothing for a limited time.
     *
     * @param logger dotted; "ROOT" is the root
     * @param time from now
     * @throws IllegalArgumentException if the name is none, or the time is too long or none
     * @throws IllegalStateException if the pipeline is closed, or the journal had no room for the change
     */
    public void off(String logger, Duration time) {
        put(logger, PipelineSettings.OFF, limit(time));
    }

    private void put(String logger, int threshold, @Nullable Limit limit) {
        requireName(logger);
        Pipeline pipeline = weir.pipeline();
        if (pipeline.relevel(overlay -> overlay.with(logger, new Setting(threshold, limit)))) {
            pipeline.tell("level of " + logger + ": " + text(threshold)
                    + (limit == null ? " until it is reset" : " until " + limit.until()) + by("set")
                    + unhandled(pipeline, logger, threshold));
        }
    }

    private static String unhandled(Pipeline pipeline, String logger, int threshold) {
        boolean moot = threshold != PipelineSettings.OFF
                && (pipeline.handled(logger) & Level.at(threshold).bit()) == 0;
        return moot ? "; but no handler on its route takes that level" : "";
    }

    /**
     * Takes back what was set for a logger; it is as configured again. Lenses stay open.
     *
     * @param logger dotted; "ROOT" is the root
     * @return false if nothing was set
     * @throws IllegalStateException if the journal had no room for the change
     */
    public boolean reset(String logger) {
        Pipeline pipeline = weir.pipeline();
        boolean changed = pipeline.relevel(overlay -> overlay.without(logger));
        if (changed) {
            pipeline.tell("level of " + logger + ": as configured" + by("reset"));
        }
        return changed;
    }

    /**
     * Takes back all that was set and closes all lenses: the configuration holds by itself.
     *
     * @throws IllegalStateException if the journal had no room for the change
     */
    public void resetAll() {
        Pipeline pipeline = weir.pipeline();
        if (pipeline.relevel(overlay -> LevelOverlay.NONE)) {
            pipeline.tell("levels of all loggers: as configured" + by("reset"));
        }
    }

    /**
     * The loggers that exist, that the configuration names, or whose level is set.
     *
     * @return by name, of about this moment
     */
    public List<LoggerLevel> list() {
        Pipeline pipeline = weir.pipeline();
        LevelOverlay overlay = pipeline.overlay();
        PipelineSettings settings = pipeline.settings();
        Set<String> names = new TreeSet<>(pipeline.loggerNames());
        names.addAll(settings.loggers().keySet());
        names.addAll(overlay.settings().keySet());
        List<LoggerLevel> list = new ArrayList<>(names.size());
        for (String name : names) {
            LoggerSettings own = settings.loggers().get(name);
            Setting set = overlay.settings().get(name);
            int taken = pipeline.taken(name);
            list.add(new LoggerLevel(
                    name,
                    own == null || own.threshold() == PipelineSettings.INHERITED ? null : text(own.threshold()),
                    set == null ? null : text(set.threshold()),
                    set == null ? null : until(set),
                    text(taken == 0 ? PipelineSettings.OFF : Integer.numberOfTrailingZeros(taken))));
        }
        return list;
    }

    private static @Nullable Instant until(Setting set) {
        Limit limit = set.limit();
        return limit == null ? null : limit.until();
    }

    // lenses

    /**
     * Opens levels for the calls within one trace, whose id is that of the {@link TraceContext} or of the context, as records
     * have it.
     *
     * @param logger where, and below which; "ROOT" for everywhere
     * @param level the least severe one that is shown; what is logged anyway stays so
     * @param traceId 32 lower-case hexadecimal digits, not all zero
     * @param time from now
     * @return closes it before its time
     * @throws IllegalArgumentException if the name is none, the id is not valid, or the time is too long or none
     * @throws IllegalStateException if 16 are open, the pipeline is closed, or the journal had no room for the change
     */
    public Lens openForTrace(String logger, Level level, String traceId, Duration time) {
        if (!TraceBytes.isValidTraceId(traceId)) {
            throw new IllegalArgumentException(
                    "traceId: " + traceId + " (expected: 32 lower-case hexadecimal digits, not all zero)");
        }
        return open(logger, level, LensCheck.ofTrace(andAbove(level), traceId), time);
    }

    /**
     * Opens levels for the calls of threads with one value in their context.
     *
     * @param logger where, and below which; "ROOT" for everywhere
     * @param level the least severe one that is shown; what is logged anyway stays so
     * @param key of the context, which is SLF4J's MDC
     * @param value exactly
     * @param time from now
     * @return closes it before its time
     * @throws IllegalArgumentException if the name is none, or the time is too long or none
     * @throws IllegalStateException if 16 are open, the pipeline is closed, or the journal had no room for the change
     */
    public Lens openForContext(String logger, Level level, String key, String value, Duration time) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        return open(logger, level, LensCheck.ofContext(andAbove(level), key, value), time);
    }

    private static int andAbove(Level level) {
        return new SeverityRouter(level, Level.CRITICAL).levels();
    }

    private Lens open(String logger, Level level, LensCheck check, Duration time) {
        requireName(logger);
        OpenLens lens = new OpenLens(LENSES.incrementAndGet(), logger, level, check, limit(time));
        Pipeline pipeline = weir.pipeline();
        pipeline.relevel(overlay -> overlay.with(lens));
        pipeline.report(
                "lens",
                "lens " + lens.id() + ": " + level + " of " + logger + " for " + check.discreetSubject() + " until "
                        + lens.limit().until() + by("opened") + unhandled(pipeline, logger, level.ordinal()));
        return new Lens(pipeline, lens);
    }

    /**
     * The lenses that are open.
     *
     * @return in the order in which they were opened
     */
    public List<Lens> lenses() {
        Pipeline pipeline = weir.pipeline();
        List<Lens> open = new ArrayList<>();
        for (OpenLens lens : pipeline.overlay().lenses()) {
            open.add(new Lens(pipeline, lens));
        }
        return open;
    }

    // in common

    private static void requireName(String logger) {
        if (logger.isBlank() || logger.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "logger: \"" + printable(logger) + "\" (expected: a name as payment.service, or ROOT)");
        }
    }

    private static Limit limit(Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "time: " + time + " (expected: more than zero, and at most a week, " + LONGEST + ")");
        }
        return Limit.in(time);
    }

    private static String text(int threshold) {
        return threshold == PipelineSettings.OFF ? "OFF" : Level.at(threshold).name();
    }

    private static String by(String done) {
        return " (" + done + " by thread " + printable(Thread.currentThread().getName()) + ')';
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
