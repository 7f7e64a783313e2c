package dev.weir.config;

import dev.weir.handler.Compression;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.RollPeriod;
import dev.weir.handler.RotatingFileHandler;
import dev.weir.handler.Sync;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import dev.weir.spi.Settings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Handlers of type {@code file}, with {@code rotate} or without. */
final class LogFiles {
    private static final Pattern EVERY = Pattern.compile("every\\((.*)\\)");
    private static final String LOCAL = "local";

    private static final Key<Path> PATH = Key.path("path")
            .required()
            .says(
                    "Its directory must exist, unless create-directories is set; a relative one begins at the working directory.");
    private static final Key<Boolean> APPEND =
            Key.bool("append").otherwise(true).says("Whether what it holds at the start stays.");
    private static final Key<Boolean> WATCH = Key.bool("watch")
            .otherwise(true)
            .says("Whether the path is opened anew if the file was moved or deleted by others; always with rotate.");
    private static final Key<Sync> SYNC = Key.of(
                    "sync", Kind.words(syncs()).or(Kind.text().as(LogFiles::every)))
            .otherwise(Sync.NONE)
            .says("When what was written is forced to the device: never, before a batch with an ERROR or CRITICAL is "
                    + "committed, or once in a time, as every(1s).");
    private static final Key<Long> MIN_FREE = Key.bytes("min-free")
            .otherwise(0L)
            .says(
                    "With less room on its disk than this, TRACE and DEBUG are refused, with less than a half of it INFO, with "
                            + "less than a quarter WARN; ERROR and CRITICAL never.");
    private static final Key<String> MODE = Key.text("mode")
            .says(
                    "Octal digits, as of chmod: who may read and write what it creates; by default 0640, less the process's umask.");
    private static final Key<Boolean> CREATE_DIRECTORIES =
            Key.bool("create-directories").otherwise(false).says("Whether its directory is made if it is missing.");
    private static final Key<Boolean> FOLLOW_LINKS =
            Key.bool("follow-links").otherwise(true).says("Whether the path may be a symbolic link.");
    /** Said for profiles; the handler itself writes where it is told. */
    static final Key<Boolean> VOLUME = Key.bool("volume")
            .otherwise(false)
            .says(
                    "Whether the path is on a volume that outlives a container; the profile kubernetes keeps no other files.");

    private static final Key<Long> SIZE =
            Key.bytes("size").from(1L).says("A record with which the file would become larger begins a new one.");
    private static final Key<RollPeriod> PERIOD = Key.oneOf(
                    "every", Words.of(period -> period.name().toLowerCase(Locale.ROOT), RollPeriod.values()))
            .says("A new file begins at the full minute, the full hour, at midnight, at midnight before Monday.");
    private static final Key<ZoneId> ZONE = Key.text("zone")
            .as(LogFiles::zone)
            .says(
                    "Whose clock says when that is, and what time stands in names: local (the default), UTC, Europe/Berlin.");
    private static final Key<String> NAMES = Key.text("pattern")
            .says(
                    "How rolled files are named: %Y, %m, %d, %H, %M, %S for when the period began, %i for an index, %% for %.");
    private static final Key<Integer> KEEP =
            Key.number("keep").from(1).says("So many rolled files are kept; all by default.");
    private static final Key<Duration> MAX_AGE = Key.duration("max-age")
            .from(Duration.ofNanos(1))
            .says("So long a rolled file is kept after it was written last; for ever by default.");
    private static final Key<Long> MAX_TOTAL =
            Key.bytes("max-total").from(1L).says("So much space rolled files may take together; no limit by default.");
    private static final Key<Boolean> AT_START =
            Key.bool("at-start").otherwise(false).says("Whether a file that is there at the start is rolled.");
    private static final Key<Compression> COMPRESS = Key.oneOf(
                    "compress", Words.of(how -> how.name().toLowerCase(Locale.ROOT), Compression.values()))
            .otherwise(Compression.NONE)
            .says("How rolled files are compressed.");
    private static final Key<Duration> JITTER = Key.duration("jitter")
            .otherwise(Duration.ZERO)
            .says("The longest time, at random, that a compression is put off.");
    private static final Key<Settings> ROTATE = Key.section(
                    "rotate", SIZE, PERIOD, ZONE, NAMES, KEEP, MAX_AGE, MAX_TOTAL, AT_START, COMPRESS, JITTER)
            .says("When a new file begins, and what becomes of the old ones; by default the file is never rolled.");

