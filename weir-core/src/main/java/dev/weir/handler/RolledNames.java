package dev.weir.handler;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of rolled files, made and read back: a pattern of text, words of time ({@code %Y %m %d %H %M %S}) and an index
 * ({@code %i}). Where a pattern has no index, one is appended if the name is taken: {@code app.log.2024-05-20.1}.
 */
final class RolledNames {
    private static final String TEMPORARY = ".tmp";
    private static final String INDEX = "i";
    private static final String MAX_INDEX = "[0-9]{1,9}";

    /** From the longest time to the shortest, so that their digits sort as the times do. */
    private static final String TIMES = "YmdHMS";

    private static final Map<String, String> FORMATS =
            Map.of("Y", "uuuu", "m", "MM", "d", "dd", "H", "HH", "M", "mm", "S", "ss");
    private static final Pattern WORD = Pattern.compile("%(.?)");

    private final String pattern;
    private final Pattern reading;
    /** Its words, each once. */
    private final List<String> words = new ArrayList<>();

    private final boolean indexed;

    /**
     * A file that was found.
     *
     * @param times the digits of its time; of one pattern they sort as the times
     * @param index 0 if there is none
     */
    record Rolled(String name, String times, int index, boolean compressed) {
        static final Comparator<Rolled> OLDEST_FIRST =
                Comparator.comparing(Rolled::times).thenComparingInt(Rolled::index);
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    RolledNames(String pattern) {
        this.pattern = pattern;
        StringBuilder regex = new StringBuilder();
        Matcher found = WORD.matcher(pattern);
        int at = 0;
        while (found.find()) {
            regex.append(Pattern.quote(pattern.substring(at, found.start())));
            regex.append(digits(found.group(1)));
            at = found.end();
        }
        regex.append(Pattern.quote(pattern.substring(at)));
        indexed = words.contains(INDEX);
        if (!indexed) {
            regex.append("(?:\\.(?<i>").append(MAX_INDEX).append("))?");
        }
        reading = Pattern.compile(regex.toString());
        if (pattern.isEmpty() || pattern.contains("/") || pattern.contains("\\")) {
            throw unexpected("the name of a file in the log's directory");
        }
        Compression compression = Compression.of(pattern);
        if (compression != null) {
            throw unexpected("a name without " + compression.suffix() + ", which compressing appends");
        }
        checkTimes();
    }

    /** What is last in the order of names must be the newest: from the oldest on they are deleted. */
    private void checkTimes() {
        for (int i = 1; i < TIMES.length(); i++) {
            String longer = TIMES.substring(i - 1, i);
            if (words.contains(TIMES.substring(i, i + 1)) && !words.contains(longer)) {
                throw unexpected("%" + longer + " with %" + TIMES.charAt(i) + ", so that names sort as their times do");
            }
        }
    }

    /**
     * Sees to it that a log is none of its own rolled files.
     *
     * @throws IllegalArgumentException if it is one by its name
     */
    void check(Path log) {
        String name = String.valueOf(log.getFileName());
        if (read(name) != null) {
            throw unexpected("one that does not fit " + name);
        }
    }

    private String digits(String word) {
        if (word.equals("%")) {
            return "%";
        }
        boolean isIndex = word.equals(INDEX);
        if ((!isIndex && !FORMATS.containsKey(word)) || words.contains(word)) {
            throw unexpected("of %Y, %m, %d, %H, %M, %S and %i each at most once, and %% for %");
        }
        words.add(word);
        return "(?<" + group(word) + '>' + (isIndex ? MAX_INDEX : word.equals("Y") ? "[0-9]{4}" : "[0-9]{2}") + ')';
    }

    /** Groups are told by case alone otherwise, which is easily overlooked. */
    private static String group(String word) {
        return word.equals(INDEX) ? INDEX : "t" + TIMES.indexOf(word);
    }

    private IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException("pattern: \"" + pattern + "\" (expected: " + expected + ')');
    }

    /** The least index a name can have. */
    int firstIndex() {
        return indexed ? 1 : 0;
    }

    /**
     * The name of a file.
     *
     * @param index 0 for none
     */
    String name(LocalDateTime time, int index) {
        Matcher found = WORD.matcher(pattern);
        StringBuilder name = new StringBuilder();
        while (found.find()) {
            found.appendReplacement(name, Matcher.quoteReplacement(text(found.group(1), time, index)));
        }
        found.appendTail(name);
        if (!indexed && index > 0) {
            name.append('.').append(index);
        }
        return name.toString();
    }

    private static String text(String word, LocalDateTime time, int index) {
        String format = FORMATS.get(word);
        if (format != null) {
            return DateTimeFormatter.ofPattern(format, Locale.ROOT).format(time);
        }
        return word.equals(INDEX) ? Integer.toString(index) : word;
    }

    /** What a file is by its name; null if it is none of these. */
    @Nullable
    Rolled read(String name) {
        Compression compression = Compression.of(name);
        Matcher matcher = reading.matcher(compression == null ? name : without(name, compression.suffix()));
        if (!matcher.matches()) {
            return null;
        }
        StringBuilder times = new StringBuilder();
        for (int i = 0; i < TIMES.length(); i++) {
            if (words.contains(TIMES.substring(i, i + 1))) {
                times.append(matcher.group("t" + i));
            }
        }
        String index = matcher.group(INDEX);
        return new Rolled(name, times.toString(), index == null ? 0 : Integer.parseInt(index), compression != null);
    }

    static String compressed(String name, Compression compression) {
        return name + compression.suffix();
    }

    /** Of a file that is to become a compressed one. */
    static String temporary(String name, Compression compression) {
        return '.' + compressed(name, compression) + TEMPORARY;
    }

    /** Whether a file is to become a compressed one of these. */
    boolean isTemporary(String name) {
        if (!name.startsWith(".") || !name.endsWith(TEMPORARY) || name.length() <= TEMPORARY.length()) {
            return false;
        }
        Rolled rolled = read(without(name.substring(1), TEMPORARY));
        return rolled != null && rolled.compressed();
    }

    private static String without(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }
}
