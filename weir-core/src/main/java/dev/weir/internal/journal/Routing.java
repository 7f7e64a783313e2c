package dev.weir.internal.journal;

import dev.weir.OverflowPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which handler takes what: one configuration, immutable but for its successor.
 *
 * <p>Callers read the newest one for the blocking handlers on their routes. Which handlers get a record is decided by
 * each cursor, with the Routing in force at the record's position.
 */
public final class Routing {
    private static final Cursor[] NO_GATES = {};

    private final int generation;
    private final List<Entry> entries;
    private final boolean blocking;
    private volatile @Nullable Routing next;

    /**
     * A handler in a configuration.
     *
     * @param levels which levels it takes of a logger
     * @param policy for what its backlog cannot take
     * @param budgetBytes of its backlog
     */
    public record Entry(Cursor cursor, LevelsByLogger levels, OverflowPolicy policy, long budgetBytes) {}

    /** What a handler takes of each logger. Any thread; always the same answer. */
    @FunctionalInterface
    public interface LevelsByLogger {
        /**
         * The levels, bit i for the level with ordinal i.
         *
         * @param loggerId of a logger whose name is known
         */
        int levels(int loggerId);
    }

    /**
     * A configuration.
     *
     * @param generation greater than any before
     */
    public Routing(int generation, List<Entry> entries) {
        this.generation = generation;
        this.entries = List.copyOf(entries);
        this.blocking = anyBlocks(entries);
    }

    private static boolean anyBlocks(List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.policy().blocks()) {
                return true;
            }
        }
        return false;
    }

    public int generation() {
        return generation;
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The blocking handlers that take a level of a logger; lent, not to be changed. */
    public Cursor[] gates(int loggerId, int level) {
        if (!blocking) {
            return NO_GATES;
        }
        List<Cursor> gates = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.policy().blocks() && (entry.levels().levels(loggerId) & 1 << level) != 0) {
                gates.add(entry.cursor());
            }
        }
        return gates.isEmpty() ? NO_GATES : gates.toArray(NO_GATES);
    }

    /** Every level that some handler takes of a logger. */
    public int levels(int loggerId) {
        int levels = 0;
        for (Entry entry : entries) {
            levels |= entry.levels().levels(loggerId);
        }
        return levels;
    }

    @Nullable
    Routing next() {
        return next;
    }

    void next(@Nullable Routing successor) {
        next = successor;
    }

    /** What it says of a handler; null if it does not name it. */
    public @Nullable Entry entryOf(Cursor cursor) {
        for (Entry entry : entries) {
            if (entry.cursor() == cursor) {
                return entry;
            }
        }
        return null;
    }

    /** A handler's table, levels by logger id, extended to so many loggers. */
    static byte[] table(Entry entry, byte[] known, int loggers) {
        byte[] table = Arrays.copyOf(known, loggers);
        for (int id = known.length; id < loggers; id++) {
            table[id] = (byte) entry.levels().levels(id);
        }
        return table;
    }
}
