package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.peer.Policy;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.peer.Sink;
import dev.weir.benchmarks.trial.Case;
import dev.weir.benchmarks.trial.Kind;
import dev.weir.benchmarks.trial.Load;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is measured, how often and of whom. The base case of the sustained rates is JSON in a file, three arguments and MDC,
 * by one thread and by two; from there one axis varies at a time.
 */
public final class Plan {
    private static final int[] THREADS = {1, 2, 4, 16};
    private static final int[] QUICK_THREADS = {16};
    private static final Set<Shape> QUICK_SHAPES = EnumSet.of(Shape.KEY_VALUES, Shape.EXCEPTION);
    private static final int VIRTUAL_THREADS = 1_000;
    private static final int START_UP_ROUNDS = 5;
    private static final int QUICK_START_UP_ROUNDS = 3;
    /** Of so many rounds one varies the axes, and the first one always. */
    private static final int ROUNDS_PER_AXIS_ROUND = 5;

    private static final int ONCE = 1;

    private final Options options;
    private final List<Planned> planned = new ArrayList<>();

    /**
     * A case.
     *
     * @param of what
     * @param rounds how often
     */
    public record Planned(Case of, int rounds) {}

    /**
     * Plans what the options ask for.
     *
     * @throws UsageException if no case has the name that was asked for
     */
    public Plan(Options options) throws UsageException {
        this.options = options;
        int rounds = options.rounds();
        int axisRounds = Math.max(ONCE, rounds / ROUNDS_PER_AXIS_ROUND);
        Set<Case> base = base();
        if (!options.isQuick()) {
            base.add(Case.sustained(Sink.TEXT, Shape.MDC, 1));
        }
        base.forEach(of -> add(of, rounds));
        Set<Case> axes = options.isAll() ? product() : axes();
        axes.removeAll(base);
        axes.forEach(of -> add(of, axisRounds));
        if (options.laterJdk() != null) {
            add(Case.virtual(VIRTUAL_THREADS), axisRounds);
        }
        loads().forEach(load -> add(Case.response(load), load == Load.STEADY_50K ? rounds : axisRounds));
        add(Case.outage(Policy.DROP), axisRounds);
        add(Case.outage(Policy.BLOCK), ONCE);
        add(Case.secondSink(false), axisRounds);
        add(Case.secondSink(true), axisRounds);
        add(Case.startUp(), options.isQuick() ? QUICK_START_UP_ROUNDS : START_UP_ROUNDS);
        add(Case.disabled(), ONCE);
        add(Case.allocation(), ONCE);
        if (!options.only().isEmpty()) {
            choose(options.only());
        }
    }

    /** Leaves those alone that are named: the one that has the name, or those in whose names it is. */
    private void choose(String name) throws UsageException {
        List<String> names =
                planned.stream().map(each -> each.of().key()).distinct().toList();
        boolean whole = names.contains(name);
        planned.removeIf(
                each -> whole ? !each.of().key().equals(name) : !each.of().key().contains(name));
        if (planned.isEmpty()) {
            throw new UsageException(
                    "--only: " + name + " (expected: one of these, or a part: " + String.join(", ", names) + ')');
        }
        planned.replaceAll(each -> new Planned(each.of(), options.rounds()));
    }

    private void add(Case of, int rounds) {
        if (options.kinds().contains(of.kind())) {
            planned.add(new Planned(of, rounds));
        }
    }

    /** The two cases that all others vary. */
    public static Set<Case> base() {
        return new LinkedHashSet<>(
                List.of(Case.sustained(Sink.JSON, Shape.MDC, 1), Case.sustained(Sink.JSON, Shape.MDC, 2)));
    }

    private Set<Case> axes() {
        Set<Case> axes = new LinkedHashSet<>();
        for (int threads : options.isQuick() ? QUICK_THREADS : THREADS) {
            axes.add(Case.sustained(Sink.JSON, Shape.MDC, threads));
        }
        for (Sink sink : Sink.values()) {
            axes.add(Case.sustained(sink, Shape.MDC, 1));
        }
        for (Shape shape : options.isQuick() ? QUICK_SHAPES : EnumSet.allOf(Shape.class)) {
            axes.add(Case.sustained(Sink.JSON, shape, 1));
        }
        return axes;
    }

    private static Set<Case> product() {
        Set<Case> product = new LinkedHashSet<>();
        for (Sink sink : Sink.values()) {
            for (Shape shape : Shape.values()) {
                for (int threads : THREADS) {
                    product.add(Case.sustained(sink, shape, threads));
                }
            }
        }
        return product;
    }

    private List<Load> loads() {
        return options.isQuick()
                ? List.of(Load.STEADY_50K, Load.BURSTS)
                : List.of(Load.STEADY_10K, Load.STEADY_50K, Load.STEADY_200K, Load.BURSTS);
    }

    /** All cases, in order. */
    public List<Case> cases() {
        return planned.stream().map(Planned::of).toList();
    }

    /** How many rounds there are. */
    public int rounds() {
        return planned.stream().mapToInt(Planned::rounds).max().orElse(0);
    }

    /** The cases of a round. */
    public List<Case> cases(int round) {
        return planned.stream()
                .filter(each -> round <= each.rounds())
                .map(Planned::of)
                .toList();
    }

    /** Who takes part in a case. */
    public List<Peer> peers(Case of) {
        return Arrays.stream(Peer.values())
                .filter(peer -> options.peers().contains(peer)
                        || (peer == Peer.NOP && of.kind().role() == Peer.Role.ALLOCATION))
                .filter(peer -> peer.has(of.kind().role()))
                .filter(peer -> reasonAgainst(peer, of).isEmpty())
                .toList();
    }

    /** Why a peer whose role it would be does not take part in a case; empty if it does. */
    public static String reasonAgainst(Peer peer, Case of) {
        if (of.kind() == Kind.SUSTAINED || of.kind() == Kind.RESPONSE) {
            return peer.reasonAgainst(of.sink(), of.shape());
        }
        return peer.reasonAgainst(of.policy());
    }

    /** How many measurements there are. */
    public int size() {
        return planned.stream()
                .mapToInt(each -> each.rounds() * peers(each.of()).size())
                .sum();
    }
}
