package dev.weir.internal.pipeline;

import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.journal.Routing;
import dev.weir.internal.record.Utf8;
import dev.weir.record.LoggerNames;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The loggers, by name and by id. A logger once given out is valid for ever.
 *
 * <p>A new logger gets its id together with its name, the name stored first, and works out its levels under the same lock
 * under which a change of routes stores the new Routing and walks all loggers. So no logger is left with levels of a
 * Routing that is gone.
 */
final class LoggerTree implements LoggerNames {
    private final ConcurrentHashMap<String, LoggerNode> byName = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    // written under the lock, the names before their count
    private volatile String[] names = new String[64];
    private volatile byte[][] utf8 = new byte[64][];
    private volatile int count;

    private QueueHandler queue;
    private Routing routing;
    private RoutePlan plan;

    LoggerTree(QueueHandler queue, Routing routing, RoutePlan plan) {
        this.queue = queue;
        this.routing = routing;
        this.plan = plan;
    }

    /** The logger of a name, created if there is none. */
    LoggerNode logger(String name) {
        LoggerNode known = byName.get(name);
        return known == null ? create(name) : known;
    }

    private LoggerNode create(String name) {
        synchronized (lock) {
            LoggerNode known = byName.get(name);
            if (known != null) {
                return known;
            }
            int id = count;
            if (id == names.length) {
                names = Arrays.copyOf(names, 2 * id);
                utf8 = Arrays.copyOf(utf8, 2 * id);
            }
            names[id] = name;
            utf8[id] = Utf8.of(name);
            count = id + 1;
            LoggerNode created = new LoggerNode(id, name, queue);
            setLevels(created);
            byName.put(name, created);
            return created;
        }
    }

    /**
     * Makes a Routing the newest one and sets all loggers to match.
     *
     * @param emitTo where they emit to from now on: another one than before if their pipeline had been closed
     */
    void publish(Runnable store, Routing newest, RoutePlan newPlan, QueueHandler emitTo) {
        synchronized (lock) {
            store.run();
            routing = newest;
            plan = newPlan;
            queue = emitTo;
            for (LoggerNode logger : byName.values()) {
                setLevels(logger);
            }
        }
    }

    /**
     * Sets all loggers to match another plan once their pipeline has ended, when routes change no more.
     *
     * @param of the pipeline's; if the loggers go on with another one, nothing happens
     */
    void end(QueueHandler of, RoutePlan last) {
        synchronized (lock) {
            if (queue == of) {
                plan = last;
                byName.values().forEach(this::setLevels);
            }
        }
    }

    private void setLevels(LoggerNode logger) {
        logger.queue(queue);
        logger.filters(plan.filters(logger.name()));
        logger.located(plan.located(logger.name()));
        int taken = routing.levels(logger.id());
        logger.enabled(
                plan.logged(logger.name()) & taken, plan.lenses(logger.name()), plan.shown(logger.name()) & taken);
    }

    /** The names of all there are. */
    Set<String> allNames() {
        return byName.keySet();
    }

    /** How many loggers there are. */
    int count() {
        return count;
    }

    @Override
    public String name(int loggerId) {
        return names[loggerId];
    }

    @Override
    public byte[] nameUtf8(int loggerId) {
        return utf8[loggerId];
    }
}
