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
@Description("A producer claims while the journal is sealed.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Accepted below the end, and taken.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Refused, and nothing taken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A claim was granted after the seal, or a cursor ended before its record.")
@State
public class SealAndClaim {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final Arrivals arrivals = new Arrivals();
    private long end;

    @Actor
    public void producer(II_Result r) {
        r.r1 = world.append(1) >= 0 ? 1 : 0;
    }

    @Actor
    public void sealer() {
        end = world.journal.seal();
        StressJournal.takeInto(cursor, arrivals);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        boolean one = world.journal.claimedEnd() == end && world.journal.seal() == end;
        boolean drained = cursor.isDrained() && cursor.positionVolatile() == end;
        r.r2 = one && drained && arrivals.count == r.r1 && !arrivals.torn ? 1 : 0;
    }
}
