package dev.weir.cli.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of the file in which all that could be looked up there has been, with references left to what only the running
 * process knows. In {@link #text()} a character of the private use area stands for each reference, so that what takes the
 * text apart takes it for a character like others.
 */
final class Resolved {
    private static final char FIRST = '\uE000';
    private static final char LAST = '\uF8FF';

    private final String text;
    private final List<Reference> references;

    /**
     * A reference to a variable.
     *
     * @param prefix {@code env} or {@code sys}
     * @param otherwise its default, see {@link #isDefault}; null if it has none
     */
    record Reference(String prefix, String name, @Nullable String otherwise) {
        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

        /** Whether Weir can refer to a variable of that name. */
        static boolean isName(String name) {
            return NAME.matcher(name).matches();
        }

        /** Whether a default can be written within a reference: it goes to the first brace, and nothing in it is escaped. */
        static boolean isDefault(String text) {
            return text.indexOf('}') < 0 && text.indexOf('\n') < 0 && !text.contains("$$");
        }

        private String weir() {
            return "${" + (prefix.equals("env") ? "" : prefix + ':') + name
                    + (otherwise == null ? "" : ":-" + otherwise) + '}';
        }
    }

    private Resolved(String text, List<Reference> references) {
        this.text = text;
        this.references = references;
    }

    static Resolved literal(String text) {
        return new Builder().append(text).build();
    }

    /** What has another text and the same references. */
    Resolved withText(String other) {
        return new Resolved(other, references);
    }

    String text() {
        return text;
    }

    boolean isLiteral() {
        return text.chars().noneMatch(c -> c >= FIRST && c <= LAST);
    }

    /** As it stands in a configuration of Weir: a dollar sign that refers to nothing is doubled. */
    String weir() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isReference(c)) {
                out.append(references.get(c - FIRST).weir());
            } else {
                out.append(c == '$' ? "$$" : String.valueOf(c));
            }
        }
        return out.toString();
    }

    /** With each reference's default, or its name, in its place: what it might be. */
    String sample() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isReference(c)) {
                Reference reference = references.get(c - FIRST);
                out.append(reference.otherwise == null ? reference.name : reference.otherwise);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private boolean isReference(char c) {
        return c >= FIRST && c - FIRST < references.size();
    }

    /** Puts one together from left to right. */
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<Reference> references = new ArrayList<>();

        /** Adds what stands for itself; characters that stand for references are none of it. */
        Builder append(String literal) {
            literal.chars().forEach(c -> text.append(c >= FIRST && c <= LAST ? '\uFFFD' : (char) c));
            return this;
        }

        Builder append(Resolved other) {
            for (int i = 0; i < other.text.length(); i++) {
                char c = other.text.charAt(i);
                if (other.isReference(c)) {
                    append(other.references.get(c - FIRST));
                } else {
                    text.append(c);
                }
            }
            return this;
        }

        Builder append(Reference reference) {
            if (references.size() > LAST - FIRST) {
                return append("?");
            }
            text.append((char) (FIRST + references.size()));
            references.add(reference);
            return this;
        }

        Resolved build() {
            return new Resolved(text.toString(), List.copyOf(references));
        }
    }
}
