package dev.weir;

/**
 * What {@link Weir#flush} and {@link Weir#close} leave behind. The numbers count deliveries: a record that two handlers
 * take counts twice.
 *
 * @param written since the pipeline started
 * @param dropped since the pipeline started, for whatever reason
 * @param left still waiting
 * @param complete whether everything that was logged before the call has been written, passed on, dropped or filtered, but
 *     for what memory handlers hold
 */
public record DrainResult(long written, long dropped, long left, boolean complete) {}
