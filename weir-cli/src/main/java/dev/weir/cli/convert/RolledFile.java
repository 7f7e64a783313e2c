package dev.weir.cli.convert;

import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import dev.weir.handler.RotatingFileHandler;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How files that are rolled are named elsewhere, as <code>logs/app-%d{yyyy-MM-dd}.%i.log.gz</code>, and what of it Weir
 * says by {@code path} and {@code rotate}: the name behind the last slash, the period, the compression, the zone.
 */
final class RolledFile {
    /** Patterns of a date, and {@code %i}; a minus, a zero or a width before the letter has no meaning here. */
    private static final Pattern WORD = Pattern.compile("%-?[0-9]*(?:(d(?:ate)?)(?:\\{([^}]*)})?|i)(?:\\{([^}]*)})?");

    private static final Pattern SUFFIX = Pattern.compile("\\.(gz|zip|zst|zstd|bz2|xz|deflate|pack200|Z)$");
    private static final Pattern LETTERS = Pattern.compile("'([^']*)'|([A-Za-z])\\2*|[^A-Za-z']");
    private static final Map<Character, String> TIMES =
            Map.of('y', "%Y", 'u', "%Y", 'M', "%m", 'd', "%d", 'H', "%H", 'm', "%M", 's', "%S");
    private static final List<String> PERIODS = List.of("minute", "hour", "day", "week");

    private final Resolved pattern;
    private final Lookups.Place place;
    private final String text;
    private final @Nullable String compression;
    private @Nullable String period;
    /** Of a period that is a week here, and may be a month or a year there. */
    private int daysOfPeriod = 7;

    private boolean indexed;
    private boolean dated;
    private @Nullable String zone;

    /**
     * Reads a pattern.
     *
     * @param place where it is told of what cannot be kept
     */
    RolledFile(Resolved pattern, Lookups.Place place) {
        this.pattern = pattern;
        this.place = place;
        String whole = pattern.text();
        Matcher suffix = SUFFIX.matcher(whole);
        boolean compressed = suffix.find();
        compression = compressed ? compression(suffix.group(1)) : null;
        text = compressed ? whole.substring(0, suffix.start()) : whole;
        WORD.matcher(text).results().forEach(found -> {
            if (found.group(1) == null) {
                indexed = true;
            } else {
                date(found.group(2), found.group(3));
            }
        });
    }

    private String compression(String suffix) {
        if (suffix.startsWith("zst")) {
            place.differs("compress: zstd needs com.github.luben:zstd-jni beside Weir, or gzip");
            return "zstd";
        }
        if (!suffix.equals("gz")) {
            place.differs("rolled files are compressed by gzip here, not ." + suffix);
        }
        return "gzip";
    }

    private void date(@Nullable String inside, @Nullable String second) {
        List<String> options = inside == null ? List.of("") : List.of(inside.split(",", -1));
        String date = options.get(0).strip();
        boolean auxiliary = options.stream().anyMatch(option -> option.strip().equalsIgnoreCase("aux"));
        options.stream()
                .skip(1)
                .map(String::strip)
                .filter(option -> !option.equalsIgnoreCase("aux"))
                .forEach(this::zone);
        if (second != null) {
            zone(second.strip());
        }
        if (!auxiliary) {
            dated = true;
            String every = periodOf(date.isEmpty() ? "yyyy-MM-dd" : date);
            if (period == null || PERIODS.indexOf(every) < PERIODS.indexOf(period)) {
                period = every;
            }
        }
    }

    private void zone(String id) {
        try {
            zone = ZoneId.of(id).getId();
        } catch (DateTimeException e) {
            place.notConverted("the zone " + id + " (no zone of java.time)");
        }
    }

    private String periodOf(String date) {
        String letters = date.replaceAll("'[^']*'", "");
        if (letters.matches(".*[smnSA].*")) {
            if (letters.matches(".*[snSA].*")) {
                place.differs("a file is rolled every minute at most, not every second");
            }
            return "minute";
        }
        if (letters.matches(".*[HhkKa].*")) {
            return "hour";
        }
        if (letters.matches(".*[dDEeuF].*") && !letters.matches("[^dDEeF]*")) {
            return "day";
        }
        if (letters.matches(".*[wW].*")) {
            return "week";
        }
        daysOfPeriod = letters.matches(".*[ML].*") ? 31 : 366;
        place.differs(
                "a file is rolled every week at most, not every month or year; what is not of the same period is told"
                        + " apart by an index");
        return "week";
    }

