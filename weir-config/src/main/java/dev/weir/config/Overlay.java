package dev.weir.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * A part of a document that is laid over one. Mappings merge, all else replaces. Nothing, {@code null}, takes a named entry out of its
 * section, with every reference to it, and puts the default of any other key back; but behind {@code type} it is the type of
 * that name.
 */
final class Overlay {
    private final Reading reading;
    private final Mapping content;
    private final String path;
    /** What was merged already, as aliases may lead there on many ways. */
    private final Map<Pair, Node> merged = new HashMap<>();

    private record Pair(@Nullable Node base, Node over) {}

    /**
     * An overlay.
     *
     * @param path the keys that lead to it, with dots; empty for a whole file
     */
    Overlay(Reading reading, Node content, String path) {
        this.reading = reading;
        this.content = Mapping.of(content);
        this.path = path;
    }

    /** What it says. */
    Mapping content() {
        return content;
    }

    /**
     * Lays it over a document. References that it makes itself to what it removes stay, and are wrong.
     *
     * @param known the names that each section has or has had: others cannot be removed
     * @param silenced gets the loggers that have no handlers any more, with the place that says so
     */
    void apply(Mapping document, Map<String, Set<String>> known, Map<String, Node> silenced) {
        References references = new References(document, reading);
        Map<String, Node> removedHandlers = Map.of();
        for (String section : References.SECTIONS) {
            Map<String, Node> removed = removed(section, known.getOrDefault(section, Set.of()));
            for (String logger : references.remove(section, removed.keySet())) {
                silenced.put(logger, removed.values().iterator().next());
            }
            if (section.equals(References.HANDLERS)) {
                removedHandlers = removed;
            }
        }
        mergeInto(document, content.node());
        requireTargets(document, removedHandlers);
    }

    /** The places of the keys behind which nothing stands. */
    private Map<String, Node> removed(String section, Collection<String> known) {
        Map<String, Node> removed = new LinkedHashMap<>();
        for (NodeTuple entry : content.section(section).entries()) {
            String name = Mapping.key(entry);
            if (!Mapping.isNothing(entry.getValueNode())) {
                continue;
            }
            removed.put(name, entry.getKeyNode());
            if (!known.contains(name)) {
                String there = known.isEmpty() ? "none is there" : Text.list(known) + Text.didYouMean(name, known);
                problem(entry.getKeyNode(), section + "." + Text.shortened(name), "nothing to remove", there);
            }
        }
        return removed;
    }

    private void problem(Node node, String key, String found, String expected) {
        String prefix = path.isEmpty() ? "" : path + ".";
        reading.problem(node, prefix + key + ": " + found + " (expected: " + expected + ")");
    }

    private void mergeInto(Mapping base, Node over) {
        for (NodeTuple entry : Mapping.of(over).entries()) {
            String key = Mapping.key(entry);
            Node value = entry.getValueNode();
            Node before = base.get(key);
            if (Mapping.isNothing(value) && !key.equals("type")) {
                base.remove(key);
            } else if (before != null && Mapping.is(before) && Mapping.is(value)) {
                base.put(key, merged(before, value));
            } else {
                base.put(new NodeTuple(entry.getKeyNode(), merged(null, value)));
            }
        }
    }

    private Node merged(@Nullable Node base, Node over) {
        if (!Mapping.is(over)) {
            return over;
        }
        Pair pair = new Pair(base, over);
        Node known = merged.get(pair);
        if (known != null) {
            return known;
        }
        Mapping result = base == null ? Mapping.emptyAt(over) : Mapping.of(base);
        mergeInto(result, over);
        Node node = result.node();
        merged.put(pair, node);
        return node;
    }

    private void requireTargets(Mapping document, Map<String, Node> removed) {
        Mapping handlers = document.section(References.HANDLERS);
        for (NodeTuple entry : handlers.entries()) {
            String target = reading.text(Mapping.of(entry.getValueNode()).get("target"));
            if (target != null && removed.containsKey(target) && handlers.get(target) == null) {
                problem(
                        removed.get(target),
                        References.HANDLERS + "." + Text.shortened(target),
                        "the target of handlers." + Text.shortened(Mapping.key(entry)) + " cannot be removed",
                        "null for that one, too, or another target");
            }
        }
    }
}
