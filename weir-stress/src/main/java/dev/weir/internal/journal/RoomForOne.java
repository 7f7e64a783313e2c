package dev.weir.internal.journal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description("Two producers in a ring that has room for one more record below their level's reserve.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The first had it.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The second had it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A claim beyond the reserve, or nobody had the room that there was.")
@State
public class RoomForOne {
    private final StressJournal world = new StressJournal();

    public RoomForOne() {
        world.installed();
        long most = StressJournal.RING - StressJournal.TINY.reserveBytes(StressJournal.INFO);
        while (world.journal.usedBytes() + 2 * StressJournal.RECORD <= most) {
            world.append(100);
        }
    }

    @Actor
    public void first(II_Result r) {
        r.r1 = world.append(1) >= 0 ? 1 : 0;
    }

    @Actor
    public void second(II_Result r) {
        r.r2 = world.append(2) >= 0 ? 1 : 0;
    }
}
