package dev.weir.slf4j;

import dev.weir.Weir;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/** One logger for each name, for ever. Any thread. */
final class Slf4jLoggerFactory implements ILoggerFactory {
    private final ConcurrentHashMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private volatile boolean lastResort;

    /**
     * The logger with a name.
     *
     * @throws IllegalArgumentException if the name is null
     */
    @Override
    public Logger getLogger(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException("logger name: null (expected: a name)");
        }
        Logger known = loggers.get(name);
        return known == null ? loggers.computeIfAbsent(name, this::create) : known;
    }

    /** From now on loggers do without Weir. */
    void useLastResort() {
        lastResort = true;
    }

    private Logger create(String name) {
        return lastResort ? new LastResortLogger(name) : new Slf4jLogger(Weir.logger(name), name);
    }
}
