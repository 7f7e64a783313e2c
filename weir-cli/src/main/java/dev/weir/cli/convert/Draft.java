package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Items;
import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of Weir in the making. Readers add handlers, loggers and what points from one to the other; {@link
 * #finish} connects them, where the models differ: what stands between a logger and a sink elsewhere (queues, wrappers,
 * levels of a reference) is part of the handler here.
 *
 * <p>Used by one thread.
 */
final class Draft {
    private static final String NOTHING = "nothing";
    private static final int MOST_WAYS = 5_000;

    private final Entry top = new Entry(new Keys());
    private final Keys formatters = new Keys();
    private final Map<String, HandlerDraft> handlers = new LinkedHashMap<>();
    private final Map<String, List<Pointer>> standIns = new HashMap<>();
    private final Map<String, LoggerDraft> loggers = new LinkedHashMap<>();
    private final LoggerDraft root = new LoggerDraft("");
    private final List<Rule> globalRules = new ArrayList<>();
    private final List<Content> globalFilters = new ArrayList<>();
    private final Set<String> blocking = new LinkedHashSet<>();
    private final Map<String, String> fallbacks = new LinkedHashMap<>();
    private final Map<HandlerDraft, Pointer> targets = new LinkedHashMap<>();
    private final Map<HandlerDraft, Map<Pointer, String>> met = new LinkedHashMap<>();
    /** Who takes the records of whom, as far as that is settled. */
    private final Map<HandlerDraft, HandlerDraft> receivers = new HashMap<>();

    private boolean needsNothing;
    private int ways;

    /** Where it is told of what belongs to the whole. */
    Entry top() {
        return top;
    }

    Keys formatters() {
        return formatters;
    }

    LoggerDraft root() {
        return root;
    }

    /**
     * Adds a handler.
     *
     * @param source its name there
     * @param part where it stands
     * @return null if that name is taken, which is told
     */
    @Nullable
    HandlerDraft addHandler(String source, Part part) {
        if (handlers.containsKey(source)) {
            top.notConverted(part, "a second one of that name");
            return null;
        }
        Set<String> taken = new HashSet<>();
        handlers.values().forEach(other -> taken.add(other.name()));
        String name = source.replaceAll("[^A-Za-z0-9._-]+", "-");
        name = name.isEmpty() ? "handler" : name;
        for (int i = 2; taken.contains(name); i++) {
            name = name.replaceAll("-[0-9]+$", "") + '-' + i;
        }
        HandlerDraft handler = new HandlerDraft(name, part.line());
        if (!name.equals(source)) {
            handler.entry()
                    .say(
                            Remark.Kind.DIFFERS,
                            part.line(),
                            "its name is \"" + source + "\" there, and " + name + " here");
        }
        handlers.put(source, handler);
        part.goesTo(handler.entry());
        return handler;
    }

    /** Puts others in the place of something that is not needed here. */
    void standIn(String source, List<Pointer> others) {
        standIns.put(source, others);
    }

    /** What a name stands for in the end; empty if for nothing that could be converted. */
    List<HandlerDraft> behind(String source) {
        List<HandlerDraft> found = new ArrayList<>();
        expand(new Pointer(source, new Part(Part.Kind.KEY, source, 0)), new HashSet<>())
                .forEach(pointer -> {
                    HandlerDraft handler = handlers.get(pointer.name());
                    if (handler != null) {
                        found.add(handler);
                    }
                });
        return found;
    }

    /** A logger by its name, new or already there. */
    LoggerDraft logger(String name) {
        return name.isEmpty() ? root : loggers.computeIfAbsent(name, LoggerDraft::new);
    }

    /** Filters every record, whatever its handler. */
    void addGlobal(Rule rule) {
        globalRules.add(rule);
    }

    /** Adds a filter to every handler. */
    void addGlobal(Keys filter) {
        globalFilters.add(filter);
    }

    /** Has another take a handler's records while it fails, wherever the handler is described. */
    void fallback(String source, Pointer other) {
        fallbacks.put(source, other.name());
    }

    /** Has a memory handler pass on to another one, wherever that is described. */
    void target(HandlerDraft memory, String source, Part part) {
        targets.put(memory, new Pointer(source, part));
    }

    /** Has callers wait for the handlers behind these, rather than lose a record. */
    void blocking(List<Pointer> pointers) {
        pointers.forEach(pointer -> blocking.add(pointer.name()));
    }

    /** Has records say who called, for something on a line that shows it. */
    void needCaller(String why, int line) {
        if (!root.keys().has("caller")) {
            root.keys().put("caller", "true");
            root.entry()
                    .say(
                            Remark.Kind.DIFFERS,
                            line,
                            "caller is for " + why
                                    + "; it costs some microseconds a call, so name the loggers that need it");
        }
    }

    // putting it together

