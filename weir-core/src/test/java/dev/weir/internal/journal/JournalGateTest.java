package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.BUDGET;
import static dev.weir.internal.journal.JournalWorld.CRITICAL;
import static dev.weir.internal.journal.JournalWorld.ERROR;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.LARGEST;
import static dev.weir.internal.journal.JournalWorld.LEAST;
import static dev.weir.internal.journal.JournalWorld.NO_GATES;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static dev.weir.internal.journal.JournalWorld.blocking;
import static dev.weir.internal.journal.JournalWorld.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.OverflowPolicy;
import dev.weir.internal.journal.JournalWorld.Sink;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalGateTest {
    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;

    @Test
    void opensAsFarAsTheGateWindow() {
        Sink sink = world.installedBlocking("a", BUDGET);

        assertThat(sink.cursor.allowedVolatile()).isEqualTo(sink.position() + LEAST.gateWindowBytes());
    }

    @Test
    void isShutBeforeTheCursorHasMetTheChangeThatNamesIt() {
        Sink sink = world.sink("a");
        world.install(blocking(sink, BUDGET));

        assertThat(world.tryAppend(INFO, 0, SMALL, sink.cursor)).isEqualTo(Journal.GATED);
        sink.drain();

        assertThat(world.tryAppend(INFO, 0, SMALL, sink.cursor)).isPositive();
    }

    @Test
    void isOpenForEverWhenItsHandlerHasEnded() {
        Sink sink = world.installedBlocking("a", BUDGET);
        world.install();

        sink.drain();

        assertThat(sink.cursor.allowedVolatile()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverFallsAndNeverAdmitsMoreThanTheBacklogCanTake(long seed) {
        Random random = new Random(seed);
        long budget = 3L * SEGMENT;
        Sink sink = world.installedBlocking("a", budget);
        long allowed = sink.cursor.allowedVolatile();
        for (int i = 0; i < 20_000; i++) {
            int length = 48 + 8 * random.nextInt(random.nextInt(20) == 0 ? LARGEST / 8 - 6 : 40);
            world.tryAppend(random.nextInt(6), 0, length, sink.cursor);
            switch (random.nextInt(30)) {
                case 0 -> world.tick();
                case 1 -> world.tickWithAWaiter();
                case 2 -> {
                    sink.take();
                    sink.commit();
                }
                default -> {}
            }
            assertThat(sink.cursor.allowedVolatile()).as("seed %d", seed).isGreaterThanOrEqualTo(allowed);
            allowed = sink.cursor.allowedVolatile();
        }

        // everything claimed goes into the backlog, which stays within its budget
        world.tick();
        world.tickWithAWaiter();
        world.tickWithAWaiter();
        assertThat(sink.position()).as("seed %d", seed).isEqualTo(journal.claimedEnd());
        assertThat(sink.cursor.snapshot().heldBytes()).as("seed %d", seed).isLessThanOrEqualTo(budget);
        sink.drain();
        assertThat(sink.received).as("seed %d", seed).hasSize(world.appended).isSorted();
        assertThat(sink.dropped()).isZero();
    }

    @Test
    void aStuckHandlersWholeBudgetIsUsedWhileOtherRoutesGoOn() {
        long budget = 6L * SEGMENT;
        Sink stuck = world.sink("stuck");
        Sink other = world.sink("other");
        world.loggers.set(2);
        world.install(
                new Routing.Entry(stuck.cursor, id -> id == 0 ? JournalWorld.ALL : 0, OverflowPolicy.BLOCK, budget),
                entry(other, id -> id == 1 ? JournalWorld.ALL : 0));
        stuck.drain();
        other.drain();
        Cursor[] gates = journal.routing().gates(0, INFO);
        assertThat(gates).containsExactly(stuck.cursor);
        assertThat(journal.routing().gates(1, INFO)).isEqualTo(NO_GATES);

        long accepted = 0;
        for (int refusedInARow = 0; refusedInARow < 3; ) {
            if (world.tryAppend(INFO, 0, SMALL, gates) >= 0) {
                accepted += SMALL;
                refusedInARow = 0;
            } else {
                refusedInARow++;
                world.tickWithAWaiter();
                world.tickWithAWaiter();
            }
        }
        int others = 0;
        for (int i = 0; i < 5_000; i++) {
            assertThat(world.tryAppend(ERROR, 1, SMALL)).isPositive();
            others++;
            other.drain();
            if (i % 100 == 0) {
                world.tick();
            }
        }

        assertThat(accepted).isGreaterThan((budget - SEGMENT) / 2);
        assertThat(stuck.cursor.snapshot().heldBytes()).isLessThanOrEqualTo(budget);
        assertThat(stuck.dropped()).isZero();
        assertThat(other.received).hasSize(others);
        stuck.drain();
        assertThat(stuck.received).hasSize((int) (accepted / SMALL)).isSorted();
    }

    @Test
    void whatWasClaimedPastItIsMovedAsideBeyondTheBudgetAndNotLost() {
        Sink sink = world.installedBlocking("a", SEGMENT);
        world.fillTo(5L * SEGMENT, CRITICAL); // by callers who saw the Routing before

        for (int i = 0; i < 8; i++) {
            world.tick();
        }

        assertThat(sink.position()).isGreaterThanOrEqualTo(3L * SEGMENT);
        assertThat(sink.cursor.snapshot().heldBytes()).isGreaterThan(2L * SEGMENT);
        assertThat(sink.dropped()).isZero();
        sink.drain();
        assertThat(sink.received).hasSize(world.appended).isSorted();
    }

    @Test
    void movesNothingAsideWhileNobodyWaits() {
        Sink sink = world.installedBlocking("a", BUDGET);
        world.append(INFO);

        world.tick();
        world.tick();

        assertThat(sink.position()).isEqualTo(JournalWorld.CHANGE);
    }

    @Test
    void isPatientWithAHandlerThatMoves() {
        Sink sink = world.installedBlocking("a", BUDGET);
        world.append(INFO);
        sink.drain();
        world.append(INFO);

        world.tickWithAWaiter();
        long position = sink.position();
        world.tickWithAWaiter();

        assertThat(position).isEqualTo(JournalWorld.CHANGE + SMALL);
        assertThat(sink.position()).isEqualTo(JournalWorld.CHANGE + 2 * SMALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 6, 8, 12, 24})
    void wakesWaitersWhenItOpensAgainHoweverSmallTheBudget(int eighthsOfASegment) throws Exception {
        Sink sink = world.installedBlocking("a", SEGMENT + (long) eighthsOfASegment * SEGMENT / 8);
        while (world.tryAppend(INFO, 0, SMALL, sink.cursor) >= 0) {
            // on until the gate is shut
        }
        Thread waiter = startWaiter(sink.cursor);

        sink.drain();

        assertThat(journal.waiters().asleep()).isZero();
        waiter.join();
    }

    @Test
    void wakesWaitersWhenItOpensForTheFirstTime() throws Exception {
        world.append(INFO);
        Sink sink = world.sink("a");
        world.install(blocking(sink, BUDGET));
        Thread waiter = startWaiter(sink.cursor);

        sink.drain();

        assertThat(journal.waiters().asleep()).isZero();
        waiter.join();
    }

    @Test
    void wakesWaitersForRoomWhenTheRingIsRecycled() throws Exception {
        Sink sink = world.installed("a");
        while (world.tryAppend(INFO, 0, SMALL) >= 0) {
            // on until it is full
        }
        Thread waiter = startWaiter(NO_GATES);

        sink.drain();

        assertThat(journal.waiters().asleep()).isZero();
        waiter.join();
    }

    @Test
    void wakesWaitersWhenTheirHandlerEndsOrTheJournalIsSealed() throws Exception {
        Sink sink = world.installedBlocking("a", BUDGET);
        while (world.tryAppend(INFO, 0, SMALL, sink.cursor) >= 0) {
            // on until the gate is shut
        }
        Thread waiter = startWaiter(sink.cursor);
        journal.detach(sink.cursor);
        assertThat(journal.waiters().asleep()).isZero();
        waiter.join();

        Sink second = world.sink("b");
        world.install(blocking(second, BUDGET));
        Thread other = startWaiter(second.cursor);
        journal.seal();
        assertThat(journal.waiters().asleep()).isZero();
        other.join();
    }

    /** A waiter that nobody wakes sleeps for its 100 ms. */
    @Test
    void wakesNobodyForOneBatchOfWhatItEverOpens() throws Exception {
        Sink sink = world.installedBlocking("a", BUDGET);
        while (world.tryAppend(INFO, 0, SMALL, sink.cursor) >= 0) {
            // on until the gate is shut
        }
        long allowed = sink.cursor.allowedVolatile();
        AtomicLong sleptNanos = new AtomicLong();
        Thread waiter = new Thread(() -> {
            long begun = System.nanoTime();
            journal.waiters().sleep(() -> false, () -> {}, Long.MAX_VALUE);
            sleptNanos.set(System.nanoTime() - begun);
        });
        waiter.start();
        while (journal.waiters().asleep() == 0) {
            Thread.onSpinWait();
        }

        sink.take();

        waiter.join();
        assertThat(sink.cursor.allowedVolatile()).isGreaterThan(allowed);
        assertThat(sleptNanos.get()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    /** Starts a thread that waits to append a small record, and returns when it sleeps. */
    private Thread startWaiter(Cursor... gates) {
        Thread waiter = new Thread(() -> {
            boolean waiting = true;
            while (waiting) {
                boolean interrupted = journal.awaitRoom(SMALL, INFO, gates, journal.routing(), Long.MAX_VALUE);
                long position = journal.append(new Claim(), JournalWorld.record(1, INFO, 0, SMALL), SMALL, INFO, gates);
                waiting = !interrupted && (position == Journal.GATED || position == Journal.NO_ROOM);
            }
        });
        waiter.start();
        while (journal.waiters().asleep() == 0) {
            Thread.onSpinWait();
        }
        return waiter;
    }
}
