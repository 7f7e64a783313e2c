package dev.weir.spi;

import dev.weir.ReloadResult;

/** What whoever watches a configuration can ask of Weir. Any thread. */
public interface Reloading {
    /**
     * Reads the configuration again, and changes to it. While a temporary pipeline is current, waits until that has given way.
     *
     * @return what became of the handlers
     * @throws ConfigurationException if it cannot be read, is wrong, or one of its handlers cannot work; nothing has changed
     * @throws IllegalStateException if the configuration is not in force any more
     */
    ReloadResult reload();

    /** Lets handlers open their files anew; see {@link dev.weir.Weir#reopen}. */
    void reopen();

    /**
     * Tells of something, on standard error and among the diagnostics.
     *
     * @param kind the same for what is the same; told once for a while
     * @param message what it is, and what to do
     */
    void report(String kind, String message);

    /**
     * Tells of something that has been done, each time, as {@link #report} does.
     *
     * @param kind the same for what is the same
     * @param message what it is
     */
    void tell(String kind, String message);
}
