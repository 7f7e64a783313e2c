package dev.weir.internal.emit;

import dev.weir.Level;
import dev.weir.filter.LoggerFilter;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.Routing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A logger of the tree, as callers see it: whether a level is on, and which blocking handlers stand on its route. Valid
 * for ever; a change of routes only changes what it answers.
 */
public final class LoggerNode {
    private static final VarHandle ENABLED;
    private static final VarHandle LOCATED;
    /** From here on, the bits of levels that are off but for whom a lens shows them to. */
    private static final int LENS_SHIFT = 8;

    static {
        try {
            ENABLED = MethodHandles.lookup().findVarHandle(LoggerNode.class, "enabled", int.class);
            LOCATED = MethodHandles.lookup().findVarHandle(LoggerNode.class, "located", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int id;
    private final String name;
    private volatile QueueHandler queue;
    /** Null if there are none; not changed once it stands here. */
    private volatile LoggerFilter @Nullable [] filters;

    /** Null if there are none; not changed once it stands here. */
    private volatile LensCheck @Nullable [] lenses;

    /**
     * Bit i: level i is logged here and some handler takes it. Bit {@link #LENS_SHIFT} + i: it is not logged, but a lens is
     * open for it, and some handler takes what that shows. So whoever reads a 0 in both has read one field, as if there were
     * no lenses.
     */
    @SuppressWarnings("UnusedVariable") // by its VarHandle
    private int enabled;

    /** Bit i: records of level i say where the call was made. */
    @SuppressWarnings("UnusedVariable") // by its VarHandle
    private int located;

    /** Racy, benign: made anew from the newest Routing by whoever finds that it is of an older one. */
    private @Nullable Gates gates;

    /**
     * A logger with all levels off.
     *
     * @param id by which records name it; its name is known already
     */
    public LoggerNode(int id, String name, QueueHandler queue) {
        this.id = id;
        this.name = name;
        this.queue = queue;
    }

    /** The blocking handlers by level, as one Routing has them. */
    private static final class Gates {
        private final Routing routing;
        private final Cursor[][] byLevel = new Cursor[Level.COUNT][];

        Gates(Routing routing, int loggerId) {
            this.routing = routing;
            for (int level = 0; level < Level.COUNT; level++) {
                byLevel[level] = routing.gates(loggerId, level);
            }
        }
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** Where its records go. */
    public QueueHandler queue() {
        return queue;
    }

    public void queue(QueueHandler successor) {
        queue = successor;
    }

    /** What decides about calls here; null if everything is logged. Lent, not to be changed. */
    LoggerFilter @Nullable [] filters() {
        return filters;
    }

    /** Sets what decides about calls here; a caller may see it one call late. */
    public void filters(List<LoggerFilter> deciding) {
        filters = deciding.isEmpty() ? null : deciding.toArray(new LoggerFilter[0]);
    }

    /** Whether a level is logged here for the calling thread. */
    public boolean isEnabled(Level level) {
        int bits = (int) ENABLED.getOpaque(this) & (level.bit() | level.bit() << LENS_SHIFT);
        return bits != 0 && (bits < 1 << LENS_SHIFT || isShown(level));
    }

    private boolean isShown(Level level) {
        LensCheck[] open = lenses;
        if (open != null) {
            for (LensCheck lens : open) {
                if (lens.shows(level)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Sets what is logged here; a caller may see it one call late.
     *
     * @param levels for all threads
     * @param open the lenses here and above
     * @param lensLevels what these may show that some handler takes
     */
    public void enabled(int levels, List<LensCheck> open, int lensLevels) {
        lenses = open.isEmpty() ? null : open.toArray(new LensCheck[0]);
        ENABLED.setOpaque(this, levels | (lensLevels & ~levels) << LENS_SHIFT);
    }

    /** Whether a record of a level says where the call was made. */
    boolean isLocated(Level level) {
        return ((int) LOCATED.getOpaque(this) & level.bit()) != 0;
    }

    /** Sets which levels' records say where the call was made; a caller may see it one call late. */
    public void located(int levels) {
        if (levels != 0) {
            CallSite.prepare();
        }
        LOCATED.setOpaque(this, levels);
    }

    /** Blocking handlers that take a level of this logger; lent, not to be changed. */
    Cursor[] gates(Routing routing, int level) {
        Gates known = gates;
        if (known == null || known.routing != routing) {
            known = new Gates(routing, id);
            gates = known;
        }
        return known.byLevel[level];
    }
}
