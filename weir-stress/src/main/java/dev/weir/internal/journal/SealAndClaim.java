package dev.weir.internal.journal;

import dev.weir.internal.journal.StressJournal.Arrivals;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description("A producer claims on and on while the journal is sealed.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "One end, and exactly what was accepted lies below it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A claim was lost to the seal or granted after it, or the end moved.")
@State
public class SealAndClaim {
    /** More than there is time for before the seal, and less than there is room for. */
    private static final int MOST = 3 * StressJournal.PER_SEGMENT;

    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final Arrivals arrivals = new Arrivals();
    private final Claim note = new Claim();
    private final byte[][] records = new byte[MOST][];
    private int accepted;
    private long end;

    public SealAndClaim() {
        for (int i = 0; i < MOST; i++) {
            records[i] = StressJournal.record(i + 1, StressJournal.INFO);
        }
    }

    @Actor
    public void producer() {
        while (accepted < MOST && append() >= 0) {
            accepted++;
        }
    }

    private long append() {
        return world.journal.append(
                note, records[accepted], StressJournal.RECORD, StressJournal.INFO, StressJournal.NO_GATES);
    }

    @Actor
    public void sealer() {
        long begun = world.journal.claimedEnd();
        for (int i = 0; i < 1_000 && world.journal.claimedEnd() == begun; i++) {
            Thread.onSpinWait(); // to seal amid the claims
        }
        end = world.journal.seal();
        StressJournal.takeInto(cursor, arrivals);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        boolean drained = cursor.isDrained() && cursor.positionVolatile() == end;
        r.r1 = world.journal.claimedEnd() == end && world.journal.seal() == end && drained ? 1 : 0;
        r.r2 = arrivals.areOneTo(accepted) ? 1 : 0;
    }
}
