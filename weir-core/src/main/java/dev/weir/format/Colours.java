package dev.weir.format;

/** When a text has colours. What comes from a record never makes any: its escape characters are written visibly. */
public enum Colours {
    /**
     * If the handler writes to a terminal that shows them (see {@link Formatter#terminal}), and the environment variable {@code
     * NO_COLOR} is not set.
     */
    AUTO,
    /** Whatever it is written to. */
    ALWAYS,
    /** Not at all. */
    NEVER
}
