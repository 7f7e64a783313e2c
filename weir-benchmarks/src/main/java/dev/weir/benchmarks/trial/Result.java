package dev.weir.benchmarks.trial;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured: numbers by name, and how they get from a process to the one that started it. */
public final class Result {
    private static final String MARK = "RESULT ";

    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Adds a number, unless it is none. */
    Result put(String name, double value) {
        if (Double.isFinite(value)) {
            values.put(name, value);
        }
        return this;
    }

    /** Adds a whole number. */
    Result put(String name, long value) {
        return put(name, (double) value);
    }

    /** Adds all numbers of another. */
    Result putAll(Result other) {
        values.putAll(other.values);
        return this;
    }

    /** Whether a line of output is a result. */
    public static boolean isIn(String line) {
        return line.startsWith(MARK);
    }

    /** The numbers that a line of output has. */
    public static Map<String, Double> parse(String line) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String pair : line.substring(MARK.length()).split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), Double.valueOf(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** As a line of output. */
    String line() {
        StringBuilder line = new StringBuilder(MARK);
        values.forEach(
                (name, value) -> line.append(name).append('=').append(value).append(' '));
        return line.toString().strip();
    }
}
