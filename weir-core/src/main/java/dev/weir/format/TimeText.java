package dev.weir.format;

import dev.weir.internal.record.Bytes;
import dev.weir.record.ByteOutput;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes times by a pattern, of {@code strftime} or of {@code java.time}. What stays the same for a second is rendered once a second; only the
 * digits below are written each time.
 *
 * <p>Used by one thread.
 */
final class TimeText {
    /** What Python's {@code time.strftime} knows and is supported here, and {@code %f} of {@code datetime}: microseconds. */
    private static final String DIRECTIVES = "YmdHMSzZfjybBaApI%";

    /** The digits of 0 to 999 as the low bytes of a word, the first one lowest. */
    private static final int[] THREE_DIGITS = threeDigits();

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int MOST_DIGITS = 9;
    private static final char MILLIS = '3';
    private static final char MICROS = 'f';
    /** 3, 6 or 9 digits, as many as are not zero in threes. */
    private static final char NANOS = 'N';
    /** With the point before them; without zeros at the end, and nothing at all of a whole second. */
    private static final char EXACT = 'n';

    private static final char OFFSET = 'O';

    private final List<Token> tokens;

    private final ZoneId zone;
    /** The digits that follow each piece but the last. */
    private final char[] fractions;
    /** What stands before, between and behind the fractions in the second last met. */
    private Fragment[] pieces = {};

    private long second = Long.MIN_VALUE;

    /**
     * A part of a pattern.
     *
     * @param fraction 0 if it stays the same for a second; else which digits below: a number of them, MICROS, NANOS or EXACT
     * @param text what stays the same
     */
    private record Token(char fraction, Function<ZonedDateTime, String> text) {
        static Token literal(String text) {
            return new Token((char) 0, time -> text);
        }

        static Token fraction(char digits) {
            return new Token(digits, time -> "");
        }
    }

    private TimeText(List<Token> tokens, ZoneId zone) {
        this.tokens = tokens;
        this.zone = zone;
        StringBuilder found = new StringBuilder();
        for (Token token : tokens) {
            if (token.fraction != 0) {
                found.append(token.fraction);
            }
        }
        fractions = found.toString().toCharArray();
    }

    /** RFC 3339 in UTC with 3, 6 or 9 digits below the second, as many as are not zero in threes. */
    static TimeText rfc3339() {
        return new TimeText(tokens("%Y-%m-%dT%H:%M:%S.%NZ", DIRECTIVES + NANOS), ZoneOffset.UTC);
    }

    /** As Python's {@code Formatter.formatTime}: {@code 2024-05-20 14:32:11,123}. */
    static TimeText python(ZoneId zone) {
        return new TimeText(tokens("%Y-%m-%d %H:%M:%S,%3", DIRECTIVES + MILLIS), zone);
    }

    /** RFC 3339 in UTC, always with milliseconds. */
    static TimeText rfc3339Millis() {
        return new TimeText(tokens("%Y-%m-%dT%H:%M:%S.%3Z", DIRECTIVES + MILLIS), ZoneOffset.UTC);
    }

    /** As {@link DateTimeFormatter#ISO_OFFSET_DATE_TIME}: {@code 2024-05-20T16:32:11.12+02:00}. */
    static TimeText isoOffset(ZoneId zone) {
        return new TimeText(tokens("%Y-%m-%dT%H:%M:%S%n%O", DIRECTIVES + EXACT + OFFSET), zone);
    }

    /** Appends seconds since 1970 with three decimals. */
    static void appendSeconds(long nanos, ByteOutput out) {
        long millis = Math.floorDiv(nanos, 1_000_000L);
        long magnitude = Math.abs(millis);
        if (millis < 0) {
            out.put('-');
        }
        out.putDecimal(magnitude / 1000);
        out.put('.');
        Bytes.putInt(out.reserve(Integer.BYTES), out.size(), THREE_DIGITS[(int) (magnitude % 1000)]);
        out.advance(3);
    }

    /**
     * By a pattern.
     *
     * @throws IllegalArgumentException if it has a directive that is not known
     */
    static TimeText strftime(String pattern, ZoneId zone) {
        return new TimeText(tokens(pattern, DIRECTIVES), zone);
    }

