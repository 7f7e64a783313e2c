package dev.weir.internal.journal;

import dev.weir.OverflowPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description("Two producers at a gate that is open for one more record.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The first went on.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The second went on.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A claim beyond the gate, or nobody went on although there was room.")
@State
public class GateForOne {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.cursor("a");

    public GateForOne() {
        world.install(
                new Routing.Entry(cursor, id -> StressJournal.ALL, OverflowPolicy.BLOCK, 4L * StressJournal.SEGMENT));
        while (world.journal.claimedEnd() + 2 * StressJournal.RECORD <= cursor.allowedVolatile()) {
            world.append(100);
        }
    }

    @Actor
    public void first(II_Result r) {
        r.r1 = world.append(1, StressJournal.INFO, cursor) >= 0 ? 1 : 0;
    }

    @Actor
    public void second(II_Result r) {
        r.r2 = world.append(2, StressJournal.INFO, cursor) >= 0 ? 1 : 0;
    }
}
