package dev.weir.config;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces references to variables within one scalar, by the grammar of OpenTelemetry's configuration (specification,
 * "Environment variable substitution"):
 *
 * <pre>
 * ${NAME}  ${env:NAME}   an environment variable
 * ${sys:name}            a system property
 * ${…:-default}          the default, if that is not set or empty; it has no closing brace
 * $$                     a dollar sign, which begins no reference
 * </pre>
 *
 * <p>It goes from left to right; what a value holds is not looked at again. Between braces that follow a dollar sign anything
 * else is an error, and other than there so is a variable that is not set and has no default. A dollar sign before anything
 * else, and an opening brace without a closing one before the next {@code $$}, stand for themselves.
 */
final class Substitution {
    private static final Pattern ESCAPE = Pattern.compile("$$", Pattern.LITERAL);
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern VALID = Pattern.compile(
            "(?:(?:env:)?(?<env>[A-Za-z_][A-Za-z0-9_]*)|sys:(?<sys>[A-Za-z_][A-Za-z0-9_.-]*))(?::-(?<default>[^\n]*))?");

    private final Variables variables;
    private final Consumer<String> problems;

    /**
     * For one scalar.
     *
     * @param problems gets every problem
     */
    Substitution(Variables variables, Consumer<String> problems) {
        this.variables = variables;
        this.problems = problems;
    }

    static boolean isNeeded(String text) {
        return text.indexOf('$') >= 0;
    }

    String apply(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (Matcher escape = ESCAPE.matcher(text); escape.find(); from = escape.end()) {
            replace(text.substring(from, escape.start()), out);
            out.append('$');
        }
        replace(text.substring(from), out);
        return out.toString();
    }

    private void replace(String text, StringBuilder out) {
        Matcher reference = REFERENCE.matcher(text);
        int from = 0;
        while (reference.find()) {
            out.append(text, from, reference.start()).append(value(reference.group(1), reference.group()));
            from = reference.end();
        }
        out.append(text, from, text.length());
    }

    private String value(String inside, String reference) {
        Matcher parts = VALID.matcher(inside);
        if (!parts.matches()) {
            problems.accept(Text.quoted(reference)
                    + " (expected: ${NAME}, ${env:NAME} or ${sys:name}, each with or without :-default, or $$ for $)");
            return "";
        }
        String environment = parts.group("env");
        String property = parts.group("sys");
        String value = environment != null
                ? variables.environment().apply(environment)
                : variables.properties().apply(property);
        String fallback = parts.group("default");
        if (fallback == null) {
            return value == null ? undefined(environment, property, reference) : value;
        }
        return value == null || value.isEmpty() ? fallback : value;
    }

    private String undefined(@Nullable String environment, @Nullable String property, String reference) {
        String expected = environment != null
                ? "the environment variable " + environment + " to be set"
                : "the system property " + property + " to be set";
        String withDefault = reference.substring(0, reference.length() - 1) + ":-…}";
        problems.accept(Text.quoted(reference) + " (expected: " + expected + ", or a default: " + withDefault + ")");
        return "";
    }
}
