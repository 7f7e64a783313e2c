package dev.weir;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a logger logs, and why. Levels are names of {@link Level}, or {@code OFF}.
 *
 * @param logger its name; "ROOT" is the root
 * @param configured its own level in the configuration in force; null if it has none there
 * @param set its own level as set at run time; null if it is not
 * @param until when that ends by itself; null if it does not
 * @param effective the least severe level whose calls are logged here and taken by some handler, its own or inherited; what a
 *     {@link Lens} shows is not in it
 */
public record LoggerLevel(
        String logger,
        @Nullable String configured,
        @Nullable String set,
        @Nullable Instant until,
        String effective) {
    /** The effective level, and what is set or configured here. */
    @Override
    public String toString() {
        return effective
                + (set == null ? "" : ", set to " + set + " until " + (until == null ? "it is reset" : until))
                + (configured == null ? ", inherited" : ", configured " + configured);
    }
}
