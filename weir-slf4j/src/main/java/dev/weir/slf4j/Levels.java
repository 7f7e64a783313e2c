package dev.weir.slf4j;

import dev.weir.Level;
import org.slf4j.spi.LocationAwareLogger;

/** SLF4J's levels as Weir's. */
final class Levels {
    private Levels() {}

    static Level of(org.slf4j.event.Level level) {
        return switch (level) {
            case TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    /** Of the numbers of {@link LocationAwareLogger}; one between two of them counts as the lower. */
    static Level of(int locationAwareLevel) {
        if (locationAwareLevel >= LocationAwareLogger.ERROR_INT) {
            return Level.ERROR;
        }
        if (locationAwareLevel >= LocationAwareLogger.WARN_INT) {
            return Level.WARN;
        }
        if (locationAwareLevel >= LocationAwareLogger.INFO_INT) {
            return Level.INFO;
        }
        return locationAwareLevel >= LocationAwareLogger.DEBUG_INT ? Level.DEBUG : Level.TRACE;
    }
}
