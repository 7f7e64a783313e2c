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
@Description("A late producer publishes in a segment that everything else has left, while worker and steward recycle.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "All records, and the segments given back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The limit was raised over an unpublished claim, or the record was lost.")
@State
public class LatePublish {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final Arrivals arrivals = new Arrivals();
    private final Claim late = world.claim(StressJournal.INFO);
    private final int others;

    public LatePublish() {
        others = world.fill(3);
    }

    @Actor
    public void producer() {
        world.publish(late, 0);
    }

    @Actor
    public void worker() {
        for (int i = 0; i < 4; i++) {
            StressJournal.takeInto(cursor, arrivals);
            world.journal.tryRecycle();
        }
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        r.r1 = arrivals.inOrder() && arrivals.has(0) && arrivals.count == others + 1 ? 1 : 0;
        r.r2 = world.journal.usedBytes() <= StressJournal.SEGMENT ? 1 : 0;
    }
}
