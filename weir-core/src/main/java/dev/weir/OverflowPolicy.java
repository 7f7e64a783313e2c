package dev.weir;

/** What happens when a handler's backlog is full: what each policy loses, and whom it lets wait. */
public enum OverflowPolicy {
    /**
     * The oldest waiting record goes, is counted by level as {@code backlog-full}, and the newest comes in. No caller
     * waits.
     */
    DROP_OLDEST("drop-oldest"),
    /**
     * Callers whose records this handler would take wait until it has room, and so does whoever meets a full journal on
     * such a route. A handler that hangs stops the routes to it, and only those. Nothing is lost but for one case: the
     * records with which virtual threads wait may use a quarter of {@code queue.capacity}; beyond that a call is refused
     * and counted as {@code block-timeout}.
     */
    BLOCK("block");

    private final String key;

    OverflowPolicy(String key) {
        this.key = key;
    }

    /**
     * The name in {@code weir.yaml}.
     *
     * @return lower-case with dashes
     */
    public String key() {
        return key;
    }
}
