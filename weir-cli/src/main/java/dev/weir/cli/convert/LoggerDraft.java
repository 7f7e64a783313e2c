package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.ArrayList;
import java.util.List;

/** A logger in the making; the root has no name. */
final class LoggerDraft {
    private static final List<String> ORDER = List.of("level", "caller", "propagate", "handlers", "filters");

    private final String name;
    private final Keys keys = new Keys();
    private final Entry entry = new Entry(keys);
    private final List<Pointer> pointers = new ArrayList<>();
    private boolean propagates = true;

    LoggerDraft(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Keys keys() {
        return keys;
    }

    Entry entry() {
        return entry;
    }

    List<Pointer> pointers() {
        return pointers;
    }

    void add(Pointer pointer) {
        pointers.add(pointer);
    }

    boolean propagates() {
        return propagates;
    }

    /** Whether it is at or above a logger of that name. */
    boolean holds(String other) {
        return name.isEmpty() || other.equals(name) || other.startsWith(name + '.');
    }

    /** Sets its level, perhaps with variables. */
    void level(Resolved level, Part part) {
        Level known = Levels.named(level.text());
        if (!level.isLiteral()) {
            keys.put("level", Scalar.of(level));
        } else if (level.text().equalsIgnoreCase(Levels.OFF)) {
            keys.put("level", Levels.OFF);
        } else if (known != null) {
            keys.put("level", known.name());
        } else {
            entry.notConverted(part, "no level of Weir's");
        }
    }

    /** Sets whether records go to the handlers of loggers above, too. */
    void propagate(Resolved value, Part part) {
        if (!value.isLiteral()) {
            keys.put("propagate", Scalar.of(value));
        } else if (value.text().matches("(?i)false|no|off|0")) {
            propagates = false;
            if (name.isEmpty()) {
                entry.notNeeded(part, "there is no logger above");
            } else {
                keys.put("propagate", "false");
            }
        } else if (!value.text().matches("(?i)true|yes|on|1")) {
            entry.notConverted(part, "neither true nor false");
        }
    }

    void finish() {
        keys.sort(ORDER);
    }
}
