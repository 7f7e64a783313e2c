package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.trial.Case;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** All measurements of a run, and how busy the machine was with others. */
public final class Results {
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Double> loads = new ArrayList<>();

    /** Adds a measurement. */
    public void add(Measurement measurement) {
        measurements.add(measurement);
    }

    /** Notes the load average before a round. */
    public void addLoad(double average) {
        loads.add(average);
    }

    /** All, in order. */
    public List<Measurement> measurements() {
        return Collections.unmodifiableList(measurements);
    }

    /** Load averages before the rounds. */
    public List<Double> loads() {
        return Collections.unmodifiableList(loads);
    }

    /** What other processes used of the machine during the measurements that tell it. */
    public List<Double> others() {
        return measurements.stream()
                .map(each -> each.values().get("others"))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The measurements of a peer in a case, by round. */
    public List<Measurement> of(Case of, Peer peer) {
        return measurements.stream()
                .filter(each -> each.of().equals(of) && each.peer() == peer)
                .toList();
    }

    /** One number of each round that has it. */
    public List<Double> series(Case of, Peer peer, ToDoubleFunction<Measurement> number) {
        return of(of, peer).stream()
                .filter(Measurement::isMade)
                .map(number::applyAsDouble)
                .filter(Double::isFinite)
                .toList();
    }

    /** How often the first has as much as the second, in each round that has both. */
    public List<Double> ratios(Case of, Peer first, Peer second, ToDoubleFunction<Measurement> number) {
        List<Double> ratios = new ArrayList<>();
        for (Measurement one : of(of, first)) {
            for (Measurement other : of(of, second)) {
                if (one.round() == other.round() && one.isMade() && other.isMade()) {
                    ratios.add(number.applyAsDouble(one) / number.applyAsDouble(other));
                }
            }
        }
        return ratios;
    }
}
