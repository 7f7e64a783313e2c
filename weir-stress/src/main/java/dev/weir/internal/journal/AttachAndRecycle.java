package dev.weir.internal.journal;

import dev.weir.internal.journal.StressJournal.Arrivals;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description("A handler is attached and named while a worker's progress recycles segments.")
@Outcome(
        id = "1, 1",
        expect = Expect.ACCEPTABLE,
        desc = "It begins at or above the floor and gets what follows its change.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It began below the floor, or took a record from before its change.")
@State
public class AttachAndRecycle {
    private final StressJournal world = new StressJournal();
    private final Cursor kept = world.installed();
    private final Cursor added = world.cursor("added");
    private final Arrivals arrivals = new Arrivals();
    private final Arrivals addeds = new Arrivals();

    public AttachAndRecycle() {
        world.fill(3);
    }

    @Actor
    public void reload() {
        Routing routing = world.routing(StressJournal.entry(kept), StressJournal.entry(added));
        world.journal.attach(List.of(added), routing);
        world.change(routing);
    }

    @Actor
    public void worker() {
        for (int i = 0; i < 6; i++) {
            StressJournal.takeInto(kept, arrivals);
        }
    }

    @Arbiter
    public void afterwards(II_Result r) {
        long floor = world.journal.claimedEnd() - world.journal.usedBytes();
        r.r1 = added.positionVolatile() >= floor ? 1 : 0;
        world.append(1);
        StressJournal.drainInto(added, addeds);
        r.r2 = addeds.areOneTo(1) ? 1 : 0;
    }
}
