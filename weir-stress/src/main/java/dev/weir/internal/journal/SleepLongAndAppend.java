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
@Description("After a silence a worker goes to sleep for long while a record is appended that wakes only who says so.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The worker saw the record or was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It slept to the end of its bound with a record waiting.")
@State
public class SleepLongAndAppend {
    /** So long that nothing but a missed wake-up lasts half of it. */
    private static final long BOUND_NANOS = 4_000_000_000L;

    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private final long seen = world.journal.claimedEnd();
    private long awakeNanos;
    private long wokenNanos;

    @Actor
    public void worker() {
        world.journal.sleepLong(cursor, BOUND_NANOS, seen);
        awakeNanos = System.nanoTime();
    }

    @Actor
    public void producerAndStewardItWakes() {
        world.append(1, StressJournal.INFO);
        if (world.journal.hasLongSleepers()) {
            world.journal.wakeLongSleepers();
        }
        wokenNanos = System.nanoTime();
    }

    @Arbiter
    public void afterwards(I_Result r) {
        r.r1 = awakeNanos - wokenNanos < BOUND_NANOS / 2 ? 1 : 0;
    }
}