    /**
     * Connects everything.
     *
     * @return the document, without the comments of {@link #top}
     */
    Keys finish() {
        mergeFiles();
        targets.forEach(this::setTarget);
        List<LoggerDraft> all = new ArrayList<>(loggers.values());
        all.add(root);
        all.forEach(this::attach);
        all.forEach(this::tellOfDoubles);
        met.forEach(Draft::narrow);
        blocking.forEach(
                source -> behind(source).forEach(handler -> handler.keys().put("overflow", "block")));
        handlers.values().forEach(this::filterAll);
        fallbacks.forEach((source, other) -> behind(source).forEach(handler -> handler.fallback(other)));
        handlers.values().forEach(this::setFallback);
        handlers.values().forEach(HandlerDraft::finish);
        all.forEach(LoggerDraft::finish);
        return document();
    }

    private Keys document() {
        Keys document = new Keys().put("version", "1");
        if (!formatters.isEmpty()) {
            document.put("formatters", formatters);
        }
        Keys written = new Keys();
        for (HandlerDraft handler : handlers.values()) {
            written.entries().put(handler.name(), handler.entry());
        }
        if (handlers.isEmpty() || needsNothing) {
            written.put(nothing(), new Keys().put("type", "null"));
        }
        if (handlers.isEmpty()) {
            top.say(
                    Remark.Kind.NOT_CONVERTED,
                    0,
                    "no handler could be made: all records go nowhere until there is one");
        }
        document.put("handlers", written);
        Keys names = new Keys();
        loggers.values().forEach(logger -> names.entries().put(logger.name(), logger.entry()));
        if (!names.isEmpty()) {
            document.put("loggers", names);
        }
        document.entries().put("root", root.entry());
        return document;
    }

    /** The name of a handler that keeps nothing, where no other has it. */
    private String nothing() {
        Set<String> taken = new HashSet<>();
        handlers.values().forEach(handler -> taken.add(handler.name()));
        String name = NOTHING;
        while (taken.contains(name)) {
            name += "-";
        }
        return name;
    }

    /** Writes down which handlers a logger has. */
    private void attach(LoggerDraft logger) {
        Set<String> names = new LinkedHashSet<>();
        for (Pointer pointer : logger.pointers()) {
            List<Pointer> ends = expand(pointer, new HashSet<>());
            for (Pointer end : ends) {
                HandlerDraft handler = handlers.get(end.name());
                if (handler != null) {
                    names.add(handler.name());
                    met.computeIfAbsent(handler, key -> new LinkedHashMap<>()).put(end, logger.name());
                } else {
                    logger.entry().notConverted(pointer.part(), "no handler was made of " + end.name());
                }
            }
        }
        boolean root = logger.name().isEmpty();
        if (root || !names.isEmpty()) {
            logger.keys().put("handlers", Items.literals(names));
        }
    }

    private List<Pointer> expand(Pointer pointer, Set<String> open) {
        if (++ways > MOST_WAYS) {
            top.say(
                    Remark.Kind.NOT_CONVERTED,
                    pointer.part().line(),
                    "the way to " + pointer.name() + " (there are more than " + MOST_WAYS + " ways to handlers)");
            return List.of();
        }
        List<Pointer> others = standIns.get(pointer.name());
        if (others == null || handlers.containsKey(pointer.name()) || !open.add(pointer.name())) {
            return List.of(pointer);
        }
        List<Pointer> ends = new ArrayList<>();
        others.forEach(other -> ends.addAll(expand(pointer.to(other), open)));
        open.remove(pointer.name());
        return ends;
    }

    /** Elsewhere a record comes once for each way to a handler. */
    private void tellOfDoubles(LoggerDraft logger) {
        if (logger.name().isEmpty() || !logger.propagates()) {
            return;
        }
        for (LoggerDraft above : above(logger)) {
            for (HandlerDraft handler : met.keySet()) {
                Collection<String> at = met.get(handler).values();
                if (at.contains(logger.name()) && at.contains(above.name())) {
                    logger.entry()
                            .say(
                                    Remark.Kind.DIFFERS,
                                    lineOf(logger, handler),
                                    "a record that reaches " + handler.name() + " from here and from "
                                            + (above.name().isEmpty() ? "root" : above.name())
                                            + " came twice there, and comes once here");
                }
            }
        }
    }

    private int lineOf(LoggerDraft logger, HandlerDraft handler) {
        for (Map.Entry<Pointer, String> way :
                met.getOrDefault(handler, Map.of()).entrySet()) {
            if (way.getValue().equals(logger.name())) {
                return way.getKey().part().line();
            }
        }
        return 0;
    }

