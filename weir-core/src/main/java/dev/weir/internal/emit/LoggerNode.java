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

    /** Bit i: level i is logged here and some handler takes it. */
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

    public boolean isEnabled(Level level) {
        return ((int) ENABLED.getOpaque(this) & level.bit()) != 0;
    }

    /** Sets what is logged here; a caller may see it one call late. */
    public void enabled(int levels) {
        ENABLED.setOpaque(this, levels);
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
