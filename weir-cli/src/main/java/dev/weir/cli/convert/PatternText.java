package dev.weir.cli.convert;

import dev.weir.format.TextFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of Logback's or Log4j's in the words that Weir knows. Words that Weir has not are left out, or replaced by what
 * is nearest, and said.
 */
final class PatternText {
    /** What stands in the place of a pattern of which nothing could be made. */
    static final String DEFAULT = "%d %-5level [%thread] %logger - %msg%n";

    private static final int MAX_LENGTH = 2000;

    private static final Pattern MODIFIER = Pattern.compile("-?[0-9]*(?:\\.-?[0-9]+)?");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> CALLER =
            Set.of("C", "class", "M", "method", "F", "file", "L", "line", "l", "location", "caller");
    private static final Map<String, String> SAME = same();

    /** Log4j takes the longest of its words that a text begins with. */
    private static final List<String> LOG4J = List.of(
            "rootException",
            "threadPriority",
            "maxLength",
            "markerSimpleName",
            "sequenceNumber",
            "varsNotEmpty",
            "equalsIgnoreCase",
            "endOfBatch",
            "exception",
            "throwable",
            "highlight",
            "threadName",
            "processId",
            "notEmpty",
            "location",
            "threadId",
            "relative",
            "xThrowable",
            "xException",
            "rThrowable",
            "rException",
            "message",
            "replace",
            "encode",
            "logger",
            "maxLen",
            "method",
            "marker",
            "thread",
            "equals",
            "class",
            "level",
            "style",
            "date",
            "file",
            "fqcn",
            "line",
            "nano",
            "uuid",
            "xEx",
            "rEx",
            "enc",
            "map",
            "mdc",
            "MDC",
            "MAP",
            "msg",
            "NDC",
            "pid",
            "tid",
            "tn",
            "tp",
            "sn",
            "ex",
            "c",
            "C",
            "d",
            "F",
            "K",
            "l",
            "L",
            "m",
            "M",
            "n",
            "N",
            "p",
            "r",
            "t",
            "T",
            "u",
            "x",
            "X");

    private static final Map<String, String> LOG4J_DATES = Map.of(
            "ISO8601", "yyyy-MM-dd'T'HH:mm:ss,SSS",
            "ISO8601_BASIC", "yyyyMMdd'T'HHmmss,SSS",
            "ISO8601_PERIOD", "yyyy-MM-dd'T'HH:mm:ss.SSS",
            "ISO8601_OFFSET_DATE_TIME_HH", "yyyy-MM-dd'T'HH:mm:ss,SSSx",
            "ISO8601_OFFSET_DATE_TIME_HHMM", "yyyy-MM-dd'T'HH:mm:ss,SSSxx",
            "ISO8601_OFFSET_DATE_TIME_HHCMM", "yyyy-MM-dd'T'HH:mm:ss,SSSxxx",
            "ABSOLUTE_PERIOD", "HH:mm:ss.SSS",
            "DATE_PERIOD", "dd MMM yyyy HH:mm:ss.SSS",
            "DEFAULT_MICROS", "yyyy-MM-dd HH:mm:ss,SSSSSS",
            "DEFAULT_NANOS", "yyyy-MM-dd HH:mm:ss,SSSSSSSSS");

    private final String text;
    private final boolean log4j;
    private final Function<String, @Nullable String> constants;
    private final List<String> problems = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private int at;
    private boolean showsCaller;

    private PatternText(String text, boolean log4j, Function<String, @Nullable String> constants) {
        this.text = text;
        this.log4j = log4j;
        this.constants = constants;
    }

    private static Map<String, String> same() {
        Map<String, String> same = new HashMap<>();
        for (String word : List.of(
                "d",
                "date",
                "p",
                "le",
                "level",
                "c",
                "lo",
                "logger",
                "t",
                "thread",
                "tn",
                "threadName",
                "tid",
                "T",
                "threadId",
                "pid",
                "processId",
                "m",
                "msg",
                "message",
                "n",
                "X",
                "mdc",
                "MDC",
                "kvp",
                "marker",
                "ex",
                "exception",
                "throwable",
                "xEx",
                "xException",
                "xThrowable",
                "rEx",
                "rException",
                "rThrowable",
                "rootException",
                "nopex",
                "nopexception",
                "r",
                "relative",
                "C",
                "class",
                "M",
                "method",
                "F",
                "file",
                "L",
                "line",
                "attributes")) {
            same.put(word, word);
        }
        same.put("wEx", "ex");
        same.put("wex", "ex");
        same.put("markerSimpleName", "marker");
        return same;
    }

