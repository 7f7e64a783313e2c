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
@Description("A severe record is published late, amid others that the steward evicts for want of budget and recycles.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It arrives in its place, and written and dropped add up.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "The late record was passed over or evicted before a less severe one, or a record was not counted once.")
@State
public class EvictAndPublish {
    private static final int BEFORE = 12;
    private static final int LATE = BEFORE + 1;
    /** As far as INFO may claim, and so far that the steward moves on beyond the late record. */
    private static final long END_BYTES = 5L * StressJournal.SEGMENT;

    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.cursor("a");
    private final Arrivals arrivals = new Arrivals();
    private final Claim late;
    private final int count;

    public EvictAndPublish() {
        world.install(new Routing.Entry(
                cursor, id -> StressJournal.ALL, OverflowPolicy.DROP_BY_SEVERITY, StressJournal.SEGMENT));
        for (int number = 1; number <= BEFORE; number++) {
            world.append(number);
        }
        late = world.claim(StressJournal.CRITICAL);
        int number = LATE;
        while (world.journal.usedBytes() < END_BYTES) {
            world.append(++number);
        }
        count = number;
    }

    @Actor
    public void producer() {
        world.publish(late, LATE);
    }

    @Actor
    public void steward() {
        for (int i = 0; i < 3; i++) {
            StressJournal.relieve(cursor);
            world.journal.tryRecycle();
        }
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        HandlerCounts.Snapshot counts = cursor.snapshot();
        long[] dropped = counts.dropped()[DropReason.BACKLOG_FULL.ordinal()];
        r.r1 = arrivals.inOrder() && arrivals.has(LATE) ? 1 : 0;
        boolean adds = arrivals.count + dropped[StressJournal.INFO] == count
                && dropped[StressJournal.CRITICAL] == 0
                && counts.routed()[StressJournal.INFO] == count - 1
                && counts.routed()[StressJournal.CRITICAL] == 1;
        r.r2 = adds ? 1 : 0;
    }
}
