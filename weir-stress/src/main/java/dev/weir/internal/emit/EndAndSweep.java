package dev.weir.internal.emit;

import dev.weir.internal.journal.Orphans;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@JCStressTest
@Description("The last use of a scratch orphans its claim and ends while a sweep looks whether the scratch is done.")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "It is kept for its repair.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It was let go, and its claim stops every reader for ever.")
@State
public class EndAndSweep {
    /** Making a scratch takes longer than using it. */
    private static final int USES = 100;

    private static final int LOOKS = 4;

    private final Scratch scratch = Scratch.forLending(false);
    private volatile int use;
    private volatile int looked;

    @Actor
    public void caller() {
        for (int i = 1; i <= USES; i++) {
            Orphans.orphan(scratch.claim, false);
            scratch.borrowed = true;
            use = i;
            Orphans.orphan(scratch.claim, true);
            scratch.borrowed = false;
            while (looked < i) {
                Thread.onSpinWait();
            }
        }
    }

    @Actor
    public void sweeper(I_Result r) {
        for (int i = 1; i <= USES; i++) {
            while (use < i) {
                Thread.onSpinWait();
            }
            for (int look = 0; look < LOOKS; look++) {
                r.r1 |= scratch.isDone() ? 1 : 0;
            }
            looked = i;
        }
    }
}
