package dev.weir.internal.pipeline;

import dev.weir.Level;
import dev.weir.filter.LoggerFilter;
import dev.weir.internal.emit.LensCheck;
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
final class RoutePlan {
    private final Map<String, LoggerSettings> loggers;
    private final LevelOverlay overlay;

    RoutePlan(Map<String, LoggerSettings> loggers, LevelOverlay overlay) {
        this.loggers = loggers;
        this.overlay = overlay;
    }

    /**
     * The levels logged at a logger: by its own setting or the nearest one above. What is set at run time stands in the place of
     * what is configured for the same logger.
     */
    int logged(String logger) {
        for (String name = logger; name != null; name = parent(name)) {
            LevelOverlay.Setting over = overlay.settings().get(name);
            if (over != null) {
                return levelsFrom(over.threshold());
            }
            LoggerSettings settings = loggers.get(name);
            if (settings != null && settings.threshold() != PipelineSettings.INHERITED) {
                return levelsFrom(settings.threshold());
            }
        }
        return levelsFrom(Level.INFO.ordinal());
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
    int located(String logger) {
        for (String name = logger; name != null; name = parent(name)) {
            LoggerSettings settings = loggers.get(name);
            if (settings != null && settings.caller() != PipelineSettings.INHERITED) {
                return levelsFrom(settings.caller());
            }
        }
        return 0;
    }

    /** The handlers on a logger's route, each once. */
    Set<String> handlers(String logger) {
        Set<String> reached = new HashSet<>();
        for (String name = logger; name != null; name = parent(name)) {
            LoggerSettings settings = loggers.get(name);
            if (settings != null) {
                reached.addAll(settings.attached());
                if (!settings.propagate()) {
                    break;
                }
            }
        }
        return reached;
    }

    /** What decides about a logger's calls: the filters of each logger on the way up, as long as loggers propagate. */
    List<LoggerFilter> filters(String logger) {
        List<LoggerFilter> deciding = new ArrayList<>();
        for (String name = logger; name != null; name = parent(name)) {
            LoggerSettings settings = loggers.get(name);
            if (settings != null) {
                deciding.addAll(settings.filters());
                if (!settings.propagate()) {
                    break;
                }
            }
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
