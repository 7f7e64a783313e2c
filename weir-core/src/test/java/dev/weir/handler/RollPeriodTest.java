package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RollPeriodTest {
    private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");
    private static final int DAYS = 3650;

    /** Their clocks change by an hour, and not at midnight: see {@link #agreesWithPython}. */
    private static final List<String> ZONES = List.of(
            "UTC",
            "Asia/Kolkata",
            "Europe/Berlin",
            "Europe/London",
            "America/New_York",
            "America/Los_Angeles",
            "Australia/Sydney",
            "Pacific/Auckland");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "MINUTE, UTC,                 2024-05-20T10:20:30.5Z, 2024-05-20T10:21:00Z, 2024-05-20T10:20",
        "HOUR,   UTC,                 2024-05-20T10:00:00Z,   2024-05-20T11:00:00Z, 2024-05-20T10:00",
        "HOUR,   Asia/Kolkata,        2024-05-20T10:00:00Z,   2024-05-20T10:30:00Z, 2024-05-20T15:00",
        "DAY,    UTC,                 2024-02-28T23:59:59Z,   2024-02-29T00:00:00Z, 2024-02-28T00:00",
        "DAY,    Asia/Kolkata,        2024-05-20T10:00:00Z,   2024-05-20T18:30:00Z, 2024-05-20T00:00",
        "WEEK,   UTC,                 2024-05-20T00:00:00Z,   2024-05-27T00:00:00Z, 2024-05-20T00:00",
        "WEEK,   UTC,                 2024-05-26T23:59:59Z,   2024-05-27T00:00:00Z, 2024-05-20T00:00",
        // the clock goes from 2 to 3: a day of 23 hours
        "DAY,    Europe/Berlin,       2024-03-31T00:30:00Z,   2024-03-31T22:00:00Z, 2024-03-31T00:00",
        "HOUR,   Europe/Berlin,       2024-03-31T00:30:00Z,   2024-03-31T01:00:00Z, 2024-03-31T01:00",
        "HOUR,   Europe/Berlin,       2024-03-31T01:30:00Z,   2024-03-31T02:00:00Z, 2024-03-31T03:00",
        // from 3 to 2: a day of 25 hours, and the hour from 2 to 3 twice
        "DAY,    Europe/Berlin,       2024-10-26T22:00:00Z,   2024-10-27T23:00:00Z, 2024-10-27T00:00",
        "HOUR,   Europe/Berlin,       2024-10-27T00:30:00Z,   2024-10-27T01:00:00Z, 2024-10-27T02:00",
        "HOUR,   Europe/Berlin,       2024-10-27T01:30:00Z,   2024-10-27T02:00:00Z, 2024-10-27T02:00",
        // a day without a midnight: from 0 to 1
        "DAY,    America/Sao_Paulo,   2018-11-03T12:00:00Z,   2018-11-04T03:00:00Z, 2018-11-03T00:00",
        // a day with two midnights: from 0:01 to 23:01 of the day before
        "DAY,    America/St_Johns,    2010-11-06T12:00:00Z,   2010-11-07T02:30:00Z, 2010-11-06T00:00",
        "DAY,    America/St_Johns,    2010-11-07T02:45:00Z,   2010-11-07T03:30:00Z, 2010-11-06T00:00",
        // half an hour: from 2 to 2:30, and from 2 to 1:30
        "HOUR,   Australia/Lord_Howe, 2024-10-05T15:45:00Z,   2024-10-05T16:00:00Z, 2024-10-06T02:00",
        "HOUR,   Australia/Lord_Howe, 2024-04-06T15:15:00Z,   2024-04-06T15:30:00Z, 2024-04-07T01:00",
        // a day that there was not
        "DAY,    Pacific/Apia,        2011-12-29T20:00:00Z,   2011-12-30T10:00:00Z, 2011-12-29T00:00",
    })
    void endsByTheWallClock(RollPeriod period, ZoneId zone, Instant moment, Instant end, LocalDateTime start) {
        assertThat(period.end(moment, zone)).isEqualTo(end);
        assertThat(period.start(moment, zone)).isEqualTo(start);
    }

    @ParameterizedTest
    @EnumSource
    void endsLaterWhereverTheClocksChange(RollPeriod period) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String name : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(name);
            Instant moment = near(zone, random);
            Instant end = period.end(moment, zone);

            assertThat(Duration.between(moment, end))
                    .as("%s %s, seed %s", name, moment, seed)
                    .isPositive()
                    .isLessThanOrEqualTo(Duration.ofDays(period == RollPeriod.WEEK ? 8 : 2));
            assertThat(period.start(end.minusMillis(1), zone))
                    .as("%s %s, seed %s", name, moment, seed)
                    .isEqualTo(period.start(moment, zone));
        }
    }

    /** A moment at random, half of the time near a change of the clocks. */
    private static Instant near(ZoneId zone, Random random) {
        Instant any = FIRST.plusSeconds((long) (random.nextDouble() * DAYS * 86_400));
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        return change == null || random.nextBoolean()
                ? any
                : change.getInstant().plusSeconds(random.nextInt(2 * 86_400) - 86_400);
    }

    /**
     * By what its {@code TimedRotatingFileHandler} works out at a roll. What is different on purpose, and not asked here:
     *
     * <ul>
     *   <li>Python's minutes and hours begin where the handler or its file did, ours where the clock's do;
     *   <li>{@code W0} rolls at the end of a Monday, a week of ours begins at the beginning of one, as after {@code W6};
     *   <li>Python knows changes of the clocks by an hour only, and is an hour early if one is at midnight;
     *   <li>before 3.13 Python counts a change of the clocks twice in a roll by week, unless it happens on that day.
     * </ul>
     */
    @Test
    void agreesWithPython() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> cases = new ArrayList<>();
        List<Instant> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = ZONES.get(random.nextInt(ZONES.size()));
            ZoneId zone = ZoneId.of(name);
            Instant moment = near(zone, random).truncatedTo(ChronoUnit.SECONDS);
            Instant minute = moment.truncatedTo(ChronoUnit.MINUTES);
            Instant hour = moment.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
            Instant dayBefore = moment.atZone(zone).minusDays(1).toInstant();
            cases.add(name + " M " + minute.getEpochSecond());
            expected.add(RollPeriod.MINUTE.end(minute, zone));
            cases.add(name + " H " + hour.getEpochSecond());
            expected.add(RollPeriod.HOUR.end(hour, zone));
            cases.add(name + " midnight " + moment.getEpochSecond());
            expected.add(RollPeriod.DAY.end(moment, zone));
            cases.add(name + " W6 " + moment.getEpochSecond());
            expected.add(RollPeriod.WEEK.end(moment, zone));
            cases.add(name + " W0 " + moment.getEpochSecond());
            expected.add(RollPeriod.WEEK
                    .end(dayBefore, zone)
                    .atZone(zone)
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(zone)
                    .toInstant());
        }

        List<String> answers = python(cases);

        for (int i = 0; i < cases.size(); i++) {
            assertThat(answers.get(i).split(" "))
                    .as("%s, seed %s", cases.get(i), seed)
                    .contains(Long.toString(expected.get(i).getEpochSecond()));
        }
    }

    /** The moments, or two of them by week, at which Python would roll next after a roll at a moment. */
    private List<String> python(List<String> cases) throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("rolls.py"), """
                import logging.handlers, os, sys, time
                now = 0
                for line in sys.stdin:
                    zone, when, seconds = line.split()
                    os.environ["TZ"] = zone
                    time.tzset()
                    handler = logging.handlers.TimedRotatingFileHandler("any.log", when=when, delay=True)
                    handler.rotate = lambda source, target: None
                    logging.handlers.time.time = lambda: int(seconds)
                    handler.doRollover()
                    ends = [int(handler.rolloverAt)]
                    if when.startswith("W"):
                        ends.append(int(handler.computeRollover(int(seconds))))
                    print(*ends)
                """);
        Path input = Files.write(directory.resolve("cases"), cases);
        Path output = directory.resolve("answers");
        Process python;
        try {
            python = new ProcessBuilder("python3", script.toString())
                    .directory(directory.toFile())
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException noPython) {
            assumeTrue(false, "no python3: " + noPython.getMessage());
            throw noPython;
        }
        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(python.exitValue()).isZero();
        return Files.readAllLines(output);
    }

    @Test
    void aWeekBeginsOnMonday() {
        assertThat(RollPeriod.WEEK.end(Instant.parse("2024-05-22T10:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("2024-05-27T00:00:00Z");
    }
}
