package dev.weir.config;

import dev.weir.HandlerOptions;
import dev.weir.Level;
import dev.weir.LoggerOptions;
import dev.weir.PipelineBuilder;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.handler.NullHandler;
import dev.weir.spi.Key;
import dev.weir.spi.Settings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The whole document, key by key, as {@link Vocabulary} has them. What it says goes to the
 * builder; what is wrong goes to the reading, and the rest is read all the same, so that every problem is found at once.
 */
final class Document {
    private static final String DEFAULT_HANDLER = "stdout";
    private static final Node NOTHING = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);
    /** How the builder begins a problem of a handler. */
    private static final Pattern OF_HANDLER = Pattern.compile("handler (?<name>.*?): (?<problem>.*)");

    private final PipelineBuilder builder;
    private final Value whole;
    private final KindReader reader;
    /** By name; what is not there has a stand-in, and the problem is reported. */
    private final Map<String, KeyedSettings> handlers = new LinkedHashMap<>();

    private final Map<String, KeyedSettings> loggers = new LinkedHashMap<>();
    private final Map<String, String> targets = new HashMap<>();
    private final Map<String, String> resources = new HashMap<>();
    private final Map<String, Receiver> receivers = new LinkedHashMap<>();
    private final Map<String, Object> written = new LinkedHashMap<>();

    private Set<Trigger> triggers = Set.of();

    /**
     * What a document says that is not for the builder.
     *
     * @param written all of it, as {@link Written} data
     * @param triggers what leads to a reload
     */
    record Said(Map<String, Object> written, Set<Trigger> triggers) {}

    private Document(PipelineBuilder builder, Value whole, KindReader reader) {
        this.builder = builder;
        this.whole = whole;
        this.reader = reader;
    }

    /**
     * Reads a document.
     *
     * @param node null if there is nothing in the file: then all is as by default
     * @param types where types of handlers, filters and formatters are found
     * @param alone whether no profiles are known, which might name what it does not
     * @return what it says besides
     */
    static Said read(@Nullable Node node, Reading reading, PipelineBuilder builder, ClassLoader types, boolean alone) {
        Value whole = new Value(reading, node == null ? NOTHING : node, "");
        Document document = new Document(builder, whole, new KindReader(types));
        document.read(alone);
        return new Said(document.written, document.triggers);
    }

    private void read(boolean alone) {
        Entries entries = whole.entries();
        KeyedSettings own = reader.section(whole, entries, Vocabulary.OWN);
        written.putAll(own.written());
        give(own);
        entries.take(Vocabulary.PROFILES.name()); // those that are active have been laid over the rest already
        section(entries, Vocabulary.FORMATTERS, reader.formats()::read);
        section(entries, Vocabulary.FILTERS, reader.filters()::read);
        handlers(entries.take(Vocabulary.HANDLERS.name()));
        reader.within(null);
        section(entries, Vocabulary.LOGGERS, this::loggers);
        Value root = entries.take(Vocabulary.ROOT.name());
        builder.root(options -> {
            if (root != null) {
                written.put(Vocabulary.ROOT.name(), logger(RouteWarnings.ROOT, root, Vocabulary.ROOT_LOGGER, options));
            }
        });
        entries.end();
        if (whole.reading().reports() == 0) {
            fit(own);
        }
        if (whole.reading().reports() == 0) {
            RouteWarnings warnings = new RouteWarnings(loggers, handlers, targets, builder.routes());
            warnings.tell();
            if (alone) {
                warnings.tellOfIdle();
            }
        }
    }

    private void section(Entries entries, Key<?> key, Function<Value, Map<String, Object>> read) {
        Value section = entries.take(key.name());
        if (section != null) {
            written.put(key.name(), read.apply(section));
        }
    }

    private void give(KeyedSettings own) {
        Settings queue = own.get(Vocabulary.QUEUE);
        queue.give(Vocabulary.CAPACITY, builder::queueCapacity);
        queue.give(Vocabulary.MAX_RECORD, bytes -> builder.maxRecord(Math.toIntExact(bytes)));
        queue.give(Vocabulary.WAIT, builder::queueWait);
        queue.give(Vocabulary.QUEUE_OVERFLOW, builder::overflow);
        own.get(Vocabulary.STATS).give(Vocabulary.STATS_EVERY, builder::statsEvery);
        own.give(Vocabulary.JMX, builder::jmx);
        triggers = own.get(Vocabulary.RELOAD_ON);
        own.get(Vocabulary.SHUTDOWN).give(Vocabulary.DEADLINE, builder::shutdownDeadline);
    }

    /** What is right by itself may not fit together; what the builder says of it gets its place. */
    private void fit(KeyedSettings own) {
        try {
            builder.check();
        } catch (IllegalArgumentException e) {
            String.valueOf(e.getMessage()).lines().forEach(problem -> place(own, problem));
        }
    }

    private void place(KeyedSettings own, String problem) {
        Matcher parts = OF_HANDLER.matcher(problem);
        KeyedSettings handler = parts.matches() ? handlers.get(parts.group("name")) : null;
        if (handler != null) {
            handler.refuse(parts.group("problem"));
        } else {
            own.refuse(problem);
        }
    }

    // handlers

    private void handlers(@Nullable Value section) {
        if (section == null || section.isNothing()) {
            builder.handler(
                    DEFAULT_HANDLER,
                    ConsoleHandler.stdout(JsonFormatter.weir()),
                    options -> options.describedBy(DEFAULT_HANDLER, List.of()));
            reader.handlerNames(List.of(DEFAULT_HANDLER));
            return;
        }
        Map<String, Value> named = section.entries().takeAll();
        if (named.isEmpty() && section.isMapping()) {
            section.unexpected("no handler", "one at least; without this key there is a console");
        }
        reader.handlerNames(named.keySet());
        Map<String, Object> all = new LinkedHashMap<>();
        named.forEach((name, value) -> all.put(name, handler(name, value)));
        written.put(Vocabulary.HANDLERS.name(), all);
        receivers.forEach(this::requireEnd);
    }

    /** Returns what is written there. */
    private Object handler(String name, Value value) {
        reader.within(name);
        Entries entries = value.entries();
        KindReader.Read<Handler> read = reader.handlerTypes().create(value, entries, reader);
        // one that cannot be made has a stand-in: the file will be refused, but first it is read to its end
        Handler handler = read == null ? new NullHandler() : read.value();
        boolean isMemory = handler instanceof MemoryHandler;
        KeyedSettings common =
                reader.section(value, entries, isMemory ? Vocabulary.MEMORY_HANDLER : Vocabulary.HANDLER);
        handlers.put(name, common);
        builder.handler(name, handler, options -> {
            common(common, options);
            if (read != null) {
                Object filters = common.written().getOrDefault(Vocabulary.HANDLER_FILTERS.name(), List.of());
                options.describedBy(Written.meaning(read.written()), Written.meaning(filters));
            }
            if (!isMemory) {
                common.give(Vocabulary.FALLBACK, fallback -> {
                    options.fallback(fallback);
                    receivers.put(name, new Receiver(fallback, common.place(Vocabulary.FALLBACK)));
                });
            }
        });
        if (handler instanceof MemoryHandler memory) {
            targets.put(name, memory.target());
            receivers.put(name, new Receiver(memory.target(), value.at(BuiltInHandlers.TARGET.name())));
        }
        entries.end();
        if (read != null) {
            claim(handler.resource(), name, value);
        }
        Map<String, Object> own = new LinkedHashMap<>();
        if (read != null && read.written() instanceof Map<?, ?> ofType) {
            ofType.forEach((key, said) -> own.put(String.valueOf(key), said));
        }
        own.putAll(common.written());
        return own;
    }

    /** The keys that every handler has. */
    private static void common(KeyedSettings common, HandlerOptions options) {
        Level least = common.get(Vocabulary.LEVEL);
        options.level(least);
        common.give(Vocabulary.MAX_LEVEL, most -> {
            if (most.compareTo(least) < 0) {
                throw new IllegalArgumentException(most + " (expected: " + least + ", which is level, or above)");
            }
            options.maxLevel(most);
        });
        common.give(Vocabulary.BACKLOG, options::backlog);
        common.give(Vocabulary.OVERFLOW, options::overflow);
        common.give(Vocabulary.BREAKER, options::breaker);
        common.give(Vocabulary.FLUSH_ON, flushOn -> flushOn.apply(options));
        common.give(Vocabulary.HANDLER_FILTERS, made -> made.forEach(options::filter));
    }

    /**
     * Who takes a handler's records.
     *
     * @param at where it is named
     */
    private record Receiver(String name, Value at) {}

    /** Records must not come back to a handler that passes them on. */
    private void requireEnd(String name, Receiver first) {
        Set<String> met = new HashSet<>();
        Receiver next = first;
        while (next != null && met.add(next.name)) {
            next = receivers.get(next.name);
        }
        if (met.contains(name)) {
            first.at.unexpected("a handler that does not pass on to this one");
        }
    }

    /** Two handlers of one file would cut off each other's records. */
    private void claim(@Nullable String resource, String name, Value value) {
        String other = resource == null ? null : resources.putIfAbsent(resource, name);
        if (other != null) {
            value.unexpected("writes to the same file as handlers." + Text.shortened(other), "one of its own");
        }
    }

    // loggers

    private Map<String, Object> loggers(Value section) {
        Map<String, Object> all = new LinkedHashMap<>();
        section.entries().takeAll().forEach((name, value) -> {
            if (name.equals(RouteWarnings.ROOT) || name.isEmpty()) {
                value.unexpected("not the name of a logger", "the key root beside loggers");
            }
            builder.logger(name, options -> all.put(name, logger(name, value, Vocabulary.LOGGER, options)));
        });
        return all;
    }

    /** Returns what is written there. */
    private Map<String, Object> logger(String name, Value value, List<Key<?>> keys, LoggerOptions options) {
        Entries entries = value.entries();
        KeyedSettings settings = reader.section(value, entries, keys);
        entries.end();
        loggers.put(name, settings);
        if (keys.contains(Vocabulary.PROPAGATE)) {
            settings.give(Vocabulary.PROPAGATE, options::propagate);
        }
        settings.give(Vocabulary.LOGGER_LEVEL, level -> level.accept(options));
        settings.give(Vocabulary.CALLER, caller -> caller.accept(options));
        settings.give(Vocabulary.LOGGER_HANDLERS, options::handlers);
        settings.give(Vocabulary.LOGGER_FILTERS, made -> made.forEach(options::filter));
        return settings.written();
    }
}
