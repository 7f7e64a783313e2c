package dev.weir;

import java.util.Objects;

/**
 * Which records a handler takes by their level: those within a range.
 *
 * @param min the least severe level taken
 * @param max the most severe level taken; below {@code min}, nothing is
 */
public record SeverityRouter(Level min, Level max) {
    /** Takes every level. */
    public static final SeverityRouter ALL = new SeverityRouter(Level.TRACE, Level.CRITICAL);

    /**
     * A range.
     *
     * @param min the least severe level taken
     * @param max the most severe level taken
     */
    public SeverityRouter {
        Objects.requireNonNull(min, "min");
        Objects.requireNonNull(max, "max");
    }

    /**
     * Whether a level lies within the range.
     *
     * @param level the level
     * @return true if the handler takes it
     */
    public boolean accepts(Level level) {
        return (levels() & level.bit()) != 0;
    }

    /**
     * The levels within the range.
     *
     * @return the {@link Level#bit()} of each
     */
    public int levels() {
        int upToMax = (max.bit() << 1) - 1;
        return upToMax & -min.bit();
    }
}
