package dev.weir.config;

/**
 * A configuration as it was found.
 *
 * @param name path or URL, for messages
 * @param bytes its content, at most one more than may be read
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record ConfigurationFile(String name, byte[] bytes) {
    /** A configuration is written by hand; what is longer is something else. */
    static final int MAX_BYTES = 1024 * 1024;
}
