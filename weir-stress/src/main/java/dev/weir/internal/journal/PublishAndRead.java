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
@Description("A producer publishes a record while a worker walks.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Not published yet.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The whole record.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The worker saw a length and not the bytes behind it, or never the record.")
@State
public class PublishAndRead {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final Arrivals arrivals = new Arrivals();

    @Actor
    public void producer() {
        world.append(77);
    }

    @Actor
    public void worker(II_Result r) {
        for (int i = 0; i < 100 && arrivals.count == 0; i++) {
            StressJournal.takeInto(cursor, arrivals);
        }
        r.r1 = arrivals.torn ? -1 : arrivals.count;
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        r.r2 = arrivals.count == 1 && arrivals.has(77) && !arrivals.torn ? 1 : 0;
    }
}
