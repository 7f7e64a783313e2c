package dev.weir.format;

import dev.weir.Level;
import dev.weir.internal.record.RecordLayout;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordValues;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a text format can show of every record, by the name it has in Python's {@code LogRecord} if it has one. */
enum TextField {
    CREATED("created"),
    MSECS("msecs"),
    /** Milliseconds since this class was loaded, as in Python since {@code logging} was. */
    RELATIVE("relativeCreated"),
    LEVELNAME("levelname"),
    LEVEL(""),
    LEVELNO("levelno"),
    NAME("name"),
    MESSAGE("message"),
    MSG("msg"),
    THREAD("thread"),
    THREAD_NAME("threadName"),
    PROCESS("process"),
    TRACE_ID("trace_id"),
    SPAN_ID("span_id"),
    TRACE_FLAGS("trace_flags"),
    CLASS(""),
    METHOD("funcName"),
    FILE("filename"),
    /** The file's name up to its last dot. */
    MODULE("module"),
    LINE("lineno"),
    /** All names, with commas. */
    MARKERS("");

    private static final Fragment[] LEVELS = names(false);
    private static final Fragment[] PYTHON_LEVELS = names(true);
    private static final long PROCESS_ID = ProcessHandle.current().pid();
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final long START_NANOS = startNanos();
    private static final int MICROS_DIGITS = 6;

    private final String pythonName;

    TextField(String pythonName) {
        this.pythonName = pythonName;
    }

    /** The field of that name; null if there is none. */
    static @Nullable TextField of(String name) {
        for (TextField field : values()) {
            if (!name.isEmpty() && field.pythonName.equals(name)) {
                return field;
            }
        }
        return null;
    }

    private static Fragment[] names(boolean python) {
        Fragment[] names = new Fragment[Level.COUNT];
        for (int i = 0; i < names.length; i++) {
            names[i] =
                    new Fragment(python ? Level.at(i).pythonName() : Level.at(i).name());
        }
        return names;
    }

    private static long startNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /** Whether it is a number, which Python's conversions for numbers can show. */
    boolean isNumber() {
        return switch (this) {
            case CREATED, MSECS, RELATIVE, LEVELNO, THREAD, PROCESS, LINE -> true;
            default -> false;
        };
    }

    /** Whether it is a number with decimals, which has no hexadecimal digits. */
    boolean isFraction() {
        return this == CREATED || this == MSECS || this == RELATIVE;
    }

    /** Whether not every record has it, and so its name may be that of an attribute. */
    boolean isRare() {
        return this == METHOD || this == FILE || this == MODULE || this == LINE;
    }

    /** Whether level, logger and thread alone decide what it is. */
    boolean isOrigin() {
        return switch (this) {
            case LEVELNAME, LEVEL, LEVELNO, NAME, THREAD, THREAD_NAME, PROCESS -> true;
            default -> false;
        };
    }

    /**
     * Appends it.
     *
     * @return false if the record has none; then nothing was appended
     */
    boolean append(LogRecord record, ByteOutput out, Escape escape) {
        switch (this) {
            case MESSAGE -> record.appendMessage(out, escape);
            case MSG -> record.values().append(record.templateAt(), out, escape);
            case LEVELNAME -> PYTHON_LEVELS[level(record)].appendTo(out);
            case LEVEL -> LEVELS[level(record)].appendTo(out);
            case NAME -> {
                byte[] name = record.loggerNameUtf8();
                out.putText(name, 0, name.length, escape);
            }
            case THREAD_NAME -> record.appendThreadName(out, escape);
            case CREATED -> NumberPiece.append(whole(record), billionths(record), MICROS_DIGITS, out);
            case MSECS, RELATIVE, LEVELNO, THREAD, PROCESS -> out.putDecimal(whole(record));
            default -> {
                return appendRare(record, out, escape);
            }
        }
        return true;
    }

    /** What not every record has. */
    private boolean appendRare(LogRecord record, ByteOutput out, Escape escape) {
        return switch (this) {
            case TRACE_ID -> {
                record.appendTraceId(out);
                yield record.hasTrace();
            }
            case SPAN_ID -> {
                record.appendSpanId(out);
                yield record.hasSpan();
            }
            case TRACE_FLAGS -> {
                if (record.hasTrace()) {
                    out.putHex(record.bytes(), RecordLayout.traceFlagsAt(record.start()), 1);
                }
                yield record.hasTrace();
            }
            case CLASS -> text(record, record.callerClassAt(), out, escape);
            case METHOD -> text(record, record.callerMethodAt(), out, escape);
            case FILE -> text(record, record.callerFileAt(), out, escape);
            case MODULE -> module(record, out, escape);
            case LINE -> {
                if (record.callerLine() != 0) {
                    out.putDecimal(record.callerLine());
                }
                yield record.callerLine() != 0;
            }
            case MARKERS -> markers(record, out, escape);
            default -> throw new IllegalStateException(name());
        };
    }

    /** Of a number: what stands before the point. */
    long whole(LogRecord record) {
        return switch (this) {
            case CREATED -> record.timeNanos() / NANOS_PER_SECOND;
            case MSECS -> Math.floorMod(record.timeNanos(), NANOS_PER_SECOND) / NANOS_PER_MILLI;
            case RELATIVE -> (record.timeNanos() - START_NANOS) / NANOS_PER_MILLI;
            case LEVELNO -> record.level().pythonNumber();
            case THREAD -> record.threadId();
            case PROCESS -> PROCESS_ID;
            case LINE -> record.callerLine();
            default -> throw new IllegalStateException(name());
        };
    }

    /** Of a number: what stands behind the point, with the number's sign. */
    int billionths(LogRecord record) {
        return switch (this) {
            case CREATED -> (int) (record.timeNanos() % NANOS_PER_SECOND);
            case MSECS -> Math.floorMod(record.timeNanos(), NANOS_PER_MILLI) * 1000;
            case RELATIVE -> (int) ((record.timeNanos() - START_NANOS) % NANOS_PER_MILLI * 1000);
            default -> 0;
        };
    }

    private static boolean module(LogRecord record, ByteOutput out, Escape escape) {
        int file = record.callerFileAt();
        if (file == 0) {
            return false;
        }
        int from = record.values().textFrom(file);
        int length = record.values().textLength(file);
        int dot = length;
        while (dot > 0 && record.bytes()[from + dot - 1] != '.') {
            dot--;
        }
        out.putText(record.bytes(), from, dot > 1 ? dot - 1 : length, escape);
        return true;
    }

    private static boolean markers(LogRecord record, ByteOutput out, Escape escape) {
        RecordValues values = record.values();
        int list = record.markersAt();
        int count = values.count(list);
        int marker = values.first(list);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(',');
                out.put(' ');
            }
            values.append(marker, out, escape);
            marker = values.after(marker);
        }
        return count > 0;
    }

    private static int level(LogRecord record) {
        return record.bytes()[RecordLayout.levelAt(record.start())];
    }

    private static boolean text(LogRecord record, int place, ByteOutput out, Escape escape) {
        if (place != 0) {
            record.values().appendText(place, out, escape);
        }
        return place != 0;
    }
}
