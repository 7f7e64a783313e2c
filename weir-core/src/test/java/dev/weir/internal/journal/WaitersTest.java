package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.BUDGET;
import static dev.weir.internal.journal.JournalWorld.CRITICAL;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.NO_GATES;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static dev.weir.internal.journal.JournalWorld.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.journal.JournalWorld.Sink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers and flushers that wait, and who signals them: asked right after each step, before a sleep's bound helps. */
class WaitersTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);

    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;
    private final AtomicBoolean done = new AtomicBoolean();
    private Thread waiting = new Thread();

    @AfterEach
    void end() throws InterruptedException {
        done.set(true);
        waiting.interrupt();
        waiting.join();
    }

    // the count and the lock

    @Test
    void aWaiterIsCountedBeforeItLooksForTheLastTime() {
        Waiters waiters = new Waiters();
        AtomicBoolean counted = new AtomicBoolean();

        waiters.sleep(
                () -> {
                    counted.set(waiters.any());
                    return true;
                },
                () -> {},
                0);

        assertThat(counted).isTrue();
        assertThat(waiters.any()).isFalse();
    }

    @Test
    void aSignalBetweenTheLastLookAndTheSleepIsNotMissed() throws Exception {
        Waiters waiters = new Waiters(10 * LONG);
        Thread signaller = new Thread(waiters::signal);
        waiting = new Thread(() -> waiters.sleep(
                () -> {
                    signaller.start();
                    awaitBlocked(signaller);
                    return false;
                },
                () -> {},
                10 * LONG));
        waiting.start();

        waiting.join(TimeUnit.NANOSECONDS.toMillis(LONG));

        assertThat(waiting.isAlive()).isFalse();
        signaller.join();
    }

    private static void awaitBlocked(Thread signaller) {
        while (signaller.getState() == Thread.State.NEW || signaller.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
    }

    // who signals

    @Test
    void aHandlerThatEndsInTheWalkSignals() {
        Sink sink = world.installedBlocking("a", BUDGET);
        world.install();
        shutGateByOthers(sink);
        waitFor(sink.cursor);

        sink.take();

        assertThat(sink.cursor.isEnded()).isTrue();
        assertThat(journal.waiters().asleep()).isZero();
    }

    /** It may be long until the worker opens it by half, which is what it signals at. */
    @Test
    void aGateThatIsOpenedByReliefSignals() {
        Sink sink = world.installedBlocking("a", 12L * SEGMENT);
        for (int i = 0; i < 4; i++) {
            journal.slabs().release(ByteBuffer.allocate(SEGMENT).order(ByteOrder.LITTLE_ENDIAN));
        }
        world.fillTo(3L * SEGMENT + SMALL, CRITICAL); // by others, who do not ask the gate
        waitFor(sink.cursor);

        world.tick();

        long open = sink.cursor.allowedVolatile() - journal.claimedEnd();
        assertThat(open).isBetween(SEGMENT / 2L, SEGMENT - 1L); // a worker would signal from a segment on
        assertThat(journal.waiters().asleep()).isZero();
    }

    @Test
    void aHandlerThatIsDetachedSignals() {
        Sink sink = world.installedBlocking("a", BUDGET);
        world.install();
        sink.drain();
        AtomicBoolean mayGo = new AtomicBoolean();
        waitIn(journal.waiters(), () -> journal.waiters().sleep(mayGo::get, () -> {}, LONG));

        mayGo.set(true);
        journal.detach(sink.cursor); // which ended before

        assertThat(journal.waiters().asleep()).isZero();
    }

    @Test
    void aChangeOfRoutesSignals() {
        Sink sink = world.installedBlocking("a", BUDGET);
        shutGateByOthers(sink);
        waitFor(sink.cursor);

        world.install(entry(sink));

        assertThat(journal.waiters().asleep()).isZero();
    }

    @Test
    void theSealSignals() {
        Sink sink = world.installedBlocking("a", BUDGET);
        shutGateByOthers(sink);
        waitFor(sink.cursor);

        journal.seal();

        assertThat(journal.waiters().asleep()).isZero();
    }

    @Test
    void roomThatComesBackSignals() {
        Sink sink = world.installed("a");
        while (world.tryAppend(INFO, 0, SMALL) >= 0) {
            // on until it is full
        }
        waitFor();

        sink.drain();

        assertThat(journal.waiters().asleep()).isZero();
    }

    @Test
    void roomThatComesBackWhereNoneWasLackingWakesNobody() throws Exception {
        Sink sink = world.installed("a");

        boolean sleptOn = false;
        for (int i = 1; i <= 20 && !sleptOn; i++) { // its bound may end a sleep just then
            world.fillTo(i * (long) SEGMENT - SMALL, INFO);
            sink.drain();
            world.append(INFO);
            waiting = new Thread(() -> journal.waiters().sleep(() -> false, () -> {}, LONG)); // once
            waiting.start();
            awaitAsleep(journal.waiters());

            sink.take();

            sleptOn = journal.waiters().asleep() == 1;
            assertThat(world.floor()).isEqualTo(i * (long) SEGMENT);
            sink.commit();
            waiting.interrupt();
            waiting.join();
        }
        assertThat(sleptOn).isTrue();
    }

    @Test
    void aFlushIsToldOfACommit() {
        Sink sink = world.installed("a");
        world.append(INFO);
        sink.take();
        flush();

        sink.commit();

        assertThat(journal.flushers().asleep()).isZero();
    }

    @Test
    void aFlushIsToldOfADetachedHandler() {
        Sink sink = world.installed("a");
        world.append(INFO);
        flush();

        journal.detach(sink.cursor);

        assertThat(journal.flushers().asleep()).isZero();
    }

    @Test
    void aFlushIsToldOfAnAbandonedHandler() {
        Sink sink = world.installed("a");
        world.append(INFO);
        sink.take();
        flush();

        sink.cursor.abandon(DropReason.RETIRED);

        assertThat(journal.flushers().asleep()).isZero();
    }

    @Test
    void aFlushIsToldWhenTheStewardDropsTheLastRecord() {
        Sink sink = world.installed("a");
        world.append(INFO);
        sink.cursor.abandon(DropReason.RETIRED);
        world.append(INFO);
        flush();

        world.tick();

        assertThat(journal.flushers().asleep()).isZero();
    }

    @Test
    void aFlushIsToldThatTheLastRecordWasAnothersOrTheHandlerEnded() {
        Sink sink = world.sink("a");
        world.install(entry(sink, id -> 0));
        sink.drain();
        world.append(INFO);
        flush();
        sink.take();
        assertThat(journal.flushers().asleep()).isZero();

        world.install();
        world.append(INFO);
        flush();
        sink.take();

        assertThat(sink.cursor.isEnded()).isTrue();
        assertThat(journal.flushers().asleep()).isZero();
    }

    // what a waiter looks at

    @Test
    void aWaiterLooksAtTheNewestRoutingTheSealTheGatesAndTheRoom() {
        Sink sink = world.installedBlocking("a", BUDGET);
        Routing seen = journal.routing();
        assertThat(sleeps(seen, sink.cursor)).isFalse();
        shutGateByOthers(sink);
        assertThat(sleeps(seen, sink.cursor)).isTrue();
        assertThat(sleeps(seen, NO_GATES)).isFalse();
        while (world.tryAppend(INFO, 0, SMALL) >= 0) {
            // on until it is full
        }
        assertThat(sleeps(seen, NO_GATES)).isTrue();

        world.install(entry(sink));
        assertThat(sleeps(seen, NO_GATES)).isFalse();
        assertThat(sleeps(journal.routing(), NO_GATES)).isTrue();

        journal.seal();
        assertThat(sleeps(journal.routing(), NO_GATES)).isFalse();
    }

    /** Whether a caller would sleep: one that is interrupted comes back at once, and says so. */
    private boolean sleeps(Routing seen, Cursor... gates) {
        Thread.currentThread().interrupt();
        boolean slept = journal.awaitRoom(SMALL, INFO, gates, seen, LONG);
        assertThat(Thread.interrupted()).isNotEqualTo(slept);
        return slept;
    }

    /** Claims beyond the gate's window without asking the gate, so that no walk to its change opens it again. */
    private void shutGateByOthers(Sink sink) {
        world.fillTo(sink.position() + 3L * SEGMENT, CRITICAL);
        assertThat(journal.claimedEnd()).isGreaterThan(sink.cursor.allowedVolatile());
    }

    /** Starts a thread that waits at gates, or for room, and returns when it sleeps. */
    private void waitFor(Cursor... gates) {
        Routing seen = journal.routing();
        waitIn(journal.waiters(), () -> journal.awaitRoom(SMALL, INFO, gates, seen, LONG));
    }

    /** Starts a thread that waits for what is claimed, and returns when it sleeps. */
    private void flush() {
        long to = journal.claimedEnd();
        waitIn(journal.flushers(), () -> journal.awaitCommitted(to, LONG));
    }

    private void waitIn(Waiters waiters, Runnable wait) {
        waiting.interrupt();
        waiting = new Thread(() -> {
            while (!done.get() && !Thread.currentThread().isInterrupted()) {
                wait.run();
            }
        });
        waiting.start();
        awaitAsleep(waiters);
    }

    private static void awaitAsleep(Waiters waiters) {
        long begun = System.nanoTime();
        while (waiters.asleep() == 0) {
            assertThat(System.nanoTime() - begun).as("it sleeps within").isLessThan(LONG);
            Thread.onSpinWait();
        }
    }
}
