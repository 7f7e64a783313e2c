package dev.weir.config;

/** What leads to a reload, in the words of {@code reload-on}. */
enum Trigger {
    /** The file, or one that belongs to it, has another content. */
    FILE,
    /** The process got SIGHUP, which then does not end it any more. */
    SIGHUP
}
