package dev.weir.cli.convert;

import dev.weir.Level;
import org.jspecify.annotations.Nullable;

/** Levels as other systems write them. */
final class Levels {
    static final String OFF = "OFF";

    private Levels() {}

    /** A level by any of its names, {@code ALL} among them; null if it is none. */
    static @Nullable Level named(String name) {
        return name.equalsIgnoreCase("ALL") ? Level.TRACE : Level.ofName(name);
    }

    /** The least severe level that a threshold of Python's numbers lets pass; null if none is. */
    static @Nullable Level atLeast(int number) {
        for (int i = 0; i < Level.COUNT; i++) {
            if (Level.at(i).pythonNumber() >= number) {
                return Level.at(i);
            }
        }
        return null;
    }

    /** The next one in that direction, or the same at an end. */
    static Level shifted(Level level, int by) {
        return Level.at(Math.max(0, Math.min(Level.COUNT - 1, level.ordinal() + by)));
    }
}
