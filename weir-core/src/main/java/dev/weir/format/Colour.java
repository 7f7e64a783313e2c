package dev.weir.format;

import dev.weir.Level;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a terminal shows a text: one of the parameters of SGR (ECMA-48, section 8.3.117) that every terminal knows. */
enum Colour {
    BLACK("30"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34"),
    MAGENTA("35"),
    CYAN("36"),
    WHITE("37"),
    GRAY("90"),
    BOLD("1"),
    FAINT("2"),
    BOLD_RED("1;31"),
    BOLD_GREEN("1;32"),
    BOLD_YELLOW("1;33"),
    BOLD_BLUE("1;34"),
    BOLD_MAGENTA("1;35"),
    BOLD_CYAN("1;36"),
    BOLD_WHITE("1;37");

    private static final Fragment RESET = new Fragment("\u001b[0m");

    private static final Fragment[] LEVELS = levels();

    private final String parameters;

    Colour(String parameters) {
        this.parameters = parameters;
    }

    /** All of them, by the words that Logback has for them: {@code red}, {@code boldRed}. */
    static Map<String, Colour> byWord() {
        Map<String, Colour> words = new LinkedHashMap<>();
        for (Colour colour : values()) {
            String name = colour.name();
            int second = name.indexOf('_') + 1;
            String last = second == 0 ? "" : name.charAt(second) + lower(name.substring(second + 1));
            words.put(lower(second == 0 ? name : name.substring(0, second - 1)) + last, colour);
        }
        return words;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Fragment[] levels() {
        Fragment[] levels = new Fragment[Level.COUNT];
        Arrays.setAll(levels, i -> of(Level.at(i)).start());
        return levels;
    }

    /** What begins the colour of a level, by its ordinal. */
    static Fragment startOf(int level) {
        return LEVELS[level];
    }

    private static Colour of(Level level) {
        return switch (level) {
            case TRACE -> FAINT;
            case DEBUG -> CYAN;
            case INFO -> GREEN;
            case WARN -> YELLOW;
            case ERROR -> RED;
            case CRITICAL -> BOLD_RED;
        };
    }

    /** What begins it. */
    Fragment start() {
        return new Fragment("\u001b[" + parameters + "m");
    }

    static Fragment reset() {
        return RESET;
    }

    /** Appends a piece in a colour, if there is anything of it. A line that it ends is ended behind the colour. */
    static void append(Fragment start, TextPiece piece, LogRecord record, ByteOutput out, Escape escape) {
        int from = out.size();
        start.appendTo(out);
        int inside = out.size();
        piece.append(record, out, escape);
        if (out.size() == inside) {
            out.truncate(from);
            return;
        }
        boolean endsLine = out.array()[out.size() - 1] == '\n';
        if (endsLine) {
            out.truncate(out.size() - 1);
        }
        RESET.appendTo(out);
        if (endsLine) {
            out.put('\n');
        }
    }

    /** How many characters of an output, from an index on, only say how others are to be shown. */
    static int hidden(ByteOutput out, int from) {
        byte[] bytes = out.array();
        int count = 0;
        boolean within = false;
        for (int i = from; i < out.size(); i++) {
            within |= bytes[i] == '\u001b';
            count += within ? 1 : 0;
            within &= bytes[i] != 'm';
        }
        return count;
    }
}
