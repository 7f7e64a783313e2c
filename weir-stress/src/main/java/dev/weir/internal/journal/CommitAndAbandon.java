package dev.weir.internal.journal;

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
@Description("A worker commits while its handler is given up; the account is read meanwhile.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Every record is written or dropped, once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A record was counted twice or not at all.")
@State
public class CommitAndAbandon {
    private final StressJournal world = new StressJournal();
    private final Cursor cursor = world.installed();
    private boolean adds;

    public CommitAndAbandon() {
        world.append(1);
        world.append(2);
        cursor.take();
        world.append(3);
    }

    @Actor
    public void worker() {
        StressJournal.commitInto(cursor, new Arrivals());
        StressJournal.takeInto(cursor, new Arrivals());
    }

    @Actor
    public void steward() {
        boolean before = addsUp(3);
        cursor.abandon(DropReason.RETIRED);
        StressJournal.relieve(cursor);
        adds = before && addsUp(3);
    }

    private boolean addsUp(int total) {
        HandlerCounts.Snapshot counts = cursor.snapshot();
        int level = StressJournal.INFO;
        long known = counts.written()[level]
                + counts.dropped()[DropReason.RETIRED.ordinal()][level]
                + counts.pending()[level];
        return known == total && counts.routed()[level] == total;
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.relieve(cursor);
        r.r1 = adds ? 1 : 0;
        r.r2 = addsUp(3) && cursor.snapshot().pending()[StressJournal.INFO] == 0 ? 1 : 0;
    }
}
