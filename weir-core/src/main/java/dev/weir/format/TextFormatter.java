package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line per record, by a format of Python's, by a pattern as Logback and Log4j 2 have them, or as it is easily read on a
 * terminal.
 *
 * <p><b>A format</b> of Python's {@code logging} is one as {@code %(asctime)s %(levelname)-8s %(name)s: %(message)s}. Flags are
 * {@code -} and, before numbers, {@code 0}, {@code +}, a blank and {@code #}; then width, a dot and the precision (of text: the
 * most characters), and {@code s}, or {@code d}, {@code i}, {@code u}, {@code x}, {@code X}, {@code o} or {@code f} for numbers.
 *
 * <pre>
 * asctime      the time, as datefmt says; else 2024-05-20 14:32:11,123
 * created      seconds since 1970-01-01T00:00Z, a number       msecs    milliseconds within the second, a number
 * relativeCreated   milliseconds since the start, a number
 * levelname    Python's name of the level                      levelno  Python's number of it
 * name         the logger's name
 * message      the message with its arguments put in           msg      the message before that
 * threadName   the emitting thread's name                      thread   its number
 * trace_id, span_id, trace_flags                               process  this process's number
 * filename, module, funcName, lineno                           where the call is, if the record says so
 * </pre>
 *
 * Any other name is that of a key-value or of an entry of the context (MDC). What a record does not have is printed as
 * {@code -} unless {@link Builder#defaults} has something else.
 *
 * <p><b>A pattern</b> is one as {@code %d %-5level [%thread] %logger{36} - %msg%n}; {@code docs/configuration.md} has its words.
 * If it has none for what was thrown, that follows on lines of its own.
 *
 * <p>A record is one line. What comes from it is data: its control characters and line separators are written visibly
 * and so that they can be told back (see {@link ByteOutput.Escape#TEXT}). If there is a throwable its stack trace
 * follows on lines of its own, as in Python; of these only class names stand at the beginning of a line, and what the
 * throwable says cannot break it.
 *
 * <p><b>Colours</b>, which patterns may have and {@code pretty} has, are shown as {@link Builder#colours} says.
 *
 * <p>One instance belongs to one handler.
 */
public final class TextFormatter implements Formatter {
    private static final String PYTHON = "%(asctime)s %(levelname)s [%(threadName)s] %(name)s: %(message)s";
    private static final String PRETTY = "%faint(%d{HH:mm:ss.SSS}) %highlight(%-8level) %faint([%15.15thread])"
            + " %cyan(%-32.32logger{32}) %msg%faint(%attributes)%n";

    private final TextPiece[] elsewhere;
    private final TextPiece[] onTerminal;
    private TextPiece[] pieces;

    private TextFormatter(TextPiece[] elsewhere, TextPiece[] onTerminal) {
        this.elsewhere = elsewhere;
        this.onTerminal = onTerminal;
        pieces = elsewhere;
    }

    /**
     * By a format of Python's, with times in the system's zone.
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
        int from = out.size();
        for (TextPiece piece : pieces) {
            piece.append(record, out, Escape.TEXT);
        }
        int size = out.size();
        if (size == from || out.array()[size - 1] != '\n') {
            out.put('\n');
        }
    }

    @Override
    public void terminal(boolean shows) {
        pieces = shows ? onTerminal : elsewhere;
    }

    /** Sets up a {@link TextFormatter}. Used by one thread. */
    public static final class Builder {
        private Function<TextSetting, List<TextPiece>> layout = setting -> PercentFormat.parse(PYTHON, setting);
        private @Nullable String datefmt;
        private ZoneId zone = ZoneId.systemDefault();
        private Map<String, String> defaults = Map.of();
        private Colours colours = Colours.AUTO;

        private Builder() {}

        /**
         * How a record looks, in Python's words; in the place of another format, a pattern or a preset.
         *
         * @param format of Python's {@code %} style
         * @return this
         * @throws IllegalArgumentException if it is wrong, with position and expectation
         */
        public Builder format(String format) {
            return layout(setting -> PercentFormat.parse(format, setting));
        }

        /**
         * How a record looks, in the words of Logback and Log4j 2; in the place of a format, another pattern or a preset.
         *
         * @param pattern as {@code %d %-5level [%thread] %logger{36} - %msg%n}
         * @return this
         * @throws IllegalArgumentException if it is wrong, with position and expectation
         */
        public Builder pattern(String pattern) {
            return layout(setting -> PatternFormat.parse(pattern, setting));
        }

        /**
         * How a record looks, by a name; in the place of a format, a pattern or another preset.
         *
         * @param name {@code python}, which is how a builder begins, or {@code pretty}: for people at a terminal, in columns,
         *     with colours, and with all attributes
         * @return this
         * @throws IllegalArgumentException if there is no such preset
         */
        public Builder preset(String name) {
            return switch (name) {
                case "python" -> format(PYTHON);
                case "pretty" -> pattern(PRETTY);
                default -> throw new IllegalArgumentException("preset: " + name + " (expected: python or pretty)");
            };
        }

        /** Fails now if it is going to fail. */
        private Builder layout(Function<TextSetting, List<TextPiece>> made) {
            Objects.requireNonNull(made.apply(new TextSetting(null, ZoneOffset.UTC, Map.of(), true)), "pieces");
            layout = made;
            return this;
        }

        /**
         * How {@code asctime} looks, in formats.
         *
         * @param pattern of {@code strftime}, with %Y %m %d %H %M %S %z %Z %f %j %y %b %B %a %A %p %I %%; %f is
         *     microseconds
         * @return this
         * @throws IllegalArgumentException if it has another directive, or none
         */
        public Builder datefmt(String pattern) {
            TimeText.strftime(pattern, zone);
            if (pattern.indexOf('%') < 0) {
                throw new IllegalArgumentException(
                        "datefmt: \"" + pattern + "\" (expected: words of strftime, as %Y-%m-%d %H:%M:%S)");
            }
            datefmt = pattern;
            return this;
        }

        /**
         * In which zone times are whose pattern has none; the system's by default.
         *
         * @param zone the zone
         * @return this
         */
        public Builder zone(ZoneId zone) {
            this.zone = Objects.requireNonNull(zone, "zone");
            return this;
        }

        /**
         * What is printed for names of a format, and keys of a pattern's context words, that a record has no value for.
         *
         * @param texts by name; for all others {@code -} in a format, and nothing in a pattern
         * @return this
         */
        public Builder defaults(Map<String, String> texts) {
            defaults = Map.copyOf(texts);
            return this;
        }

        /**
         * When there are colours; {@link Colours#AUTO} by default.
         *
         * @param colours when
         * @return this
         */
        public Builder colours(Colours colours) {
            this.colours = Objects.requireNonNull(colours, "colours");
            return this;
        }

        /**
         * Ends the set-up.
         *
         * @return a new formatter, for one handler
         */
        public TextFormatter build() {
            TextPiece[] elsewhere = pieces(colours == Colours.ALWAYS);
            return new TextFormatter(elsewhere, colours == Colours.AUTO ? pieces(true) : elsewhere);
        }

        private TextPiece[] pieces(boolean shown) {
            List<TextPiece> made = layout.apply(new TextSetting(datefmt, zone, defaults, shown));
            return KeptPieces.joined(made).toArray(new TextPiece[0]);
        }
    }
}
