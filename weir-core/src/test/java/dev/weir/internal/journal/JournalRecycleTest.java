package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.CHANGE;
import static dev.weir.internal.journal.JournalWorld.ERROR;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.RING;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static dev.weir.internal.journal.JournalWorld.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.journal.JournalWorld.Sink;
import org.junit.jupiter.api.Test;

class JournalRecycleTest {
    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;

    @Test
    void zeroesTheSegmentsItGivesBack() {
        Sink sink = world.installed("a");
        world.fillTo(2L * SEGMENT + SMALL, INFO);

        sink.drain();

        assertThat(world.floor()).isEqualTo(2L * SEGMENT);
        for (long at = 0; at < 2L * SEGMENT; at += 4) {
            assertThat(world.lengthAt(at)).isZero();
        }
    }

    @Test
    void countsBeforeItZeroesAndZeroesBeforeItRaisesTheLimit() {
        Sink sink = world.sink("a");
        world.install(entry(sink, id -> 0));
        world.fillTo(SEGMENT - SMALL, INFO);
        Claim broken = world.claim(SMALL, 100); // counting fails on its level
        world.publishRecord(broken);

        assertThatThrownBy(sink::drain).isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(sink.position()).isEqualTo(SEGMENT);
        assertThat(world.floor()).isZero();
        assertThat(world.lengthAt(broken.start)).isEqualTo(SMALL);
    }

    @Test
    void neverShowsALengthOfTheLapBefore() {
        Sink sink = world.installed("a");
        for (int lap = 0; lap < 3; lap++) {
            world.fillTo((lap + 1L) * RING - SEGMENT, ERROR);
            sink.drain();
            world.fillTo((lap + 1L) * RING, ERROR);
            sink.drain();
        }
        world.claim(SMALL, INFO);

        assertThat(sink.take()).isEmpty();
        assertThat(sink.position()).isEqualTo(3L * RING);
        assertThat(sink.cursor.hasNext(journal.claimedEnd())).isFalse();
        assertThat(sink.cursor.seesHole(journal.claimedEnd())).isTrue();
    }

    @Test
    void countsRecordsByLevelAndNeitherChangesNorPadding() {
        Sink sink = world.installed("a");
        int infos = 0;
        int errors = 0;
        for (int i = 0; i < 3_000; i++) {
            world.append(INFO, 0, 72);
            infos++;
            if (i % 7 == 0) {
                world.append(ERROR, 0, 1000);
                errors++;
            }
            if (i % 100 == 0) {
                world.install(entry(sink));
            }
            sink.drain();
        }

        assertThat(world.floor()).isGreaterThan(RING);
        assertThat(journal.journaled()).containsExactly(0, 0, infos, 0, errors, 0);
    }

    @Test
    void countsOnlyWhatIsPublished() {
        world.append(INFO);
        world.claim(SMALL, INFO);
        world.append(INFO);

        assertThat(journal.journaled()[INFO]).isOne();
    }

    @Test
    void keepsASegmentUntilTheLastCursorHasLeftIt() {
        Sink fast = world.sink("fast");
        Sink slow = world.sink("slow");
        world.install(entry(fast), entry(slow));
        slow.drain();
        world.fillTo(SEGMENT + SMALL, INFO);

        fast.drain();
        assertThat(world.floor()).isZero();
        slow.drain();

        assertThat(world.floor()).isEqualTo(SEGMENT);
    }

    @Test
    void aHandlerThatIsToEndHoldsTheRingUntilItHasMetItsChange() {
        Sink old = world.sink("old");
        Sink other = world.sink("other");
        world.install(entry(old), entry(other));
        old.drain();
        world.fillTo(SEGMENT + SMALL, INFO);
        world.install(entry(other));
        world.fillTo(2L * SEGMENT + SMALL, INFO);

        other.drain();
        assertThat(world.floor()).isZero();
        old.take();
        old.commit();
        assertThat(old.cursor.isEnded()).isFalse();
        assertThat(world.floor()).isLessThanOrEqualTo(old.position());
        old.drain();
        world.tick();

        assertThat(old.cursor.isEnded()).isTrue();
        assertThat(world.floor()).isEqualTo(2L * SEGMENT);
        assertThat(old.received).hasSize((int) old.routed()).isSorted();
    }

