package dev.weir.benchmarks.format;

import java.util.List;

/** One formatter with a thousand calls to format. Used by one thread. */
public interface Formatting {
    /** How many calls there are. */
    int CALLS = 1_000;

    /** Where each contender writes to, again and again; larger than what it makes of any one call. */
    int BUFFER_BYTES = 256 * 1024;

    /**
     * Those of a name.
     *
     * @param name of Weir a preset of JSON, {@code text}, {@code pattern} or {@code pretty}; of others {@code
     *     logback-…} or {@code log4j-…}
     * @param shape what is in the calls: {@code mdc} three arguments and three entries of MDC; {@code never-again} the
     *     same with a template and an MDC of its own for each; {@code key-values} ten key-values; {@code exception} the
     *     same exception each time, {@code exceptions} another one each time
     * @return all set up
     */
    static Formatting of(String name, String shape) {
        List<Call> calls = Call.all(shape, CALLS);
        if (name.startsWith("logback-")) {
            return LogbackFormatting.of(name, calls);
        }
        return name.startsWith("log4j-") ? Log4jFormatting.of(name, calls) : WeirFormatting.of(name, calls);
    }

    /**
     * Formats all calls.
     *
     * @return how many bytes they made
     */
    long formatAll();
}