    /**
     * By a pattern of {@code java.time}. All of it but the digits below the second must stay the same for a second.
     *
     * @throws IllegalArgumentException if it is wrong, or has optional sections, padding or other parts of a second than S
     */
    static TimeText pattern(String pattern, ZoneId zone) {
        List<Token> tokens = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && "nNA[]p".indexOf(c) >= 0) {
                throw new IllegalArgumentException("no " + c + " in a pattern for log lines");
            }
            if (quoted || c != 'S') {
                part.append(c);
                continue;
            }
            addFormatted(part, tokens);
            int from = i;
            while (i + 1 < pattern.length() && pattern.charAt(i + 1) == 'S') {
                i++;
            }
            if (i - from >= MOST_DIGITS) {
                throw new IllegalArgumentException("more than " + MOST_DIGITS + " S");
            }
            tokens.add(Token.fraction((char) ('1' + i - from)));
        }
        addFormatted(part, tokens);
        TimeText text = new TimeText(tokens, zone);
        text.render(0); // fails now or never
        return text;
    }

    private static void addFormatted(StringBuilder part, List<Token> tokens) {
        if (part.length() > 0) {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(part.toString(), Locale.ENGLISH);
            tokens.add(new Token((char) 0, formatter::format));
            part.setLength(0);
        }
    }

    /** The same with constant text before and behind it; a percent sign in that is one. */
    TimeText within(String before, String behind) {
        List<Token> all = new ArrayList<>();
        all.add(Token.literal(before));
        all.addAll(tokens);
        all.add(Token.literal(behind));
        return new TimeText(all, zone);
    }

    void append(long nanos, ByteOutput out) {
        long of = Math.floorDiv(nanos, NANOS_PER_SECOND);
        if (of != second) {
            render(of);
        }
        int fraction = (int) (nanos - of * NANOS_PER_SECOND);
        pieces[0].appendTo(out);
        for (int i = 0; i < fractions.length; i++) {
            appendFraction(fraction, fractions[i], out);
            pieces[i + 1].appendTo(out);
        }
    }

    private static void appendFraction(int nanos, char kind, ByteOutput out) {
        if (kind == EXACT) {
            appendExact(nanos, out);
            return;
        }
        int millis = nanos / 1_000_000;
        int belowMillis = nanos - 1_000_000 * millis;
        int micros = belowMillis / 1000;
        int belowMicros = belowMillis - 1000 * micros;
        byte[] target = out.reserve(12);
        int at = out.size();
        Bytes.putInt(target, at, THREE_DIGITS[millis]);
        Bytes.putInt(target, at + 3, THREE_DIGITS[micros]);
        Bytes.putInt(target, at + 6, THREE_DIGITS[belowMicros]);
        out.advance(kind == NANOS ? (belowMicros != 0 ? 9 : micros != 0 ? 6 : 3) : kind == MICROS ? 6 : kind - '0');
    }

    private static void appendExact(int nanos, ByteOutput out) {
        if (nanos != 0) {
            out.put('.');
            appendFraction(nanos, NANOS, out);
            while (out.array()[out.size() - 1] == '0') {
                out.truncate(out.size() - 1);
            }
        }
    }

    private static int[] threeDigits() {
        int[] digits = new int[1000];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = ('0' + i / 100) | (('0' + i / 10 % 10) << 8) | (('0' + i % 10) << 16);
        }
        return digits;
    }

    private void render(long of) {
        ZonedDateTime time = Instant.ofEpochSecond(of).atZone(zone);
        List<Fragment> rendered = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (Token token : tokens) {
            if (token.fraction == 0) {
                piece.append(token.text.apply(time));
            } else {
                rendered.add(new Fragment(piece.toString()));
                piece.setLength(0);
            }
        }
        rendered.add(new Fragment(piece.toString()));
        pieces = rendered.toArray(pieces);
        second = of;
    }

    private static String directive(char directive, ZonedDateTime time) {
        return switch (directive) {
            case 'Y' -> digits(4, time.getYear());
            case 'm' -> digits(2, time.getMonthValue());
            case 'd' -> digits(2, time.getDayOfMonth());
            case 'H' -> digits(2, time.getHour());
            case 'M' -> digits(2, time.getMinute());
            case 'S' -> digits(2, time.getSecond());
            case 'z' -> offset(time.getOffset().getTotalSeconds());
            case 'Z' ->
                time.getZone() instanceof ZoneOffset zone && zone.getTotalSeconds() == 0
                        ? "UTC"
                        : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
            case 'j' -> digits(3, time.getDayOfYear());
            case 'y' -> digits(2, time.getYear() % 100);
            case 'b' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case OFFSET -> time.getOffset().getId();
            case 'I' -> digits(2, time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            default -> "%";
        };
    }

    private static String digits(int width, int value) {
        String text = Integer.toString(value); // String.format would load a hundred classes before the first line
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String offset(int seconds) {
        int minutes = Math.abs(seconds) / 60;
        return (seconds < 0 ? "-" : "+") + digits(2, minutes / 60) + digits(2, minutes % 60);
    }

    private static List<Token> tokens(String pattern, String known) {
        List<Token> tokens = new ArrayList<>();
        int next = 0;
        while (next < pattern.length()) {
            int percent = pattern.indexOf('%', next);
            int literalEnd = percent < 0 ? pattern.length() : percent;
            if (literalEnd > next) {
                tokens.add(Token.literal(pattern.substring(next, literalEnd)));
            }
            if (percent < 0) {
                break;
            }
            if (percent + 1 == pattern.length() || known.indexOf(pattern.charAt(percent + 1)) < 0) {
                throw new IllegalArgumentException("datefmt: \"" + pattern + "\", position " + percent
                        + " (expected: one of %Y %m %d %H %M %S %z %Z %f %j %y %b %B %a %A %p %I %%)");
            }
            char directive = pattern.charAt(percent + 1);
            boolean fraction = directive == MICROS || directive == MILLIS || directive == NANOS || directive == EXACT;
            tokens.add(fraction ? Token.fraction(directive) : new Token((char) 0, time -> directive(directive, time)));
            next = percent + 2;
        }
        return tokens;
    }
}
