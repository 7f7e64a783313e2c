package dev.weir;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The severity of a record: SLF4J's five levels and {@link #CRITICAL} above them.
 *
 * <p>Each level carries the lowest number of its range in OpenTelemetry's log data model (1 to 24), which is what a
 * record stores, and its names and numbers in the systems Weir meets. This is the one table of them: SLF4J 2,
 * {@code java.util.logging}, Log4j 2, Python's {@code logging}, syslog (RFC 5424, section 6.2.1) and OpenTelemetry
 * (Logs Data Model, appendix B).
 *
 * <p>Levels are ordered: {@code TRACE < DEBUG < INFO < WARN < ERROR < CRITICAL}.
 */
public enum Level {
    //       otel  jul    log4j  python        syslog
    /** The finest steps. */
    TRACE(1, "FINEST", "TRACE", "TRACE", 5, 7),
    /** For developers. */
    DEBUG(5, "FINE", "DEBUG", "DEBUG", 10, 7),
    /** For operators: what happens in the normal course. */
    INFO(9, "INFO", "INFO", "INFO", 20, 6),
    /** Something is unusual, nothing is lost. */
    WARN(13, "WARNING", "WARN", "WARNING", 30, 4),
    /** A task failed. */
    ERROR(17, "SEVERE", "ERROR", "ERROR", 40, 3),
    /** The service itself is in danger; through SLF4J an ERROR with a marker named CRITICAL or FATAL. */
    CRITICAL(21, "SEVERE", "FATAL", "CRITICAL", 50, 2);

    /** How many levels there are. */
    public static final int COUNT = 6;

    private static final Level[] VALUES = values();

    private final int severityNumber;
    private final String julName;
    private final String log4jName;
    private final String pythonName;
    private final int pythonNumber;
    private final int syslogSeverity;

    Level(int severityNumber, String julName, String log4jName, String pythonName, int pythonNumber, int syslog) {
        this.severityNumber = severityNumber;
        this.julName = julName;
        this.log4jName = log4jName;
        this.pythonName = pythonName;
        this.pythonNumber = pythonNumber;
        this.syslogSeverity = syslog;
    }

    /**
     * The lowest number of this level's range in OpenTelemetry.
     *
     * @return 1, 5, 9, 13, 17 or 21
     */
    public int severityNumber() {
        return severityNumber;
    }

    /**
     * The name {@code java.util.logging} gives this level.
     *
     * @return for example {@code WARNING}
     */
    public String julName() {
        return julName;
    }

    /**
     * The name Log4j 2 gives this level.
     *
     * @return for example {@code FATAL}
     */
    public String log4jName() {
        return log4jName;
    }

    /**
     * The name Python's {@code logging} gives this level; Python has no TRACE, its users register 5 under that name.
     *
     * @return for example {@code WARNING}
     */
    public String pythonName() {
        return pythonName;
    }

    /**
     * The number of this level in Python's {@code logging}.
     *
     * @return 5, 10, 20, 30, 40 or 50
     */
    public int pythonNumber() {
        return pythonNumber;
    }

    /**
     * The numerical severity of syslog.
     *
     * @return 7 (debug) to 2 (critical)
     */
    public int syslogSeverity() {
        return syslogSeverity;
    }

    /**
     * This level as one bit, the lowest for {@link #TRACE}; sets of levels are kept so.
     *
     * @return {@code 1 << ordinal()}
     */
    @SuppressWarnings("EnumOrdinal") // the layout of a record is fixed to this order
    public int bit() {
        return 1 << ordinal();
    }

    /**
     * The level with this ordinal, without a copy of {@link #values()}.
     *
     * @param ordinal 0 to 5
     * @return the level
     * @throws ArrayIndexOutOfBoundsException if there is none
     */
    public static Level at(int ordinal) {
        return VALUES[ordinal];
    }

    /**
     * The level in whose range a severity number of OpenTelemetry lies.
     *
     * @param severityNumber 1 to 24; 0, "unspecified", counts as INFO, what lies outside is taken for the nearest
     * @return the level
     */
    public static Level ofSeverityNumber(int severityNumber) {
        if (severityNumber == 0) {
            return INFO;
        }
        return VALUES[Math.min(Math.max(severityNumber - 1, 0), 23) / 4];
    }

    /**
     * The level that a number of Python's {@code logging} falls into: the highest level not above it.
     *
     * @param levelno any number; 0 (NOTSET) and what lies below DEBUG is TRACE
     * @return the level
     */
    public static Level ofPythonNumber(int levelno) {
        Level found = TRACE;
        for (Level level : VALUES) {
            if (level.pythonNumber <= levelno) {
                found = level;
            }
        }
        return found;
    }

    /**
     * The level of a syslog severity.
     *
     * @param severity 0 (emergency) to 7 (debug); 5 (notice) counts as INFO
     * @return the level
     * @throws IllegalArgumentException if the severity is outside 0 to 7
     */
    public static Level ofSyslogSeverity(int severity) {
        return switch (severity) {
            case 0, 1, 2 -> CRITICAL;
            case 3 -> ERROR;
            case 4 -> WARN;
            case 5, 6 -> INFO;
            case 7 -> DEBUG;
            default -> throw new IllegalArgumentException("severity: " + severity + " (expected: 0 to 7)");
        };
    }

    /**
     * The level that any of the systems in this table knows by a name, whatever its case: SLF4J's and Weir's own names,
     * JUL's (FINEST, FINER, FINE, CONFIG, INFO, WARNING, SEVERE), Log4j's FATAL, Python's WARNING and CRITICAL, syslog's
     * (debug, info, notice, warning, err, crit, alert, emerg) and OpenTelemetry's (TRACE2, ERROR4, FATAL …).
     *
     * @param name a name
     * @return the level, or null if nobody calls a level so
     */
    public static @Nullable Level ofName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "TRACE", "FINEST" -> TRACE;
            case "DEBUG", "FINER", "FINE" -> DEBUG;
            case "INFO", "CONFIG", "NOTICE", "INFORMATIONAL" -> INFO;
            case "WARN", "WARNING" -> WARN;
            case "ERROR", "SEVERE", "ERR" -> ERROR;
            case "CRITICAL", "FATAL", "CRIT", "ALERT", "EMERG", "EMERGENCY" -> CRITICAL;
            default -> ofNumberedName(upper);
        };
    }

    /** OpenTelemetry's short names of the inner numbers of a range: TRACE2 to FATAL4. */
    private static @Nullable Level ofNumberedName(String upper) {
        int last = upper.length() - 1;
        if (last < 0 || upper.charAt(last) < '2' || upper.charAt(last) > '4') {
            return null;
        }
        return switch (upper.substring(0, last)) {
            case "TRACE" -> TRACE;
            case "DEBUG" -> DEBUG;
            case "INFO" -> INFO;
            case "WARN" -> WARN;
            case "ERROR" -> ERROR;
            case "FATAL" -> CRITICAL;
            default -> null;
        };
    }
}
