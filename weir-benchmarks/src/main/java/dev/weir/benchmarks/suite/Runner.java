package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.trial.Case;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes all measurements, one after the other: in each round all contenders of a case take turns, so that all meet the same
 * noise. One that fails is noted and the others go on. Tells on stderr how far it is.
 */
public final class Runner {
    private final Plan plan;
    private final Launcher launcher;
    private final Results results = new Results();
    private final long begin = System.nanoTime();
    private int done;

    /** A runner of a plan. */
    public Runner(Options options, Plan plan) {
        this.plan = plan;
        launcher = new Launcher(options);
    }

    /**
     * Measures.
     *
     * @param afterRound is handed all results so far, so that what an interrupted run has found is not lost
     * @throws IOException if they cannot be kept
     * @throws InterruptedException if the thread is interrupted
     */
    public void run(Keeper afterRound) throws IOException, InterruptedException {
        for (int round = 1; round <= plan.rounds(); round++) {
            results.addLoad(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            for (Case of : plan.cases(round)) {
                for (Peer peer : plan.peers(of)) {
                    Measurement made = measure(of, peer, round);
                    results.add(made);
                    tell(made);
                }
            }
            afterRound.keep(results);
        }
    }

    /** What was found. */
    public Results results() {
        return results;
    }

    /** Keeps what was found. */
    @FunctionalInterface
    public interface Keeper {
        /**
         * Keeps it in the place of what it kept before.
         *
         * @param results so far
         * @throws IOException if it cannot
         */
        void keep(Results results) throws IOException;
    }

    private Measurement measure(Case of, Peer peer, int round) throws InterruptedException {
        try {
            return new Measurement(of, peer, round, launcher.measure(of, peer), "");
        } catch (Fork.Failed failed) {
            return new Measurement(of, peer, round, Map.of(), String.valueOf(failed.getMessage()));
        } catch (IOException | RuntimeException failed) {
            return new Measurement(of, peer, round, Map.of(), failed.toString());
        }
    }

    private void tell(Measurement made) {
        done++;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        long left = seconds * (plan.size() - done) / done;
        System.err.printf(
                "[%d/%d, %d:%02d, about %d min left] %s, %s, round %d: %s%n",
                done,
                plan.size(),
                seconds / 60,
                seconds % 60,
                (left + 59) / 60,
                made.of().key(),
                made.peer().word(),
                made.round(),
                made.isMade() ? Brief.of(made) : "FAILED: " + made.failure());
    }
}
