package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.internal.journal.JournalWorld.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each policy loses when a handler's backlog is full. */
class OverflowTest {
    private static final int DEBUG = Level.DEBUG.ordinal();
    private static final int INFO = Level.INFO.ordinal();
    private static final int ERROR = Level.ERROR.ordinal();
    /** In a backlog of one slab, these fill it more than once. */
    private static final int TOO_MANY = 3 * SEGMENT / JournalWorld.SMALL;

    private final JournalWorld world = new JournalWorld();

    private Sink stuck(OverflowPolicy policy) {
        Sink sink = world.sink("stuck");
        world.install(new Routing.Entry(sink.cursor, id -> JournalWorld.ALL, policy, SEGMENT));
        sink.drain();
        return sink;
    }

    private List<Integer> append(int level, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(world.append(level));
            if (i % 16 == 0) {
                world.tick();
            }
        }
        return numbers;
    }

    /** Until what was appended so far has left the ring. */
    private void pushOut() {
        long end = world.journal.claimedEnd();
        while (world.floor() < end) {
            append(Level.TRACE.ordinal(), 16);
        }
    }

    @Test
    void dropBySeverityEvictsTheOldestOfTheLeastSevere() {
        Sink sink = stuck(OverflowPolicy.DROP_BY_SEVERITY);
        List<Integer> errors = append(ERROR, 20);
        List<Integer> infos = append(INFO, 20);
        List<Integer> debugs = append(DEBUG, TOO_MANY);
        List<Integer> lastErrors = append(ERROR, 5);
        pushOut();

        sink.drain();

        assertThat(sink.received)
                .isSorted()
                .containsAll(errors)
                .containsAll(infos)
                .containsAll(lastErrors);
        assertThat(sink.dropped(DropReason.BACKLOG_FULL, DEBUG)).isPositive();
        assertThat(sink.dropped(DropReason.BACKLOG_FULL, INFO)).isZero();
        assertThat(sink.dropped(DropReason.BACKLOG_FULL, ERROR)).isZero();
        int dropped = (int) sink.dropped(DropReason.BACKLOG_FULL, DEBUG);
        assertThat(sink.received).containsAll(debugs.subList(dropped, debugs.size()));
    }

    @Test
    void dropBySeverityDropsANewcomerIfAllThatWaitAreMoreSevere() {
        Sink sink = stuck(OverflowPolicy.DROP_BY_SEVERITY);
        append(ERROR, TOO_MANY);
        pushOut();
        long errors = sink.cursor.snapshot().dropped()[DropReason.BACKLOG_FULL.ordinal()][ERROR];
        List<Integer> debugs = append(DEBUG, 64);
        pushOut();

        sink.drain();

        assertThat(sink.dropped(DropReason.BACKLOG_FULL, ERROR)).isPositive().isEqualTo(errors);
        assertThat(sink.dropped(DropReason.BACKLOG_FULL, DEBUG)).isEqualTo(64);
        assertThat(sink.received).isSorted().doesNotContainAnyElementsOf(debugs);
    }

    @Test
    void dropNewestKeepsWhatWaits() {
        Sink sink = stuck(OverflowPolicy.DROP_NEWEST);
        List<Integer> first = append(DEBUG, 20);
        append(INFO, TOO_MANY);
        List<Integer> last = append(ERROR, 20);
        pushOut();

        sink.drain();

        assertThat(sink.received)
                .isSorted()
                .startsWith(first.toArray(Integer[]::new))
                .doesNotContainAnyElementsOf(last);
        assertThat(sink.dropped(DropReason.BACKLOG_FULL, ERROR)).isEqualTo(20);
        assertThat(sink.received).hasSize(world.appended - (int) sink.dropped());
    }

    @Test
    void blockForDropsWhatWentPastItsGateAndNothingElse() {
        Sink sink = stuck(OverflowPolicy.blockFor(Duration.ofMillis(1)));
        List<Integer> within = new ArrayList<>();
        while (world.tryAppend(INFO, 0, JournalWorld.SMALL, sink.cursor) >= 0) {
            within.add(world.appended);
        }
        append(INFO, TOO_MANY); // their time is over
        pushOut();

        sink.drain();

        assertThat(sink.received).isSorted().containsAll(within);
        assertThat(sink.dropped(DropReason.BACKLOG_FULL, INFO)).isPositive();
        assertThat(sink.received).hasSize(world.appended - (int) sink.dropped());
    }
}
