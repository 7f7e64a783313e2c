package dev.weir.slf4j;

import static dev.weir.Level.DEBUG;
import static dev.weir.Level.ERROR;
import static dev.weir.Level.INFO;
import static dev.weir.Level.TRACE;
import static dev.weir.Level.WARN;

import dev.weir.Level;
import dev.weir.RecordBuilder;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.LoggingEvent;
import org.slf4j.spi.LocationAwareLogger;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/**
 * A logger of SLF4J over one of Weir's. Any thread.
 *
 * <p>Calls without a marker go straight to Weir's logger and allocate nothing of their own. A marker may raise an ERROR to
 * CRITICAL (see {@link Markers}), so a logger whose level is CRITICAL is not {@link #isErrorEnabled()} and yet is {@link
 * #isErrorEnabled(Marker)} for such a marker.
 *
 * <p>A throwable among the arguments is the record's throwable where SLF4J's own {@code AbstractLogger} says so: the
 * second of two, and the last of an array.
 *
 * <p>Public because SLF4J finds {@link #log(LoggingEvent)} by reflection: what was logged while it was being initialised
 * would be lost otherwise. Applications see {@link org.slf4j.Logger}.
 */
public final class Slf4jLogger implements LocationAwareLogger, LoggingEventAware, Serializable {
    private static final long serialVersionUID = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final transient dev.weir.Logger weir;

    /** Dotted; all that is serialized. */
    private final String name;

    Slf4jLogger(dev.weir.Logger weir, String name) {
        this.weir = weir.withCallerBoundary(Slf4jLogger.class.getName());
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return "Logger[" + name + "]";
    }

    /**
     * What is read from a stream stands for the logger of its name here.
     *
     * @return that logger
     */
    private Object readResolve() {
        return LoggerFactory.getLogger(name);
    }

    // the fluent API

    @Override
    public LoggingEventBuilder makeLoggingEventBuilder(org.slf4j.event.Level level) {
        return EventBuilder.begin(weir, Levels.of(level));
    }

    @Override
    public LoggingEventBuilder atLevel(org.slf4j.event.Level level) {
        return at(Levels.of(level));
    }

    @Override
    public boolean isEnabledForLevel(org.slf4j.event.Level level) {
        return weir.isEnabled(Levels.of(level));
    }

    /** An ERROR may become a CRITICAL by a marker that is yet to come. */
    private LoggingEventBuilder at(Level level) {
        boolean possible = weir.isEnabled(level) || (level == ERROR && weir.isEnabled(Level.CRITICAL));
        return possible ? EventBuilder.begin(weir, level) : NOPLoggingEventBuilder.singleton();
    }

    // what bridges and SLF4J itself call

    /**
     * Logs what a bridge has taken in.
     *
     * @param marker may raise the level, may be null
     * @param fqcn the bridge's class: who called that has made the call; null if this is who was called
     * @param locationAwareLevel 0, 10, 20, 30 or 40
     * @param template may be null
     * @param arguments may be null
     * @param thrown may be null; then a throwable that is the last argument is it
     */
    @Override
    public void log(
            @Nullable Marker marker,
            @Nullable String fqcn,
            int locationAwareLevel,
            @Nullable String template,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        Level level = Markers.level(Levels.of(locationAwareLevel), marker);
        if (weir.isEnabled(level)) {
            RecordBuilder record = marked(level, marker).message(template);
            if (fqcn != null) {
                record.callerBoundary(fqcn);
            }
            Arguments.add(arguments, arguments == null ? 0 : arguments.length, thrown, record);
            record.log();
        }
    }

    /**
     * Logs an event as it was. One that names no boundary of its caller was made elsewhere, or earlier: where, is not on this
     * stack.
     *
     * @param event with its time and thread, if it has them, else now and the caller's
     */
    @Override
    public void log(LoggingEvent event) {
        List<@Nullable Marker> markers = event.getMarkers() == null ? List.of() : event.getMarkers();
        Level level = Levels.of(event.getLevel());
        for (Marker marker : markers) {
            level = Markers.level(level, marker);
        }
        if (weir.isEnabled(level)) {
            RecordBuilder record = weir.atLevel(level);
            for (Marker marker : markers) {
                if (marker != null) {
                    Markers.addNames(marker, record);
                }
            }
            add(event, record);
            record.log();
        }
    }

