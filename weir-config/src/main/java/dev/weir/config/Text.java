package dev.weir.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How what stands in a file is named in messages: whatever it is, they stay short, and harmless on a terminal. */
final class Text {
    private static final int MOST_SHOWN = 60;
    private static final int MOST_SAID = 1000;
    private static final int MOST_NAMES = 20;
    private static final int MOST_CANDIDATES = 1000;

    /** What is called so elsewhere, in dictConfig, Logback, Log4j and Spring, is called this or that here. */
    private static final Map<String, List<String>> ELSEWHERE = Map.ofEntries(
            Map.entry("additivity", List.of("propagate")),
            Map.entry("additive", List.of("propagate")),
            Map.entry("appender", List.of("handler", "handlers")),
            Map.entry("appenders", List.of("handlers")),
            Map.entry("appender-ref", List.of("handlers")),
            Map.entry("appenderref", List.of("handlers")),
            Map.entry("backupcount", List.of("keep")),
            Map.entry("class", List.of("type")),
            Map.entry("console", List.of("stdout")),
            Map.entry("daily", List.of("day")),
            Map.entry("encoder", List.of("formatter")),
            Map.entry("file", List.of("path")),
            Map.entry("filename", List.of("path")),
            Map.entry("filenamepattern", List.of("pattern")),
            Map.entry("filepattern", List.of("pattern")),
            Map.entry("gz", List.of("gzip")),
            Map.entry("hourly", List.of("hour")),
            Map.entry("interval", List.of("every")),
            Map.entry("layout", List.of("formatter")),
            Map.entry("maxbytes", List.of("size")),
            Map.entry("maxfilesize", List.of("size")),
            Map.entry("maxhistory", List.of("keep")),
            Map.entry("minutely", List.of("minute")),
            Map.entry("target", List.of("stream")),
            Map.entry("threshold", List.of("level")),
            Map.entry("totalsizecap", List.of("max-total")),
            Map.entry("weekly", List.of("week")),
            Map.entry("when", List.of("every")),
            Map.entry("zst", List.of("zstd")));

    private Text() {}

    /** In quotation marks and shortened. */
    static String quoted(String text) {
        return '"' + shortened(text) + '"';
    }

    /** At most 60 characters and an ellipsis. */
    static String shortened(String text) {
        String head = head(text);
        return head.length() == text.length() ? text : head + "…";
    }

    /** What is shown of a text: at most 60 characters. */
    static String head(String text) {
        boolean fits = text.codePointCount(0, text.length()) <= MOST_SHOWN;
        return fits ? text : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN));
    }

    /** What others say, at most as long as a paragraph. */
    static String bounded(String text) {
        return text.length() <= MOST_SAID ? text : text.substring(0, MOST_SAID) + "…";
    }

    /** Separated by commas, at most 20 and an ellipsis. */
    static String list(Collection<String> names) {
        String shown = names.stream().limit(MOST_NAMES).map(Text::shortened).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? shown + ", …" : shown;
    }

    /** One line, with whatever might be more than text written as a number. */
    static String escaped(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isHarmless(character)) {
                shown.appendCodePoint(character);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", character));
            }
        });
        return shown.toString();
    }

    /** Whether a character is no more than text on a terminal. */
    static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** {@code "; did you mean …?"}, or nothing if no candidate is near. */
    static String didYouMean(String word, Collection<String> candidates) {
        String nearest = nearest(word, candidates);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    /**
     * The candidate that a word may have been meant for: what is called so elsewhere, or with at most a third of its letters wrong;
     * null if none is near.
     */
    private static @Nullable String nearest(String word, Collection<String> candidates) {
        if (word.length() > MOST_SHOWN || candidates.size() > MOST_CANDIDATES) {
            return null;
        }
        for (String here : ELSEWHERE.getOrDefault(word.toLowerCase(Locale.ROOT), List.of())) {
            if (candidates.contains(here)) {
                return here;
            }
        }
        String nearest = null;
        int least = word.length() / 3 + 1;
        for (String candidate : candidates) {
            boolean comparable = Math.abs(candidate.length() - word.length()) < least;
            int distance = comparable ? distance(word.toLowerCase(Locale.ROOT), candidate) : least;
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : distance(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int distance(String a, String b, int i, int j, int[][] d) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
