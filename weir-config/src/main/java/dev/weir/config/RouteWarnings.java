package dev.weir.config;

import dev.weir.Level;
import dev.weir.Routes;
import dev.weir.Routes.Route;
import dev.weir.Routes.Stop;
import dev.weir.spi.Key;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is right in a document and hardly meant: records that go nowhere, or to where they go already. It is told as
 * warnings, each with its place.
 */
final class RouteWarnings {
    /** The root among loggers. */
    static final String ROOT = "ROOT";

    private final Map<String, KeyedSettings> loggers;
    private final Map<String, KeyedSettings> handlers;
    private final Map<String, String> targets;
    private final Set<String> receivers;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    /** What some handler takes of the loggers that have a logger's level, by that one. */
    private final Map<String, Set<Level>> heard = new HashMap<>();

    /**
     * Of a document without problems.
     *
     * @param loggers by name, the root as "ROOT", if the document speaks of it
     * @param handlers by name
     * @param targets of the memory handlers, by their names
     * @param routes what the document makes of the routes
     */
    RouteWarnings(
            Map<String, KeyedSettings> loggers,
            Map<String, KeyedSettings> handlers,
            Map<String, String> targets,
            Routes routes) {
        this.loggers = loggers;
        this.handlers = handlers;
        this.targets = targets;
        receivers = Set.copyOf(routes.receivers().values());
        for (String name : routes.loggers()) {
            Route route = routes.of(name);
            this.routes.put(name, route);
            if (!route.handlers().isEmpty()) {
                Set<Level> levels = heard.computeIfAbsent(route.levelled(), by -> EnumSet.noneOf(Level.class));
                route.handlers().values().forEach(levels::addAll);
            }
        }
    }

    void tell() {
        loggers.forEach((name, settings) -> {
            Route route = Objects.requireNonNull(routes.get(name));
            attachedTwice(route, settings);
            unheard(route, settings);
            silent(route, settings);
        });
    }

    /** A record that meets a handler twice gets there once; but what a memory handler passes on, it gets besides. */
    private void attachedTwice(Route route, KeyedSettings settings) {
        if (!settings.has(Vocabulary.LOGGER_HANDLERS)) {
            return;
        }
        for (Value item : settings.place(Vocabulary.LOGGER_HANDLERS).items()) {
            String handler = item.shown();
            for (Stop above : route.way().subList(1, route.way().size())) {
                if (above.handlers().contains(handler)) {
                    item.warning(
                            Text.shortened(handler) + " is attached to " + named(above.logger())
                                    + ", too, and a record gets there once (expected: one of the two, or propagate: false here)");
                    break;
                }
            }
            String twin = twin(handler, route);
            if (twin != null) {
                item.warning(Text.shortened(handler) + " and " + Text.shortened(twin) + " are on one way, and "
                        + Text.shortened(targets.getOrDefault(handler, handler))
                        + " gets twice what the other passes on to it (expected: one of the two)");
            }
        }
    }

    /** Its target, or the memory handler, of another logger, whose target it is; null if neither is on the way. */
    private @Nullable String twin(String handler, Route route) {
        String target = targets.get(handler);
        if (target != null && route.handlers().containsKey(target)) {
            return target;
        }
        List<String> here = route.way().get(0).handlers();
        for (String other : route.handlers().keySet()) {
            if (handler.equals(targets.get(other)) && !here.contains(other)) {
                return other;
            }
        }
        return null;
    }

    /** Levels that a logger opens, and that no handler takes, neither on its route nor on one of those that have its level. */
    private void unheard(Route route, KeyedSettings settings) {
        Set<Level> taken = heard.get(route.logger());
        if (taken == null || !settings.has(Vocabulary.LOGGER_LEVEL)) {
            return;
        }
        Set<Level> unheard = EnumSet.noneOf(Level.class);
        unheard.addAll(route.logged());
        unheard.removeAll(taken);
        if (!unheard.isEmpty()) {
            settings.place(Vocabulary.LOGGER_LEVEL)
                    .warning("no handler on the way takes " + list(unheard)
                            + " (expected: a level that one takes, or a handler with these levels)");
        }
    }

    /** A logger whose records have no handler; an empty list behind a logger that does not propagate is meant so. */
    private void silent(Route route, KeyedSettings settings) {
        if (!route.handlers().isEmpty() || route.logged().isEmpty()) {
            return;
        }
        Key<?> key = route.logger().equals(ROOT) ? Vocabulary.LOGGER_HANDLERS : Vocabulary.PROPAGATE;
        boolean isMeant = key == Vocabulary.PROPAGATE
                && settings.has(Vocabulary.LOGGER_HANDLERS)
                && settings.place(Vocabulary.LOGGER_HANDLERS).isList();
        boolean endsHere = route.way().size() == 1;
        if (endsHere && !isMeant) {
            settings.place(key)
                    .silent(
                            route.logger(),
                            "no handler gets what is logged here: it is discarded (expected: handlers, or level: OFF if "
                                    + "that is meant)");
        }
    }

    /** Of handlers that nothing leads to. */
    void tellOfIdle() {
        Set<String> reached = new HashSet<>(receivers);
        routes.values().forEach(route -> reached.addAll(route.handlers().keySet()));
        handlers.forEach((name, settings) -> {
            if (!reached.contains(name)) {
                settings.whole()
                        .warning(
                                "nothing leads here (expected: a logger or root that names it, or a handler whose fallback or "
                                        + "target it is)");
            }
        });
    }

    private String named(String logger) {
        if (!logger.equals(ROOT)) {
            return "loggers." + Text.shortened(logger);
        }
        KeyedSettings root = loggers.get(ROOT);
        boolean listed = root != null && root.has(Vocabulary.LOGGER_HANDLERS);
        return listed ? "root" : "root, which has all handlers unless it names some";
    }

    private static String list(Set<Level> levels) {
        return Text.list(levels.stream().map(Level::name).toList());
    }
}