    private static void add(LoggingEvent event, RecordBuilder record) {
        record.message(event.getMessage());
        @Nullable Object[] arguments = event.getArgumentArray();
        Arguments.add(arguments, arguments == null ? 0 : arguments.length, event.getThrowable(), record);
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                record.keyValue(pair.key, pair.value);
            }
        }
        if (event.getTimeStamp() != 0) {
            record.time(event.getTimeStamp() * NANOS_PER_MILLI);
        }
        if (event.getThreadName() != null) {
            record.thread(event.getThreadName(), 0);
        }
        String boundary = event.getCallerBoundary();
        if (boundary == null) {
            record.caller(null);
        } else {
            record.callerBoundary(boundary);
        }
    }

    // calls with a marker; without one they are as good as those of Weir's logger

    private RecordBuilder marked(Level level, @Nullable Marker marker) {
        RecordBuilder record = weir.atLevel(level);
        if (marker != null) {
            Markers.addNames(marker, record);
        }
        return record;
    }

    private void log(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Throwable thrown) {
        if (weir.isEnabled(level)) {
            marked(level, marker).message(message).cause(thrown).log();
        }
    }

    private void log1(Level level, @Nullable Marker marker, @Nullable String template, @Nullable Object argument) {
        if (weir.isEnabled(level)) {
            RecordBuilder record = marked(level, marker).message(template);
            if (argument instanceof Throwable thrown) {
                record.cause(thrown).log();
            } else {
                record.argument(argument).log();
            }
        }
    }

    private void log2(
            Level level,
            @Nullable Marker marker,
            @Nullable String template,
            @Nullable Object first,
            @Nullable Object second) {
        if (weir.isEnabled(level)) {
            RecordBuilder record = marked(level, marker).message(template).argument(first);
            if (second instanceof Throwable thrown) {
                record.cause(thrown).log();
            } else {
                record.argument(second).log();
            }
        }
    }

    private void logAll(
            Level level, @Nullable Marker marker, @Nullable String template, @Nullable Object @Nullable [] arguments) {
        if (weir.isEnabled(level)) {
            RecordBuilder record = marked(level, marker).message(template);
            Arguments.add(arguments, arguments == null ? 0 : arguments.length, null, record);
            record.log();
        }
    }

    // TRACE

    @Override
    public boolean isTraceEnabled() {
        return weir.isEnabled(TRACE);
    }

    @Override
    public void trace(@Nullable String message) {
        weir.log(TRACE, message);
    }

    @Override
    public void trace(@Nullable String template, @Nullable Object argument) {
        weir.log(TRACE, template, argument);
    }

    @Override
    public void trace(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        weir.log(TRACE, template, first, second);
    }

    @Override
    public void trace(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        weir.log(TRACE, template, arguments);
    }

    @Override
    public void trace(@Nullable String message, @Nullable Throwable thrown) {
        weir.log(TRACE, message, thrown);
    }

    @Override
    public boolean isTraceEnabled(@Nullable Marker marker) {
        return weir.isEnabled(TRACE);
    }

    @Override
    public void trace(@Nullable Marker marker, @Nullable String message) {
        log(TRACE, marker, message, null);
    }

    @Override
    public void trace(@Nullable Marker marker, @Nullable String template, @Nullable Object argument) {
        log1(TRACE, marker, template, argument);
    }

    @Override
    public void trace(
            @Nullable Marker marker, @Nullable String template, @Nullable Object first, @Nullable Object second) {
        log2(TRACE, marker, template, first, second);
    }

    @Override
    public void trace(@Nullable Marker marker, @Nullable String template, @Nullable Object @Nullable ... arguments) {
        logAll(TRACE, marker, template, arguments);
    }

    @Override
    public void trace(@Nullable Marker marker, @Nullable String message, @Nullable Throwable thrown) {
        log(TRACE, marker, message, thrown);
    }

    @Override
    public LoggingEventBuilder atTrace() {
        return at(TRACE);
    }

    // DEBUG

    @Override
    public boolean isDebugEnabled() {
        return weir.isEnabled(DEBUG);
    }

    @Override
    public void debug(@Nullable String message) {
        weir.log(DEBUG, message);
    }

    @Override
    public void debug(@Nullable String template, @Nullable Object argument) {
        weir.log(DEBUG, template, argument);
    }

    @Override
    public void debug(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        weir.log(DEBUG, template, first, second);
    }

    @Override
    public void debug(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        weir.log(DEBUG, template, arguments);
    }

    @Override
    public void debug(@Nullable String message, @Nullable Throwable thrown) {
        weir.log(DEBUG, message, thrown);
    }

    @Override
    public boolean isDebugEnabled(@Nullable Marker marker) {
        return weir.isEnabled(DEBUG);
    }

    @Override
    public void debug(@Nullable Marker marker, @Nullable String message) {
        log(DEBUG, marker, message, null);
    }

    @Override
    public void debug(@Nullable Marker marker, @Nullable String template, @Nullable Object argument) {
        log1(DEBUG, marker, template, argument);
    }

    @Override
    public void debug(
            @Nullable Marker marker, @Nullable String template, @Nullable Object first, @Nullable Object second) {
        log2(DEBUG, marker, template, first, second);
    }

    @Override
    public void debug(@Nullable Marker marker, @Nullable String template, @Nullable Object @Nullable ... arguments) {
        logAll(DEBUG, marker, template, arguments);
    }

    @Override
    public void debug(@Nullable Marker marker, @Nullable String message, @Nullable Throwable thrown) {
        log(DEBUG, marker, message, thrown);
    }

    @Override
    public LoggingEventBuilder atDebug() {
        return at(DEBUG);
    }

    // INFO

    @Override
    public boolean isInfoEnabled() {
        return weir.isEnabled(INFO);
    }

    @Override
    public void info(@Nullable String message) {
        weir.log(INFO, message);
    }

    @Override
    public void info(@Nullable String template, @Nullable Object argument) {
        weir.log(INFO, template, argument);
    }

    @Override
    public void info(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        weir.log(INFO, template, first, second);
    }

    @Override
    public void info(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        weir.log(INFO, template, arguments);
    }

    @Override
    public void info(@Nullable String message, @Nullable Throwable thrown) {
        weir.log(INFO, message, thrown);
    }

    @Override
    public boolean isInfoEnabled(@Nullable Marker marker) {
        return weir.isEnabled(INFO);
    }

    @Override
    public void info(@Nullable Marker marker, @Nullable String message) {
        log(INFO, marker, message, null);
    }

    @Override
    public void info(@Nullable Marker marker, @Nullable String template, @Nullable Object argument) {
        log1(INFO, marker, template, argument);
    }

    @Override
    public void info(
            @Nullable Marker marker, @Nullable String template, @Nullable Object first, @Nullable Object second) {
        log2(INFO, marker, template, first, second);
    }

    @Override
    public void info(@Nullable Marker marker, @Nullable String template, @Nullable Object @Nullable ... arguments) {
        logAll(INFO, marker, template, arguments);
    }

    @Override
    public void info(@Nullable Marker marker, @Nullable String message, @Nullable Throwable thrown) {
        log(INFO, marker, message, thrown);
    }

    @Override
    public LoggingEventBuilder atInfo() {
        return at(INFO);
    }

    // WARN

    @Override
    public boolean isWarnEnabled() {
        return weir.isEnabled(WARN);
    }

    @Override
    public void warn(@Nullable String message) {
        weir.log(WARN, message);
    }

    @Override
    public void warn(@Nullable String template, @Nullable Object argument) {
        weir.log(WARN, template, argument);
    }

    @Override
    public void warn(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        weir.log(WARN, template, first, second);
    }

    @Override
    public void warn(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        weir.log(WARN, template, arguments);
    }

    @Override
    public void warn(@Nullable String message, @Nullable Throwable thrown) {
        weir.log(WARN, message, thrown);
    }

    @Override
    public boolean isWarnEnabled(@Nullable Marker marker) {
        return weir.isEnabled(WARN);
    }

    @Override
    public void warn(@Nullable Marker marker, @Nullable String message) {
        log(WARN, marker, message, null);
    }

    @Override
    public void warn(@Nullable Marker marker, @Nullable String template, @Nullable Object argument) {
        log1(WARN, marker, template, argument);
    }

    @Override
    public void warn(
            @Nullable Marker marker, @Nullable String template, @Nullable Object first, @Nullable Object second) {
        log2(WARN, marker, template, first, second);
    }

    @Override
    public void warn(@Nullable Marker marker, @Nullable String template, @Nullable Object @Nullable ... arguments) {
        logAll(WARN, marker, template, arguments);
    }

    @Override
    public void warn(@Nullable Marker marker, @Nullable String message, @Nullable Throwable thrown) {
        log(WARN, marker, message, thrown);
    }

    @Override
    public LoggingEventBuilder atWarn() {
        return at(WARN);
    }

    // ERROR

    @Override
    public boolean isErrorEnabled() {
        return weir.isEnabled(ERROR);
    }

    @Override
    public void error(@Nullable String message) {
        weir.log(ERROR, message);
    }

    @Override
    public void error(@Nullable String template, @Nullable Object argument) {
        weir.log(ERROR, template, argument);
    }

    @Override
    public void error(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        weir.log(ERROR, template, first, second);
    }

    @Override
    public void error(@Nullable String template, @Nullable Object @Nullable ... arguments) {
        weir.log(ERROR, template, arguments);
    }

    @Override
    public void error(@Nullable String message, @Nullable Throwable thrown) {
        weir.log(ERROR, message, thrown);
    }

    @Override
    public boolean isErrorEnabled(@Nullable Marker marker) {
        return weir.isEnabled(Markers.level(ERROR, marker));
    }

    @Override
    public void error(@Nullable Marker marker, @Nullable String message) {
        log(Markers.level(ERROR, marker), marker, message, null);
    }

    @Override
    public void error(@Nullable Marker marker, @Nullable String template, @Nullable Object argument) {
        log1(Markers.level(ERROR, marker), marker, template, argument);
    }

    @Override
    public void error(
            @Nullable Marker marker, @Nullable String template, @Nullable Object first, @Nullable Object second) {
        log2(Markers.level(ERROR, marker), marker, template, first, second);
    }

    @Override
    public void error(@Nullable Marker marker, @Nullable String template, @Nullable Object @Nullable ... arguments) {
        logAll(Markers.level(ERROR, marker), marker, template, arguments);
    }

    @Override
    public void error(@Nullable Marker marker, @Nullable String message, @Nullable Throwable thrown) {
        log(Markers.level(ERROR, marker), marker, message, thrown);
    }

    @Override
    public LoggingEventBuilder atError() {
        return at(ERROR);
    }
}
