package dev.weir.filter;

import dev.weir.Level;
import dev.weir.record.LogRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Accepts what has a marker, or rejects just that. On a handler's side what a marker refers to counts, too. Immutable.
 */
public final class MarkerFilter implements Filter, LoggerFilter {
    private final String marker;
    private final boolean accepting;

    private MarkerFilter(String marker, boolean accepting) {
        this.marker = Objects.requireNonNull(marker, "marker");
        this.accepting = accepting;
    }

    /**
     * Accepts what has a marker, and nothing else.
     *
     * @param marker its name
     * @return the filter
     */
    public static MarkerFilter only(String marker) {
        return new MarkerFilter(marker, true);
    }

    /**
     * Rejects what has a marker, and nothing else.
     *
     * @param marker its name
     * @return the filter
     */
    public static MarkerFilter except(String marker) {
        return new MarkerFilter(marker, false);
    }

    @Override
    public boolean accepts(LogRecord record) {
        return record.markers().contains(marker) == accepting;
    }

    @Override
    public boolean accepts(String logger, Level level, @Nullable String template, List<String> markers) {
        return markers.contains(marker) == accepting;
    }
}
