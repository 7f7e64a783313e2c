package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.Utf8;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line per record by a format of Python's {@code logging}, as {@code %(asctime)s %(levelname)-8s %(name)s:
 * %(message)s}. Flags are {@code -} and, before numbers, {@code 0}; then width, a dot and the precision (of text: the
 * most characters), and {@code s}, or {@code d}, {@code i} or {@code f} for numbers.
 *
 * <pre>
 * asctime      the time, as datefmt says; else 2024-05-20 14:32:11,123
 * created      seconds since 1970-01-01T00:00Z, a number       msecs    milliseconds within the second, a number
 * levelname    Python's name of the level                      levelno  Python's number of it
 * name         the logger's name
 * message      the message with its arguments put in           msg      the message before that
 * threadName   the emitting thread's name                      thread   its number
 * trace_id, span_id, trace_flags                               process  this process's number
 * </pre>
 *
 * Any other name is that of a key-value or of an entry of the context (MDC). What a record does not have is printed as
 * {@code -} unless {@link Builder#defaults} has something else.
 *
 * <p>A record is one line. What comes from it is data: its control characters and line separators are written visibly
 * and so that they can be told back (see {@link ByteOutput.Escape#TEXT}). If there is a throwable its stack trace
 * follows on lines of its own, as in Python; of these only class names stand at the beginning of a line, and what the
 * throwable says cannot break it.
 *
 * <p>One instance belongs to one handler.
 */
public final class TextFormatter implements Formatter {
    private static final byte[] ABSENT = {'-'};
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int DECIMALS = 6;

    private final Step[] steps;
    private final TimeText time;
    private final StackTraces stackTraces = StackTraces.builder().build();
    private final ByteOutput scratch = new ByteOutput(256);
    private final long processId = ProcessHandle.current().pid();

    /** A part of the format with what it needs as bytes: literal text, or the name and what is printed without a value. */
    private static final class Piece {
        private final PercentFormat.Part part;
        private final byte[] bytes;
        private final byte[] absent;
        /** Whether it is written as it is: no width, no precision, not as a number. */
        private final boolean plain;

        Piece(PercentFormat.Part part, @Nullable String absent) {
            this.part = part;
            this.bytes = utf8(part.field() == TextField.LITERAL ? part.literal() : part.name());
            this.absent = absent == null ? ABSENT : utf8(absent);
            this.plain = part.conversion() == 's' && part.precision() < 0 && part.width() == 0;
        }

        boolean isOrigin() {
            return switch (part.field()) {
                case LITERAL, LEVELNAME, LEVELNO, NAME, THREAD_NAME, THREAD, PROCESS -> true;
                default -> false;
            };
        }
    }

    /** One piece, or some in a row that the level, the logger and the thread alone decide. */
    private record Step(Piece[] pieces, @Nullable OriginText kept) {}

    private TextFormatter(List<PercentFormat.Part> parts, TimeText time, Map<String, String> defaults) {
        this.time = time;
        List<Piece> pieces = new ArrayList<>();
        for (PercentFormat.Part part : parts) {
            pieces.add(new Piece(part, defaults.get(part.name())));
        }
        steps = steps(pieces);
    }

    private static Step[] steps(List<Piece> pieces) {
        List<Step> steps = new ArrayList<>();
        int next = 0;
        while (next < pieces.size()) {
            int from = next++;
            while (pieces.get(from).isOrigin()
                    && next < pieces.size()
                    && pieces.get(next).isOrigin()) {
                next++;
            }
            Piece[] run = pieces.subList(from, next).toArray(new Piece[0]);
            steps.add(new Step(run, run.length > 1 ? new OriginText() : null));
        }
        return steps.toArray(new Step[0]);
    }

    private static byte[] utf8(String text) {
        return Utf8.of(text);
    }

    /**
     * By a format, with times in the system's zone.
     *
     * @param format the format
     * @return a formatter for one handler
     * @throws IllegalArgumentException if the format is wrong, with position and expectation
     */
    public static TextFormatter of(String format) {
        return builder().format(format).build();
    }

    /**
     * A formatter to be set up.
     *
     * @return begins with {@code %(asctime)s %(levelname)s [%(threadName)s] %(name)s: %(message)s}
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void format(LogRecord record, ByteOutput out) {
        for (Step step : steps) {
            OriginText kept = step.kept;
            if (kept == null) {
                append(step.pieces[0], record, out);
            } else if (!kept.append(record, out)) {
                appendOrigin(step.pieces, kept, record, out);
            }
        }
        out.put('\n');
        stackTraces.append(record, out);
    }

    private void appendOrigin(Piece[] pieces, OriginText kept, LogRecord record, ByteOutput out) {
        int from = out.size();
        for (Piece piece : pieces) {
            append(piece, record, out);
        }
        kept.keep(record, out, from);
    }

    private void append(Piece piece, LogRecord record, ByteOutput out) {
        PercentFormat.Part part = piece.part;
        if (part.field() == TextField.LITERAL) {
            out.put(piece.bytes);
        } else if (piece.plain) {
            text(piece, record, out, Escape.TEXT);
        } else {
            appendShaped(piece, part, record, out);
        }
    }

    private void appendShaped(Piece piece, PercentFormat.Part part, LogRecord record, ByteOutput out) {
        int from = out.size();
        if (part.conversion() != 's') {
            number(part, record.timeNanos(), record, out);
        } else if (part.precision() < 0) {
            text(piece, record, out, Escape.TEXT);
        } else {
            scratch.truncate(0);
            text(piece, record, scratch, Escape.NONE);
            scratch.truncateCharacters(0, part.precision(), false);
            out.putText(scratch.array(), 0, scratch.size(), Escape.TEXT);
        }
        pad(part, from, out);
    }

    // values

    private void text(Piece piece, LogRecord record, ByteOutput out, Escape escape) {
        switch (piece.part.field()) {
            case ASCTIME -> time.append(record.timeNanos(), out);
            case CREATED -> decimal(record.timeNanos(), DECIMALS, out);
            case MSECS, LEVELNO, THREAD, PROCESS -> out.putDecimal(integer(piece.part.field(), record));
            case LEVELNAME -> out.put(record.level().pythonName());
            case NAME -> {
                byte[] name = record.loggerNameUtf8();
                out.putText(name, 0, name.length, escape);
            }
            case MESSAGE -> record.appendMessage(out, escape);
            case MSG -> template(record, out, escape);
            case THREAD_NAME ->
                content(record.bytes(), RecordSections.threadNameAt(record.bytes(), record.start()), out, escape);
            case TRACE_ID -> present(piece, record.traceId(), out, escape);
            case SPAN_ID -> present(piece, record.spanId(), out, escape);
            case TRACE_FLAGS -> present(piece, traceFlags(record), out, escape);
            case LITERAL, ATTRIBUTE -> {
                if (!record.appendAttribute(piece.bytes, out, escape)) {
                    out.putText(piece.absent, 0, piece.absent.length, escape);
                }
            }
        }
    }

    private static void template(LogRecord record, ByteOutput out, Escape escape) {
        int at = RecordSections.templateAt(record.bytes(), record.start());
        if (record.bytes()[at] == ValueTag.STRING) {
            content(record.bytes(), at + 1, out, escape);
        } else {
            out.put("null");
        }
    }

    private static void content(byte[] bytes, int at, ByteOutput out, Escape escape) {
        out.putText(bytes, at + 2, Bytes.getUnsignedShort(bytes, at), escape);
    }

    private static void present(Piece piece, @Nullable String value, ByteOutput out, Escape escape) {
        if (value == null) {
            out.putText(piece.absent, 0, piece.absent.length, escape);
        } else {
            out.put(value);
        }
    }

    private static @Nullable String traceFlags(LogRecord record) {
        boolean traced = (RecordSections.flags(record.bytes(), record.start()) & RecordLayout.FLAG_TRACE) != 0;
        return traced ? HexFormat.of().toHexDigits((byte) record.traceFlags()) : null;
    }

    // numbers

    private void number(PercentFormat.Part part, long nanos, LogRecord record, ByteOutput out) {
        if (part.conversion() != 'f') {
            out.putDecimal(integer(part.field(), record));
            return;
        }
        int decimals = part.precision() < 0 ? DECIMALS : part.precision();
        switch (part.field()) {
            case CREATED -> decimal(nanos, decimals, out);
            case MSECS -> decimal(Math.floorMod(nanos, NANOS_PER_SECOND) * 1000L, decimals, out);
            default -> decimal(integer(part.field(), record) * NANOS_PER_SECOND, decimals, out);
        }
    }

    private long integer(TextField field, LogRecord record) {
        return switch (field) {
            case MSECS -> Math.floorMod(record.timeNanos(), NANOS_PER_SECOND) / NANOS_PER_MILLI;
            case CREATED -> record.timeNanos() / NANOS_PER_SECOND;
            case LEVELNO -> record.level().pythonNumber();
            case PROCESS -> processId;
            default -> record.threadId();
        };
    }

    /** Billionths as a decimal fraction with so many digits, the rest cut off. */
    private static void decimal(long billionths, int decimals, ByteOutput out) {
        long whole = billionths / NANOS_PER_SECOND;
        if (whole == 0 && billionths < 0) {
            out.put('-');
        }
        out.putDecimal(whole);
        if (decimals == 0) {
            return;
        }
        out.put('.');
        long rest = Math.abs(billionths % NANOS_PER_SECOND);
        for (int i = 0, unit = NANOS_PER_SECOND / 10; i < decimals; i++, unit /= 10) {
            out.put((int) ('0' + rest / unit % 10));
        }
    }

    // width and precision, in characters

    private static void pad(PercentFormat.Part part, int from, ByteOutput out) {
        if (part.width() == 0) {
            return;
        }
        int missing = part.width() - out.characters(from);
        if (missing > 0) {
            int gap = part.left() ? out.size() : from;
            out.insert(gap, missing);
            Arrays.fill(out.array(), gap, gap + missing, (byte) (part.zeros() ? '0' : ' '));
        }
    }

    /** Sets up a {@link TextFormatter}. Used by one thread. */
    public static final class Builder {
        private List<PercentFormat.Part> parts =
                PercentFormat.parse("%(asctime)s %(levelname)s [%(threadName)s] %(name)s: %(message)s");
        private @Nullable String datefmt;
        private ZoneId zone = ZoneId.systemDefault();
        private Map<String, String> defaults = Map.of();

        private Builder() {}

        /**
         * How a record looks.
         *
         * @param format of Python's {@code %} style
         * @return this
         * @throws IllegalArgumentException if it is wrong, with position and expectation
         */
        public Builder format(String format) {
            parts = PercentFormat.parse(format);
            return this;
        }

        /**
         * How {@code asctime} looks.
         *
         * @param pattern of {@code strftime}, with %Y %m %d %H %M %S %z %Z %f %j %y %b %B %a %A %p %I %%; %f is
         *     microseconds
         * @return this
         * @throws IllegalArgumentException if it has another directive
         */
        public Builder datefmt(String pattern) {
            TimeText.strftime(pattern, zone);
            datefmt = pattern;
            return this;
        }

        /**
         * In which zone {@code asctime} is; the system's by default.
         *
         * @param zone the zone
         * @return this
         */
        public Builder zone(ZoneId zone) {
            this.zone = Objects.requireNonNull(zone, "zone");
            return this;
        }

        /**
         * What is printed for names that a record has no value for.
         *
         * @param texts by name; {@code -} for all others
         * @return this
         */
        public Builder defaults(Map<String, String> texts) {
            defaults = Map.copyOf(texts);
            return this;
        }

        /**
         * Ends the set-up.
         *
         * @return a new formatter, for one handler
         */
        public TextFormatter build() {
            TimeText time = datefmt == null ? TimeText.python(zone) : TimeText.strftime(datefmt, zone);
            return new TextFormatter(parts, time, defaults);
        }
    }
}
