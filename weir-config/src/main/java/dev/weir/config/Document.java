package dev.weir.config;

import dev.weir.BreakerPolicy;
import dev.weir.HandlerOptions;
import dev.weir.Level;
import dev.weir.LoggerOptions;
import dev.weir.PipelineBuilder;
import dev.weir.QueueWait;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.handler.NullHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The whole document, key by key, in the words of Python's {@code logging.config.dictConfig}. What it says goes to the
 * builder; what is wrong goes to the reading, and the rest is read all the same, so that every problem is found at once.
 */
final class Document {
    private static final String ROOT = "ROOT";
    private static final String DEFAULT_HANDLER = "stdout";
    private static final Node NOTHING = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);
    private static final Map<String, QueueWait> WAITS = waits();

    private final PipelineBuilder builder;
    private final Formats formats;
    private final Filters filters;
    private final TypeRegistry<Handler> types;
    private final Map<String, String> resources = new HashMap<>();
    private final Map<String, Receiver> receivers = new LinkedHashMap<>();
    private List<String> handlers = List.of(DEFAULT_HANDLER);

    private Document(PipelineBuilder builder, Formats formats, Filters filters, TypeRegistry<Handler> types) {
        this.builder = builder;
        this.formats = formats;
        this.filters = filters;
        this.types = types;
    }

    /**
     * Reads a document.
     *
     * @param node null if there is nothing in the file: then all is as by default
     * @param types where types of handlers, filters and formatters are found
     */
    static void read(@Nullable Node node, Reading reading, PipelineBuilder builder, ClassLoader types) {
        Value whole = new Value(reading, node == null ? NOTHING : node, "");
        Entries document = whole.entries();
        document.set("version", value -> value.oneOf(Map.of("1", 1)), version -> {});
        Formats formats = Formats.read(document.take("formatters"), TypeRegistry.ofFormatters(types));
        Filters filters = Filters.read(document.take("filters"), TypeRegistry.ofFilters(types), formats);
        Document reader = new Document(builder, formats, filters, TypeRegistry.ofHandlers(types));
        reader.queue(document.take("queue"));
        reader.stats(document.take("stats"));
        document.set("jmx", Value::bool, builder::jmx);
        Value shutdown = document.take("shutdown");
        if (shutdown != null) {
            Entries entries = shutdown.entries();
            entries.take("deadline");
            entries.end();
        }
        document.take("profiles");
        reader.handlers(document.take("handlers"));
        reader.loggers(document.take("loggers"));
        reader.root(document.take("root"));
        document.end();
    }

    private static Map<String, QueueWait> waits() {
        Map<String, QueueWait> waits = new LinkedHashMap<>();
        for (QueueWait wait : QueueWait.values()) {
            waits.put(wait.key(), wait);
        }
        return waits;
    }

    private void queue(@Nullable Value section) {
        if (section == null) {
            return;
        }
        Entries queue = section.entries();
        queue.set("capacity", Value::bytes, builder::queueCapacity);
        queue.set("max-record", Value::intBytes, builder::maxRecord);
        queue.set("wait", value -> value.oneOf(WAITS), builder::queueWait);
        queue.set("overflow", Overflow::read, builder::overflow);
        queue.end();
    }

    private void stats(@Nullable Value section) {
        if (section == null) {
            return;
        }
        Entries stats = section.entries();
        stats.set("every", Value::duration, builder::statsEvery);
        stats.end();
    }

    // handlers

    private void handlers(@Nullable Value section) {
        if (section == null || section.isNothing()) {
            builder.handler(DEFAULT_HANDLER, ConsoleHandler.stdout(JsonFormatter.weir()));
            return;
        }
        Map<String, Value> named = section.entries().takeAll();
        if (named.isEmpty() && section.isMapping()) {
            section.unexpected("no handler", "one at least; without this key there is a console");
        }
        handlers = List.copyOf(named.keySet());
        named.forEach(this::handler);
        receivers.forEach(this::requireEnd);
    }

    private void handler(String name, Value value) {
        Entries entries = value.entries();
        Handler handler = types.create(value, entries, formats);
        // one that cannot be made has a stand-in: the file will be refused, but first it is read to its end
        builder.handler(name, handler == null ? new NullHandler() : handler, options -> {
            common(entries, options);
            if (!(handler instanceof MemoryHandler)) {
                entries.set("fallback", other -> other.oneOf(others(name)), fallback -> {
                    options.fallback(fallback);
                    receivers.put(name, new Receiver(fallback, "fallback", value, entries));
                });
            }
        });
        if (handler instanceof MemoryHandler memory) {
            Receiver target = new Receiver(memory.target(), "target", value, entries);
            receivers.put(name, target);
            if (!others(name).containsKey(target.name)) {
                target.unexpected(
                        others(name).isEmpty()
                                ? "another handler"
                                : Text.list(others(name).keySet()));
            }
        }
        entries.end();
        if (handler != null) {
            claim(handler.resource(), name, value);
        }
    }

    /**
     * Who takes a handler's records.
     *
     * @param key behind which it is named
     * @param giver the handler that names it
     */
    private record Receiver(String name, String key, Value giver, Entries entries) {
        void unexpected(String expected) {
            String problem = key + ": " + Text.quoted(name) + " (expected: " + expected + ")";
            giver.reading().problem(entries.keyNode(key), giver.inside(problem));
        }
    }

    /** Records must not come back to a handler that passes them on. */
    private void requireEnd(String name, Receiver first) {
        Set<String> met = new HashSet<>();
        Receiver next = first;
        while (next != null && met.add(next.name)) {
            next = receivers.get(next.name);
        }
        if (met.contains(name) && others(name).containsKey(first.name)) {
            first.unexpected("a handler that does not pass on to this one");
        }
    }

    private Map<String, String> others(String name) {
        Map<String, String> others = names();
        others.remove(name);
        return others;
    }

    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        handlers.forEach(name -> names.put(name, name));
        return names;
    }

    /** Two handlers of one file would cut off each other's records. */
    private void claim(@Nullable String resource, String name, Value value) {
        String other = resource == null ? null : resources.putIfAbsent(resource, name);
        if (other != null) {
            value.unexpected("writes to the same file as handlers." + Text.shortened(other), "one of its own");
        }
    }

    /** The keys that every handler has. */
    private void common(Entries entries, HandlerOptions options) {
        Level least = entries.get("level", Value::level, Level.TRACE);
        options.level(least);
        entries.set("max-level", Value::level, most -> {
            if (most.compareTo(least) < 0) {
                throw new IllegalArgumentException(most + " (expected: " + least + ", which is level, or above)");
            }
            options.maxLevel(most);
        });
        entries.set("backlog", Value::bytes, options::backlog);
        entries.set("overflow", Overflow::read, options::overflow);
        entries.set("breaker", Document::breaker, options::breaker);
        entries.set("flush-on", FlushOn::read, flushOn -> flushOn.apply(options));
        entries.set("filters", filters::ofHandler, made -> made.forEach(options::filter));
    }

    /** What is not said is as by default; but a delay above the default's longest is the longest itself. */
    private static @Nullable BreakerPolicy breaker(Value value) {
        Entries entries = value.entries();
        BreakerPolicy otherwise = BreakerPolicy.DEFAULT;
        int failures = entries.get("failures", Value::count, otherwise.failures());
        Duration slow = entries.get("slow", Value::duration, otherwise.slow());
        Duration delay = entries.get("delay", Value::duration, otherwise.delay());
        Duration longest = delay.compareTo(otherwise.maxDelay()) > 0 ? delay : otherwise.maxDelay();
        Duration maxDelay = entries.get("max-delay", Value::duration, longest);
        entries.end();
        return value.attempt(() -> new BreakerPolicy(failures, slow, delay, maxDelay));
    }

    // loggers

    private void loggers(@Nullable Value section) {
        if (section == null) {
            return;
        }
        section.entries().takeAll().forEach((name, value) -> {
            if (name.equals(ROOT) || name.isEmpty()) {
                value.unexpected("not the name of a logger", "the key root beside loggers");
            }
            builder.logger(name, options -> {
                Entries entries = value.entries();
                entries.set("propagate", Value::bool, options::propagate);
                loggerOptions(entries, options);
            });
        });
    }

    private void root(@Nullable Value section) {
        builder.root(options -> {
            if (section != null) {
                loggerOptions(section.entries(), options);
            }
        });
    }

    private void loggerOptions(Entries entries, LoggerOptions options) {
        Value level = entries.take("level");
        if (level != null && level.isOff()) {
            options.off();
        } else if (level != null) {
            Level least = level.levelOrOff();
            if (least != null) {
                options.level(least);
            }
        }
        Value caller = entries.take("caller");
        if (caller != null && caller.isBool()) {
            options.caller(Boolean.TRUE.equals(caller.bool()));
        } else if (caller != null) {
            Level least = caller.levelOrBool();
            if (least != null) {
                options.caller(least);
            }
        }
        Value attached = entries.take("handlers");
        if (attached != null) {
            options.handlers(attached.isNothing() ? List.of() : references(attached));
        }
        entries.set("filters", filters::ofLogger, made -> made.forEach(options::filter));
        entries.end();
    }

    private List<String> references(Value attached) {
        Map<String, String> known = names();
        return attached.items().stream()
                .map(item -> item.oneOf(known))
                .filter(Objects::nonNull)
                .toList();
    }
}
