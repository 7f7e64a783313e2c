package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.CHANGE;
import static dev.weir.internal.journal.JournalWorld.ERROR;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static dev.weir.internal.journal.JournalWorld.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.journal.JournalWorld.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The seal, handlers that are given up, flushes, and the account. */
class JournalEndTest {
    private static final long LONG = TimeUnit.MINUTES.toNanos(1);

    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;

    @Test
    void aHandlerInAHurryTakesTheMostSevereFirst() {
        Sink sink = world.installed("a");
        List<Integer> errors = new ArrayList<>();
        List<Integer> infos = new ArrayList<>();
        while (journal.claimedEnd() < SEGMENT + SEGMENT / 4) {
            infos.add(world.append(INFO));
            if (world.appended % 20 == 0) {
                errors.add(world.append(ERROR));
            }
        }
        assertThat(journal.slabs().provide()).isTrue();
        sink.cursor.hurry();
        journal.seal();

        long committed = 0;
        while (!sink.cursor.isDrained()) {
            if (!sink.take().isEmpty()) {
                sink.commit();
            }
            assertThat(sink.cursor.committedVolatile()).isGreaterThanOrEqualTo(committed);
            committed = sink.cursor.committedVolatile();
        }

        assertThat(sink.received.subList(0, errors.size())).isEqualTo(errors);
        assertThat(sink.received.subList(errors.size(), sink.received.size())).isEqualTo(infos);
        assertThat(sink.dropped()).isZero();
    }

    @Test
    void countsOnceWhatIsTakenInAHurryThoughThereIsNotRoomForAll() {
        world.memoryArrives = false;
        Sink sink = world.installed("a");
        world.fillTo(3L * SEGMENT, INFO);
        sink.cursor.hurry();

        sink.take();
        assertThat(sink.routed()).isEqualTo(sink.pending()).isEqualTo(world.appended);
        sink.take();
        assertThat(sink.routed()).isEqualTo(sink.pending()).isEqualTo(world.appended);
        sink.commit();
        sink.drain();

        assertThat(sink.routed()).isEqualTo(sink.written()).isEqualTo(world.appended);
    }

    // the seal

    @Test
    void cursorsEndAtTheSealAndWaitingOnesToo() {
        Sink sink = world.installed("a");
        Sink waiting = world.sink("waiting");
        world.attachNew(world.routing(entry(waiting)));
        int last = world.append(INFO);

        long end = journal.seal();
        sink.drain();
        waiting.drain();

        assertThat(sink.received).containsExactly(last);
        assertThat(sink.cursor.isDrained()).isTrue();
        assertThat(sink.position()).isEqualTo(end);
        assertThat(waiting.cursor.isDrained()).isTrue();
        assertThat(waiting.received).isEmpty();
        assertThat(waiting.position()).isEqualTo(end);
    }

    @Test
    void aCursorDoesNotEndBeforeTheSealNorBeforeAHole() {
        Sink sink = world.installed("a");
        assertThat(sink.cursor.isEnded()).isFalse();
        Claim hole = world.claim(SMALL, INFO);
        journal.seal();
        sink.drain();
        assertThat(sink.cursor.isEnded()).isFalse();

        int number = world.publishRecord(hole);
        sink.drain();

        assertThat(sink.received).containsExactly(number);
        assertThat(sink.cursor.isEnded()).isTrue();
    }

    // given up

    @Test
    void countsWhatIsInHandInTheBacklogAndStillToComeOnce() {
        Sink sink = world.installed("a");
        Sink other = world.sink("other");
        for (int i = 0; i < 10; i++) {
            world.append(ERROR);
        }
        sink.take();
        world.fillTo(3L * SEGMENT, INFO);
        world.tick();

        assertThat(sink.cursor.abandon(DropReason.RETIRED)).isTrue();
        assertThat(sink.cursor.abandon(DropReason.SHUTDOWN_DEADLINE)).isFalse();
        assertThat(sink.dropped(DropReason.RETIRED, ERROR)).isEqualTo(10);
        assertThat(sink.dropped() + sink.pending()).isEqualTo(world.appended);
        world.append(INFO);
        int expected = world.appended;
        long change = world.install(entry(other));
        world.append(INFO);
        world.tick();

        assertThat(sink.cursor.isEnded()).isTrue();
        assertThat(sink.cursor.isDrained()).isTrue();
        assertThat(sink.position()).isEqualTo(change);
        assertThat(sink.dropped()).isEqualTo(expected);
        assertThat(sink.routed()).isEqualTo(expected);
        assertThat(sink.pending()).isZero();
        assertThat(sink.dropped(DropReason.SHUTDOWN_DEADLINE, INFO)).isZero();
    }

