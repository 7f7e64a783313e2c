package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Items;
import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A handler in the making. */
final class HandlerDraft {
    private static final List<String> ORDER = List.of(
            "type",
            "stream",
            "url",
            "path",
            "target",
            "create-directories",
            "append",
            "mode",
            "rotate",
            "headers",
            "compression",
            "timeout",
            "batch",
            "capacity",
            "flush-level",
            "flush-on-close",
            "formatter",
            "level",
            "max-level",
            "filters",
            "backlog",
            "overflow",
            "fallback");

    private final String name;
    private final int line;
    private final Keys keys = new Keys();
    private final Entry entry = new Entry(keys);
    private final List<Content> filters = new ArrayList<>();
    private Level least = Level.TRACE;
    private Level most = Level.CRITICAL;
    private @Nullable Resolved variable;
    private @Nullable String fallback;

    /**
     * With nothing in it.
     *
     * @param name in the result
     * @param line where it stands in the file
     */
    HandlerDraft(String name, int line) {
        this.name = name;
        this.line = line;
    }

    int line() {
        return line;
    }

    /** The name it has in the result. */
    String name() {
        return name;
    }

    Keys keys() {
        return keys;
    }

    Entry entry() {
        return entry;
    }

    // levels and filters

    /** Takes nothing less severe. */
    void raise(Level level) {
        if (level.compareTo(least) > 0) {
            least = level;
        }
    }

    /** Takes nothing more severe. */
    void lower(Level level) {
        if (level.compareTo(most) < 0) {
            most = level;
        }
    }

    /**
     * Takes nothing below a level that is written in the file.
     *
     * @param level perhaps with variables
     * @param part where it stands
     */
    void raise(Resolved level, Part part) {
        Level known = level.isLiteral() ? Levels.named(level.text()) : null;
        if (known != null) {
            raise(known);
        } else if (level.text().equalsIgnoreCase(Levels.OFF)) {
            entry.say(
                    Remark.Kind.NOT_CONVERTED,
                    part.line(),
                    "the level OFF (a handler has none: take it off its loggers)");
        } else if (level.isLiteral()) {
            entry.say(Remark.Kind.NOT_CONVERTED, part.line(), "the level " + level.text() + " (no level of Weir's)");
        } else if (variable == null) {
            variable = level;
        } else {
            entry.say(
                    Remark.Kind.NOT_CONVERTED,
                    part.line(),
                    "the level " + level.weir() + " (beside another variable one)");
        }
    }

    void addFilter(Content filter) {
        if (!filters.contains(filter)) {
            filters.add(filter);
        }
    }

    /** A source's name of who takes its records while it fails. */
    void fallback(String other) {
        fallback = other;
    }

    @Nullable
    String fallback() {
        return fallback;
    }

    /** Writes down what was gathered. */
    void finish() {
        if (variable != null) {
            keys.put("level", Scalar.of(variable));
            if (least != Level.TRACE) {
                entry.say(
                        Remark.Kind.NOT_CONVERTED,
                        line,
                        "the level " + least + " (beside the variable " + variable.weir()
                                + "): the variable counts alone");
            }
        } else if (least != Level.TRACE) {
            keys.put("level", least.name());
        }
        if (most.compareTo(least) < 0) {
            entry.say(
                    Remark.Kind.NOT_CONVERTED,
                    line,
                    "a level below " + least + " at most (nothing is left: it takes " + least + " here)");
            most = least;
        }
        if (most != Level.CRITICAL && !(variable != null && most.compareTo(Level.CRITICAL) >= 0)) {
            keys.put("max-level", most.name());
        }
        if (!filters.isEmpty()) {
            keys.put("filters", new Items(filters));
        }
        keys.sort(ORDER);
    }
}