    /** The loggers that a logger's records propagate to. */
    private List<LoggerDraft> above(LoggerDraft logger) {
        List<LoggerDraft> ancestors = new ArrayList<>(loggers.values().stream()
                .filter(other -> other != logger && other.holds(logger.name()))
                .sorted((a, b) -> b.name().length() - a.name().length())
                .toList());
        ancestors.add(root);
        List<LoggerDraft> reached = new ArrayList<>();
        for (LoggerDraft ancestor : ancestors) {
            reached.add(ancestor);
            if (!ancestor.propagates()) {
                break;
            }
        }
        return reached;
    }

    /** What the ways to a handler have in common is the handler's own. */
    private static void narrow(HandlerDraft handler, Map<Pointer, String> ways) {
        List<Pointer> pointers = List.copyOf(ways.keySet());
        Pointer first = pointers.get(0);
        boolean alike = pointers.stream()
                        .allMatch(way ->
                                text(way).equals(text(first)) && way.rules().isEmpty())
                || pointers.size() == 1;
        if (alike && first.level() != null) {
            handler.raise(first.level(), first.part());
        }
        if (pointers.size() == 1) {
            Rule.apply(first.rules(), handler);
        } else if (!alike) {
            widen(handler, pointers);
        }
    }

    private static String text(Pointer pointer) {
        return pointer.level() == null ? "" : pointer.level().weir();
    }

    /** Nothing may be lost that came there on any of the ways. */
    private static void widen(HandlerDraft handler, List<Pointer> ways) {
        Level least = Level.CRITICAL;
        for (Pointer way : ways) {
            Level level = way.level() == null || !way.level().isLiteral()
                    ? null
                    : Levels.named(way.level().text());
            Level taken = level == null ? Level.TRACE : level;
            least = taken.compareTo(least) < 0 ? taken : least;
            way.rules()
                    .forEach(rule -> handler.entry()
                            .notConverted(
                                    rule.part(), "filters are the handler's here, and other loggers name it without"));
        }
        for (Pointer way : ways) {
            if (way.level() != null && !text(way).equalsIgnoreCase(least.name())) {
                handler.entry()
                        .say(
                                Remark.Kind.NOT_CONVERTED,
                                way.part().line(),
                                "the level " + text(way) + " of this way to " + handler.name()
                                        + " (levels are the handler's, and loggers name it with others: it takes "
                                        + least
                                        + " and above from all)");
            }
        }
        handler.raise(least);
    }

    private void filterAll(HandlerDraft handler) {
        Rule.apply(globalRules, handler);
        globalFilters.forEach(handler::addFilter);
    }

    /** Without one it is no handler of Weir's. */
    private void setTarget(HandlerDraft memory, Pointer target) {
        List<HandlerDraft> others = behind(target.name());
        others.remove(memory);
        boolean passes = !others.isEmpty() && !leadsTo(others.get(0), memory);
        memory.keys().put("target", Scalar.literal(passes ? others.get(0).name() : nothing()));
        if (passes) {
            receivers.put(memory, others.get(0));
        }
        if (!passes) {
            memory.entry()
                    .say(
                            Remark.Kind.NOT_CONVERTED,
                            target.part().line(),
                            "its target " + target.name()
                                    + " (no handler was made of it: what it passes on goes nowhere)");
            needsNothing = true;
        }
    }

    private void setFallback(HandlerDraft handler) {
        String source = handler.fallback();
        if (source == null) {
            return;
        }
        List<HandlerDraft> others = behind(source);
        if (others.isEmpty() || others.contains(handler) || leadsTo(others.get(0), handler)) {
            handler.entry()
                    .say(Remark.Kind.NOT_CONVERTED, 0, "the fallback to " + source + " (no handler was made of it)");
        } else {
            handler.keys().put("fallback", Scalar.literal(others.get(0).name()));
            receivers.put(handler, others.get(0));
        }
    }

    /** Records must not come back. */
    private boolean leadsTo(HandlerDraft from, HandlerDraft to) {
        HandlerDraft next = from;
        while (next != null && next != to) {
            next = receivers.get(next);
        }
        return next == to;
    }

    /** One file has one handler: a second one of the same path gives its place to the first. */
    private void mergeFiles() {
        Map<String, String> paths = new HashMap<>();
        for (String source : List.copyOf(handlers.keySet())) {
            HandlerDraft handler = handlers.get(source);
            Entry path = handler == null ? null : handler.keys().entries().get("path");
            if (handler == null || path == null || !(path.content() instanceof Scalar scalar)) {
                continue;
            }
            String first = paths.putIfAbsent(scalar.yaml(), source);
            if (first != null) {
                handlers.remove(source);
                standIn(source, List.of(new Pointer(first, new Part(Part.Kind.KEY, first, 0))));
                HandlerDraft keeper = handlers.get(first);
                handler.entry().giveWayTo(keeper == null ? top : keeper.entry());
                handler.entry()
                        .say(
                                Remark.Kind.NOT_CONVERTED,
                                handler.line(),
                                source
                                        + ", which writes to the same file (one file has one handler here: its records come to "
                                        + first + ")");
            }
        }
    }
}
