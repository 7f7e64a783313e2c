package dev.weir.cli.convert;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes and times as other systems write them, in Weir's units. */
final class Units {
    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)\\s*([KMGT]?)(?:i?B|bytes?)?", Pattern.CASE_INSENSITIVE);
    private static final String[] NAMES = {"", "KiB", "MiB", "GiB"};

    private Units() {}

    /** A size whose units are powers of 1024, whatever they are called; null if it is none. */
    static @Nullable String size(String text) {
        Matcher parts = SIZE.matcher(text.strip());
        if (!parts.matches()) {
            return null;
        }
        int power =
                " KMGT".indexOf(parts.group(2).isEmpty() ? " " : parts.group(2).toUpperCase(Locale.ROOT));
        double bytes = Double.parseDouble(parts.group(1)) * Math.pow(1024, power);
        return bytes >= 1 && bytes < 1L << 60 ? size((long) bytes) : null;
    }

    /** A number of bytes in the largest unit that shows all of it. */
    static String size(long bytes) {
        int power = 0;
        long number = bytes;
        while (power < NAMES.length - 1 && number % 1024 == 0 && number > 0) {
            number /= 1024;
            power++;
        }
        return number + NAMES[power];
    }

    /** A number of milliseconds. */
    static String millis(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** A whole number; null if it is none. */
    static @Nullable Integer number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
    }

    /** Whether a text says yes. */
    static boolean isTrue(@Nullable String text) {
        return text != null && text.matches("(?i)true|yes|on|1");
    }
}
