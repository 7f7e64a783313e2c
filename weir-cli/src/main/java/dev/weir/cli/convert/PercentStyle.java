package dev.weir.cli.convert;

import dev.weir.format.TextFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A format of Python's, in any of its three styles, in the first of them, which is Weir's. */
final class PercentStyle {
    private static final Pattern BRACE =
            Pattern.compile("\\{\\{|}}|\\{([A-Za-z_][A-Za-z0-9_]*)(?:!([rsa]))?(?::([^{}]*))?}|[{}]");
    private static final Pattern DOLLAR =
            Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)}|\\$([A-Za-z_][A-Za-z0-9_]*)|\\$");
    private static final Pattern SPEC = Pattern.compile("([<>]?)([0-9]*)(?:\\.([0-9]+))?([sdf]?)");
    private static final Pattern NAME = Pattern.compile("%\\(([^)]*)\\)");
    private static final Set<String> CALLER = Set.of("filename", "module", "funcName", "lineno", "pathname");

    /** What a record has in Python and not here. */
    private static final Set<String> ABSENT =
            Set.of("pathname", "processName", "taskName", "exc_info", "exc_text", "stack_info", "args");

    private PercentStyle() {}

    /**
     * What has become of a format.
     *
     * @param format null if nothing could be made of it
     * @param problems what could not be kept
     */
    record Result(@Nullable String format, List<String> problems, boolean showsCaller) {
        /** The names in it, in their order. */
        List<String> names() {
            List<String> names = new ArrayList<>();
            if (format != null) {
                NAME.matcher(format).results().forEach(found -> names.add(found.group(1)));
            }
            return names;
        }
    }

    /** From the style {@code %}, <code>{</code> or {@code $}. */
    static Result of(String format, String style) {
        List<String> problems = new ArrayList<>();
        String percent =
                switch (style) {
                    case "{" -> fromBraces(format, problems);
                    case "$" -> fromDollars(format);
                    default -> format;
                };
        boolean showsCaller = false;
        Matcher names = NAME.matcher(percent);
        while (names.find()) {
            showsCaller |= CALLER.contains(names.group(1));
            if (ABSENT.contains(names.group(1))) {
                problems.add("%(" + names.group(1) + ") (records have none here: \"-\" stands for it)");
            }
        }
        try {
            TextFormatter.builder().format(percent);
            return new Result(percent, problems, showsCaller);
        } catch (IllegalArgumentException e) {
            problems.add("the format " + format + " (" + e.getMessage() + "): the default stands for it");
            return new Result(null, problems, false);
        }
    }

    private static String fromBraces(String format, List<String> problems) {
        StringBuilder out = new StringBuilder();
        Matcher found = BRACE.matcher(format);
        int from = 0;
        while (found.find()) {
            out.append(format.substring(from, found.start()).replace("%", "%%"));
            if (found.group(1) == null) {
                out.append(found.group().charAt(0));
            } else {
                out.append("%(").append(found.group(1)).append(')');
                out.append(specification(found.group(3) == null ? "" : found.group(3), found.group(), problems));
            }
            from = found.end();
        }
        return out.append(format.substring(from).replace("%", "%%")).toString();
    }

    private static String specification(String text, String whole, List<String> problems) {
        Matcher parts = SPEC.matcher(text);
        if (!parts.matches()) {
            problems.add(whole + " (such an alignment has no word here: without it)");
            return "s";
        }
        boolean number = parts.group(4).matches("[df]");
        boolean left = parts.group(1).equals("<")
                || (parts.group(1).isEmpty() && !number && !parts.group(2).isEmpty());
        String precision = parts.group(3) == null ? "" : '.' + parts.group(3);
        return (left ? "-" : "") + parts.group(2) + precision + (number ? parts.group(4) : "s");
    }

    private static String fromDollars(String format) {
        StringBuilder out = new StringBuilder();
        Matcher found = DOLLAR.matcher(format);
        int from = 0;
        while (found.find()) {
            out.append(format.substring(from, found.start()).replace("%", "%%"));
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            out.append(name == null ? "$" : "%(" + name + ")s");
            from = found.end();
        }
        return out.append(format.substring(from).replace("%", "%%")).toString();
    }
}