    /**
     * What has become of a pattern.
     *
     * @param problems what could not be kept, for people
     * @param showsCaller whether it has words that say where a call is
     */
    record Result(Resolved pattern, List<String> problems, boolean showsCaller) {}

    /**
     * Of Logback.
     *
     * @param constants what {@code %property{…}} and {@code %contextName} show, known when the file is read
     */
    static Result ofLogback(Resolved pattern, Function<String, @Nullable String> constants) {
        return translate(pattern, false, constants);
    }

    /** Of Log4j 2. */
    static Result ofLog4j(Resolved pattern) {
        return translate(pattern, true, key -> null);
    }

    private static Result translate(Resolved pattern, boolean log4j, Function<String, @Nullable String> constants) {
        PatternText reader = new PatternText(pattern.text(), log4j, constants);
        if (pattern.text().length() > MAX_LENGTH) {
            reader.problems.add("a pattern of more than " + MAX_LENGTH + " characters: " + DEFAULT + " stands for it");
            return new Result(Resolved.literal(DEFAULT), reader.problems, false);
        }
        reader.until('\0');
        Resolved translated = pattern.withText(reader.out.toString());
        try {
            TextFormatter.builder().pattern(translated.sample());
        } catch (IllegalArgumentException e) {
            reader.problems.add(
                    "the pattern " + pattern.weir() + " (" + e.getMessage() + "): " + DEFAULT + " stands for it");
            translated = Resolved.literal(DEFAULT);
        }
        return new Result(translated, reader.problems, reader.showsCaller);
    }

