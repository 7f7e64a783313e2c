package dev.weir;

/**
 * How a handler's worker waits while nothing is logged: what a record's latency costs. Callers are the same under each,
 * and so is what is written.
 */
public enum QueueWait {
    /**
     * The worker sleeps, for 0.5 to 10 milliseconds at a time; so a record may wait so long, but for ERROR and above, which
     * wake the worker. Callers pay for no wake-up, but for one of the first record after a second in which nothing was
     * logged.
     */
    ADAPTIVE("adaptive"),
    /**
     * The worker never sleeps, but offers its processor to other threads: a record is written within microseconds, unless
     * others want the processor. Each handler uses up to a whole processor, all the time.
     */
    YIELD("yield"),
    /**
     * The worker never gives its processor away: for machines that have one to spare for each handler, beyond what callers
     * need. Where there is only one processor, this is {@link #YIELD}.
     */
    SPIN("spin");

    private final String key;

    QueueWait(String key) {
        this.key = key;
    }

    /**
     * The word used in configurations.
     *
     * @return lower-case
     */
    public String key() {
        return key;
    }
}
