package dev.weir.internal.pipeline;

import dev.weir.Level;
import dev.weir.internal.emit.LensCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was set at run time and lies over the settings in force, whichever these are. Immutable.
 *
 * @param settings by logger
 * @param lenses in the order in which they were opened
 */
public record LevelOverlay(Map<String, Setting> settings, List<OpenLens> lenses) {
    public static final LevelOverlay NONE = new LevelOverlay(Map.of(), List.of());
    /** Each call at a level that a lens is open for asks every lens of its logger. */
    public static final int MOST_LENSES = 16;

    /**
     * The level of a logger.
     *
     * @param threshold ordinal of the least severe level logged, or {@link PipelineSettings#OFF}
     * @param limit null: until it is reset
     */
    public record Setting(int threshold, @Nullable Limit limit) {}

    /**
     * A lens at a logger.
     *
     * @param id no other lens of the process has or had it
     * @param level the least severe one that it shows
     */
    public record OpenLens(int id, String logger, Level level, LensCheck check, Limit limit) {}

    /**
     * The end of a limited time.
     *
     * @param endNanos by {@link System#nanoTime}
     * @param until about the same, for people
     */
    public record Limit(long endNanos, Instant until) {
        /** The end of a time that begins now. */
        public static Limit in(Duration time) {
            return new Limit(
                    System.nanoTime() + time.toNanos(), Instant.now().plus(time).truncatedTo(ChronoUnit.MILLIS));
        }

        private boolean isOver(long nowNanos) {
            return nowNanos - endNanos >= 0;
        }
    }

    /** With the level of a logger, in place of the one that was set before. */
    public LevelOverlay with(String logger, Setting setting) {
        Map<String, Setting> changed = new HashMap<>(settings);
        changed.put(logger, setting);
        return new LevelOverlay(Map.copyOf(changed), lenses);
    }

    /** Without the level of a logger. */
    public LevelOverlay without(String logger) {
        Map<String, Setting> changed = new HashMap<>(settings);
        changed.remove(logger);
        return new LevelOverlay(Map.copyOf(changed), lenses);
    }

    /**
     * With one more lens.
     *
     * @throws IllegalStateException if as many as there may be are open
     */
    public LevelOverlay with(OpenLens lens) {
        if (lenses.size() >= MOST_LENSES) {
            throw new IllegalStateException("lenses: " + lenses.size() + " are open (expected: " + MOST_LENSES
                    + " at most; close one, or wait until the time of one is over)");
        }
        List<OpenLens> changed = new ArrayList<>(lenses);
        changed.add(lens);
        return new LevelOverlay(settings, List.copyOf(changed));
    }

    /** Without the lens of an id. */
    public LevelOverlay withoutLens(int id) {
        List<OpenLens> changed = new ArrayList<>(lenses);
        changed.removeIf(lens -> lens.id() == id);
        return new LevelOverlay(settings, List.copyOf(changed));
    }

    /** Whether the time of anything is over. */
    boolean isDue(long nowNanos) {
        for (Setting setting : settings.values()) {
            if (setting.limit() != null && setting.limit().isOver(nowNanos)) {
                return true;
            }
        }
        for (OpenLens lens : lenses) {
            if (lens.limit().isOver(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** Without all whose time is over. */
    LevelOverlay expired(long nowNanos) {
        Map<String, Setting> left = new HashMap<>(settings);
        left.values()
                .removeIf(setting -> setting.limit() != null && setting.limit().isOver(nowNanos));
        List<OpenLens> open = new ArrayList<>(lenses);
        open.removeIf(lens -> lens.limit().isOver(nowNanos));
        return new LevelOverlay(Map.copyOf(left), List.copyOf(open));
    }
}