    /** Up to a closing character, which is passed, or to the end. */
    private void until(char close) {
        while (at < text.length() && (close == '\0' || text.charAt(at) != close)) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escape(text.charAt(at++));
            } else if (c == '%') {
                conversion();
            } else if (log4j && (c == '(' || c == ')')) {
                out.append('\\').append(c);
            } else if (!log4j && c == '(') {
                out.append("\\(");
                until(')');
                out.append("\\)");
            } else {
                out.append(c);
            }
        }
        at++;
    }

    private void escape(char c) {
        if (c == 'n') {
            out.append("%n");
        } else if (c == 't') {
            out.append('\t');
        } else if (c != 'r') { // a line ends as Weir's lines do
            boolean keeps = !log4j || "\\%()_".indexOf(c) >= 0;
            out.append(keeps ? "\\" : "").append(c);
        }
    }

    private void conversion() {
        if (at < text.length() && text.charAt(at) == '%') {
            at++;
            out.append("%%");
            return;
        }
        String modifier = match(MODIFIER);
        if (!log4j && at < text.length() && text.charAt(at) == '(') {
            at++;
            group("%" + modifier + '(');
            return;
        }
        String word = word();
        if (word.isEmpty()) {
            problems.add("a % that begins no word, at position " + (at - 1));
            return;
        }
        if (CALLER.contains(word)) {
            showsCaller = true;
        }
        if (!log4j && at < text.length() && text.charAt(at) == '(') {
            at++;
            logbackGroup(word, modifier);
        } else {
            single(word, modifier, options());
        }
    }

    private String match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return "";
        }
        at = matcher.end();
        return matcher.group();
    }

    private String word() {
        if (!log4j) {
            return match(IDENTIFIER);
        }
        for (String word : LOG4J) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word;
            }
        }
        return match(IDENTIFIER);
    }

    /** What stands in braces, with nested ones. */
    private List<String> options() {
        List<String> options = new ArrayList<>();
        while (at < text.length() && text.charAt(at) == '{') {
            int depth = 0;
            int end = at;
            do {
                char c = text.charAt(end++);
                if (c == '\\') {
                    end++;
                }
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            } while (depth > 0 && end < text.length());
            int close = Math.min(end, text.length());
            options.add(text.substring(at + 1, Math.max(at + 1, depth == 0 ? close - 1 : close)));
            at = close;
        }
        return options;
    }

    private void group(String begin) {
        out.append(begin);
        until(')');
        out.append(')');
    }

    // Logback

    private void logbackGroup(String word, String modifier) {
        boolean colour = word.matches("highlight|faint|gray|(bold)?(Black|Red|Green|Yellow|Blue|Magenta|Cyan|White)"
                + "|bold|black|red|green|yellow|blue|magenta|cyan|white");
        if (word.equals("clr")) {
            int begin = out.length();
            group("%" + modifier + "highlight(");
            List<String> options = options();
            String named = options.isEmpty() ? "" : options.get(0).strip();
            if (named.matches("faint|red|green|yellow|blue|cyan|magenta|white|black")) {
                out.replace(begin, begin + modifier.length() + "%highlight".length(), "%" + modifier + named);
            }
        } else if (word.equals("replace")) {
            group("%" + modifier + "replace(");
            options().forEach(option -> out.append('{').append(option).append('}'));
        } else if (colour) {
            group("%" + modifier + word + '(');
        } else {
            problems.add("%" + word + "(…) (no such word here: what is in it stands alone)");
            group("%" + modifier + '(');
            options();
        }
    }

    // both

    private void single(String word, String modifier, List<String> options) {
        switch (word) {
            case "l", "location" -> out.append("%C.%M\\(%F:%L\\)");
            case "caller" -> {
                problems.add("%caller (the frames of a call: here is the first one)");
                out.append("%C.%M\\(%F:%L\\)");
            }
            case "property", "contextName", "cn" -> constant(word, options);
            case "highlight",
                    "style",
                    "replace",
                    "enc",
                    "encode",
                    "maxLen",
                    "maxLength",
                    "notEmpty",
                    "varsNotEmpty",
                    "equals",
                    "equalsIgnoreCase" -> log4jGroup(word, modifier, options);
            default -> plain(word, modifier, options);
        }
    }

    private void constant(String word, List<String> options) {
        String key = word.equals("property") ? (options.isEmpty() ? "" : options.get(0)) : "contextName";
        String value = constants.apply(key.contains(":-") ? key.substring(0, key.indexOf(":-")) : key);
        if (value == null) {
            problems.add("%" + word + '{' + key + "} (known to the running process only)");
        } else {
            out.append(value.replace("%", "%%").replace("(", "\\(").replace(")", "\\)"));
        }
    }

    private void plain(String word, String modifier, List<String> options) {
        String known = SAME.get(word);
        if (known == null) {
            problems.add("%" + word + (options.isEmpty() ? "" : '{' + String.join("}{", options) + '}')
                    + " (no such word here)");
            return;
        }
        List<String> kept = log4j ? log4jOptions(known, options) : logbackOptions(known, options);
        if (kept == null) {
            return;
        }
        StringBuilder written = new StringBuilder("%").append(modifier).append(known);
        kept.forEach(option -> written.append('{').append(option).append('}'));
        // a word ends where letters of the text would go on with it
        boolean ends = kept.isEmpty()
                && at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '(');
        out.append(written).append(ends && text.charAt(at) != '(' ? "\\_" : "");
    }

    private List<String> logbackOptions(String word, List<String> options) {
        return isUnderstood(word, options) ? options : without(word, options);
    }

    private List<String> without(String word, List<String> options) {
        problems.add("{" + String.join("}{", options) + "} of %" + word + " (not known here)");
        return List.of();
    }

    private static boolean isUnderstood(String word, List<String> options) {
        if (options.isEmpty()
                || options.stream().anyMatch(option -> option.chars().anyMatch(c -> c >= '\uE000' && c <= '\uF8FF'))) {
            return true;
        }
        try {
            StringBuilder one = new StringBuilder("%").append(word);
            options.forEach(option -> one.append('{').append(option).append('}'));
            TextFormatter.builder().pattern(one.toString());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    // Log4j

    /** Null if all has been written already. */
    private @Nullable List<String> log4jOptions(String word, List<String> options) {
        if (options.isEmpty()) {
            return options;
        }
        String first = options.get(0).strip();
        switch (word) {
            case "c", "logger", "C", "class" -> {
                return precision(word, first);
            }
            case "d", "date" -> {
                List<String> dated = new ArrayList<>(options);
                dated.set(0, LOG4J_DATES.getOrDefault(first, options.get(0)));
                return isUnderstood(word, dated) ? dated : without(word, options);
            }
            case "X", "mdc", "MDC" -> {
                if (first.indexOf(',') < 0) {
                    return options;
                }
                List<String> keys = List.of(first.split("\\s*,\\s*"));
                problems.add("%X{" + first + "} (a list of keys: here they stand one behind the other)");
                out.append(
                        keys.stream().map(key -> key + "=%X{" + key + '}').collect(Collectors.joining(", ", "{", "}")));
                return null;
            }
            default -> {
                return isUnderstood(word, options) ? options : without(word, options);
            }
        }
    }

    /** Log4j counts parts of a name where Logback and Weir count characters. */
    private List<String> precision(String word, String precision) {
        if (precision.equals("1")) {
            return List.of("0");
        }
        if (precision.matches("1\\.(1\\.)*\\*?")) {
            return List.of("1");
        }
        problems.add("{" + precision + "} of %" + word
                + " (how many parts of a name: here the parts before the last are" + " cut to their first letter)");
        return List.of("1");
    }

    private void log4jGroup(String word, String modifier, List<String> options) {
        String inner = options.isEmpty() ? "" : inner(options.get(0));
        List<String> rest = options.subList(Math.min(1, options.size()), options.size());
        switch (word) {
            case "highlight" -> {
                if (!rest.isEmpty()) {
                    problems.add("{" + String.join("}{", rest) + "} of %highlight (levels have colours of their own)");
                }
                out.append('%')
                        .append(modifier)
                        .append("highlight(")
                        .append(inner)
                        .append(')');
            }
            case "style" -> style(modifier, inner, rest.isEmpty() ? "" : rest.get(0));
            case "replace" -> {
                out.append('%')
                        .append(modifier)
                        .append("replace(")
                        .append(inner)
                        .append(')');
                rest.forEach(option -> out.append('{').append(option).append('}'));
            }
            case "maxLen", "maxLength" ->
                out.append("%.-")
                        .append(rest.isEmpty() ? "80" : rest.get(0).strip())
                        .append('(')
                        .append(inner)
                        .append(')');
            case "enc", "encode" -> {
                if (!rest.isEmpty() && !rest.get(0).strip().matches("(?i)CRLF")) {
                    problems.add("{" + rest.get(0)
                            + "} of %enc (control characters are escaped in any case, others are not)");
                }
                out.append('%').append(modifier).append('(').append(inner).append(')');
            }
            default -> {
                problems.add("%" + word + (rest.isEmpty() ? "" : '{' + String.join("}{", rest) + '}')
                        + " (no such word here: what is in it always stands)");
                out.append('%').append(modifier).append('(').append(inner).append(')');
            }
        }
    }

    private void style(String modifier, String inner, String styles) {
        Map<String, String> colours = new LinkedHashMap<>();
        boolean bold = false;
        for (String style : styles.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (style.matches("black|red|green|yellow|blue|magenta|cyan|white")) {
                colours.put(style, style);
            } else if (style.equals("bright") || style.equals("bold")) {
                bold = true;
            } else if (!style.isEmpty()) {
                problems.add(style + " of %style (no such colour here)");
            }
        }
        String colour = colours.isEmpty()
                ? (bold ? "bold" : "")
                : colours.keySet().iterator().next();
        if (bold && !colours.isEmpty()) {
            colour = "bold" + Character.toUpperCase(colour.charAt(0)) + colour.substring(1);
        }
        out.append('%')
                .append(modifier)
                .append(colour)
                .append('(')
                .append(inner)
                .append(')');
    }

    private String inner(String pattern) {
        PatternText reader = new PatternText(pattern, log4j, constants);
        reader.until('\0');
        problems.addAll(reader.problems);
        showsCaller |= reader.showsCaller;
        return reader.out.toString();
    }
}
