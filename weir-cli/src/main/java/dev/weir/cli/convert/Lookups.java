package dev.weir.cli.convert;

import dev.weir.cli.convert.Resolved.Reference;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a file, <code>${name}</code> and <code>${name:-default}</code>: those that the file itself defines are
 * put in, others become references to the environment or to system properties.
 *
 * <p>Used by one thread.
 */
abstract class Lookups {
    private static final int MOST_CHARACTERS = 100_000;
    private static final int MAX_DEPTH = 20;

    private final Map<String, Part> defined = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private int characters;
    private int depth;

    /** Where a reference stands, and where it is told of what becomes of it. */
    record Place(Entry entry, int line) {
        void differs(String how) {
            entry.say(Remark.Kind.DIFFERS, line, how);
        }

        void notConverted(String what) {
            entry.say(Remark.Kind.NOT_CONVERTED, line, what);
        }
    }

    /** Defines a variable of the file; the later of two counts. */
    final void define(String name, String value, Part part) {
        values.put(name, value);
        defined.put(name, part);
    }

    final boolean isDefined(String name) {
        return values.containsKey(name);
    }

    /** Tells of what nobody has referred to. */
    final void tellUnused(Entry entry) {
        defined.forEach((name, part) -> {
            if (!used.contains(name)) {
                entry.notNeeded(part, "nothing refers to it");
            }
        });
    }

    /** Puts in what a text refers to. */
    final Resolved resolve(String text, Place place) {
        Resolved.Builder out = new Resolved.Builder();
        if (depth == MAX_DEPTH) {
            place.notConverted("variables within variables, more than " + MAX_DEPTH + " deep (they stand as a text)");
            return out.append(text).build();
        }
        depth++;
        replace(text, place, out);
        depth--;
        return out.build();
    }

    private void replace(String text, Place place, Resolved.Builder out) {
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            int end = end(text, at + 2);
            if (end < 0) {
                break;
            }
            boolean later = at > from && text.charAt(at - 1) == '$' && doublesDollars();
            out.append(text.substring(from, later ? at - 1 : at));
            reference(text.substring(at + 2, end), place, out);
            from = end + 1;
        }
        out.append(text.substring(from));
    }

    /** Whether a second dollar sign puts a reference off until it is used. */
    abstract boolean doublesDollars();

    /** The closing brace that belongs to the opening one before; -1 if there is none. */
    private static int end(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private void reference(String inside, Place place, Resolved.Builder out) {
        int mark = mark(inside);
        String name = resolve(mark < 0 ? inside : inside.substring(0, mark), place)
                .sample()
                .strip();
        String otherwise = mark < 0 ? null : inside.substring(mark + 2);
        String value = values.get(name);
        if (value != null && open.add(name)) {
            used.add(name);
            characters += value.length();
            if (characters > MOST_CHARACTERS) {
                place.notConverted("${" + name + "} (variables that refer to each other make too long a text)");
            } else {
                out.append(resolve(value, place));
            }
            open.remove(name);
        } else {
            Resolved fallback = otherwise == null ? null : resolve(otherwise, place);
            outside(name, fallback, place, out);
        }
    }

    /** Where the default begins; not within another reference. */
    private static int mark(String inside) {
        int depth = 0;
        for (int i = 0; i + 1 < inside.length(); i++) {
            char c = inside.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 && c == ':' && inside.charAt(i + 1) == '-') {
                return i;
            }
        }
        return -1;
    }

    /** Adds what stands for a variable that the file does not define. */
    abstract void outside(String name, @Nullable Resolved otherwise, Place place, Resolved.Builder out);

    /** Adds a reference of Weir's, as well as it can be written. */
    static void refer(String prefix, String name, @Nullable Resolved otherwise, Place place, Resolved.Builder out) {
        String written = "${" + prefix + ':' + name + '}';
        boolean named = Reference.isName(name) && (prefix.equals("sys") || name.matches("[A-Za-z0-9_]+"));
        if (otherwise == null) {
            if (named) {
                place.differs(written + " has no default, so it must be set: Weir refuses a configuration otherwise");
                out.append(new Reference(prefix, name, null));
            } else {
                place.notConverted(written + " (no name of a variable here)");
                out.append(name);
            }
        } else if (named && otherwise.isLiteral() && Reference.isDefault(otherwise.text())) {
            out.append(new Reference(prefix, name, otherwise.text()));
        } else if (named && Reference.isDefault(otherwise.sample())) {
            place.notConverted("the default of " + written + " refers to a variable itself; it is " + otherwise.sample()
                    + " here");
            out.append(new Reference(prefix, name, otherwise.sample()));
        } else {
            place.notConverted(
                    written + " (a reference with such a name or default cannot be written here: its default stands)");
            out.append(otherwise);
        }
    }
}
