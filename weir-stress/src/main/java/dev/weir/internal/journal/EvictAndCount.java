package dev.weir.internal.journal;

import dev.weir.OverflowPolicy;
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
@Description("The steward evicts from a full backlog while the worker takes and commits; both count.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Written and dropped add up, in order.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An eviction was missed or counted twice.")
@State
public class EvictAndCount {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.cursor("a");
    private final Arrivals arrivals = new Arrivals();
    private final int count;

    public EvictAndCount() {
        world.install(
                new Routing.Entry(cursor, id -> StressJournal.ALL, OverflowPolicy.DROP_OLDEST, StressJournal.SEGMENT));
        count = world.fill(5);
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
        HandlerCounts.Snapshot counts = cursor.snapshot();
        long dropped = counts.dropped()[DropReason.BACKLOG_FULL.ordinal()][StressJournal.CRITICAL];
        r.r1 = arrivals.inOrder() ? 1 : 0;
        boolean adds = arrivals.count + dropped == count
                && counts.routed()[StressJournal.CRITICAL] == count
                && counts.written()[StressJournal.CRITICAL] == arrivals.count;
        r.r2 = adds ? 1 : 0;
    }
}