    boolean isIndexed() {
        return indexed;
    }

    boolean isDated() {
        return dated;
    }

    /** How often a file of that pattern is rolled; null if it has no date. */
    @Nullable
    String period() {
        return period;
    }

    /** How many days a period has that is a week here. */
    int daysOfPeriod() {
        return daysOfPeriod;
    }

    /** The file that is written to, if only that of the rolled ones is known. */
    Resolved path() {
        String plain = text.replaceAll("[-._]?" + WORD.pattern(), "").replaceAll("//+", "/");
        String path = plain.replaceFirst("(^|/)(?=\\.[^/]*$|$)", "$1app");
        place.differs("the log is " + pattern.withText(path).weir()
                + " while it is written, and gets its date when it is rolled");
        return pattern.withText(path);
    }

    /** Writes what follows from the pattern under {@code rotate}. */
    void write(Resolved path, Keys rotate) {
        name(path, rotate);
        if (compression != null) {
            rotate.put("compress", compression);
        }
        if (zone != null) {
            rotate.put("zone", Scalar.literal(zone));
        }
    }

    private void name(Resolved path, Keys rotate) {
        String masked =
                WORD.matcher(text).replaceAll(found -> "x".repeat(found.group().length()));
        int slash = Math.max(masked.lastIndexOf('/'), masked.lastIndexOf('\\'));
        // a slash within a date makes directories, too
        boolean split =
                WORD.matcher(text).results().anyMatch(found -> found.start() > slash && makesDirectories(found));
        String directory = text.substring(0, Math.max(slash, 0));
        int last = Math.max(path.text().lastIndexOf('/'), path.text().lastIndexOf('\\'));
        if (split
                || !pattern.withText(directory)
                        .weir()
                        .equals(path.withText(path.text().substring(0, Math.max(last, 0)))
                                .weir())) {
            place.differs("rolled files stay in the directory of the log; in " + pattern.weir() + " they do not");
        }
        if (split) {
            return;
        }
        Resolved name = pattern.withText(weirName(text.substring(slash + 1)));
        String problem = problem(path, name);
        if (problem == null) {
            rotate.put("pattern", Scalar.of(name));
        } else {
            place.notConverted("the names of rolled files, " + pattern.weir() + " (" + problem
                    + "): they have the log's own name" + " with date and index");
        }
    }

    private static boolean makesDirectories(MatchResult word) {
        return word.group(2) != null && word.group(2).split(",", -1)[0].indexOf('/') >= 0;
    }

    private static @Nullable String problem(Resolved path, Resolved name) {
        try {
            RotatingFileHandler.builder(Path.of(path.sample())).pattern(name.sample());
            return null;
        } catch (InvalidPathException e) {
            return "the log's path is none";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String weirName(String name) {
        StringBuilder out = new StringBuilder();
        Matcher found = WORD.matcher(name);
        int from = 0;
        while (found.find()) {
            out.append(name.substring(from, found.start()).replace("%", "%%"));
            boolean auxiliary = found.group(2) != null
                    && found.group(2).toLowerCase(Locale.ROOT).contains("aux");
            if (found.group(1) == null) {
                out.append("%i");
            } else if (!auxiliary) {
                String date = found.group(2) == null
                        ? ""
                        : found.group(2).split(",", -1)[0].strip();
                out.append(strftime(date.isEmpty() ? "yyyy-MM-dd" : date));
            }
            from = found.end();
        }
        return out.append(name.substring(from).replace("%", "%%")).toString();
    }

    /** A date as {@code yyyy-MM-dd} in the words of {@code strftime}; what has none is left as a percent sign alone. */
    private static String strftime(String date) {
        StringBuilder out = new StringBuilder();
        LETTERS.matcher(date).results().forEach(token -> {
            if (token.group(1) != null) {
                out.append(token.group(1).replace("%", "%%"));
            } else if (token.group(2) != null) {
                out.append(TIMES.getOrDefault(token.group(2).charAt(0), '%' + token.group()));
            } else {
                out.append(token.group());
            }
        });
        return out.toString();
    }
}
