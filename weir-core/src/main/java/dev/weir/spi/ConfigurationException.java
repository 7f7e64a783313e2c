package dev.weir.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration that cannot be read or is wrong: all of its problems at once. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A sentence each. */
    private final List<String> problems;

    /**
     * Of the problems found.
     *
     * @param source where the configuration is
     * @param problems a sentence each, with line and column where there are any
     */
    public ConfigurationException(String source, List<String> problems) {
        this(source, problems, null);
    }

    /**
     * Of the problems found.
     *
     * @param source where the configuration is
     * @param problems a sentence each, with line and column where there are any
     * @param cause what was thrown, if anything was
     */
    public ConfigurationException(String source, List<String> problems, @Nullable Throwable cause) {
        super(source + " is not usable:\n  " + String.join("\n  ", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /**
     * The problems.
     *
     * @return a sentence each
     */
    public List<String> problems() {
        return problems;
    }
}
