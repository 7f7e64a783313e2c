package dev.weir.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A length of time with its unit: {@code 500ms}, {@code 2 s}, {@code 1.5m}, {@code 1h}, {@code 1d}; 0 needs none. */
final class TimeSpan {
    static final String EXPECTED = "a time, as 500ms, 2s, 1m or 1h";

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,9}))? ?([A-Za-z]*)");
    private static final Map<String, Long> NANOS = Map.of(
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    private TimeSpan() {}

    /** Null if it is none. */
    static @Nullable Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = SPAN.matcher(text);
        Long unit = parts.matches() ? NANOS.get(parts.group(3)) : null;
        if (unit == null) {
            return null;
        }
        Duration whole = Duration.ofNanos(unit).multipliedBy(Long.parseLong(parts.group(1)));
        String fraction = parts.group(2);
        return fraction == null ? whole : whole.plusNanos((long) (unit * Double.parseDouble("0." + fraction)));
    }

    /** As it is written, in the largest unit in which it is a whole number. */
    static String text(Duration time) {
        if (time.isZero()) {
            return "0";
        }
        for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
            Duration one = Duration.ofNanos(Objects.requireNonNull(NANOS.get(unit)));
            if (one.multipliedBy(time.dividedBy(one)).equals(time)) {
                return time.dividedBy(one) + unit;
            }
        }
        return BigDecimal.valueOf(time.toNanos(), 3).stripTrailingZeros().toPlainString() + "us";
    }
}
