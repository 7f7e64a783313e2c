package dev.weir.cli.convert;

import dev.weir.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference of a logger's, or of something between, to an appender or a handler.
 *
 * @param name the source's
 * @param part where it stands
 * @param level only records of that level and above go this way; null for all
 * @param rules and only those that these let pass
 */
record Pointer(String name, Part part, @Nullable Resolved level, List<Rule> rules) {
    Pointer(String name, Part part) {
        this(name, part, null, List.of());
    }

    /** The way over this to another one: what either keeps back is kept back. */
    Pointer to(Pointer other) {
        List<Rule> both = new ArrayList<>(rules);
        both.addAll(other.rules);
        return new Pointer(other.name, part, stricter(level, other.level), both);
    }

    private static @Nullable Resolved stricter(@Nullable Resolved one, @Nullable Resolved other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Level first = one.isLiteral() ? Levels.named(one.text()) : null;
        Level second = other.isLiteral() ? Levels.named(other.text()) : null;
        return second != null && (first == null || second.compareTo(first) > 0) ? other : one;
    }
}
