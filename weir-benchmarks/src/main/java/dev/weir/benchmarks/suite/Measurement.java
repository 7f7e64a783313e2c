package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.trial.Case;
import java.util.Map;

/**
 * One measurement that was made.
 *
 * @param of what
 * @param peer whom
 * @param round in which round, from 1
 * @param values what came of it
 * @param failure why nothing came of it; empty if something did
 */
public record Measurement(Case of, Peer peer, int round, Map<String, Double> values, String failure) {
    /** Whether there are values. */
    public boolean isMade() {
        return failure.isEmpty();
    }
}