    @Test
    void followsThePublishedPrefixWithoutHandlers() {
        world.fillTo(3L * SEGMENT + SMALL, INFO);

        world.tick();

        assertThat(world.floor()).isEqualTo(3L * SEGMENT);
        for (int i = 0; i < 5_000; i++) {
            world.append(INFO);
            if (i % 100 == 0) {
                world.tick();
            }
        }
        assertThat(journal.journaled()[INFO]).isEqualTo(world.appended);
    }

    @Test
    void doesNotPassAnUnpublishedClaimWithoutHandlers() {
        world.fillTo(SEGMENT + SMALL, INFO);
        Claim hole = world.claim(SMALL, INFO);
        world.fillTo(3L * SEGMENT, INFO);

        world.tick();
        assertThat(world.floor()).isEqualTo(SEGMENT);
        world.publishRecord(hole);
        world.tick();

        assertThat(world.floor()).isEqualTo(3L * SEGMENT);
    }

    @Test
    void doesNotRecycleWhatALatePublisherWillWriteInto() {
        Sink sink = world.installed("a");
        world.fillTo(SEGMENT / 2, INFO);
        Claim late = world.claim(SMALL, INFO);
        world.fillTo(2L * SEGMENT, INFO);
        sink.drain();
        world.tick();

        assertThat(world.floor()).isZero();
        int number = world.publishRecord(late);
        sink.drain();

        assertThat(world.floor()).isEqualTo(2L * SEGMENT);
        assertThat(sink.received).contains(number).hasSize(world.appended);
    }

    @Test
    void goesOnFromTheMostAdvancedCursorWhenTheLastHandlerHasLeft() {
        Sink ahead = world.sink("ahead");
        Sink behind = world.sink("behind");
        world.install(entry(ahead), entry(behind));
        behind.drain();
        for (int i = 0; i < 3_000; i++) {
            world.append(INFO);
            ahead.drain();
            behind.drain();
        }
        world.install();
        ahead.drain();
        behind.drain();
        journal.detach(ahead.cursor);
        journal.detach(behind.cursor);

        for (int i = 0; i < 5_000; i++) {
            world.append(INFO);
            world.tick();
        }

        assertThat(world.floor()).isGreaterThan(journal.claimedEnd() - 2L * SEGMENT);
    }

    @Test
    void goesOnFromTheMostAdvancedCursorWhileEndedHandlersAreStillAttached() {
        Sink sink = world.installed("a");
        for (int i = 0; i < 3_000; i++) {
            world.append(INFO);
            sink.drain();
        }
        world.install();
        sink.drain();
        assertThat(sink.cursor.isEnded()).isTrue();

        for (int i = 0; i < 5_000; i++) {
            world.append(INFO);
            world.tick();
        }

        assertThat(world.floor()).isGreaterThan(journal.claimedEnd() - 2L * SEGMENT);
    }

    @Test
    void stewardRecyclesAfterADetachedHandlerHeldTheRing() {
        Sink slow = world.sink("slow");
        Sink fast = world.sink("fast");
        world.install(entry(slow), entry(fast));
        world.fillTo(2L * SEGMENT + SMALL, INFO);
        fast.drain();

        journal.detach(slow.cursor);
        assertThat(world.floor()).isZero();
        world.tick();

        assertThat(world.floor()).isEqualTo(2L * SEGMENT);
    }

    @Test
    void attachesAtTheMostAdvancedCursor() {
        Sink fast = world.sink("fast");
        Sink slow = world.sink("slow");
        world.install(entry(fast), entry(slow));
        world.fillTo(SEGMENT + SMALL, INFO);
        fast.drain();
        Sink added = world.sink("added");
        Routing routing = world.routing(entry(fast), entry(slow), entry(added));

        world.attachNew(routing);

        assertThat(slow.position()).isZero();
        assertThat(added.position()).isEqualTo(fast.position()).isEqualTo(SEGMENT + SMALL);
    }

    @Test
    void attachesNotBelowTheFloorWithoutOtherHandlers() {
        world.fillTo(2L * SEGMENT + SMALL, INFO);
        world.tick();
        Sink added = world.installed("added");

        int number = world.append(INFO);
        added.drain();

        assertThat(added.received).containsExactly(number);
        assertThat(added.position()).isEqualTo(2L * SEGMENT + SMALL + CHANGE + SMALL);
    }
}
