package dev.weir.internal.pipeline;

import dev.weir.handler.MemoryHandler;
import dev.weir.internal.pipeline.PipelineSettings.HandlerSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which handler takes another's records: its fallback while its breaker is open, or the target of a memory handler. A chain of
 * them has an end.
 */
final class Fallbacks {
    private final Map<String, HandlerSettings> byName = new LinkedHashMap<>();

    Fallbacks(List<HandlerSettings> handlers) {
        for (HandlerSettings handler : handlers) {
            byName.put(handler.name(), handler);
        }
    }

    /** Names that are none, and handlers whose records would come back to them. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (HandlerSettings handler : byName.values()) {
            String fallback = handler.receiver();
            String setting = handler.handler() instanceof MemoryHandler ? "target" : "fallback";
            if (fallback != null && !byName.containsKey(fallback)) {
                problems.add("handler " + handler.name() + ": " + setting + ": " + fallback + " (expected: one of "
                        + byName.keySet() + ")");
            } else if (comesBack(handler)) {
                problems.add("handler " + handler.name() + ": " + setting + ": " + fallback
                        + " (expected: a handler that does not pass on to this one)");
            }
        }
        return problems;
    }

    private boolean comesBack(HandlerSettings handler) {
        Set<String> met = new HashSet<>();
        HandlerSettings next = of(handler);
        while (next != null && met.add(next.name())) {
            next = of(next);
        }
        return met.contains(handler.name());
    }

    private @Nullable HandlerSettings of(HandlerSettings handler) {
        return handler.receiver() == null ? null : byName.get(handler.receiver());
    }

    /** The handlers that take records from loggers unless something else is said: those that take no other's. */
    List<String> givers() {
        Set<String> givers = new LinkedHashSet<>(byName.keySet());
        for (HandlerSettings handler : byName.values()) {
            givers.remove(handler.receiver());
        }
        return List.copyOf(givers);
    }

    /** How often a record may be passed on; there are no problems. */
    int longestChain() {
        int longest = 0;
        for (HandlerSettings handler : byName.values()) {
            int links = 0;
            for (HandlerSettings next = of(handler); next != null; next = of(next)) {
                links++;
            }
            longest = Math.max(longest, links);
        }
        return longest;
    }

    /** All handlers, each after its fallback; there are no problems. */
    List<HandlerSettings> receiversFirst() {
        Map<String, HandlerSettings> ordered = new LinkedHashMap<>();
        for (HandlerSettings handler : byName.values()) {
            addAfterFallback(handler, ordered);
        }
        return List.copyOf(ordered.values());
    }

    private void addAfterFallback(HandlerSettings handler, Map<String, HandlerSettings> ordered) {
        HandlerSettings fallback = of(handler);
        if (fallback != null) {
            addAfterFallback(Objects.requireNonNull(fallback), ordered);
        }
        ordered.putIfAbsent(handler.name(), handler);
    }
}
