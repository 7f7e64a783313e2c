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
@Description("A producer appends while one handler replaces another.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Before the change: the old handler's.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "After the change: the new handler's.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The record reached both handlers, or neither.")
@State
public class ChangeAndAppend {
    private final StressJournal world = new StressJournal();
    private final Cursor old = world.installed();
    private final Cursor replacement = world.cursor("new");
    private final Arrivals olds = new Arrivals();
    private final Arrivals news = new Arrivals();
    private final Routing routing = world.routing(StressJournal.entry(replacement));

    public ChangeAndAppend() {
        world.journal.attach(List.of(replacement), routing);
    }

    @Actor
    public void producer() {
        world.append(1);
    }

    @Actor
    public void reload() {
        world.change(routing);
    }

    @Arbiter
    public void afterwards(II_Result r) {
        StressJournal.drainInto(replacement, news);
        StressJournal.drainInto(old, olds);
        r.r1 = olds.torn || !old.isEnded() ? -1 : olds.count;
        r.r2 = news.torn ? -1 : news.count;
    }
}
