package dev.weir.config;

import dev.weir.Level;
import dev.weir.spi.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
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
    private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);
    private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();
    private static final String LEVELS = "TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL";
    private static final String HIDDEN = "a value that is not shown";

    private final Reading reading;
    private final Node node;
    private final String path;
    private final boolean secret;

    /**
     * A value.
     *
     * @param path the keys that lead to it, with dots; empty for the whole document
     */
    Value(Reading reading, Node node, String path) {
        this(reading, node, path, false);
    }

    private Value(Reading reading, Node node, String path, boolean secret) {
        this.reading = reading;
        this.node = node;
        this.path = path;
        this.secret = secret;
    }

    /** This value, which no message shows. */
    Value secret() {
        return new Value(reading, node, path, true);
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
        return new Value(reading, child, path.isEmpty() ? name : path + "." + name, secret);
    }

    /** A problem that concerns something inside this value, for messages. */
    String inside(String problem) {
        return path.isEmpty() ? problem : path + ": " + problem;
    }

    void problem(String text) {
        reading.problem(node, text);
    }

    /** Tells something that whoever wrote this should know. */
    void warning(String text) {
        reading.warning(node, inside(text));
    }

    /** Tells that records of a logger go nowhere, unless that has been told. */
    void silent(String logger, String text) {
        reading.silent(node, logger, inside(text));
    }

    /** Reports that this is not what is expected. */
    void unexpected(String found, String expected) {
        problem(inside(found + " (expected: " + expected + ")"));
    }

    /** Reports that what stands here is not what is expected. */
    void unexpected(String expected) {
        unexpected(expected, List.of());
    }

    /** Reports that what stands here is not what is expected, with the nearest of some words. */
    void unexpected(String expected, Collection<String> words) {
        Scalar scalar = node instanceof ScalarNode ? scalar(expected) : null;
        if (scalar != null) {
            unexpected(found(scalar), expected + Text.didYouMean(scalar.text, words));
        } else if (!(node instanceof ScalarNode)) {
            unexpected(found(), expected);
        }
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

    /** Reports what others say of this value; of one that is not shown they may say too much. */
    void refused(String problem) {
        if (isSecret()) {
            problem(inside(found() + " is refused; why might show what it stands for"));
        } else {
            problem(inside(Text.bounded(withoutSecrets(problem))));
        }
    }

    /** A text of others' without what must not be shown of this value. */
    String withoutSecrets(String text) {
        return redacted(text, node);
    }

    /** Whether this is a scalar with something in it that is in a file of secrets. */
    boolean isSecret() {
        return node instanceof ScalarNode scalar && isSecret(scalar);
    }

    private boolean isSecret(ScalarNode scalar) {
        if (!Substitution.isNeeded(scalar.getValue())) {
            return false;
        }
        Substitution substitution = new Substitution(reading.variables(), reading.secrets(), problem -> {});
        substitution.apply(scalar.getValue());
        return substitution.isSecret();
    }

    private String redacted(String text, Node within) {
        String left = text;
        if (within instanceof ScalarNode scalar) {
            return secret || isSecret(scalar) ? without(reading.text(scalar), without(scalar.getValue(), left)) : left;
        } else if (within instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                left = redacted(left, item);
            }
        } else if (within instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                left = redacted(left, entry.getValueNode());
            }
        }
        return left;
    }

    private static String without(@Nullable String secret, String text) {
        return secret == null || secret.isEmpty() ? text : text.replace(secret, "***");
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

    /** What stands behind a key of it; itself if there is no such key. */
    Value at(String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return child(key, entry.getValueNode());
                }
            }
        }
        return this;
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

    /** Its elements, each under this path; none if nothing stands there, or what is not a list. */
    List<Value> items() {
        List<Value> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence && hasPlainTag()) {
            sequence.getValue().forEach(item -> items.add(new Value(reading, item, path, secret)));
        } else if (!isNothing()) {
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
        String expected = expected(Kind.Form.NUMBER);
        Scalar scalar = scalar(expected);
        if (scalar != null && !scalar.text.matches("[0-9]{1,9}")) {
            unexpected(found(scalar), expected);
            return null;
        }
        return scalar == null ? null : Integer.valueOf(scalar.text);
    }

    /** A path. */
    @Nullable
    Path path() {
        String text = text();
        return text == null ? null : attempt(() -> Path.of(text));
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

    /**
     * A level by any name that {@link Level#ofName} knows.
     *
     * @param expected what may stand here, levels and what else
     */
    @Nullable
    Level level(String expected) {
        Scalar scalar = scalar(expected);
        Level level = scalar == null ? null : Level.ofName(scalar.text);
        if (scalar != null && level == null) {
            unexpected(found(scalar), expected);
        }
        return level;
    }

    /** One of several names, {@code null} among them if it is one. */
    <T> @Nullable T oneOf(Map<String, T> choices) {
        String expected = Text.list(choices.keySet());
        Scalar scalar = scalar(expected);
        T chosen = scalar == null ? null : chosen(scalar.text, choices);
        if (scalar != null && chosen == null) {
            boolean hinted = !scalar.secret && !reading.isFull(); // to look for the nearest of many words takes time
            String nearest = hinted ? Text.didYouMean(scalar.text, choices.keySet()) : "";
            unexpected(found(scalar), expected + nearest);
        }
        return chosen;
    }

    /** The name of an entry of a section, as {@link #oneOf}. */
    <T> @Nullable T nameOf(String section, Map<String, T> named) {
        if (named.isEmpty()) {
            unexpected("a name under " + section + ", where there is no other");
            return null;
        }
        return oneOf(named);
    }

    /** Whether this is one of several names; what it is otherwise is for others to say. */
    boolean isOneOf(Map<String, ?> choices) {
        Scalar scalar = node instanceof ScalarNode && hasPlainTag() ? scalar("") : null;
        return scalar != null && chosen(scalar.text, choices) != null;
    }

    /** What is a name in capitals may be written otherwise, as levels may. */
    private static <T> @Nullable T chosen(String text, Map<String, T> choices) {
        T chosen = choices.get(text);
        return chosen == null ? choices.get(text.toUpperCase(Locale.ROOT)) : chosen;
    }

    /** A scalar's text, with its variables replaced; empty if they cannot be, which is reported. */
    String shown() {
        Scalar scalar = scalar("");
        return scalar == null ? "" : scalar.text;
    }

    /** What a scalar looks like, in words. */
    static String expected(Kind.Form form) {
        return switch (form) {
            case TEXT, PATH -> "text";
            case NUMBER -> "a whole number";
            case BYTES -> ByteSize.EXPECTED;
            case DURATION -> TimeSpan.EXPECTED;
            case BOOL -> "true or false";
            case LEVEL -> LEVELS;
        };
    }

    private @Nullable Scalar scalar(String expected) {
        if (!(node instanceof ScalarNode scalar) || !hasPlainTag()) {
            unexpected(found(), expected);
            return null;
        }
        String raw = scalar.getValue();
        Tag tag = scalar.getTag();
        if (!Substitution.isNeeded(raw)) {
            return reading.spend(raw.length()) ? new Scalar(raw, tag, false) : null;
        }
        boolean[] failed = {false};
        Substitution substitution = new Substitution(reading.variables(), reading.secrets(), problem -> {
            failed[0] = true;
            problem(inside(problem));
        });
        String text = substitution.apply(raw);
        if (failed[0] || !reading.spend(text.length())) {
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
        if (secret && node instanceof ScalarNode && !isNothing()) {
            return HIDDEN;
        }
        if (!hasPlainTag()) {
            return "the tag " + Text.quoted(node.getTag().getValue());
        }
        if (node instanceof ScalarNode scalar) {
            return isNothing() ? "nothing" : Text.quoted(scalar.getValue());
        }
        return isList() ? "a list" : "keys with values";
    }

    private String found(Scalar scalar) {
        if (secret && !scalar.text.isEmpty()) {
            return HIDDEN;
        }
        String raw = ((ScalarNode) node).getValue();
        if (scalar.secret) {
            return Text.quoted(raw);
        }
        String from = raw.equals(scalar.text) ? "" : " from " + Text.quoted(raw);
        return isNothing() && scalar.text.isEmpty() ? "nothing" : Text.quoted(scalar.text) + from;
    }
}
