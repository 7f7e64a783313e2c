package dev.weir.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A number of bytes with its unit: {@code 8MiB}, {@code 64 KiB}, {@code 1MB}; without a unit it is bytes. */
final class ByteSize {
    static final String EXPECTED = "a number of bytes, as 65536, 64KiB or 8MiB";

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30);

    private ByteSize() {}

    /** Null if it is none, or more than a long holds. */
    static @Nullable Long parse(String text) {
        Matcher parts = SIZE.matcher(text);
        Long unit = parts.matches() ? UNITS.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            return null;
        }
        long number = Long.parseLong(parts.group(1));
        return number > Long.MAX_VALUE / unit ? null : Long.valueOf(number * unit);
    }

    /** As it is written, in the largest unit of 1024 in which it is a whole number. */
    static String text(long bytes) {
        String[] units = {"GiB", "MiB", "KiB"};
        for (int i = 0; i < units.length; i++) {
            long unit = 1L << (30 - 10 * i);
            if (bytes != 0 && bytes % unit == 0) {
                return bytes / unit + units[i];
            }
        }
        return String.valueOf(bytes);
    }
}
