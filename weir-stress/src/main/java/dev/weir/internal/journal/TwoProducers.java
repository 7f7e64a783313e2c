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
@Description("Two producers claim at a segment's end, where one fits and the other crosses.")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "Both records, whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The producers owned overlapping bytes, or padding overlapped a record.")
@State
public class TwoProducers {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final Arrivals arrivals = new Arrivals();

    public TwoProducers() {
        world.fill(1);
        world.append(100); // the change at the beginning left half a record's room: this one crosses
        for (int i = 2; i < StressJournal.PER_SEGMENT; i++) {
            world.append(100);
        }
        world.change(world.routing(StressJournal.entry(cursor)));
        world.change(world.routing(StressJournal.entry(cursor)));
        StressJournal.drainInto(cursor, new Arrivals());
    }

    @Actor
    public void first() {
        world.append(1);
    }

    @Actor
    public void second() {
        world.append(2);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        r.r1 = arrivals.count;
        r.r2 = arrivals.has(1) && arrivals.has(2) && !arrivals.torn ? 1 : 0;
    }
}
