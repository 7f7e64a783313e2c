package dev.weir.internal.journal;

/** Why a handler's record was dropped: the closed list. */
public enum DropReason {
    /** The handler's backlog was full. */
    BACKLOG_FULL("backlog-full"),
    /** The handler refused the record, or failed on it again and again. */
    REJECTED("rejected"),
    /** The formatter failed on the record. */
    FORMAT_ERROR("format-error"),
    /** The handler was replaced and could not finish in time. */
    RETIRED("retired"),
    /** The pipeline was closed and the handler could not finish in time. */
    SHUTDOWN_DEADLINE("shutdown-deadline");

    private final String key;

    DropReason(String key) {
        this.key = key;
    }

    /** The name in the statistics. */
    public String key() {
        return key;
    }
}
