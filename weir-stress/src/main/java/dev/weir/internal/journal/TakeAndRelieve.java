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
@Description("A worker takes while the steward moves its records aside.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Every record once and in order.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "Both took a record, or a younger one came before an older one in the backlog.")
@State
public class TakeAndRelieve {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final Arrivals arrivals = new Arrivals();
    private final int count;

    public TakeAndRelieve() {
        for (int i = 0; i < 8; i++) {
            world.journal.slabs().release(StressJournal.slab());
        }
        count = world.fill(4);
    }

    @Actor
    public void worker() {
        for (int i = 0; i < 3; i++) {
            StressJournal.takeInto(cursor, arrivals);
        }
    }

    @Actor
    public void steward() {
        StressJournal.relieve(cursor);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        r.r1 = cursor.hasBacklog() ? 0 : 1;
        r.r2 = arrivals.areOneTo(count) ? 1 : 0;
    }
}
