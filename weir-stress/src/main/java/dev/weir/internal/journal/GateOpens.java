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
@Description("Producers fill up to a gate while a worker opens it.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "No claim beyond the gate, every record once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A claim beyond the gate, the gate fell, or a record was lost or doubled.")
@State
public class GateOpens {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.cursor("a");
    private final Arrivals arrivals = new Arrivals();
    private int accepted;
    private boolean kept = true;

    public GateOpens() {
        world.install(
                new Routing.Entry(cursor, id -> StressJournal.ALL, OverflowPolicy.BLOCK, 4L * StressJournal.SEGMENT));
        while (world.append(accepted + 1, StressJournal.INFO, cursor) >= 0) {
            accepted++;
        }
    }

    @Actor
    public void producer() {
        long allowed = Long.MIN_VALUE;
        for (int i = 0; i < 8; i++) {
            long position = world.append(accepted + 1, StressJournal.INFO, cursor);
            long now = cursor.allowedVolatile();
            kept &= now >= allowed && (position < 0 || position + StressJournal.RECORD <= now);
            allowed = now;
            accepted += position >= 0 ? 1 : 0;
        }
    }

    @Actor
    public void worker() {
        StressJournal.takeInto(cursor, arrivals);
        StressJournal.takeInto(cursor, arrivals);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(cursor, arrivals);
        r.r1 = kept && world.journal.claimedEnd() <= cursor.allowedVolatile() ? 1 : 0;
        r.r2 = arrivals.areOneTo(accepted) ? 1 : 0;
    }
}
