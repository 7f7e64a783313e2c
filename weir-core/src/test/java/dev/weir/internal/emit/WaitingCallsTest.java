package dev.weir.internal.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.Hand;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Outcome;
import dev.weir.internal.journal.Refusal;
import dev.weir.internal.journal.Routing;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that wait at a gate. A platform thread that owns a lent scratch stands for a virtual one. */
class WaitingCallsTest {
    private static final int INFO = Level.INFO.ordinal();
    private static final long SOON_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final long CAPACITY = 512 << 10;
    private static final Cursor[] NO_GATES = {};

    private static final LoggerNames NO_NAMES = new LoggerNames() {
        @Override
        public String name(int loggerId) {
            return "";
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return new byte[0];
        }
    };

    private final Journal journal = Journal.allocate(CAPACITY, () -> 1);
    private final int largest = journal.geometry().largestRecordBytes();
    private final QueueHandler queue = new QueueHandler(journal, new EpochClock(), largest, (kind, message) -> {});
    private final LoggerNode logger = new LoggerNode(0, "any", queue);
    private Cursor cursor = journal.newCursor("a");
    private final List<Thread> callers = new ArrayList<>();
    private int generation;

    @AfterEach
    void end() throws InterruptedException {
        journal.seal();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    @Test
    void aWaitingCallOfAPlatformThreadAsksTheNewestRouting() throws InterruptedException {
        shutGate();
        Thread caller = call(Scratch.of(Thread.currentThread()), "x");
        awaitAsleep(caller);

        stopBlocking();

        awaitEnd(caller);
        assertThat(journal.journaled()[INFO]).isOne();
    }

    @Test
    void aWaitingCallOfAVirtualThreadAsksTheNewestRouting() throws InterruptedException {
        shutGate();
        Thread caller = call(Scratch.forLending(true), "x");
        awaitAsleep(caller);

        stopBlocking();

        awaitEnd(caller);
        assertThat(journal.journaled()[INFO]).isOne();
    }

    @Test
    void aWaitingCallOfAVirtualThreadHoldsNoScratchAndKeepsItsRecord() throws InterruptedException {
        shutGate();
        Scratch scratch = Scratch.forLending(true);
        Thread first = call(scratch, "first");
        awaitAsleep(first);

        assertThat(scratch.busy).isFalse();
        assertThat(scratch.borrowed).isFalse();
        Thread second = call(scratch, "second and other");
        awaitAsleep(second);
        stopBlocking();
        awaitEnd(first);
        awaitEnd(second);

        assertThat(taken()).containsExactlyInAnyOrder("first", "second and other");
    }

    @Test
    void theCopiesOfWaitingCallsAreBoundedAndTheirBytesGivenBack() throws InterruptedException {
        String large = "x".repeat(2 * largest);
        for (int round = 0; round < 2; round++) {
            shutGate();
            long before = queue.refused(Refusal.BLOCK_TIMEOUT)[INFO];
            for (int i = 0; i < CAPACITY / 4 / largest; i++) {
                awaitAsleep(call(Scratch.forLending(true), large));
            }
            assertThat(queue.refused(Refusal.BLOCK_TIMEOUT)[INFO]).isEqualTo(before);

            awaitEnd(call(Scratch.forLending(true), large));

            assertThat(queue.refused(Refusal.BLOCK_TIMEOUT)[INFO]).isEqualTo(before + 1);
            stopBlocking();
            for (Thread caller : callers) {
                awaitEnd(caller);
            }
        }
    }

    @Test
    void aWaitingCallWhoseScratchIsOrphanedIsAborted() throws InterruptedException {
        shutGate();
        Scratch scratch = Scratch.forLending(true);
        Thread caller = call(scratch, "x");
        awaitAsleep(caller);
        assertThat(journal.append(scratch.claim, new byte[8], 64, INFO, NO_GATES))
                .isEqualTo(Journal.ABORTED);

        stopBlocking();

        awaitEnd(caller);
        assertThat(queue.refused(Refusal.ABORTED)[INFO]).isOne();
        assertThat(journal.journaled()[INFO]).isZero();
    }

    @Test
    void aWaitingCallKeepsAnInterruptForItsCaller() throws InterruptedException {
        for (Scratch scratch : List.of(Scratch.of(Thread.currentThread()), Scratch.forLending(true))) {
            shutGate();
            boolean[] kept = new boolean[1];
            Thread caller = new Thread(() -> {
                ThreadState.own(scratch);
                emit("x");
                kept[0] = Thread.interrupted();
            });
            start(caller);
            awaitAsleep(caller);
            caller.interrupt();
            awaitAsleep(caller);

            stopBlocking();
            awaitEnd(caller);

            assertThat(kept[0]).isTrue();
        }
    }

    private Thread call(Scratch scratch, String message) {
        Thread caller = new Thread(() -> {
            ThreadState.own(scratch);
            emit(message);
        });
        start(caller);
        return caller;
    }

    private void start(Thread caller) {
        callers.add(caller);
        caller.start();
    }

    private void emit(String message) {
        queue.emit(logger, null, Level.INFO, message, 0, null, null, null);
    }

    private static void awaitAsleep(Thread caller) {
        long begun = System.nanoTime();
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime() - begun).as("it waits within").isLessThan(SOON_MILLIS * 1_000_000);
            Thread.onSpinWait();
        }
    }

    private static void awaitEnd(Thread caller) throws InterruptedException {
        caller.join(SOON_MILLIS);
        assertThat(caller.isAlive()).isFalse();
    }

    /** A new handler that blocks and takes everything; its gate is shut until it meets its change, and nobody walks. */
    private void shutGate() {
        cursor = journal.newCursor("a");
        Routing routing = routing(true);
        journal.attach(List.of(cursor), routing);
        assertThat(journal.change(routing, 0, Runnable::run)).isTrue();
    }

    /** The same handler does not block any more; its gate stays shut. */
    private void stopBlocking() {
        assertThat(journal.change(routing(false), 0, Runnable::run)).isTrue();
    }

    private Routing routing(boolean blocking) {
        return new Routing(
                ++generation,
                List.of(new Routing.Entry(
                        cursor,
                        id -> 0b111111,
                        blocking ? OverflowPolicy.BLOCK : OverflowPolicy.DROP_OLDEST,
                        1 << 17)));
    }

    private List<String> taken() {
        List<String> messages = new ArrayList<>();
        LogRecord record = new LogRecord(NO_NAMES);
        long end = journal.claimedEnd();
        while (cursor.hasNext(end)) {
            cursor.take();
            Hand hand = cursor.hand();
            for (int at = hand.committed(); at < hand.size(); at += record.length()) {
                messages.add(record.moveTo(hand.bytes(), at).message());
            }
            cursor.commit(hand.size(), new Outcome());
        }
        return messages;
    }
}
