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
@Description("A caller waits at the gate of a stuck handler while the steward moves the gate by moving records aside.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "No claim beyond the gate, and none without room aside.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "The gate fell, or let in more than it said or than the budget holds, or a record was lost.")
@State
public class GateAndRelieve {
    /** More than the gate ever lets through. */
    private static final int CALLS = 8 * StressJournal.PER_SEGMENT;

    private static final long BUDGET_BYTES = 3L * StressJournal.SEGMENT;
    private static final int TICKS = 16;
    private static final long PATIENCE_NANOS = 20_000;

    private final StressJournal world = new StressJournal();
    private final Backlog backlog = new Backlog(world.journal.slabs(), StressJournal.slab());
    private final Cursor cursor = new Cursor("a", world.journal, backlog);
    private final Cursor[] gates = {cursor};
    private final Arrivals arrivals = new Arrivals();
    private int accepted;
    private boolean kept = true;
    private boolean within = true;
    private volatile boolean ended;

    public GateAndRelieve() {
        for (int i = 0; i < 8; i++) {
            world.journal.slabs().release(StressJournal.slab());
        }
        world.install(new Routing.Entry(cursor, id -> StressJournal.ALL, OverflowPolicy.BLOCK, BUDGET_BYTES));
    }

    @Actor
    public void caller() {
        long allowed = Long.MIN_VALUE;
        for (int i = 0; i < CALLS; i++) {
            long position = world.append(accepted + 1, StressJournal.INFO, gates);
            long now = cursor.allowedVolatile();
            kept &= now >= allowed && (position < 0 || position + StressJournal.RECORD <= now);
            allowed = now;
            if (position >= 0) {
                accepted++;
            } else {
                world.journal.awaitRoom(
                        StressJournal.RECORD, StressJournal.INFO, gates, world.journal.routing(), PATIENCE_NANOS);
            }
        }
        ended = true;
    }

    @Actor
    public void steward() {
        for (int i = 0; i < TICKS; i++) {
            while (!ended && !world.journal.waiters().any()) {
                Thread.onSpinWait(); // nobody at the gate wants it moved
            }
            StressJournal.relieve(cursor);
            within &= backlog.usedBytes() <= BUDGET_BYTES;
        }
    }

    @Arbiter
    public void afterwards(II_Result r) {
        r.r1 = kept && within && world.journal.claimedEnd() <= cursor.allowedVolatile() ? 1 : 0;
        StressJournal.drainInto(cursor, arrivals);
        r.r2 = arrivals.areOneTo(accepted) ? 1 : 0;
    }
}
