package dev.weir.internal.journal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@JCStressTest
@Description("A worker with nothing to do goes to sleep while a severe record is appended.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It saw the record or was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It slept to the end of its bound with a record waiting.")
@State
public class SleepAndWake {
    /** So long that nothing but a missed wake-up lasts half of it. */
    private static final long BOUND_NANOS = 4_000_000_000L;

    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final long seen = world.journal.claimedEnd();
    private long awakeNanos;
    private long wokenNanos;

    @Actor
    public void worker() {
        cursor.worker().sleep(BOUND_NANOS, () -> world.journal.claimedEnd() == seen);
        awakeNanos = System.nanoTime();
    }

    @Actor
    public void producer() {
        long position = world.append(1, StressJournal.CRITICAL);
        world.journal.wake(position, StressJournal.RECORD, StressJournal.CRITICAL);
        wokenNanos = System.nanoTime();
    }

    @Arbiter
    public void afterwards(I_Result r) {
        r.r1 = awakeNanos - wokenNanos < BOUND_NANOS / 2 ? 1 : 0;
    }
}
