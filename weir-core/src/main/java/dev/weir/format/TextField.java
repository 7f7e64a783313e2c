package dev.weir.format;

import dev.weir.Level;
import dev.weir.internal.record.RecordLayout;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordValues;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a text format can show of every record, by the name it has in Python's {@code LogRecord} if it has one. */
enum TextField {
    CREATED("created") {
        @Override
        long whole(LogRecord record) {
            return record.timeNanos() / NANOS_PER_SECOND;
        }

        @Override
        int billionths(LogRecord record) {
            return (int) (record.timeNanos() % NANOS_PER_SECOND);
        }

        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            NumberPiece.append(whole(record), billionths(record), MICROS_DIGITS, out);
            return true;
        }
    },
    MSECS("msecs") {
        @Override
        long whole(LogRecord record) {
            return Math.floorMod(record.timeNanos(), NANOS_PER_SECOND) / NANOS_PER_MILLI;
        }

        @Override
        int billionths(LogRecord record) {
            return Math.floorMod(record.timeNanos(), NANOS_PER_MILLI) * 1000;
        }
    },
    /** Milliseconds since this class was loaded, as in Python since {@code logging} was. */
    RELATIVE("relativeCreated") {
        @Override
        long whole(LogRecord record) {
            return (record.timeNanos() - START_NANOS) / NANOS_PER_MILLI;
        }

        @Override
        int billionths(LogRecord record) {
            return (int) ((record.timeNanos() - START_NANOS) % NANOS_PER_MILLI * 1000);
        }
    },
    LEVELNAME("levelname") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            PYTHON_LEVELS[level(record)].appendTo(out);
            return true;
        }

        @Override
        boolean isOrigin() {
            return true;
        }
    },
    LEVEL("") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            LEVELS[level(record)].appendTo(out);
            return true;
        }

        @Override
        boolean isOrigin() {
            return true;
        }
    },
    LEVELNO("levelno") {
        @Override
        long whole(LogRecord record) {
            return record.level().pythonNumber();
        }

        @Override
        boolean isOrigin() {
            return true;
        }
    },
    NAME("name") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            byte[] name = record.loggerNameUtf8();
            out.putText(name, 0, name.length, escape);
            return true;
        }

        @Override
        boolean isOrigin() {
            return true;
        }
    },
    MESSAGE("message") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            record.appendMessage(out, escape);
            return true;
        }
    },
    MSG("msg") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            record.values().append(record.templateAt(), out, escape);
            return true;
        }
    },
    THREAD("thread") {
        @Override
        long whole(LogRecord record) {
            return record.threadId();
        }

        @Override
        boolean isOrigin() {
            return true;
        }
    },
    THREAD_NAME("threadName") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            record.appendThreadName(out, escape);
            return true;
        }

        @Override
        boolean isOrigin() {
            return true;
        }
    },
    PROCESS("process") {
        @Override
        long whole(LogRecord record) {
            return PROCESS_ID;
        }

        @Override
        boolean isOrigin() {
            return true;
        }
    },
    TRACE_ID("trace_id") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            record.appendTraceId(out);
            return record.hasTrace();
        }
    },
    SPAN_ID("span_id") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            record.appendSpanId(out);
            return record.hasSpan();
        }
    },
    TRACE_FLAGS("trace_flags") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            if (record.hasTrace()) {
                out.putHex(record.bytes(), RecordLayout.traceFlagsAt(record.start()), 1);
            }
            return record.hasTrace();
        }
    },
    CLASS("") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            return text(record, record.callerClassAt(), out, escape);
        }
    },
    METHOD("funcName") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            return text(record, record.callerMethodAt(), out, escape);
        }
    },
    FILE("filename") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            return text(record, record.callerFileAt(), out, escape);
        }
    },
    /** The file's name up to its last dot. */
    MODULE("module") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
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
    },
    LINE("lineno") {
        @Override
        long whole(LogRecord record) {
            return record.callerLine();
        }

        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
            return record.callerLine() != 0 && super.append(record, out, escape);
        }
    },
    /** All names, with commas. */
    MARKERS("") {
        @Override
        boolean append(LogRecord record, ByteOutput out, Escape escape) {
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
    };

    private static final Fragment[] LEVELS = names(Level::name);
    private static final Fragment[] PYTHON_LEVELS = names(Level::pythonName);
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

    private static Fragment[] names(Function<Level, String> name) {
        Fragment[] names = new Fragment[Level.COUNT];
        Arrays.setAll(names, i -> new Fragment(name.apply(Level.at(i))));
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
        return false;
    }

    /**
     * Appends it.
     *
     * @return false if the record has none; then nothing was appended
     */
    boolean append(LogRecord record, ByteOutput out, Escape escape) {
        out.putDecimal(whole(record));
        return true;
    }

    /** Of a number: what stands before the point. */
    long whole(LogRecord record) {
        throw new UnsupportedOperationException(name());
    }

    /** Of a number: what stands behind the point, with the number's sign. */
    int billionths(LogRecord record) {
        return 0;
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