    @Test
    void whatIsPassedOnToAHandlerThatWasGivenUpIsRoutedAndDroppedUntilItsEnd() {
        Sink sink = world.installed("a");
        sink.cursor.abandon(DropReason.RETIRED);

        assertThat(sink.cursor.acceptPassedOn(JournalWorld.record(1, ERROR, 0, SMALL), 0, SMALL))
                .isTrue();
        assertThat(sink.routed())
                .isEqualTo(sink.dropped(DropReason.RETIRED, ERROR))
                .isOne();
        sink.cursor.free();
        assertThat(sink.cursor.acceptPassedOn(JournalWorld.record(2, ERROR, 0, SMALL), 0, SMALL))
                .isTrue();

        assertThat(sink.routed()).isEqualTo(sink.dropped()).isOne();
    }

    @Test
    void aLateCommitOfAnAbandonedWorkerCountsNothing() {
        Sink sink = world.installed("a");
        world.append(INFO);
        sink.take();
        Outcome outcome = new Outcome();
        outcome.written(INFO);
        int end = sink.cursor.hand().size();
        sink.cursor.abandon(DropReason.RETIRED);

        assertThat(sink.cursor.commit(end, outcome)).isFalse();

        assertThat(sink.written()).isZero();
        assertThat(sink.dropped(DropReason.RETIRED, INFO)).isOne();
        assertThat(outcome.written[INFO]).isZero();
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void whatWasCommittedInPartIsNotDropped() {
        Sink sink = world.installed("a");
        world.append(INFO);
        world.append(INFO);
        world.append(INFO);
        sink.take();
        Outcome outcome = new Outcome();
        outcome.written(INFO);
        sink.cursor.commit(SMALL, outcome);

        sink.cursor.abandon(DropReason.RETIRED);

        assertThat(sink.written()).isOne();
        assertThat(sink.dropped()).isEqualTo(2);
    }

    @Test
    void anAbandonedHandlerThatIsWalkedWhateverItsLagHoldsNothing() {
        Sink sink = world.installed("a");
        world.append(INFO);
        sink.cursor.abandon(DropReason.RETIRED);

        world.tick();

        assertThat(sink.position()).isEqualTo(journal.claimedEnd());
        assertThat(sink.cursor.committedVolatile()).isEqualTo(journal.claimedEnd());
        assertThat(journal.awaitCommitted(journal.claimedEnd(), 0)).isTrue();
    }

    @Test
    void anAbandonedCursorEndsAtTheSealAlsoAtASegmentsEnd() {
        Sink sink = world.installed("a");
        world.append(INFO);
        sink.take();
        world.fillTo(SEGMENT, INFO);
        sink.cursor.abandon(DropReason.SHUTDOWN_DEADLINE);
        world.tick();
        journal.seal();

        world.tick();

        assertThat(sink.position()).isEqualTo(SEGMENT);
        assertThat(sink.cursor.isEnded()).isTrue();
        assertThat(sink.dropped()).isEqualTo(world.appended);
    }

    @Test
    void anAbandonedBlockingHandlerLetsItsCallersGoOn() {
        Sink sink = world.installedBlocking("a", JournalWorld.BUDGET);
        sink.cursor.abandon(DropReason.RETIRED);

        for (int i = 0; i < 5_000; i++) {
            assertThat(world.tryAppend(INFO, 0, SMALL, sink.cursor)).isPositive();
            if (i % 100 == 0) {
                world.tick();
            }
        }
        world.tick();

        assertThat(sink.dropped(DropReason.RETIRED, INFO)).isEqualTo(world.appended);
    }

    @Test
    void abandoningAHandlerWithNothingLeftCountsNothing() {
        Sink sink = world.installed("a");
        world.install();
        sink.drain();

        assertThat(sink.cursor.abandon(DropReason.RETIRED)).isTrue();
        assertThat(sink.cursor.abandon(DropReason.RETIRED)).isFalse();
        assertThat(sink.dropped(DropReason.RETIRED, INFO)).isZero();
    }

    @Test
    void anAbandonedHandlersBacklogIsCountedWhenItHasEnded() {
        Sink sink = world.installed("a");
        Sink other = world.sink("other");
        world.fillTo(3L * SEGMENT, INFO);
        int expected = world.appended;
        world.install(entry(other));
        other.drain();
        world.fillTo(6L * SEGMENT, INFO);
        other.drain();
        world.tick();
        assertThat(sink.cursor.isEnded()).isTrue();

        assertThat(sink.cursor.abandon(DropReason.RETIRED)).isTrue();

        assertThat(sink.dropped()).isEqualTo(expected);
        assertThat(sink.cursor.isDrained()).isTrue();
    }

    // flush

    @Test
    void aFlushIsOverWhenEveryCursorHasCommitted() {
        Sink first = world.sink("first");
        Sink second = world.sink("second");
        world.install(entry(first), entry(second));
        second.drain();
        world.append(INFO);
        long to = journal.claimedEnd();

        assertThat(journal.awaitCommitted(to, 0)).isFalse();
        first.drain();
        assertThat(journal.awaitCommitted(to, 0)).isFalse();
        second.take();
        assertThat(journal.awaitCommitted(to, 0)).isFalse();
        second.commit();

        assertThat(journal.awaitCommitted(to, 0)).isTrue();
    }

    @Test
    void aFlushWaitsForAWaitingCursorToo() {
        Sink kept = world.installed("kept");
        Sink added = world.sink("added");
        world.attachNew(world.routing(entry(kept), entry(added)));
        world.append(INFO);
        kept.drain();

        assertThat(journal.awaitCommitted(journal.claimedEnd(), 0)).isFalse();
        added.drain();

        assertThat(journal.awaitCommitted(journal.claimedEnd(), 0)).isTrue();
    }

    @Test
    void aFlushIsOverForACursorThatEndsMeanwhile() throws Exception {
        Sink old = world.sink("old");
        Sink other = world.sink("other");
        world.install(entry(old), entry(other));
        old.drain();
        other.drain();
        world.append(INFO);
        world.install(entry(other));
        world.append(INFO);
        other.drain();
        long to = journal.claimedEnd();
        AtomicBoolean complete = new AtomicBoolean();
        Thread flusher = new Thread(() -> complete.set(journal.awaitCommitted(to, LONG)));
        flusher.start();

        old.drain();

        flusher.join();
        assertThat(complete).isTrue();
        assertThat(old.position()).isLessThan(to);
    }

    @Test
    void aFlushWaitsForWhatARetiredHandlerStillHolds() {
        Sink old = world.sink("old");
        Sink other = world.sink("other");
        world.install(entry(old), entry(other));
        old.drain();
        world.append(INFO);
        world.install(entry(other));
        other.drain();
        old.take();
        old.cursor.take();
        long to = journal.claimedEnd();

        assertThat(journal.awaitCommitted(to, 0)).isFalse();
        old.commit();
        old.drain();

        assertThat(old.cursor.isEnded()).isTrue();
        assertThat(journal.awaitCommitted(to, 0)).isTrue();
    }

    @Test
    void aFlushIsOverWhenAHandlerIsDetachedMeanwhile() throws Exception {
        Sink sink = world.installed("a");
        world.append(INFO);
        long to = journal.claimedEnd();
        AtomicBoolean complete = new AtomicBoolean();
        Thread flusher = new Thread(() -> complete.set(journal.awaitCommitted(to, LONG)));
        flusher.start();

        journal.detach(sink.cursor);

        flusher.join();
        assertThat(complete).isTrue();
    }

    @Test
    void aFlushWorksOnASealedJournal() {
        Sink sink = world.installed("a");
        world.append(INFO);
        journal.seal();
        long to = journal.claimedEnd();

        assertThat(journal.awaitCommitted(to, 0)).isFalse();
        sink.drain();

        assertThat(journal.awaitCommitted(to, 0)).isTrue();
    }

    // the account

    @Test
    void theLookAheadFollowsTheChangesOfRoutes() {
        Sink sink = world.sink("a");
        world.install(entry(sink, id -> 1 << INFO));
        sink.drain();
        world.append(INFO);
        world.append(ERROR);
        world.install(entry(sink, id -> 1 << ERROR));
        world.append(INFO);
        world.append(ERROR);
        world.append(ERROR);
        world.install();
        world.append(ERROR);

        HandlerCounts.Snapshot counts = sink.cursor.snapshot();

        assertThat(counts.pending()).containsExactly(0, 0, 1, 0, 2, 0);
        assertThat(counts.routed()).containsExactly(0, 0, 1, 0, 2, 0);
        assertThat(sink.position()).isEqualTo(CHANGE);
    }

    @Test
    void theLookAheadStopsAtAHole() {
        Sink sink = world.installed("a");
        world.append(INFO);
        Claim hole = world.claim(SMALL, INFO);
        world.append(INFO);

        assertThat(sink.pending()).isOne();
        world.publishRecord(hole);

        assertThat(sink.pending()).isEqualTo(3);
    }

    @Test
    void theAccountIsTheSameWhereverRecordsWait() {
        Sink sink = world.installed("a");
        for (int i = 0; i < 40; i++) {
            world.append(ERROR);
        }
        sink.take();
        world.fillTo(3L * SEGMENT, INFO);
        assertThat(sink.pending()).isEqualTo(world.appended);
        assertThat(sink.routed()).isEqualTo(world.appended);

        world.tick();

        assertThat(sink.pending()).isEqualTo(world.appended);
        assertThat(sink.routed()).isEqualTo(world.appended);
        assertThat(sink.cursor.snapshot().heldBytes()).isGreaterThan(40 * SMALL);
    }
}
