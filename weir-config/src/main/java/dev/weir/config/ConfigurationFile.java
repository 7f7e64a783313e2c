package dev.weir.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as it was found.
 *
 * @param name path or URL, for messages
 * @param bytes its content, at most one more than may be read
 * @param path null if it is a resource of the class path
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record ConfigurationFile(
        String name, byte[] bytes, @Nullable Path path) {
    /** A configuration is written by hand; what is longer is something else. */
    static final int MAX_BYTES = 1024 * 1024;

    /** A resource of the class path. */
    ConfigurationFile(String name, byte[] bytes) {
        this(name, bytes, null);
    }
}
