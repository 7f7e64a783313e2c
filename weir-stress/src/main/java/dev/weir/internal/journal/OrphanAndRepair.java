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
@Description("A producer publishes one claim and fails after the next while the steward looks for orphans.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Only the second is padded, and counted once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The claim stops a cursor, is counted twice, or a live claim was padded.")
@State
public class OrphanAndRepair {
    private static final byte[] TOO_SHORT = new byte[8];

    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final Claim note = new Claim();
    private final Arrivals arrivals = new Arrivals();

    public OrphanAndRepair() {
        note.journal = world.journal; // so that the flag alone tells a live claim
    }

    @Actor
    public void producer() {
        append(StressJournal.record(1, StressJournal.INFO));
        append(TOO_SHORT);
    }

    private void append(byte[] record) {
        world.journal.append(note, record, StressJournal.RECORD, StressJournal.INFO, StressJournal.NO_GATES);
    }

    @Actor
    public void steward() {
        long begun = world.journal.claimedEnd();
        for (int i = 0; i < 1_000 && world.journal.claimedEnd() == begun; i++) {
            Thread.onSpinWait(); // to look while a claim lives
        }
        world.journal.repair(note);
        StressJournal.takeInto(cursor, arrivals);
        world.journal.repair(note);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        world.journal.repair(note);
        StressJournal.drainInto(cursor, arrivals);
        r.r1 = !note.isOrphaned() && world.journal.aborted()[StressJournal.INFO] == 1 ? 1 : 0;
        r.r2 = arrivals.areOneTo(1) && cursor.positionVolatile() == world.journal.claimedEnd() ? 1 : 0;
    }
}
