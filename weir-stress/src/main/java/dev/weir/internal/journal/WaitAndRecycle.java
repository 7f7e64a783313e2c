package dev.weir.internal.journal;

import dev.weir.Level;
import dev.weir.internal.journal.StressJournal.Arrivals;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@JCStressTest
@Description("A caller takes the last room there is and begins to wait for more, while segments come back.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It saw the room, or was signalled.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It slept to the end of its bound although there was room.")
@State
public class WaitAndRecycle {
    /** So long that nothing but a missed signal lasts half of it. */
    private static final long BOUND_NANOS = 4_000_000_000L;

    private static final int LEVEL = Level.DEBUG.ordinal();
    /** So many that before them nobody could lack room. */
    private static final int LAST = 6;

    private final StressJournal world = new StressJournal(new Waiters(BOUND_NANOS));
    private final Cursor cursor = world.installed();
    private final Arrivals arrivals = new Arrivals();
    private long goneNanos;
    private long recycledNanos;

    public WaitAndRecycle() {
        while (left() > LAST * StressJournal.RECORD) {
            world.append(100);
        }
    }

    private long left() {
        return StressJournal.RING - StressJournal.TINY.reserveBytes(LEVEL) - world.journal.usedBytes();
    }

    @Actor
    public void caller() {
        Routing routing = world.journal.routing();
        for (int i = 0; i < LAST; i++) {
            world.append(101, LEVEL);
        }
        world.journal.awaitRoom(StressJournal.RECORD, LEVEL, StressJournal.NO_GATES, routing, Long.MAX_VALUE);
        goneNanos = System.nanoTime();
    }

    @Actor
    public void worker() {
        StressJournal.drainInto(cursor, arrivals);
        recycledNanos = System.nanoTime();
    }

    @Arbiter
    public void afterwards(I_Result r) {
        r.r1 = goneNanos - recycledNanos < BOUND_NANOS / 2 ? 1 : 0;
    }
}
