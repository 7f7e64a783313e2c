package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.CRITICAL;
import static dev.weir.internal.journal.JournalWorld.ERROR;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static dev.weir.internal.journal.JournalWorld.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.QueueWait;
import dev.weir.internal.journal.JournalWorld.Sink;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Who sleeps, and who wakes it, with the waker's step put between the sleeper's. */
class SleeperTest {
    /** Nothing but a wake-up that was missed lasts half as long. */
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;
    private final Sink sink = world.installed("a");

    @Test
    void isWokenByWhoComesAfterTheLook() {
        Sleeper sleeper = new Sleeper();

        assertThat(isWokenBy(sleeper, sleeper::wake)).isTrue();
    }

    @Test
    void looksOnceMoreAfterItHasSaidThatItSleeps() {
        Sleeper sleeper = new Sleeper();
        AtomicBoolean looked = new AtomicBoolean();

        long begun = System.nanoTime();
        sleeper.sleep(BOUND_NANOS, () -> looked.getAndSet(true));

        assertThat(looked).isTrue();
        assertThat(System.nanoTime() - begun).isLessThan(BOUND_NANOS / 2);
    }

    @Test
    void isNotWokenAfterItHasAwoken() {
        Sleeper sleeper = new Sleeper();
        sleeper.sleep(BOUND_NANOS, () -> false);
        LockSupport.parkNanos(1);

        sleeper.wake();

        assertThat(wouldBePutToSleep()).isTrue();
    }

    @Test
    void aWorkerIsWokenBySevereRecordsAndWhereASegmentBeginsOrEnds() {
        assertThat(isWokenBy(sink.cursor.worker(), () -> appendAndWake(INFO))).isFalse();
        assertThat(isWokenBy(sink.cursor.worker(), () -> appendAndWake(ERROR))).isTrue();
        world.fillTo(SEGMENT - SMALL, INFO);
        assertThat(isWokenBy(sink.cursor.worker(), () -> appendAndWake(INFO))).isTrue();
        assertThat(isWokenBy(sink.cursor.worker(), () -> appendAndWake(INFO))).isTrue();
        assertThat(isWokenBy(sink.cursor.worker(), () -> appendAndWake(INFO))).isFalse();
    }

    @Test
    void aWorkerIsWokenByAChangeOfRoutesARepairAndTheSeal() {
        assertThat(isWokenBy(sink.cursor.worker(), () -> world.install(entry(sink))))
                .isTrue();
        assertThat(isWokenBy(sink.cursor.worker(), () -> {
                    world.orphan(world.claim(SMALL, INFO));
                    world.tick();
                }))
                .isTrue();
        assertThat(isWokenBy(sink.cursor.worker(), journal::seal)).isTrue();
    }

    @Test
    void theStewardIsWokenWhenTheRingIsFullerThanTheReliefShare() {
        assertThat(isWokenBy(journal.steward(), () -> appendAndWake(CRITICAL))).isFalse();
        world.fillTo(JournalWorld.LEAST.reliefShareBytes(), INFO);

        assertThat(isWokenBy(journal.steward(), () -> appendAndWake(CRITICAL))).isTrue();
    }

    @Test
    void aWorkerMayRestOnlyWithNothingClaimedNothingInItsBacklogAndNoSeal() {
        long seen = journal.claimedEnd();
        assertThat(sink.cursor.mayRest(seen)).isTrue();
        world.append(INFO);
        assertThat(sink.cursor.mayRest(seen)).isFalse();
        world.fillTo(3L * SEGMENT, INFO);
        world.tick();
        assertThat(sink.cursor.mayRest(journal.claimedEnd())).isFalse();
        sink.drain();
        assertThat(sink.cursor.mayRest(journal.claimedEnd())).isTrue();

        journal.seal();

        assertThat(sink.cursor.mayRest(journal.claimedEnd())).isFalse();
    }

    @Test
    void afterASilenceARecordWakesTheStewardWhichWakesTheWorker() throws InterruptedException {
        Thread worker = startLongSleep();

        assertThat(isWokenBy(journal.steward(), () -> appendAndWake(INFO))).isTrue();
        assertThat(LockSupport.getBlocker(worker)).isSameAs(sink.cursor.worker());
        journal.wakeLongSleepers();

        awaitEnd(worker);
        assertThat(journal.hasLongSleepers()).isFalse();
    }

    @Test
    void theStewardLooksForLongSleepersAfterItHasSaidThatItSleeps() throws InterruptedException {
        Thread worker = startLongSleep();
        world.append(INFO);

        Thread steward = new Thread(world.steward, "steward");
        steward.start();

        awaitEnd(worker);
        world.steward.stop();
        awaitEnd(steward);
    }

    @Test
    void theStewardLooksForLongSleepersOnceMoreAfterItsDuties() throws InterruptedException {
        Thread worker = startLongSleep();
        Steward steward = stewardOfOneTurn(() -> world.append(INFO));

        steward.run();

        awaitEnd(worker);
    }

