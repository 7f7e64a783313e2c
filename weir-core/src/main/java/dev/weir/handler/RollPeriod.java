package dev.weir.handler;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.stream.Stream;

/**
 * How often a log begins a new file: at the beginning of each of these periods, by the wall clock of a zone. They begin at the
 * full minute, the full hour, midnight, and midnight before Monday; where daylight saving skips that, with the first
 * moment after it. An hour that a change of the clocks repeats is two periods, and a day then has 25 hours, or 23.
 */
public enum RollPeriod {
    /** From one full minute to the next. */
    MINUTE(ChronoUnit.MINUTES, "%Y-%m-%d_%H-%M"),
    /** From one full hour to the next. */
    HOUR(ChronoUnit.HOURS, "%Y-%m-%d_%H"),
    /** From midnight to midnight. */
    DAY(ChronoUnit.DAYS, "%Y-%m-%d"),
    /** From midnight before Monday to the next. */
    WEEK(ChronoUnit.WEEKS, "%Y-%m-%d");

    private final ChronoUnit unit;
    private final String words;

    RollPeriod(ChronoUnit unit, String words) {
        this.unit = unit;
        this.words = words;
    }

    /** What tells one from another in a name. */
    String words() {
        return words;
    }

    /** How long one mostly is. */
    long millis() {
        return unit.getDuration().toMillis();
    }

    /** When the period began that a moment is in, by the wall clock. */
    LocalDateTime start(Instant moment, ZoneId zone) {
        return floor(LocalDateTime.ofInstant(moment, zone));
    }

    /** The first moment that is not in the period of another one any more. */
    Instant end(Instant moment, ZoneId zone) {
        ZonedDateTime next = start(moment, zone).plus(1, unit).atZone(zone);
        Stream<ZonedDateTime> ends = Stream.of(next, next.withLaterOffsetAtOverlap());
        if (unit.isTimeBased()) { // an hour that comes twice ends twice
            ends = Stream.concat(
                    ends, Stream.of(moment.atZone(zone).truncatedTo(unit).plus(1, unit)));
        }
        return ends.map(ZonedDateTime::toInstant)
                .filter(end -> end.isAfter(moment))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private LocalDateTime floor(LocalDateTime time) {
        return this == WEEK
                ? time.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                : time.truncatedTo(unit);
    }
}
