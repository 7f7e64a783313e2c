package dev.weir.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * A mapping. Whoever reads it takes the keys it knows and then {@link #end() ends}: what is left is unknown. So the keys
 * that are expected are the keys that are read.
 */
final class Entries {
    private final Value owner;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    /** Of a value that is a mapping, or nothing at all. */
    Entries(Value owner, @Nullable MappingNode mapping) {
        this.owner = owner;
        if (mapping != null) {
            mapping.getValue().forEach(this::add);
        }
    }

    /** Keys are read as they stand: variables are not replaced in them. */
    private void add(NodeTuple entry) {
        String key = Mapping.key(entry);
        keys.put(key, entry.getKeyNode());
        values.put(key, owner.child(key, entry.getValueNode()));
    }

    /**
     * The value of a key, which is known from now on; null if it is not there. A handler's type and what all handlers have
     * in common take their keys from the same entries, so a key that both of them take is a problem.
     */
    @Nullable
    Value take(String key) {
        if (known.contains(key)) {
            owner.unexpected("its type reads " + key, "a key that not every handler has");
            return null;
        }
        known.add(key);
        return values.remove(key);
    }

    /** As {@link #take}, and not being there is a problem. */
    @Nullable
    Value require(String key) {
        Value value = take(key);
        if (value == null) {
            owner.problem(owner.inside(key + " is missing"));
        }
        return value;
    }

    /** All entries that are left: keys are names that the file gives, or nobody can know them. */
    Map<String, Value> takeAll() {
        Map<String, Value> all = new LinkedHashMap<>(values);
        values.clear();
        return all;
    }

    private Node keyNode(String key) {
        return keys.getOrDefault(key, owner.node());
    }

    /** Reports all keys that nobody has taken. */
    void end() {
        for (String key : values.keySet()) {
            String expected = String.join(", ", known) + Text.didYouMean(key, known);
            String problem = "unknown key " + Text.quoted(key) + " (expected: " + expected + ")";
            owner.reading().problem(keyNode(key), owner.inside(problem));
        }
    }
}
