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
@Description("Producers fill up to the gate of a stuck handler while the steward moves it by moving records aside.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "No claim beyond the gate, and room aside for all of them.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc =
                "A claim beyond the gate, the gate fell, or a record of a blocking handler was dropped for want of room.")
@State
public class GateAndRelieve {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.cursor("a");
    private final Arrivals arrivals = new Arrivals();
    private int accepted;
    private boolean kept = true;

    public GateAndRelieve() {
        for (int i = 0; i < 8; i++) {
            world.journal.slabs().release(StressJournal.slab());
        }
        world.install(
                new Routing.Entry(cursor, id -> StressJournal.ALL, OverflowPolicy.BLOCK, 3L * StressJournal.SEGMENT));
        for (int i = 1; i < StressJournal.PER_SEGMENT; i++) {
            accepted += append() ? 1 : 0;
        }
        StressJournal.drainInto(cursor, arrivals); // late in its segment, it lags more than others with the same gate
        fill();
    }

    private boolean append() {
        return world.append(accepted + 1, StressJournal.INFO, cursor) >= 0;
    }

    private void fill() {
        while (append()) {
            accepted++;
        }
    }

    @Actor
    public void producer() {
        long allowed = Long.MIN_VALUE;
        for (int i = 0; i < 2 * StressJournal.PER_SEGMENT; i++) {
            long position = world.append(accepted + 1, StressJournal.INFO, cursor);
            long now = cursor.allowedVolatile();
            kept &= now >= allowed && (position < 0 || position + StressJournal.RECORD <= now);
            allowed = now;
            accepted += position >= 0 ? 1 : 0;
        }
    }

    @Actor
    public void steward() {
        StressJournal.relieve(cursor);
        StressJournal.relieve(cursor);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        boolean within = world.journal.claimedEnd() <= cursor.allowedVolatile();
        for (int i = 0; i < 4; i++) {
            fill();
            StressJournal.relieve(cursor);
        }
        StressJournal.drainInto(cursor, arrivals);
        r.r1 = kept && within ? 1 : 0;
        r.r2 = arrivals.areOneTo(accepted) ? 1 : 0;
    }
}
