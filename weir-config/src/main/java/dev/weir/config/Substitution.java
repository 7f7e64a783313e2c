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
 * ${file:/path}          what a file holds, less a line end at its end: a secret
 * ${…:-default}          the default, if that is not set, not there or empty; it has no closing brace
 * $$                     a dollar sign, which begins no reference
 * </pre>
 *
 * <p>It goes from left to right; what a value holds is not looked at again. Between braces that follow a dollar sign anything
 * else is an error, and other than there so is a variable that is not set and has no default. So is a file that is there and
 * cannot be read, even with a default. A dollar sign before anything
 * else, and an opening brace without a closing one before the next {@code $$}, stand for themselves.
 */
final class Substitution {
    private static final Pattern ESCAPE = Pattern.compile("$$", Pattern.LITERAL);
    private static final Pattern VALID = Pattern.compile(
            "(?:(?:env:)?(?<env>[A-Za-z_][A-Za-z0-9_]*)|sys:(?<sys>[A-Za-z_][A-Za-z0-9_.-]*)|file:(?<file>.+?))"
                    + "(?::-(?<default>.*))?",
            Pattern.DOTALL);

    private static final int MOST_CHARACTERS = 1024 * 1024;

    private final Variables variables;
    private final Secrets secrets;
    private final Consumer<String> problems;
    private boolean secret;

    /**
     * For one scalar.
     *
     * @param problems gets every problem
     */
    Substitution(Variables variables, Secrets secrets, Consumer<String> problems) {
        this.variables = variables;
        this.secrets = secrets;
        this.problems = problems;
    }

    static boolean isNeeded(String text) {
        return text.indexOf('$') >= 0;
    }

    /** Whether the result holds what was in a file, and must not be shown. */
    boolean isSecret() {
        return secret;
    }

    String apply(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (Matcher escape = ESCAPE.matcher(text); escape.find(); from = escape.end()) {
            replace(text.substring(from, escape.start()), out);
            out.append('$');
        }
        replace(text.substring(from), out);
        if (out.length() > MOST_CHARACTERS) {
            problems.accept(Text.quoted(text) + " (expected: at most " + MOST_CHARACTERS + " characters, replaced)");
        }
        return out.toString();
    }

    private void replace(String text, StringBuilder out) {
        int from = 0;
        int open = text.indexOf("${");
        int close = text.indexOf('}', open);
        while (open >= 0 && close >= 0 && out.length() <= MOST_CHARACTERS) {
            out.append(text, from, open).append(value(text.substring(open, close + 1)));
            from = close + 1;
            open = text.indexOf("${", from);
            close = text.indexOf('}', open);
        }
        out.append(text, from, text.length());
    }

    private String value(String reference) {
        Matcher parts = VALID.matcher(reference.substring(2, reference.length() - 1));
        if (reference.indexOf('\n') >= 0 || !parts.matches()) {
            return failed(
                    reference,
                    "${NAME}, ${env:NAME}, ${sys:name} or ${file:/path}, each with or without :-default, or $$ for $");
        }
        String file = parts.group("file");
        String value = file == null ? variable(parts) : content(file, reference);
        String fallback = parts.group("default");
        if (fallback != null && (value == null || value.isEmpty())) {
            return fallback;
        }
        secret |= file != null;
        return value == null ? failed(reference, expected(parts) + ", or a default: " + withDefault(reference)) : value;
    }

    private @Nullable String variable(Matcher parts) {
        String environment = parts.group("env");
        return environment != null
                ? variables.environment().apply(environment)
                : variables.properties().apply(parts.group("sys"));
    }

    private @Nullable String content(String file, String reference) {
        Secrets.Secret content = secrets.of(file);
        return content.problem() == null
                ? content.text()
                : failed(
                        reference,
                        "the absolute path of a file of UTF-8 with at most " + Secrets.MAX_BYTES + " bytes; "
                                + content.problem());
    }

    private static String expected(Matcher parts) {
        if (parts.group("env") != null) {
            return "the environment variable " + parts.group("env") + " to be set";
        }
        return parts.group("sys") != null
                ? "the system property " + parts.group("sys") + " to be set"
                : "the file to be there";
    }

    private static String withDefault(String reference) {
        return reference.substring(0, reference.length() - 1) + ":-…}";
    }

    private String failed(String reference, String expected) {
        problems.accept(Text.quoted(reference) + " (expected: " + expected + ")");
        return "";
    }
}
