package dev.weir.filter;

import dev.weir.Level;
import dev.weir.record.LogRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Accepts what comes from one logger and those below it, as the {@code Filter} of Python's {@code logging}, or rejects just
 * that. Immutable.
 */
public final class NameFilter implements Filter, LoggerFilter {
    private final String name;
    private final String below;
    private final boolean accepting;

    private NameFilter(String name, boolean accepting) {
        this.name = Objects.requireNonNull(name, "name");
        this.below = name + '.';
        this.accepting = accepting;
    }

    /**
     * Accepts what comes from a logger or from below it, and nothing else.
     *
     * @param name of the logger
     * @return the filter
     */
    public static NameFilter only(String name) {
        return new NameFilter(name, true);
    }

    /**
     * Rejects what comes from a logger or from below it, and nothing else.
     *
     * @param name of the logger
     * @return the filter
     */
    public static NameFilter except(String name) {
        return new NameFilter(name, false);
    }

    @Override
    public boolean accepts(LogRecord record) {
        return accepts(record.loggerName());
    }

    @Override
    public boolean accepts(String logger, Level level, @Nullable String template, List<String> markers) {
        return accepts(logger);
    }

    private boolean accepts(String logger) {
        return (logger.equals(name) || logger.startsWith(below)) == accepting;
    }
}
