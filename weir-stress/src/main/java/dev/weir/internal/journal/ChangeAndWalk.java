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
@Description("A kept handler's worker walks over a change of routes that is just being made.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The record before the change and not the one after it.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "The old table was used after the change, the new one before it, or no successor was found there.")
@State
public class ChangeAndWalk {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final Arrivals arrivals = new Arrivals();
    private final Routing routing = world.routing(new Routing.Entry(
            cursor, id -> 1 << StressJournal.CRITICAL, OverflowPolicy.DROP_OLDEST, 4L * StressJournal.SEGMENT));
    private final long end = world.journal.claimedEnd() + Journal.CHANGE_BYTES + 2 * StressJournal.RECORD;
    private boolean failed;

    @Actor
    public void reload() {
        world.append(1);
        world.change(routing);
        world.append(2);
    }

    @Actor
    public void worker() {
        try {
            for (int i = 0; i < 200 && cursor.positionVolatile() < end; i++) {
                StressJournal.takeInto(cursor, arrivals);
            }
        } catch (IllegalStateException e) {
            failed = true;
        }
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        r.r1 = failed ? 0 : 1;
        r.r2 = arrivals.areOneTo(1) && cursor.positionVolatile() == world.journal.claimedEnd() ? 1 : 0;
    }
}
