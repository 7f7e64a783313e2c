package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.ALL;
import static dev.weir.internal.journal.JournalWorld.CHANGE;
import static dev.weir.internal.journal.JournalWorld.CRITICAL;
import static dev.weir.internal.journal.JournalWorld.ERROR;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.RING;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static dev.weir.internal.journal.JournalWorld.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.journal.JournalWorld.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalRoutesTest {
    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;

    @Test
    void aWaitingCursorTakesNothingBeforeTheChangeThatNamesIt() {
        Sink kept = world.installed("kept");
        Sink added = world.sink("added");
        Routing routing = world.routing(entry(kept), entry(added));
        world.attachNew(routing);
        int before = world.append(INFO);

        added.drain();
        assertThat(added.position()).isEqualTo(journal.claimedEnd());
        assertThat(world.change(routing)).isTrue();
        int after = world.append(INFO);
        kept.drain();
        added.drain();

        assertThat(kept.received).containsExactly(before, after);
        assertThat(added.received).containsExactly(after);
        assertThat(added.routed()).isOne();
    }

    @Test
    void aWaitingCursorPassesTheChangesOfOtherGenerations() {
        Sink kept = world.installed("kept");
        Sink later = world.sink("later");
        Routing others = world.routing(entry(kept));
        Routing naming = world.routing(entry(kept), entry(later));
        world.attachNew(naming);
        assertThat(world.change(others)).isTrue();
        world.append(INFO);

        later.drain();
        assertThat(later.received).isEmpty();
        assertThat(world.change(naming)).isTrue();
        int after = world.append(INFO);
        later.drain();

        assertThat(later.received).containsExactly(after);
    }

    @Test
    void aChangeEndsTheWalk() {
        Sink sink = world.installed("a");
        int before = world.append(INFO);
        long change = world.install(entry(sink));
        int after = world.append(INFO);

        assertThat(sink.take()).containsExactly(before);
        assertThat(sink.position()).isEqualTo(change + CHANGE);
        assertThat(sink.commit()).isTrue();

        assertThat(sink.take()).containsExactly(after);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKeptCursorChangesTablesExactlyAtTheChangeWhoeverWalks(boolean steward) {
        Sink sink = world.sink("kept");
        world.install(entry(sink, id -> 1 << ERROR));
        sink.drain();
        List<Integer> expected = new ArrayList<>();
        world.append(INFO);
        expected.add(world.append(ERROR));
        world.install(entry(sink, id -> 1 << CRITICAL));
        world.append(ERROR);
        expected.add(world.append(CRITICAL));
        world.fillTo(3L * SEGMENT, INFO);

        if (steward) {
            world.tick();
            assertThat(sink.position()).isGreaterThan(SEGMENT);
            assertThat(sink.pending()).isEqualTo(2);
        }
        sink.drain();

        assertThat(sink.received).isEqualTo(expected);
        assertThat(sink.routed()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRetiredCursorEndsAtTheChangeWhoeverWalks(boolean steward) {
        Sink old = world.sink("old");
        Sink other = world.sink("other");
        world.install(entry(old), entry(other));
        old.drain();
        int last = world.append(INFO);
        long change = world.install(entry(other));
        world.fillTo(3L * SEGMENT, INFO);

        if (steward) {
            world.tick();
            assertThat(old.cursor.isEnded()).isTrue();
            assertThat(old.cursor.isDrained()).isFalse();
        }
        old.drain();

        assertThat(old.received).containsExactly(last);
        assertThat(old.cursor.isEnded()).isTrue();
        assertThat(old.cursor.isDrained()).isTrue();
        assertThat(old.position()).isEqualTo(change);
    }

    @Test
    void nobodyReadsTheRingOfAnEndedCursor() {
        Sink old = world.sink("old");
        Sink other = world.sink("other");
        world.install(entry(old), entry(other));
        long change = world.install(entry(other));
        old.drain();
        for (int i = 0; i < 3_000; i++) {
            world.append(INFO);
            other.drain();
            assertThat(old.take()).isEmpty(); // also while its position lies in the middle of a new lap
            world.tick();
        }

        assertThat(world.floor()).isGreaterThan(RING);
        assertThat(world.failures).isEmpty();
        assertThat(old.position()).isEqualTo(change);
        assertThat(old.cursor.hasNext(journal.claimedEnd())).isFalse();
        assertThat(old.cursor.seesHole(journal.claimedEnd())).isFalse();
        assertThat(old.pending()).isZero();
    }

    @Test
    void anEndedHandlerDoesNotHoldTheRing() {
        Sink old = world.sink("old");
        Sink other = world.sink("other");
        world.install(entry(old), entry(other));
        world.install(entry(other));
        old.drain();
        world.fillTo(2L * SEGMENT, INFO);

        other.drain();

        assertThat(world.floor()).isEqualTo(2L * SEGMENT);
    }

    @Test
    void aRecordReachesExactlyOneOfOldAndNewWhereverTheChangeLies() {
        for (int place = 0; place <= 6; place++) {
            JournalWorld fresh = new JournalWorld();
            Sink old = fresh.installed("old");
            Sink replacement = fresh.sink("new");
            Routing routing = fresh.routing(entry(replacement));
            fresh.attachNew(routing);
            List<Integer> before = new ArrayList<>();
            List<Integer> after = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                if (i == place) {
                    assertThat(fresh.change(routing)).isTrue();
                }
                (i < place ? before : after).add(fresh.append(INFO));
            }
            if (place == 6) {
                assertThat(fresh.change(routing)).isTrue();
            }

            replacement.drain();
            old.drain();

            assertThat(old.received).isEqualTo(before);
            assertThat(replacement.received).isEqualTo(after);
        }
    }

    @Test
    void whoMeetsTheChangeBeforeItIsTheNewestRoutingFindsTheSuccessor() {
        Sink kept = world.installed("kept");
        Routing routing = world.routing(entry(kept, id -> 1 << ERROR));
        Routing before = journal.routing();

        boolean changed = journal.change(routing, 0, store -> {
            assertThat(journal.routing()).isSameAs(before);
            world.append(INFO);
            world.append(ERROR);
            kept.drain();
            store.run();
        });

        assertThat(changed).isTrue();
        assertThat(journal.routing()).isSameAs(routing);
        assertThat(kept.received).containsExactly(2);
    }

    @Test
    void aLoggerBornLaterIsRoutedByTheTableInForceAtItsRecordsPosition() {
        Sink sink = world.sink("kept");
        world.install(entry(sink, id -> id == 0 ? ALL : 1 << ERROR));
        sink.drain();
        world.loggers.set(3);
        world.append(INFO, 2, SMALL);
        int oldSide = world.append(ERROR, 2, SMALL);
        world.install(entry(sink, id -> id == 0 ? ALL : 1 << INFO));
        world.loggers.set(5);
        int newSide = world.append(INFO, 4, SMALL);
        world.append(ERROR, 4, SMALL);
        int same = world.append(INFO, 2, SMALL);

        sink.drain();

        assertThat(sink.received).containsExactly(oldSide, newSide, same);
    }

    @Test
    void neverAsksForALoggerThatIsNotCountedYet() {
        List<Integer> asked = new ArrayList<>();
        Sink sink = world.sink("kept");
        world.install(entry(sink, id -> {
            assertThat(id).isLessThan(world.loggers.get());
            asked.add(id);
            return ALL;
        }));
        for (int logger = 0; logger < 100; logger++) {
            world.loggers.set(logger + 1);
            world.append(INFO, logger, SMALL);
            sink.drain();
        }

        assertThat(sink.received).hasSize(100);
        assertThat(asked).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void theAccountLooksAheadByTableAndAsksForNoRecord() {
        AtomicInteger asked = new AtomicInteger();
        Sink sink = world.sink("kept");
        world.install(entry(sink, id -> {
            asked.incrementAndGet();
            return ALL;
        }));
        sink.drain();
        world.fillTo(3L * SEGMENT, INFO);
        world.install(entry(sink, id -> {
            asked.incrementAndGet();
            return 1 << ERROR;
        }));
        world.append(INFO);
        world.append(ERROR);
        int before = asked.get();

        long[] pending = sink.cursor.snapshot().pending();

        assertThat(pending[INFO]).isEqualTo(world.appended - 2);
        assertThat(pending[ERROR]).isOne();
        assertThat(asked.get() - before).isOne(); // one logger, for the table behind the change
    }

    @Test
    void aWaitingCursorAsksForNoLogger() {
        Sink kept = world.installed("kept");
        Sink added = world.sink("added");
        Routing routing = world.routing(entry(kept), entry(added, id -> {
            throw new AssertionError("asked for " + id);
        }));
        world.attachNew(routing);
        world.loggers.set(8);
        world.append(INFO, 7, SMALL);

        added.drain();

        assertThat(added.position()).isEqualTo(journal.claimedEnd());
    }

    /** Fails once for each logger but the first. */
    private static final class FailingOnce implements Routing.LevelsByLogger {
        private final Error failure;
        private int times;

        FailingOnce(int times, Error failure) {
            this.times = times;
            this.failure = failure;
        }

        @Override
        public int levels(int loggerId) {
            if (loggerId > 0 && times-- > 0) {
                throw failure;
            }
            return ALL;
        }
    }

    @Test
    void aFailedExtensionOfTheTableLeavesTheWalkAsItWas() {
        Sink sink = world.sink("a");
        world.install(entry(sink, new FailingOnce(1, new InternalError("test"))));
        sink.drain();
        int known = world.append(INFO);
        world.loggers.set(2);
        int unknown = world.append(INFO, 1, SMALL);
        int last = world.append(INFO);

        assertThatThrownBy(sink::take).isInstanceOf(InternalError.class);
        sink.commit();
        sink.drain();

        assertThat(sink.received).containsExactly(known, unknown, last);
        assertThat(sink.routed()).isEqualTo(3);
        assertThat(sink.written()).isEqualTo(3);
    }

    @Test
    void aFailedExtensionUnderTheStewardDoublesNothing() {
        Sink sink = world.sink("a");
        world.install(entry(sink, new FailingOnce(2, new InternalError("test"))));
        sink.drain();
        world.append(INFO);
        world.loggers.set(2);
        world.append(INFO, 1, SMALL);
        world.fillTo(3L * SEGMENT, INFO);

        world.tick();
        world.tick();
        assertThat(world.failures).hasSize(2);
        world.tick();
        sink.drain();

        assertThat(world.failures).hasSize(2);
        assertThat(sink.received).hasSize(world.appended).isSorted().doesNotHaveDuplicates();
        assertThat(sink.routed()).isEqualTo(world.appended);
    }

    @Test
    void aTableThatCannotBeMadeLeavesTheOldRoutingInForce() {
        Sink sink = world.installed("kept");
        world.loggers.set(2);
        int before = world.append(INFO);
        long change = world.install(entry(sink, new FailingOnce(1, new InternalError("test"))));
        int after = world.append(INFO, 1, SMALL);

        assertThatThrownBy(sink::take).isInstanceOf(InternalError.class);
        assertThat(sink.position()).isEqualTo(change);
        assertThat(sink.cursor.snapshot().pending()[INFO]).isEqualTo(2);
        sink.commit();
        sink.drain();

        assertThat(sink.received).containsExactly(before, after);
        assertThat(sink.routed()).isEqualTo(2);
    }

    @Test
    void aWaitingCursorWhoseTableCannotBeMadeWaitsAtTheChange() {
        Sink added = world.sink("added");
        world.loggers.set(2);
        long change = world.install(entry(added, new FailingOnce(1, new InternalError("test"))));
        int after = world.append(INFO, 1, SMALL);

        assertThatThrownBy(added::take).isInstanceOf(InternalError.class);
        assertThat(added.position()).isEqualTo(change);
        added.drain();

        assertThat(added.received).containsExactly(after);
    }

    @Test
    void aChangeWithoutRoomInTimeChangesNothing() {
        Sink kept = world.installed("kept");
        world.fillTo(RING - 64, CRITICAL);
        for (int i = 0; i < 4; i++) {
            world.install(entry(kept));
        }
        Routing before = journal.routing();
        Sink added = world.sink("added");
        Routing failed = world.routing(entry(added));
        world.attachNew(failed);

        assertThat(world.change(failed)).isFalse();

        journal.detach(added.cursor);
        assertThat(journal.claimedEnd()).isEqualTo(RING);
        assertThat(journal.routing()).isSameAs(before);
        assertThat(before.next()).isNull();
        assertThat(added.cursor.isEnded()).isTrue();
        assertThat(added.take()).isEmpty();
        kept.drain();
        Sink second = world.sink("second");
        world.install(entry(kept), entry(second));
        int after = world.append(INFO);
        kept.drain();
        second.drain();
        added.drain();
        assertThat(kept.received).hasSize(world.appended).endsWith(after);
        assertThat(second.received).containsExactly(after);
        assertThat(added.received).isEmpty();
    }

    @Test
    void aChangeThatWaitsForRoomKeepsAnInterruptForItsCaller() {
        Sink kept = world.installed("kept");
        world.fillTo(RING - 64, CRITICAL);
        for (int i = 0; i < 4; i++) {
            world.install(entry(kept));
        }
        Thread.currentThread().interrupt();

        boolean changed = journal.change(world.routing(entry(kept)), TimeUnit.MILLISECONDS.toNanos(10), Runnable::run);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(changed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangeStandsIfItsPublisherFails(boolean stored) {
        Sink old = world.installed("old");
        Sink added = world.sink("added");
        Routing routing = world.routing(entry(added));
        world.attachNew(routing);
        Error failure = new InternalError("test");

        assertThatThrownBy(() -> journal.change(routing, 0, store -> {
                    if (stored) {
                        store.run();
                    }
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(journal.routing()).isSameAs(routing);
        int first = world.append(INFO);
        Sink third = world.sink("third");
        world.install(entry(added), entry(third));
        int second = world.append(INFO);
        old.drain();
        added.drain();
        third.drain();
        assertThat(old.cursor.isEnded()).isTrue();
        assertThat(added.received).containsExactly(first, second);
        assertThat(third.received).containsExactly(second);
    }

    @Test
    void aChangeOnASealedJournalChangesNothing() {
        Sink kept = world.installed("kept");
        Routing before = journal.routing();
        long end = journal.seal();
        Sink added = world.sink("added");
        Routing failed = world.routing(entry(added));
        world.attachNew(failed);
        AtomicInteger published = new AtomicInteger();

        boolean changed = journal.change(failed, Long.MAX_VALUE / 2, store -> published.incrementAndGet());

        assertThat(changed).isFalse();
        assertThat(published).hasValue(0);
        assertThat(journal.routing()).isSameAs(before);
        assertThat(before.next()).isNull();
        assertThat(journal.claimedEnd()).isEqualTo(end);
        kept.drain();
        assertThat(kept.cursor.isEnded()).isTrue();
    }

    @Test
    void aChangeOfAnUnexpectedGenerationIsNotPassed() {
        Sink kept = world.installed("kept");
        long change = world.install(entry(kept));
        journal.ring().change(change, 77);

        assertThatThrownBy(kept::take).isInstanceOf(IllegalStateException.class).hasMessageContaining("77");
        assertThat(kept.position()).isEqualTo(change);
    }

    @Test
    void aDetachedCursorIsEndedAndLeavesTheFloor() {
        Sink sink = world.installed("a");
        world.fillTo(2L * SEGMENT + SMALL, INFO);

        journal.detach(sink.cursor);

        assertThat(sink.cursor.isEnded()).isTrue();
        assertThat(journal.cursors()).isEmpty();
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void aHandlerIsEndedBeforeItLeavesTheFloor() throws Exception {
        CountDownLatch walking = new CountDownLatch(1);
        CountDownLatch walkOn = new CountDownLatch(1);
        Sink sink = world.sink("a");
        world.install(entry(sink, id -> {
            if (id > 0) {
                walking.countDown();
                try {
                    walkOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return ALL;
        }));
        sink.drain();
        world.loggers.set(2);
        world.append(INFO, 1, SMALL);
        Thread worker = new Thread(sink::take);
        worker.start();
        walking.await(); // it walks, under the take lock
        Thread detaching = new Thread(() -> journal.detach(sink.cursor));
        detaching.start();
        while (detaching.getState() == Thread.State.NEW || detaching.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }

        assertThat(sink.cursor.isEnded()).isFalse();
        assertThat(journal.cursors()).containsExactly(sink.cursor);
        walkOn.countDown();
        worker.join();
        detaching.join();
        assertThat(sink.cursor.isEnded()).isTrue();
        assertThat(journal.cursors()).isEmpty();
    }

    @Test
    void aChangeCrossesASegmentsEnd() {
        Sink kept = world.installed("kept");
        world.fillTo(SEGMENT - 8, INFO);

        long change = world.install(entry(kept));

        assertThat(change).isEqualTo(SEGMENT);
        assertThat(world.lengthAt(SEGMENT - 8)).isEqualTo(-8);
        kept.drain();
        assertThat(kept.position()).isEqualTo(SEGMENT + CHANGE);
    }
}
