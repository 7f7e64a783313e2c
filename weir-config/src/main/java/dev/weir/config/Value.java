package dev.weir.config;

import dev.weir.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What stands behind a key. Whoever reads it says what it expects; anything else is reported with the value's place, and
 * null returned.
 *
 * <p>Variables are replaced in scalars before their type is looked at: a plain one is typed by its final text (YAML's core
 * schema, where {@code OFF} is text), a quoted one is text.
 */
final class Value {
    private static final String OFF = "OFF";
    private static final String COUNT = "a whole number";

    private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);
    private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();
    private static final String LEVELS = "TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL";
    private static final String LEVELS_OR_OFF = LEVELS + ", or " + OFF;
    private static final String LEVELS_OR_BOOL = "true, false, " + LEVELS;
    private static final String TRACE_END = "trace-end";
    private static final String LEVELS_OR_TRACE_END = LEVELS + ", or " + TRACE_END;

    private final Reading reading;
    private final Node node;
    private final String path;

    /**
     * A value.
     *
     * @param path the keys that lead to it, with dots; empty for the whole document
     */
    Value(Reading reading, Node node, String path) {
        this.reading = reading;
        this.node = node;
        this.path = path;
    }

    /**
     * A scalar after substitution.
     *
     * @param tag what YAML takes the text for
     * @param secret whether the text must not be shown
     */
    private record Scalar(String text, Tag tag, boolean secret) {}

    // where it is

    Reading reading() {
        return reading;
    }

    Node node() {
        return node;
    }

    Value child(String key, Node child) {
        String name = Text.shortened(key);
        return new Value(reading, child, path.isEmpty() ? name : path + "." + name);
    }

    /** A problem that concerns something inside this value, for messages. */
    String inside(String problem) {
        return path.isEmpty() ? problem : path + ": " + problem;
    }

    void problem(String text) {
        reading.problem(node, text);
    }

    /** Reports that this is not what is expected. */
    void unexpected(String found, String expected) {
        problem(inside(found + " (expected: " + expected + ")"));
    }

    /**
     * Makes something of this value; an {@link IllegalArgumentException} on the way is a problem of it.
     *
     * @return null if there was a problem
     */
    <T> @Nullable T attempt(Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            refused(withoutKey(String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** Reports that others would not take this, in their words, unless these might show a secret. */
    void refused(String message) {
        boolean secret = node instanceof ScalarNode scalar && isSecret(scalar.getValue());
        problem(inside(secret ? found() + " is refused; why might show what it stands for" : message));
    }

    private boolean isSecret(String raw) {
        Substitution substitution = new Substitution(reading.variables(), reading.secrets(), problem -> {});
        substitution.apply(raw);
        return substitution.isSecret();
    }

    /** The builders name the key they were given as this does. */
    private String withoutKey(String message) {
        for (String prefix : new String[] {path + ": ", path.substring(path.lastIndexOf('.') + 1) + ": "}) {
            if (message.startsWith(prefix)) {
                return message.substring(prefix.length());
            }
        }
        return message;
    }

    // what it is

    /** Nothing stands there, as behind {@code handlers:} with all that follows commented out. */
    boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Its entries; none if nothing stands there. */
    Entries entries() {
        if (node instanceof MappingNode mapping && hasPlainTag()) {
            return new Entries(this, mapping);
        }
        if (!isNothing()) {
            unexpected(found(), "keys with values");
        }
        return new Entries(this, null);
    }

    /** Its elements, each under this path; none if it is not a list. */
    List<Value> items() {
        List<Value> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence && hasPlainTag()) {
            sequence.getValue().forEach(item -> items.add(new Value(reading, item, path)));
        } else {
            unexpected(found(), "a list");
        }
        return items;
    }

    /** Any scalar but nothing, as text. */
    @Nullable
    String text() {
        Scalar scalar = scalar("text");
        if (scalar == null) {
            return null;
        }
        if (scalar.tag.equals(Tag.NULL)) {
            unexpected("nothing", "text");
            return null;
        }
        return scalar.text;
    }

    /** Also in quotation marks, without which no reference to a variable can stand between braces. */
    @Nullable
    Boolean bool() {
        Scalar scalar = scalar("true or false");
        if (scalar == null) {
            return null;
        }
        if (!CORE.resolve(scalar.text, true).equals(Tag.BOOL)) {
            unexpected(found(scalar), "true or false");
            return null;
        }
        return Boolean.valueOf(scalar.text);
    }

    /** A size in bytes, see {@link ByteSize}. */
    @Nullable
    Long bytes() {
        Scalar scalar = scalar(ByteSize.EXPECTED);
        if (scalar == null) {
            return null;
        }
        Long bytes = ByteSize.parse(scalar.text);
        if (bytes == null) {
            unexpected(found(scalar), ByteSize.EXPECTED);
        }
        return bytes;
    }

    /** A whole number of things. */
    @Nullable
    Integer count() {
        Scalar scalar = scalar(COUNT);
        if (scalar == null) {
            return null;
        }
        if (!scalar.text.matches("[0-9]{1,9}")) {
            unexpected(found(scalar), COUNT);
            return null;
        }
        return Integer.valueOf(scalar.text);
    }

    /** As {@link #bytes()}, for what is counted by an int. */
    @Nullable
    Integer intBytes() {
        Long bytes = bytes();
        if (bytes != null && bytes > Integer.MAX_VALUE) {
            unexpected(found(), "less than 2GiB");
            return null;
        }
        return bytes == null ? null : bytes.intValue();
    }

    /** A length of time, see {@link TimeSpan}. */
    @Nullable
    Duration duration() {
        Scalar scalar = scalar(TimeSpan.EXPECTED);
        Duration duration = scalar == null ? null : TimeSpan.parse(scalar.text);
        if (scalar != null && duration == null) {
            unexpected(found(scalar), TimeSpan.EXPECTED);
        }
        return duration;
    }

    /** A level by any name that {@link Level#ofName} knows. */
    @Nullable
    Level level() {
        return level(LEVELS);
    }

    /** A level of a logger, which is not {@link #isOff() off}. */
    @Nullable
    Level levelOrOff() {
        return level(LEVELS_OR_OFF);
    }

    private @Nullable Level level(String expected) {
        Scalar scalar = scalar(expected);
        Level level = scalar == null ? null : Level.ofName(scalar.text);
        if (scalar != null && level == null) {
            unexpected(found(scalar), expected);
        }
        return level;
    }

    /** Whether this is the level {@code OFF}; what is not a level at all is for {@link #levelOrOff()} to say. */
    boolean isOff() {
        Scalar scalar = node instanceof ScalarNode ? scalar(LEVELS_OR_OFF) : null;
        return scalar != null && scalar.text.equalsIgnoreCase(OFF);
    }

    /** A level, where it may be {@link #isBool() true or false} instead. */
    @Nullable
    Level levelOrBool() {
        return level(LEVELS_OR_BOOL);
    }

    /** Whether this is {@code true} or {@code false}; what is no level either is for {@link #levelOrBool()} to say. */
    boolean isBool() {
        Scalar scalar = node instanceof ScalarNode ? scalar(LEVELS_OR_BOOL) : null;
        return scalar != null && CORE.resolve(scalar.text, true).equals(Tag.BOOL);
    }

    /** A level, where it may be {@link #isTraceEnd() the end of a trace} instead. */
    @Nullable
    Level levelOrTraceEnd() {
        return level(LEVELS_OR_TRACE_END);
    }

    /** Whether this is {@code trace-end}; what is no level either is for {@link #levelOrTraceEnd()} to say. */
    boolean isTraceEnd() {
        Scalar scalar = node instanceof ScalarNode ? scalar(LEVELS_OR_TRACE_END) : null;
        return scalar != null && scalar.text.equals(TRACE_END);
    }

    /** One of several names, {@code null} among them if it is one. */
    <T> @Nullable T oneOf(Map<String, T> choices) {
        String expected = Text.list(choices.keySet());
        Scalar scalar = scalar(expected);
        T chosen = scalar == null ? null : choices.get(scalar.text);
        if (scalar != null && chosen == null) {
            boolean hinted = !scalar.secret && !reading.isFull(); // to look for the nearest of many words takes time
            String nearest = hinted ? Text.didYouMean(scalar.text, choices.keySet()) : "";
            unexpected(found(scalar), expected + nearest);
        }
        return chosen;
    }

    private @Nullable Scalar scalar(String expected) {
        if (!(node instanceof ScalarNode scalar) || !hasPlainTag()) {
            unexpected(found(), expected);
            return null;
        }
        String raw = scalar.getValue();
        Tag tag = scalar.getTag();
        if (!Substitution.isNeeded(raw)) {
            return new Scalar(raw, tag, false);
        }
        boolean[] failed = {false};
        Substitution substitution = new Substitution(reading.variables(), reading.secrets(), problem -> {
            failed[0] = true;
            problem(inside(problem));
        });
        String text = substitution.apply(raw);
        if (failed[0]) {
            return null;
        }
        boolean typedByText = scalar.isPlain() && tag.equals(CORE.resolve(raw, true));
        return new Scalar(text, typedByText ? CORE.resolve(text, true) : tag, substitution.isSecret());
    }

    // what was found, for messages

    private boolean hasPlainTag() {
        return TAGS.contains(node.getTag());
    }

    private String found() {
        if (!hasPlainTag()) {
            return "the tag " + Text.quoted(node.getTag().getValue());
        }
        if (node instanceof ScalarNode scalar) {
            return isNothing() ? "nothing" : Text.quoted(scalar.getValue());
        }
        return isList() ? "a list" : "keys with values";
    }

    private String found(Scalar scalar) {
        String raw = ((ScalarNode) node).getValue();
        if (scalar.secret) {
            return Text.quoted(raw);
        }
        String from = raw.equals(scalar.text) ? "" : " from " + Text.quoted(raw);
        return isNothing() && scalar.text.isEmpty() ? "nothing" : Text.quoted(scalar.text) + from;
    }
}
