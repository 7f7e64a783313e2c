package dev.weir.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * How a peer is set up from outside: the text of its configuration file, and system properties.
 *
 * @param fileName what the file is called; empty if there is none
 * @param text what is in it
 * @param properties {@code key=value}, where {@link #FILE} stands for the file's path
 */
public record Configuration(String fileName, String text, List<String> properties) {
    /** As many records as fit Weir's ring of 16 MiB in this heap: for every peer whose queue has a bound. */
    static final int QUEUED_RECORDS = 131_072;

    /** What Log4j 2 has as its default, for every peer whose buffer has a size. */
    static final int BUFFER_BYTES = 262_144;

    static final String FILE = "@FILE@";

    static final Configuration NONE = new Configuration("", "", List.of());

    /**
     * The system properties.
     *
     * @param file where the text was written
     * @return {@code key=value}
     */
    public List<String> properties(Path file) {
        return properties.stream()
                .map(property -> property.replace(FILE, file.toString()))
                .toList();
    }
}
