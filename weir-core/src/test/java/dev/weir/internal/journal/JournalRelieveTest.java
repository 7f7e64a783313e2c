package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.ALL;
import static dev.weir.internal.journal.JournalWorld.ERROR;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.LEAST;
import static dev.weir.internal.journal.JournalWorld.RING;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static dev.weir.internal.journal.JournalWorld.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.OverflowPolicy;
import dev.weir.internal.journal.JournalWorld.Sink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JournalRelieveTest {
    private static final long SHARE = LEAST.reliefShareBytes();

    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;

    @Test
    void leavesAHandlerAloneThatLagsByItsShare() {
        Sink sink = world.installed("a");
        world.fillTo(SHARE, INFO);

        world.tick();
        assertThat(sink.position()).isEqualTo(JournalWorld.CHANGE);
        world.append(INFO, 0, 48);
        world.tick();

        assertThat(sink.position()).isGreaterThanOrEqualTo(SEGMENT);
    }

    @Test
    void measuresTheLagFromTheBeginningOfTheCursorsSegment() {
        Sink sink = world.installed("a");
        world.fillTo(SEGMENT - SMALL, INFO);
        sink.drain();
        world.fillTo(SHARE + SMALL, INFO);
        assertThat(journal.claimedEnd() - sink.position()).isLessThan(SHARE);

        world.tick();

        assertThat(sink.position()).isGreaterThanOrEqualTo(SEGMENT);
    }

    @Test
    void movesUntilHalfTheShareIsLeft() {
        Sink sink = world.installed("a");
        for (int i = 0; i < 4; i++) {
            journal.slabs().release(ByteBuffer.allocate(SEGMENT).order(ByteOrder.LITTLE_ENDIAN));
        }
        world.fillTo(3L * SEGMENT, INFO);

        world.tick();

        assertThat(journal.claimedEnd() - sink.position()).isLessThanOrEqualTo(SHARE / 2 + SEGMENT);
        assertThat(sink.position()).isLessThan(journal.claimedEnd());
        assertThat(sink.routed()).isEqualTo(sink.pending()).isEqualTo(world.appended);
    }

    /** Else the worker of a handler that keeps pace with its sink would get nothing as long as callers flood. */
    @Test
    void givesWayToAWorkerThatWaits() throws Exception {
        Sink sink = world.sink("a");
        Thread worker = new Thread(sink::take);
        world.install(entry(sink, logger -> {
            if (logger == 1) { // asked for while the steward walks
                worker.start();
                awaitWaiting(worker);
            }
            return ALL;
        }));
        sink.drain();
        for (int i = 0; i < 6; i++) {
            journal.slabs().release(ByteBuffer.allocate(SEGMENT).order(ByteOrder.LITTLE_ENDIAN));
        }
        world.loggers.set(2);
        world.append(INFO, 1, SMALL);
        world.fillTo(4L * SEGMENT, INFO);

        world.tick();

        worker.join();
        assertThat(sink.position()).isBetween((long) SEGMENT, SHARE - SEGMENT);
        assertThat(sink.cursor.hand().isEmpty()).isFalse();
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void leavesWhatComesWhileItMovesForTheNextTime() {
        Sink sink = world.sink("a");
        world.install(entry(sink, logger -> {
            if (logger == 1) {
                world.fillTo(6L * SEGMENT, ERROR);
            }
            return ALL;
        }));
        sink.drain();
        for (int i = 0; i < 8; i++) {
            journal.slabs().release(ByteBuffer.allocate(SEGMENT).order(ByteOrder.LITTLE_ENDIAN));
        }
        world.loggers.set(2);
        world.append(INFO, 1, SMALL);
        world.fillTo(3L * SEGMENT, INFO);

        world.tick();

        assertThat(sink.position()).isLessThanOrEqualTo(3L * SEGMENT);
    }

    @Test
    void movesUpToAHole() {
        Sink sink = world.installed("a");
        int first = world.append(INFO);
        Claim hole = world.claim(SMALL, INFO);
        world.fillTo(4L * SEGMENT, INFO);

        world.tick();

        assertThat(sink.position()).isEqualTo(hole.start);
        assertThat(sink.take()).containsExactly(first);
    }

    @Test
    void givesTheRingFreeOfAHandlerThatStandsStill() {
        Sink sink = world.installed("a");

        for (int i = 0; i < 4_000; i++) {
            world.append(INFO);
            if (i % 50 == 0) {
                world.tick();
            }
        }

        assertThat(world.floor()).isGreaterThan(RING);
        assertThat(sink.received).isEmpty();
    }

    @Test
    void takesTheBacklogBeforeTheRing() {
        Sink sink = world.installed("a");
        world.fillTo(3L * SEGMENT, INFO);
        world.tick();
        world.append(INFO);

        sink.drain();

        assertThat(sink.received).hasSize(world.appended).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void mergesTheLevelsOfTheBacklogByPosition() {
        Sink sink = world.installed("a");
        while (journal.claimedEnd() < 3L * SEGMENT) {
            world.append(INFO);
            world.append(ERROR, 0, 104);
            world.append(JournalWorld.CRITICAL, 0, 72);
        }
        world.tick();

        sink.drain();

        assertThat(sink.received).hasSize(world.appended).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void dropsTheOldestExactlyAndCountsThem() {
        Sink sink = world.sink("a");
        world.install(new Routing.Entry(sink.cursor, id -> ALL, OverflowPolicy.DROP_OLDEST, SEGMENT));
        sink.drain();
        int infos = 0;
        int errors = 0;
        for (int i = 0; i < 2_000; i++) {
            boolean error = i % 10 == 0;
            world.append(error ? ERROR : INFO);
            infos += error ? 0 : 1;
            errors += error ? 1 : 0;
            if (i % 20 == 0) {
                world.tick();
            }
        }
        HandlerCounts.Snapshot counts = sink.cursor.snapshot();
        long dropped = sink.dropped();

        sink.drain();

        assertThat(dropped).isPositive();
        assertThat(counts.routed()).containsExactly(0, 0, infos, 0, errors, 0);
        assertThat(counts.routed()[INFO])
                .isEqualTo(counts.pending()[INFO] + sink.dropped(DropReason.BACKLOG_FULL, INFO));
        assertThat(counts.routed()[ERROR])
                .isEqualTo(counts.pending()[ERROR] + sink.dropped(DropReason.BACKLOG_FULL, ERROR));
        assertThat(sink.received).isSorted().doesNotHaveDuplicates().hasSize(world.appended - (int) dropped);
        assertThat(sink.received.get(0)).isEqualTo((int) dropped + 1);
    }

    @Test
    void neverEvictsWhatIsInHand() {
        Sink sink = world.sink("a");
        world.install(new Routing.Entry(sink.cursor, id -> ALL, OverflowPolicy.DROP_OLDEST, SEGMENT));
        sink.drain();
        world.append(INFO);
        world.append(INFO);
        assertThat(sink.take()).containsExactly(1, 2);
        for (int i = 0; i < 2_000; i++) {
            world.append(INFO);
            if (i % 20 == 0) {
                world.tick();
            }
        }

        assertThat(sink.commit()).isTrue();
        sink.drain();

        assertThat(sink.received).startsWith(1, 2).isSorted().doesNotHaveDuplicates();
        assertThat(sink.received).hasSize(world.appended - (int) sink.dropped());
    }

    @Test
    void isNotCommittedBelowWhatIsInHandOrInTheBacklog() {
        Sink sink = world.installed("a");
        long first = journal.claimedEnd();
        world.append(INFO);
        sink.take();
        world.fillTo(3L * SEGMENT, INFO);
        world.tick();

        assertThat(sink.cursor.committedVolatile()).isEqualTo(first);
        sink.commit();
        assertThat(sink.cursor.committedVolatile()).isEqualTo(first + SMALL);
        sink.take();
        assertThat(sink.cursor.committedVolatile()).isEqualTo(first + SMALL);
        sink.commit();
        sink.drain();

        assertThat(sink.cursor.committedVolatile()).isEqualTo(journal.claimedEnd());
    }

    @Test
    void leavesRecordsInTheRingWhileMemoryIsOnItsWay() {
        world.memoryArrives = false;
        Sink sink = world.installed("a");
        world.fillTo(4L * SEGMENT - 4 * SMALL, INFO);

        world.tick();
        long position = sink.position();
        assertThat(sink.dropped()).isZero();
        assertThat(world.memoryWanted).isPositive();
        world.memoryArrives = true;
        world.tick();
        world.tick();

        assertThat(sink.position()).isGreaterThan(position);
        sink.drain();
        assertThat(sink.received).hasSize(world.appended).isSorted();
    }

    @Test
    void dropsRatherThanHoldTheRingWhenMemoryDoesNotArrive() {
        world.memoryArrives = false;
        Sink sink = world.installed("a");
        world.fillTo(5L * SEGMENT, INFO);

        world.tick();

        assertThat(journal.claimedEnd() - sink.position()).isLessThan(SHARE);
        assertThat(sink.dropped()).isPositive();
        sink.drain();
        assertThat(sink.received).hasSize(world.appended - (int) sink.dropped()).isSorted();
    }

    @Test
    void passesByAHandlerWhoseTakeLockIsHeld() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Sink held = world.sink("held");
        Sink other = world.sink("other");
        world.install(
                entry(held, id -> {
                    if (id > 0) {
                        entered.countDown();
                        try {
                            leave.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                    return ALL;
                }),
                entry(other));
        held.drain();
        other.drain();
        world.loggers.set(2);
        world.append(INFO, 1, SMALL);
        world.fillTo(3L * SEGMENT, INFO);
        List<Integer> taken = new ArrayList<>();
        Thread worker = new Thread(() -> taken.addAll(held.take()));
        worker.start();
        entered.await();

        world.tick();

        assertThat(other.position()).isGreaterThanOrEqualTo(SEGMENT);
        assertThat(world.failures).isEmpty();
        leave.countDown();
        worker.join();
        held.commit();
        held.drain();
        other.drain();
        assertThat(taken).startsWith(1);
        assertThat(held.received).hasSize(world.appended).isSorted();
        assertThat(other.received).isEqualTo(held.received);
    }

    @Test
    void relievesTheLargestRecords() {
        Sink sink = world.installed("a");
        for (int i = 0; i < 12; i++) {
            world.append(INFO, 0, JournalWorld.LARGEST);
        }

        world.tick();
        world.tick();
        sink.drain();

        assertThat(sink.received).hasSize(12).isSorted();
    }

    /** A pool that has no memory at one moment, at the expense of the heap. */
    private static final class FailingPool extends SlabPool {
        int failures;

        FailingPool() {
            super(SEGMENT, LEAST.backlogBytes());
        }

        @Override
        ByteBuffer poll() {
            if (failures-- > 0) {
                throw new InternalError("test");
            }
            return take();
        }
    }

    @Test
    void aMoveThatFailsHalfwayDoublesNothing() {
        FailingPool pool = new FailingPool();
        Cursor cursor = new Cursor("a", journal, new Backlog(pool, pool.take()));
        Sink sink = new Sink(cursor);
        world.install(entry(sink));
        sink.drain();
        while (journal.claimedEnd() < 3L * SEGMENT) {
            world.append(INFO);
        }
        pool.failures = 1;

        world.tick();
        assertThat(world.failures).hasSize(1);
        world.tick();
        sink.drain();

        assertThat(world.failures).hasSize(1);
        assertThat(sink.received).hasSize(world.appended).isSorted().doesNotHaveDuplicates();
        assertThat(sink.routed()).isEqualTo(sink.written()).isEqualTo(world.appended);
    }
}
