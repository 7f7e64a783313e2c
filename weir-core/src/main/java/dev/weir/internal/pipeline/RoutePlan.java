package dev.weir.internal.pipeline;

import dev.weir.Level;
import dev.weir.filter.LoggerFilter;
import dev.weir.internal.emit.LensCheck;
import dev.weir.internal.pipeline.PipelineSettings.HandlerSettings;
import dev.weir.internal.pipeline.PipelineSettings.LoggerSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of the logger tree, and the levels that lie over them, mean for a logger: the levels it logs, and the handlers its records reach by
 * walking up as long as loggers propagate. As in Python's {@code logging}, the levels of the loggers above do not count
 * once a record is let through. Immutable.
 */
public final class RoutePlan {
    private final Map<String, LoggerSettings> loggers;
    private final LevelOverlay overlay;

    /** Of settings alone, without what is set at run time. */
    public RoutePlan(PipelineSettings settings) {
        this(settings.loggers(), LevelOverlay.NONE);
    }

    RoutePlan(Map<String, LoggerSettings> loggers, LevelOverlay overlay) {
        this.loggers = loggers;
        this.overlay = overlay;
    }

    /** The levels logged at a logger: by its own setting or the nearest one above. */
    public int logged(String logger) {
        return levelsFrom(threshold(levelled(logger)));
    }

    /** The logger whose level counts at one: itself, or the nearest above that has one. */
    public String levelled(String logger) {
        String name = logger;
        for (String above = parent(name); above != null && threshold(name) == PipelineSettings.INHERITED; ) {
            name = above;
            above = parent(name);
        }
        return name;
    }

    /** A logger's own. What is set at run time stands in the place of what is configured for the same logger. */
    private int threshold(String logger) {
        LevelOverlay.Setting over = overlay.settings().get(logger);
        if (over != null) {
            return over.threshold();
        }
        LoggerSettings settings = loggers.get(logger);
        if (settings != null && settings.threshold() != PipelineSettings.INHERITED) {
            return settings.threshold();
        }
        return parent(logger) == null ? Level.INFO.ordinal() : PipelineSettings.INHERITED;
    }

    /** The lenses that are open at a logger or above it. */
    List<LensCheck> lenses(String logger) {
        if (overlay.lenses().isEmpty()) {
            return List.of();
        }
        List<LensCheck> open = new ArrayList<>();
        for (String name = logger; name != null; name = parent(name)) {
            for (LevelOverlay.OpenLens lens : overlay.lenses()) {
                if (lens.logger().equals(name)) {
                    open.add(lens.check());
                }
            }
        }
        return open;
    }

    /** The levels that lenses may show of a logger. */
    int shown(String logger) {
        int shown = 0;
        for (LensCheck lens : lenses(logger)) {
            shown |= lens.levels();
        }
        return shown;
    }

    /**
     * Whether another plan of the same settings logs the same, whatever the logger. Between a logger and the nearest one above
     * that has a level set at run time in either plan, both plans find the same settings or none; so it is enough to
     * look at those.
     */
    boolean logsAs(RoutePlan other) {
        Set<String> set = new HashSet<>(overlay.settings().keySet());
        set.addAll(other.overlay.settings().keySet());
        for (String logger : set) {
            if (logged(logger) != other.logged(logger)) {
                return false;
            }
        }
        return overlay.lenses().equals(other.overlay.lenses());
    }

    /** The levels whose records say where the call was made: by a logger's own setting or the nearest one above. */
    public int located(String logger) {
        for (String name = logger; name != null; name = parent(name)) {
            LoggerSettings settings = loggers.get(name);
            if (settings != null && settings.caller() != PipelineSettings.INHERITED) {
                return levelsFrom(settings.caller());
            }
        }
        return 0;
    }

    /**
     * A logger on the way up from one, of which something is set.
     *
     * @param settings what is set there
     */
    public record Stop(String logger, LoggerSettings settings) {}

    /** The way up from a logger, the nearest first, as long as loggers propagate. */
    public List<Stop> way(String logger) {
        List<Stop> way = new ArrayList<>();
        boolean propagates = true;
        for (String name = logger; name != null && propagates; name = parent(name)) {
            LoggerSettings settings = loggers.get(name);
            if (settings != null) {
                way.add(new Stop(name, settings));
                propagates = settings.propagate();
            }
        }
        return way;
    }

    /** The handlers on a logger's route, each once. */
    Set<String> handlers(String logger) {
        Set<String> reached = new HashSet<>();
        for (Stop stop : way(logger)) {
            reached.addAll(stop.settings().attached());
        }
        return reached;
    }

    /** The levels of a logger's records that a handler gets, with those that lenses may show. */
    public int levels(HandlerSettings handler, String logger) {
        return handlers(logger).contains(handler.name())
                ? (logged(logger) | shown(logger)) & handler.severity().levels()
                : 0;
    }

    /** What decides about a logger's calls: the filters of each logger on the way up. */
    List<LoggerFilter> filters(String logger) {
        List<LoggerFilter> deciding = new ArrayList<>();
        for (Stop stop : way(logger)) {
            deciding.addAll(stop.settings().filters());
        }
        return deciding;
    }

    /** As bits, a level and all above; none for {@link PipelineSettings#OFF}. */
    static int levelsFrom(int threshold) {
        return (1 << Level.COUNT) - (1 << threshold);
    }

    /** The name up to the last dot; the root above a name without one, nothing above the root. */
    private static @Nullable String parent(String name) {
        if (name.equals(PipelineSettings.ROOT)) {
            return null;
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? PipelineSettings.ROOT : name.substring(0, dot);
    }
}
