package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Peer.Role;

/** What a case measures. */
public enum Kind {
    /** Records per second, processor time, memory. */
    SUSTAINED(Role.SUSTAINED, "sustained"),
    /** What a caller waits. */
    RESPONSE(Role.RESPONSE, "response"),
    /** What a caller waits while the only sink hangs. */
    OUTAGE(Role.OUTAGE, "outage"),
    /** What a healthy file gets beside a sink that hangs. */
    SECOND_SINK(Role.OUTAGE, "outage"),
    /** From the process's start to the first line. */
    START_UP(Role.START_UP, "start-up"),
    /** A level that is off. */
    DISABLED(Role.DISABLED, "calls"),
    /** Bytes per call. */
    ALLOCATION(Role.ALLOCATION, "calls");

    private final Role role;
    private final String word;

    Kind(Role role, String word) {
        this.role = role;
        this.word = word;
    }

    /** Which peers take part. */
    public Role role() {
        return role;
    }

    /** The word for it on the command line. */
    public String word() {
        return word;
    }
}