    @Test
    void theStewardWakesLongSleepersBeforeItsDuties() throws InterruptedException {
        Thread worker = startLongSleep();
        world.append(INFO);
        AtomicBoolean woken = new AtomicBoolean();
        Steward steward = stewardOfOneTurn(() -> woken.set(hasEnded(worker)));

        steward.run();

        assertThat(woken).isTrue();
    }

    @Test
    void theStewardLeavesALongSleeperThatHasNothingAhead() throws InterruptedException {
        Thread worker = startLongSleep();

        journal.wakeLongSleepers();

        assertThat(LockSupport.getBlocker(worker)).isSameAs(sink.cursor.worker());
        sink.cursor.worker().wake();
        awaitEnd(worker);
    }

    @Test
    void aWorkerDoesNotSleepForLongOverWhatHappenedBeforeItSaidSo() {
        long seen = journal.claimedEnd();
        assertThat(sink.cursor.mayRestLong(seen)).isTrue();
        journal.queueWait(QueueWait.SPIN);
        assertThat(sink.cursor.mayRestLong(seen)).isFalse();
        journal.queueWait(QueueWait.ADAPTIVE);
        world.append(INFO);
        assertThat(sink.cursor.mayRestLong(seen)).isFalse();
        sink.drain();
        assertThat(sink.cursor.mayRestLong(journal.claimedEnd())).isTrue();

        sink.cursor.abandon(DropReason.RETIRED);

        assertThat(sink.cursor.mayRestLong(journal.claimedEnd())).isFalse();
        Sink ended = world.installed("ended");
        journal.detach(ended.cursor);
        assertThat(ended.cursor.mayRestLong(journal.claimedEnd())).isFalse();
    }

    @Test
    void aLongSleepBeginsWithOneMoreLook() {
        long seen = journal.claimedEnd();
        world.append(INFO);
        assertThat(sleepsForLong(seen)).isFalse();
        sink.drain();
        assertThat(sleepsForLong(journal.claimedEnd())).isTrue();

        journal.queueWait(QueueWait.SPIN);

        assertThat(sleepsForLong(journal.claimedEnd())).isFalse();
    }

    @Test
    void aLongSleeperIsWokenWhenItsHandlerIsGivenUpOrDetached() {
        assertThat(isWokenBy(sink.cursor.worker(), () -> sink.cursor.abandon(DropReason.RETIRED)))
                .isTrue();
        assertThat(isWokenBy(sink.cursor.worker(), () -> journal.detach(sink.cursor)))
                .isTrue();
    }

    /** A worker with nothing ahead, asleep for longer than the test takes. */
    private Thread startLongSleep() {
        Thread worker = new Thread(
                () -> journal.sleepLong(sink.cursor, TimeUnit.HOURS.toNanos(1), journal.claimedEnd()), "worker");
        worker.setDaemon(true);
        worker.start();
        while (LockSupport.getBlocker(worker) == null) {
            Thread.onSpinWait();
        }
        return worker;
    }

    /** A steward that is told to stop when its one turn's duties are done. */
    private Steward stewardOfOneTurn(Runnable duty) {
        Steward[] steward = new Steward[1];
        steward[0] = new Steward(journal, List::of, new Steward.Duties() {
            @Override
            public void tick(long nowNanos) {
                duty.run();
                steward[0].stop();
            }

            @Override
            public void memoryWanted() {}

            @Override
            public void failed(Throwable thrown) {
                world.failed(thrown);
            }
        });
        return steward[0];
    }

    /** Whether the worker, on the calling thread, sleeps for long, having found nothing below a position. */
    private boolean sleepsForLong(long below) {
        LockSupport.parkNanos(1); // uses up what a lock may have left
        long begun = System.nanoTime();
        journal.sleepLong(sink.cursor, BOUND_NANOS / 20, below);
        return System.nanoTime() - begun >= BOUND_NANOS / 20;
    }

    private static void awaitEnd(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.NANOSECONDS.toMillis(BOUND_NANOS));
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }

    private static boolean hasEnded(Thread thread) {
        try {
            awaitEnd(thread);
            return true;
        } catch (AssertionError | InterruptedException stillThere) {
            return false;
        }
    }

    private void appendAndWake(int level) {
        world.append(level);
        journal.wake(journal.claimedEnd() - SMALL, SMALL, level);
    }

    /** Whether the calling thread, asleep there, is woken by a step; the step comes after its last look. */
    private static boolean isWokenBy(Sleeper sleeper, Runnable step) {
        AtomicBoolean woken = new AtomicBoolean();
        LockSupport.parkNanos(1); // uses up what a lock may have left
        sleeper.sleep(BOUND_NANOS, () -> {
            step.run();
            woken.set(!wouldBePutToSleep());
            return false;
        });
        return woken.get();
    }

    /** Whether a park would last, because nobody has allowed the thread to go on. */
    private static boolean wouldBePutToSleep() {
        long begun = System.nanoTime();
        LockSupport.parkNanos(BOUND_NANOS / 20);
        return System.nanoTime() - begun >= BOUND_NANOS / 20;
    }
}
