package dev.weir.internal.journal;

/** Why a record was not taken into the journal: the closed list. */
public enum Refusal {
    /** The ring had no room left for this level. */
    JOURNAL_FULL("journal-full"),
    /** The caller could not wait, or not for longer. */
    BLOCK_TIMEOUT("block-timeout"),
    /** The pipeline was closed and no handler could write the record late. */
    CLOSED("closed"),
    /** The call could not be finished: its stack or its memory was used up. */
    ABORTED("aborted");

    private final String key;

    Refusal(String key) {
        this.key = key;
    }

    /** The name in the statistics. */
    public String key() {
        return key;
    }
}
