package dev.weir.internal.pipeline;

import dev.weir.Level;
import dev.weir.filter.LoggerFilter;
import dev.weir.internal.pipeline.PipelineSettings.LoggerSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of the logger tree mean for a logger: the levels it logs, and the handlers its records reach by
 * walking up as long as loggers propagate. As in Python's {@code logging}, the levels of the loggers above do not count
 * once a record is let through. Immutable.
 */
final class RoutePlan {
    private final Map<String, LoggerSettings> loggers;

    RoutePlan(Map<String, LoggerSettings> loggers) {
        this.loggers = loggers;
    }

    /** The levels logged at a logger: by its own setting or the nearest one above. */
    int logged(String logger) {
        for (String name = logger; name != null; name = parent(name)) {
            LoggerSettings settings = loggers.get(name);
            if (settings != null && settings.threshold() != PipelineSettings.INHERITED) {
                return levelsFrom(settings.threshold());
            }
        }
        return levelsFrom(Level.INFO.ordinal());
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

    private static int levelsFrom(int threshold) {
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
