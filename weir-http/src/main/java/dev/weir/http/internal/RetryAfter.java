package dev.weir.http.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header by which a server says how long it wants to be left alone (RFC 9110, section 10.2.3). */
final class RetryAfter {
    /** Nobody is believed to want more than this. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int LONGEST_DIGITS = 9;

    private RetryAfter() {}

    /**
     * How long to wait.
     *
     * @param value the header: seconds, or a date
     * @param date the server's own clock, from its {@code Date} header; by that a date is measured if it is there
     * @param now by our own clock
     * @return zero if nothing is asked for, or nothing that can be understood; at most {@link #LONGEST}
     */
    static Duration of(Optional<String> value, Optional<String> date, Instant now) {
        if (value.isEmpty()) {
            return Duration.ZERO;
        }
        String text = value.get().strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > LONGEST_DIGITS ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(text)));
        }
        Instant from = date.flatMap(RetryAfter::instant).orElse(now);
        return instant(text)
                .map(until -> bounded(Duration.between(from, until)))
                .orElse(Duration.ZERO);
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
        } catch (DateTimeException notADate) {
            return Optional.empty(); // then nothing can be understood of it
        }
    }
}
