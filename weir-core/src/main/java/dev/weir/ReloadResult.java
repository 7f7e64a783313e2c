package dev.weir;

import java.util.List;
import java.util.Objects;

/**
 * What a reload has made of the handlers, by their names; see {@link Weir#reload}.
 *
 * @param source the file
 * @param kept those that went on: with their file or connection, their backlog and their counts
 * @param replaced those of which another one has taken over the name
 * @param added those that are new
 * @param removed those that are there no more
 */
public record ReloadResult(
        String source, List<String> kept, List<String> replaced, List<String> added, List<String> removed) {
    /**
     * Keeps copies.
     *
     * @param source the file
     * @param kept those that went on
     * @param replaced those of which another one has taken over the name
     * @param added those that are new
     * @param removed those that are there no more
     */
    public ReloadResult {
        Objects.requireNonNull(source, "source");
        kept = List.copyOf(kept);
        replaced = List.copyOf(replaced);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }
}
