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
@Description("A caller begins to wait while what it waits for happens.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It saw that it may go, or was signalled.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It slept to the end of its bound although it might have gone.")
@State
public class WaitAndOpen {
    /** So long that nothing but a missed signal lasts half of it. */
    private static final long BOUND_NANOS = 4_000_000_000L;

    private final Waiters waiters = new Waiters(BOUND_NANOS);
    private volatile boolean open;
    private long goneNanos;
    private long openedNanos;

    @Actor
    public void caller() {
        waiters.sleep(() -> open, () -> {}, Long.MAX_VALUE);
        goneNanos = System.nanoTime();
    }

    @Actor
    public void opener() {
        open = true;
        waiters.signal();
        openedNanos = System.nanoTime();
    }

    @Arbiter
    public void afterwards(I_Result r) {
        r.r1 = goneNanos - openedNanos < BOUND_NANOS / 2 ? 1 : 0;
    }
}
