package dev.weir.cli.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the file that is converted: an element or an attribute of XML, a key or an item of YAML, with all that is in
 * it. Whoever reads one takes it out of its surroundings; what nobody has taken in the end is found by {@link Rest}, so
 * that a reader cannot forget anything.
 *
 * <p>Used by one thread.
 */
final class Part {
    private static final int MOST_SHOWN = 300;
    private static final Pattern SECRET =
            Pattern.compile(".*(passw|secret|token|credential|api-?_?key|authorization).*", Pattern.CASE_INSENSITIVE);
    private static final String HIDDEN = "***";

    /** How a part is written. */
    enum Kind {
        /** An element of XML; its name in any case. */
        ELEMENT,
        /** An attribute of XML; its name in any case. */
        ATTRIBUTE,
        /** A key of a mapping. */
        KEY,
        /** An item of a list, under its number. */
        ITEM
    }

    private final Kind kind;
    private final String name;
    private final int line;
    private final StringBuilder text = new StringBuilder();
    private final List<Part> children = new ArrayList<>();
    private boolean taken;
    private boolean textTaken;
    private @Nullable Entry home;

    Part(Kind kind, String name, int line) {
        this.kind = kind;
        this.name = name;
        this.line = line;
    }

    /** Of the line on which it stands, from 1. */
    int line() {
        return line;
    }

    String name() {
        return name;
    }

    // building

    void add(Part child) {
        children.add(child);
    }

    void append(String more) {
        text.append(more);
    }

    // reading

    boolean is(String other) {
        boolean xml = kind == Kind.ELEMENT || kind == Kind.ATTRIBUTE;
        return xml ? name.equalsIgnoreCase(other) : name.equals(other);
    }

    /** Whether it holds a text only, or nothing. */
    boolean isPlain() {
        return children.isEmpty();
    }

    /** All that is in it, taken or not. */
    List<Part> children() {
        return children;
    }

    /** The first of that name that nobody has taken, and leaves it there. */
    @Nullable
    Part find(String child) {
        for (Part part : children) {
            if (!part.taken && part.is(child)) {
                return part;
            }
        }
        return null;
    }

    /** Takes the first of that name. */
    @Nullable
    Part take(String child) {
        Part found = find(child);
        return found == null ? null : found.take();
    }

    /** Takes all of that name. */
    List<Part> takeAll(String child) {
        return children.stream()
                .filter(part -> !part.taken && part.is(child))
                .map(Part::take)
                .toList();
    }

    /** Takes all that is left. */
    List<Part> takeRest() {
        return children.stream().filter(part -> !part.taken).map(Part::take).toList();
    }

    /** What stands in it as text, without blanks around it. */
    String text() {
        textTaken = true;
        return text.toString().strip();
    }

    /** Takes the text of the first of that name. */
    @Nullable
    String takeText(String child) {
        Part found = take(child);
        return found == null ? null : found.text();
    }

    /** Marks it as read; what is in it is not. */
    Part take() {
        taken = true;
        return this;
    }

    /** Marks it as read with all that is in it: for what is told of as a whole. */
    Part takeWhole() {
        textTaken = true;
        children.forEach(Part::takeWhole);
        return take();
    }

    /** Where in the result it is told of what nobody takes of it. */
    Part goesTo(Entry entry) {
        home = entry;
        return this;
    }

    // what is left

    boolean isTaken() {
        return taken;
    }

    boolean hasLooseText() {
        return !textTaken && !text.toString().isBlank();
    }

    @Nullable
    Entry home() {
        return home;
    }

    // for people

    /** All of it as it was written, on a line for each part but attributes; values of secrets are hidden. */
    List<String> described() {
        List<String> lines = new ArrayList<>();
        describe("", lines);
        return lines;
    }

    /** Its first line. */
    String brief() {
        return described().get(0);
    }

    private void describe(String indent, List<String> lines) {
        StringBuilder first = new StringBuilder(indent);
        if (!indent.isEmpty()) {
            first.append(line).append(": ");
        }
        if (kind == Kind.ELEMENT) {
            first.append('<').append(name);
            children.stream()
                    .filter(child -> child.kind == Kind.ATTRIBUTE)
                    .forEach(attribute -> first.append(' ').append(attribute.inWords()));
            first.append('>').append(shown());
        } else {
            first.append(inWords());
        }
        lines.add(first.toString());
        for (Part child : children) {
            if (child.kind != Kind.ATTRIBUTE) {
                child.describe(indent + "  ", lines);
            }
        }
    }

    private String inWords() {
        return switch (kind) {
            case ATTRIBUTE -> name + "=\"" + shown() + '"';
            case ITEM -> "- " + shown();
            default -> name + ": " + shown();
        };
    }

    private String shown() {
        String value = text.toString().strip();
        return SECRET.matcher(name).matches() && !value.isEmpty() ? HIDDEN : shortened(value);
    }

    /** On one line and no longer than is shown, whatever it is. */
    static String shortened(String value) {
        StringBuilder out = new StringBuilder();
        value.codePoints().limit(MOST_SHOWN).forEach(c -> {
            if (c == '\n' || c == '\t') {
                out.append(' ');
            } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return value.codePointCount(0, value.length()) > MOST_SHOWN ? out + "…" : out.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
