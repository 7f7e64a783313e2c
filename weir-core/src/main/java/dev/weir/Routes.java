package dev.weir;

import dev.weir.handler.MemoryHandler;
import dev.weir.internal.pipeline.PipelineSettings;
import dev.weir.internal.pipeline.PipelineSettings.HandlerSettings;
import dev.weir.internal.pipeline.PipelineSettings.LoggerSettings;
import dev.weir.internal.pipeline.RoutePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where records go, by what is configured: which logger reaches which handlers, at which levels. It is worked out as the
 * pipeline itself does it; levels set at run time ({@link Levels}) are no part of it.
 *
 * <p>Made by {@link PipelineBuilder#routes}. Immutable; any thread.
 */
public final class Routes {
    private static final String ROOT = PipelineSettings.ROOT;

    private final PipelineSettings settings;
    private final RoutePlan plan;

    Routes(PipelineSettings settings) {
        this.settings = settings;
        plan = new RoutePlan(settings);
    }

    /**
     * A logger's route.
     *
     * @param logger its name; "ROOT" is the root
     * @param levelled the logger whose level counts: itself, or one above
     * @param logged the levels that are logged; a level of these that no handler takes is off all the same
     * @param located the levels whose records say where the call was made
     * @param way the loggers on the way up of which something is configured, the nearest first; the last one is the root, or
     *     does not propagate
     * @param handlers by name, in the order of the configuration, what each gets: an empty set if it takes none of the levels
     *     that are logged
     */
    public record Route(
            String logger,
            String levelled,
            Set<Level> logged,
            Set<Level> located,
            List<Stop> way,
            Map<String, Set<Level>> handlers) {}

    /**
     * A logger on the way up.
     *
     * @param logger its name; "ROOT" is the root
     * @param handlers those attached to it; at the root, if none are named, all that are no other's fallback or target
     * @param filters how many filters of it decide about calls
     * @param propagate whether the way goes on
     */
    public record Stop(String logger, List<String> handlers, int filters, boolean propagate) {}

    /**
     * The loggers of which something is configured.
     *
     * @return the root first, as "ROOT", then the others by their names
     */
    public List<String> loggers() {
        Set<String> others = new TreeSet<>(settings.loggers().keySet());
        others.remove(ROOT);
        List<String> names = new ArrayList<>(others.size() + 1);
        names.add(ROOT);
        names.addAll(others);
        return names;
    }

    /**
     * The handlers.
     *
     * @return by name, in the order of the configuration, who takes the records of each in its place: its fallback, while its
     *     breaker is open, or a memory handler's target; an empty text if nobody does
     */
    public Map<String, String> receivers() {
        Map<String, String> receivers = new LinkedHashMap<>();
        for (HandlerSettings handler : settings.handlers()) {
            String receiver = handler.receiver();
            receivers.put(handler.name(), receiver == null ? "" : receiver);
        }
        return Collections.unmodifiableMap(receivers);
    }

    /**
     * The levels that a handler takes, whoever logs.
     *
     * @param handler its name
     * @return its own levels; empty if there is no such handler
     */
    public Set<Level> taken(String handler) {
        HandlerSettings found = handler(handler);
        return levels(found == null ? 0 : found.severity().levels());
    }

    /**
     * The route of a logger, whether anything is configured of it or not.
     *
     * @param logger dotted; "ROOT" is the root
     * @return its route
     */
    public Route of(String logger) {
        Objects.requireNonNull(logger, "logger");
        List<Stop> way = new ArrayList<>();
        Set<String> reached = new LinkedHashSet<>();
        for (RoutePlan.Stop stop : plan.way(logger)) {
            LoggerSettings own = stop.settings();
            reached.addAll(own.attached());
            boolean goesOn = own.propagate() && !stop.logger().equals(ROOT);
            way.add(new Stop(stop.logger(), own.attached(), own.filters().size(), goesOn));
        }
        Map<String, Set<Level>> handlers = new LinkedHashMap<>();
        for (HandlerSettings handler : settings.handlers()) {
            if (reached.contains(handler.name())) {
                handlers.put(handler.name(), levels(plan.levels(handler, logger)));
            }
        }
        return new Route(
                logger,
                plan.levelled(logger),
                levels(plan.logged(logger)),
                levels(plan.located(logger)),
                Collections.unmodifiableList(way),
                Collections.unmodifiableMap(handlers));
    }

    private @Nullable HandlerSettings handler(String name) {
        for (HandlerSettings handler : settings.handlers()) {
            if (handler.name().equals(name)) {
                return handler;
            }
        }
        return null;
    }

    private static Set<Level> levels(int bits) {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        for (int ordinal = 0; ordinal < Level.COUNT; ordinal++) {
            if ((bits & Level.at(ordinal).bit()) != 0) {
                levels.add(Level.at(ordinal));
            }
        }
        return Collections.unmodifiableSet(levels);
    }

    // in words

    /**
     * Says step by step where a record goes, and why.
     *
     * @param logger dotted; "ROOT" is the root
     * @param level of the record
     * @return a sentence for each step; the last one says what comes of it
     */
    public List<String> explain(String logger, Level level) {
        Route route = of(logger);
        List<String> steps = new ArrayList<>();
        boolean isLogged = route.logged.contains(level);
        String by = route.levelled.equals(logger)
                ? "by its own level"
                : "by the level of " + route.levelled + ", the nearest above it that has one";
        steps.add(logger + " logs " + inWords(route.logged) + ", " + by + ": " + level
                + (isLogged ? " is logged" : " is not"));
        if (!isLogged) {
            steps.add("the call ends here: nothing is encoded, and no handler learns of it");
            return steps;
        }
        Set<String> met = new LinkedHashSet<>();
        route.way.forEach(stop -> explain(stop, met, steps));
        List<String> taking = new ArrayList<>();
        route.handlers.forEach((name, levels) -> {
            boolean takes = levels.contains(level);
            steps.add(explain(Objects.requireNonNull(handler(name)), takes, level));
            if (takes) {
                taking.add(name);
            }
        });
        if (taking.isEmpty()) {
            steps.add(
                    route.handlers.isEmpty()
                            ? "no handler is on the way: the call ends before anything is encoded"
                            : "no handler takes it: the call ends before anything is encoded");
        } else {
            String where = route.located.contains(level) ? ", and says where the call was made" : "";
            steps.add("the record goes to " + String.join(" and ", taking) + where);
        }
        return steps;
    }

    private static void explain(Stop stop, Set<String> met, List<String> steps) {
        if (stop.filters > 0) {
            steps.add("at " + stop.logger + ": goes on if " + filters(stop.filters) + " of it "
                    + (stop.filters == 1 ? "accepts" : "accept") + " the call");
        }
        StringBuilder step = new StringBuilder("at ").append(stop.logger).append(": ");
        step.append(stop.handlers.isEmpty() ? "no handlers" : "to " + String.join(", ", stop.handlers));
        for (String handler : stop.handlers) {
            if (!met.add(handler)) {
                step.append(" (").append(handler).append(" is met again, and gets it once)");
            }
        }
        boolean isRoot = stop.logger.equals(ROOT);
        steps.add(step.append(stop.propagate || isRoot ? "" : "; the way ends here, by propagate: false")
                .toString());
    }

    private static String explain(HandlerSettings handler, boolean takes, Level level) {
        StringBuilder step = new StringBuilder(handler.name()).append(takes ? " takes it: " : " does not take it: ");
        step.append("its levels are ").append(inWords(levels(handler.severity().levels())));
        int filters = handler.filters().size();
        if (takes && filters > 0) {
            step.append("; ").append(filters(filters)).append(" of it may reject it still");
        }
        String receiver = handler.receiver();
        if (takes && handler.handler() instanceof MemoryHandler memory) {
            step.append(
                    memory.passes(level)
                            ? "; it passes it on at once, to "
                            : "; it holds it until a severe one comes, and then passes it on to ");
            step.append(receiver).append(", whatever that one's levels are");
        } else if (takes && receiver != null) {
            step.append("; while its breaker is open ").append(receiver).append(" takes it, whatever its levels are");
        }
        return step.toString();
    }

    private static String filters(int count) {
        return count == 1 ? "a filter" : count + " filters";
    }

    /**
     * Levels in words, as of a {@link Route}.
     *
     * @param levels next to each other, as those of a range are
     * @return as "DEBUG and above", "INFO to WARN", "INFO alone" or "nothing"
     */
    public static String inWords(Set<Level> levels) {
        if (levels.isEmpty()) {
            return "nothing";
        }
        List<Level> sorted = List.copyOf(levels);
        Level least = sorted.get(0);
        Level most = sorted.get(sorted.size() - 1);
        if (most == Level.CRITICAL) {
            return least == most ? "CRITICAL alone" : least + " and above";
        }
        return least == most ? least + " alone" : least + " to " + most;
    }
}
