package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object while they are put together: each name once, those with dots in objects of their own if that is
 * wanted.
 */
final class JsonLayout {
    private static final JsonMember[] NONE = {};

    private final JsonPreset preset;
    private final boolean nested;
    private final @Nullable TimeText time;
    private final String traceBeginning;
    private final Node root = new Node(JsonField.OBJECT, false, null);
    private final Set<String> reserved = new LinkedHashSet<>();

    /** A member by its name, with those within it. */
    private record Node(
            JsonField field, boolean flat, @Nullable String constant, Map<String, Node> members) {
        Node(JsonField field, boolean flat, @Nullable String constant) {
            this(field, flat, constant, new LinkedHashMap<>());
        }
    }

    /**
     * No members yet.
     *
     * @param traceBeginning what stands before a trace's id
     */
    JsonLayout(JsonPreset preset, boolean nested, @Nullable TimeText time, String traceBeginning) {
        this.preset = preset;
        this.nested = nested;
        this.time = time;
        this.traceBeginning = traceBeginning;
        reserved.add(preset.truncatedName());
        reserved.addAll(preset.reserved());
    }

    /** Adds a field under a name. */
    void add(String name, JsonField field) {
        add(name, new Node(field, false, null));
    }

    /** Adds entries that are members of the object itself. */
    void addFlat(JsonField field) {
        root.members.put("\0" + field, new Node(field, true, null)); // the key stands nowhere
    }

    /** Adds a text that is the same in every record. */
    void addConstant(String name, String value) {
        add(name, new Node(JsonField.ADDED, false, value));
    }

    private void add(String name, Node node) {
        preset.check(name, node.field);
        String[] path = nested && name.indexOf('/') < 0 ? name.split("\\.", -1) : new String[] {name};
        if (path[0].equals(preset.truncatedName())) {
            throw new IllegalArgumentException(
                    "field name: " + name + " (expected: another one, this tells that a record was shortened)");
        }
        Node object = root;
        for (int i = 0; i < path.length - 1; i++) {
            object = object.members.computeIfAbsent(path[i], part -> new Node(JsonField.OBJECT, false, null));
            if (object.field != JsonField.OBJECT) {
                throw new IllegalArgumentException(
                        "field name: " + name + " (expected: one that lies within no other field)");
            }
        }
        if (object.members.putIfAbsent(path[path.length - 1], node) != null) {
            throw new IllegalArgumentException("field name: " + name + " (expected: each name once)");
        }
        reserved.add(name);
        reserved.add(path[0]);
    }

    /** The names that no entry may have. */
    Set<String> reserved() {
        return reserved;
    }

    List<JsonMember> members() {
        return members(root);
    }

    private List<JsonMember> members(Node object) {
        List<JsonMember> members = new ArrayList<>();
        StringBuilder constants = new StringBuilder();
        object.members.forEach((name, node) -> {
            if (node.constant != null) {
                constants
                        .append(beginning(name, true))
                        .append(escaped(node.constant))
                        .append('"');
            } else {
                addConstants(constants, members);
                members.add(member(name, node));
            }
        });
        addConstants(constants, members);
        return members;
    }

    /** What is constant in a row is one piece. */
    private static void addConstants(StringBuilder constants, List<JsonMember> members) {
        if (constants.length() > 0) {
            members.add(new JsonMember(JsonField.ADDED, new Fragment(constants.toString()), false, null, NONE));
            constants.setLength(0);
        }
    }

    private JsonMember member(String name, Node node) {
        JsonField field = node.field;
        String beginning =
                beginning(name, isText(field)) + (field == JsonField.TRACE_ID ? escaped(traceBeginning) : "");
        TimeText whole = field == JsonField.TIME && time != null ? time.within(beginning, "\"") : null;
        return new JsonMember(
                field, new Fragment(beginning), node.flat, whole, members(node).toArray(NONE));
    }

    /** Whether the value is a text that always is there, so that its quotation mark can stand before it. */
    private boolean isText(JsonField field) {
        return switch (field) {
            case TIME -> time != null;
            case LOGGER, MSG, SHORT_MESSAGE, FULL_MESSAGE, TRACE_ID, SPAN_ID, TRACE_FLAGS -> true;
            case EXCEPTION, EXCEPTION_TYPE, EXCEPTION_MESSAGE, EXCEPTION_HASH -> true;
            case MARKERS -> preset.isGelf();
            default -> false;
        };
    }

    private static String beginning(String name, boolean text) {
        return ",\"" + escaped(name) + "\":" + (text ? "\"" : "");
    }

    private static String escaped(String text) {
        ByteOutput out = new ByteOutput(64);
        out.putText(text, Escape.JSON);
        return out.toString();
    }
}