    static final List<Key<?>> KEYS = List.of(
            PATH,
            ROTATE,
            APPEND,
            WATCH,
            SYNC,
            MIN_FREE,
            CREATE_DIRECTORIES,
            FOLLOW_LINKS,
            MODE,
            VOLUME,
            Key.formatter());

    private LogFiles() {}

    static Handler handler(Settings settings) {
        return settings.has(ROTATE) ? rotating(settings) : plain(settings);
    }

    private static Handler plain(Settings settings) {
        FileHandler.Builder builder = FileHandler.builder(settings.get(PATH))
                .append(settings.get(APPEND))
                .watch(settings.get(WATCH))
                .sync(settings.get(SYNC))
                .minFree(settings.get(MIN_FREE))
                .createDirectories(settings.get(CREATE_DIRECTORIES))
                .followLinks(settings.get(FOLLOW_LINKS))
                .formatter(settings.get(Key.formatter()));
        settings.give(MODE, builder::mode);
        return builder.build();
    }

    private static Handler rotating(Settings settings) {
        settings.give(WATCH, watch -> {
            if (!watch) {
                throw new IllegalArgumentException("false (expected: true, as a file that is rotated is watched)");
            }
        });
        RotatingFileHandler.Builder builder = RotatingFileHandler.builder(settings.get(PATH))
                .append(settings.get(APPEND))
                .sync(settings.get(SYNC))
                .minFree(settings.get(MIN_FREE))
                .createDirectories(settings.get(CREATE_DIRECTORIES))
                .followLinks(settings.get(FOLLOW_LINKS))
                .formatter(settings.get(Key.formatter()));
        settings.give(MODE, builder::mode);
        settings.give(ROTATE, rotate -> rotate(rotate, builder));
        return builder.build();
    }

    private static void rotate(Settings rotate, RotatingFileHandler.Builder builder) {
        if (!rotate.has(SIZE) && !rotate.has(PERIOD) && !rotate.get(AT_START)) {
            throw new IllegalArgumentException("says nothing (expected: size, every or at-start)");
        }
        rotate.give(SIZE, builder::size);
        rotate.give(PERIOD, builder::every);
        rotate.give(ZONE, builder::zone);
        rotate.give(NAMES, builder::pattern);
        rotate.give(KEEP, builder::keep);
        rotate.give(MAX_AGE, builder::maxAge);
        rotate.give(MAX_TOTAL, builder::maxTotal);
        rotate.give(AT_START, builder::atStart);
        rotate.give(COMPRESS, builder::compress);
        rotate.give(JITTER, builder::jitter);
    }

    private static Map<String, Sync> syncs() {
        Map<String, Sync> syncs = new LinkedHashMap<>();
        syncs.put("none", Sync.NONE);
        syncs.put("on-error", Sync.ON_ERROR);
        return syncs;
    }

    private static Sync every(String text) {
        Matcher every = EVERY.matcher(text);
        Duration period = every.matches() ? TimeSpan.parse(every.group(1)) : null;
        if (period == null || period.isZero()) {
            throw new IllegalArgumentException(
                    Text.quoted(text) + " (expected: none, on-error, or every(1s) with any time)");
        }
        return Sync.every(period);
    }

    private static ZoneId zone(String name) {
        try {
            return name.equals(LOCAL) ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    Text.quoted(name) + " (expected: local, UTC or a zone, as Europe/Berlin)", unknown);
        }
    }
}
