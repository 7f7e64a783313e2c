package dev.weir.internal.journal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description("A producer claims the first bytes of a new lap while their segment is recycled.")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "No room yet.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Claimed, and zeroed before.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The length of the old lap stood in a claim of the new one.")
@State
public class NewLap {
    private final StressJournal world = new StressJournal();
    private final Cursor slow = world.cursor("slow");

    public NewLap() {
        world.install(StressJournal.entry(slow));
        world.fill(8);
        while (world.journal.usedBytes() < StressJournal.RING) {
            world.change(world.routing(StressJournal.entry(slow)));
        }
        StressJournal.relieve(slow); // moves the cursor on and leaves recycling to the actor
    }

    @Actor
    public void recycler() {
        world.journal.tryRecycle();
    }

    @Actor
    public void producer(II_Result r) {
        Claim claim = world.claim(StressJournal.INFO);
        for (int i = 0; i < 1_000 && claim == null; i++) {
            claim = world.claim(StressJournal.INFO);
        }
        r.r1 = claim == null ? -1 : world.journal.ring().lengthAcquire(claim.start);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        r.r2 = world.journal.usedBytes() < StressJournal.RING ? 1 : 0;
    }
}
