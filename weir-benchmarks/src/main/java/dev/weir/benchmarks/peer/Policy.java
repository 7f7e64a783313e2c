package dev.weir.benchmarks.peer;

/** What a full queue does. */
public enum Policy {
    /** The caller waits, nothing is lost. */
    BLOCK("caller waits"),
    /** Records are lost, nobody waits. */
    DROP("drops");

    private final String title;

    Policy(String title) {
        this.title = title;
    }

    /** For tables. */
    public String title() {
        return title;
    }
}
