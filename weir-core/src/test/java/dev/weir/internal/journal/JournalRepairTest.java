package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.ERROR;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.RING;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.handler.TestProcess;
import dev.weir.internal.journal.JournalWorld.Sink;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JournalRepairTest {
    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;

    @Test
    void padsAClaimThatWasNotPublishedAndCountsItOnce() {
        Sink sink = world.installed("a");
        int before = world.append(INFO);
        Claim claim = world.claim(SMALL, ERROR);
        int after = world.append(INFO);
        world.orphan(claim);

        world.tick();
        world.tick();

        assertThat(claim.isOrphaned()).isFalse();
        assertThat(world.lengthAt(claim.start)).isEqualTo(-SMALL);
        assertThat(journal.aborted()).containsExactly(0, 0, 0, 0, 1, 0);
        sink.drain();
        assertThat(sink.received).containsExactly(before, after);
        assertThat(journal.journaled()[ERROR]).isZero();
    }

    @Test
    void padsBothPartsOfAClaimThatCrossedASegmentsEnd() {
        Sink sink = world.installed("a");
        world.fillTo(SEGMENT - 48, INFO);
        Claim claim = world.claim(SMALL, INFO);
        int after = world.append(INFO);
        world.orphan(claim);

        world.tick();

        assertThat(world.lengthAt(SEGMENT - 48)).isEqualTo(-48);
        assertThat(world.lengthAt(SEGMENT)).isEqualTo(-SMALL);
        assertThat(journal.aborted()[INFO]).isOne();
        sink.drain();
        assertThat(sink.received).hasSize(world.appended).endsWith(after);
    }

    @Test
    void padsOnlyThePartThatWasNotPublished() {
        Sink sink = world.installed("a");
        world.fillTo(SEGMENT - 48, INFO);
        Claim claim = world.claim(SMALL, INFO);
        world.publishPadding(claim);
        sink.drain();
        assertThat(sink.position()).isEqualTo(SEGMENT);
        assertThat(world.floor()).isEqualTo(SEGMENT); // the padding is recycled memory now
        world.orphan(claim);

        world.tick();

        assertThat(world.lengthAt(SEGMENT - 48)).isZero();
        assertThat(world.lengthAt(SEGMENT)).isEqualTo(-SMALL);
        assertThat(journal.aborted()[INFO]).isOne();
    }

    @Test
    void leavesAPublishedRecordAloneAndCountsNothing() {
        Sink sink = world.installed("a");
        Claim claim = world.claim(SMALL, INFO);
        int number = world.publishRecord(claim);
        world.orphan(claim);

        world.tick();

        assertThat(claim.isOrphaned()).isFalse();
        assertThat(journal.aborted()[INFO]).isZero();
        sink.drain();
        assertThat(sink.received).containsExactly(number);
    }

    @Test
    void neverTouchesRecycledMemory() {
        Sink sink = world.installed("a");
        Claim claim = world.claim(SMALL, INFO);
        world.publishRecord(claim);
        for (int i = 0; i < 2_000; i++) {
            world.append(INFO);
            sink.drain();
        }
        world.fillTo((journal.claimedEnd() + RING - 1) / RING * RING, INFO);
        sink.drain();
        long lap = journal.claimedEnd();
        assertThat(world.floor()).isGreaterThan(claim.start);
        world.orphan(claim);

        world.tick();

        assertThat(claim.isOrphaned()).isFalse();
        assertThat(world.lengthAt(lap)).isZero();
        assertThat(world.lengthAt(lap + claim.start)).isZero();
        assertThat(journal.aborted()[INFO]).isZero();
    }

    @Test
    void leavesNotesOfOtherJournalsAndOfLiveClaimsAlone() {
        Claim live = world.claim(SMALL, INFO);
        live.journal = journal;
        world.notes.add(live);
        Claim foreign = world.claim(SMALL, INFO);
        foreign.journal = new JournalWorld().journal;
        foreign.orphaned = true;
        world.notes.add(foreign);
        journal.expectOrphans(true);

        world.tick();

        assertThat(world.lengthAt(live.start)).isZero();
        assertThat(world.lengthAt(foreign.start)).isZero();
        assertThat(foreign.isOrphaned()).isTrue();
    }

    @Test
    void anAppendThatFailsAfterItsClaimLeavesItsNote() {
        Sink sink = world.installed("a");

        long position = journal.append(world.note, new byte[8], SMALL, INFO, JournalWorld.NO_GATES);

        assertThat(position).isEqualTo(Journal.ABORTED);
        assertThat(world.note.isOrphaned()).isTrue();
        assertThat(journal.hasOrphans()).isTrue();
        int after = world.tryAppendWithAnotherNote(INFO);
        sink.drain();
        assertThat(sink.received).isEmpty();
        world.tick();
        sink.drain();
        assertThat(sink.received).containsExactly(after);
        assertThat(journal.aborted()[INFO]).isOne();
        assertThat(world.note.isOrphaned()).isFalse();
        assertThat(journal.hasOrphans()).isFalse();
    }

    /** In a process of its own that only interprets: which calls are compiled, and when, is nobody's to say. */
    @Test
    void aCallWithoutStackForItsPublicationClaimsNothing() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xint",
                        "-XX:-UsePerfData",
                        "-cp",
                        TestProcess.classPath(Journal.class, JournalRepairTest.class),
                        Recursion.class.getName())
                .inheritIO()
                .start();

        assertThat(process.waitFor()).isEqualTo(Recursion.NONE_ABORTED);
    }

    /** Appends at every depth until the stack is used up, again and again from another depth. */
    static final class Recursion implements Runnable {
        static final int NONE_ABORTED = 17;
        private static final int TIMES = 64;

        private JournalWorld world = new JournalWorld();
        private int overflows;
        private int aborted;

        public static void main(String[] arguments) throws InterruptedException {
            Recursion recursion = new Recursion();
            recursion.world.append(INFO); // loads classes
            Thread thread = new Thread(null, recursion, "recursing", 192 * 1024);
            thread.start();
            thread.join();
            System.exit(recursion.aborted == 0 && recursion.overflows == TIMES ? NONE_ABORTED : 1);
        }

        @Override
        public void run() {
            while (overflows < TIMES) {
                world = new JournalWorld();
                try {
                    begin(overflows % 8, 0, 0, 0);
                } catch (StackOverflowError expected) {
                    overflows++;
                }
            }
        }

        /** Frames of another size, so that the stack ends at every word of those that follow. */
        private void begin(int more, long a, long b, long c) {
            if (more > 0) {
                begin(more - 1, b, c, a);
            }
            recurse(JournalWorld.record(1, INFO, 0, SMALL));
        }

        @SuppressWarnings("InfiniteRecursion")
        private void recurse(byte[] record) {
            if (world.journal.append(world.note, record, SMALL, INFO, JournalWorld.NO_GATES) == Journal.ABORTED) {
                aborted++;
            }
            recurse(record);
        }
    }

    @Test
    void anAbortedChangeOfRoutesIsNoRecord() {
        Sink sink = world.installed("a");
        Claim claim = world.claim(Journal.CHANGE_BYTES, -1);
        world.orphan(claim);

        world.tick();

        assertThat(claim.padded).isTrue();
        assertThat(journal.aborted()).containsOnly(0);
        sink.drain();
        assertThat(sink.position()).isEqualTo(journal.claimedEnd());
    }

    @Test
    void aPublishedChangeOfRoutesStands() {
        Sink sink = world.installed("a");
        long change = world.install(JournalWorld.entry(sink));
        Claim claim = new Claim();
        claim.start = change;
        claim.bytes = Journal.CHANGE_BYTES;
        claim.recordBytes = Journal.CHANGE_BYTES;
        claim.level = -1;
        claim.padded = true;
        world.orphan(claim);

        world.tick();

        assertThat(claim.padded).isFalse();
        assertThat(world.lengthAt(change)).isEqualTo(Journal.CHANGE_BYTES);
    }

    /** Changes routes on a thread of its own, which waits for the steward if it fails behind the claim. */
    private FutureTask<Boolean> failingChange(Routing routing, long writable) {
        world.attachNew(routing);
        world.bytes.limit((int) writable);
        FutureTask<Boolean> change = new FutureTask<>(() -> world.change(routing));
        Thread thread = new Thread(change, "changing");
        thread.setDaemon(true);
        thread.start();
        while (!journal.hasOrphans() && !change.isDone()) {
            Thread.onSpinWait();
        }
        world.bytes.limit(RING);
        return change;
    }

    @Test
    @Timeout(20)
    void aChangeOfRoutesThatFailsBehindItsClaimIsTakenBack() throws Exception {
        Sink sink = world.installed("a");
        Sink other = world.sink("b");
        Routing before = journal.routing();
        long at = journal.claimedEnd();
        FutureTask<Boolean> change = failingChange(world.routing(JournalWorld.entry(other)), at + 8);

        assertThat(change.isDone()).isFalse();
        world.tick();

        assertThat(change.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(world.lengthAt(at)).isEqualTo(-Journal.CHANGE_BYTES);
        assertThat(journal.routing()).isSameAs(before);
        assertThat(before.next()).isNull();
        assertThat(journal.aborted()).containsOnly(0);
        goesOn(sink, other);
    }

    @Test
    @Timeout(20)
    void aChangeOfRoutesThatFailsOverASegmentsEndIsTakenBackWhole() throws Exception {
        Sink sink = world.installed("a");
        Sink other = world.sink("b");
        world.fillTo(SEGMENT - 8, INFO);
        sink.drain();
        sink.received.clear();
        FutureTask<Boolean> change = failingChange(world.routing(JournalWorld.entry(other)), SEGMENT - 8);

        assertThat(change.isDone()).isFalse();
        world.tick();

        assertThat(change.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(world.lengthAt(SEGMENT - 8)).isEqualTo(-8);
        assertThat(world.lengthAt(SEGMENT)).isEqualTo(-Journal.CHANGE_BYTES);
        goesOn(sink, other);
    }

    /** The old handler takes the records and not the new one; a later change of routes succeeds. */
    private void goesOn(Sink sink, Sink other) {
        journal.detach(other.cursor);
        int first = world.append(INFO);
        Sink added = world.sink("c");
        world.install(JournalWorld.entry(sink), JournalWorld.entry(added));
        int second = world.append(INFO);
        sink.drain();
        other.drain();
        added.drain();
        assertThat(sink.received).containsExactly(first, second);
        assertThat(other.received).isEmpty();
        assertThat(added.received).containsExactly(second);
        assertThat(world.failures).isEmpty();
    }

    @Test
    @Timeout(20)
    void aChangeOfRoutesThatFailsBehindItsPublicationStands() throws Exception {
        Sink sink = world.installed("a");
        Sink other = world.sink("b");
        Routing successor = world.routing(JournalWorld.entry(other));
        long at = journal.claimedEnd();
        FutureTask<Boolean> change = failingChange(successor, at + 8);
        journal.ring().change(at, successor.generation());
        journal.ring().lengthRelease(at, Journal.CHANGE_BYTES);

        assertThat(change.isDone()).isFalse();
        world.tick();

        assertThat(change.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(journal.routing()).isSameAs(successor);
        int after = world.append(INFO);
        sink.drain();
        other.drain();
        assertThat(sink.received).isEmpty();
        assertThat(sink.cursor.isEnded()).isTrue();
        assertThat(other.received).containsExactly(after);
    }

    /** Changes routes at each of the deepest levels that its thread's stack has. */
    private final class AtTheEndOfTheStack {
        private static final int LEVELS = 50;
        private final Routing[] successors = new Routing[LEVELS];
        private int next;
        private int failed;
        private boolean halfDone;

        void changeRoutes(Sink sink) {
            for (int i = 0; i < LEVELS; i++) {
                successors[i] = world.routing(JournalWorld.entry(sink));
            }
            next = 0;
            descend();
        }

        @SuppressWarnings("InfiniteRecursion")
        private void descend() {
            try {
                descend();
            } catch (StackOverflowError expected) {
                // from here on upwards
            }
            if (next < LEVELS) {
                change(successors[next++]);
            }
        }

        private void change(Routing successor) {
            long claimed = journal.claimedEnd();
            try {
                world.change(successor);
            } catch (StackOverflowError expected) {
                failed++;
                halfDone |= journal.claimedEnd() != claimed || journal.routing().next() != null;
            }
        }
    }

    @Test
    @Timeout(60)
    void aChangeOfRoutesThatIsShortOfStackChangesNothing() throws Exception {
        Sink sink = world.installed("a");
        AtTheEndOfTheStack deep = new AtTheEndOfTheStack();
        FutureTask<Void> changing = new FutureTask<>(() -> {
            for (int round = 0; round < 3; round++) {
                deep.changeRoutes(sink);
                for (int i = 0; i < 2_000; i++) {
                    world.append(INFO); // compiled, a claim needs less stack than what follows it
                    drainAll(sink);
                }
            }
            return null;
        });
        Thread thread = new Thread(null, changing, "changing", 256 * 1024);
        thread.setDaemon(true);
        thread.start();

        while (!changing.isDone()) {
            if (journal.hasOrphans()) {
                world.tick();
            }
            Thread.onSpinWait();
        }

        changing.get();
        assertThat(deep.failed).isPositive();
        assertThat(deep.halfDone).isFalse();
        assertThat(sink.received).hasSize(world.appended);
        assertThat(world.failures).isEmpty();
    }

    private void drainAll(Sink sink) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sink.position() < journal.claimedEnd()) {
            sink.drain();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("a hole at " + sink.position());
            }
        }
    }

    @Test
    void repairsAtTheNextTickIfTheNotesCannotBeHad() {
        AtomicInteger calls = new AtomicInteger();
        Steward steward = new Steward(
                journal,
                () -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new InternalError("test");
                    }
                    return world.notes;
                },
                world);
        Claim claim = world.claim(SMALL, INFO);
        world.orphan(claim);

        steward.tick(1);
        assertThat(world.failures).hasSize(1);
        steward.tick(2);

        assertThat(claim.isOrphaned()).isFalse();
    }

    /** Duties that fail, and whose report fails too, until the steward is stopped. */
    private static final class FailingDuties implements Steward.Duties {
        Steward steward;
        int ticks;

        @Override
        public void tick(long nowNanos) {
            if (++ticks == 3) {
                steward.stop();
            }
            throw new IllegalStateException("tick");
        }

        @Override
        public void memoryWanted() {}

        @Override
        public void failed(Throwable thrown) {
            throw new InternalError("test");
        }
    }

    @Test
    void theStewardGoesOnWhenItsDutiesAndTheirReportFail() {
        FailingDuties duties = new FailingDuties();
        duties.steward = new Steward(journal, List::of, duties);

        duties.steward.run();

        assertThat(duties.ticks).isEqualTo(3);
    }

    @Test
    void oneDutysFailureLeavesTheOthersAlone() {
        Sink failing = world.sink("failing");
        Sink other = world.sink("other");
        world.install(
                JournalWorld.entry(failing, id -> {
                    if (id > 0) {
                        throw new IllegalStateException("test");
                    }
                    return JournalWorld.ALL;
                }),
                JournalWorld.entry(other));
        failing.drain();
        other.drain();
        world.loggers.set(2);
        world.append(INFO, 1, SMALL);
        world.fillTo(3L * SEGMENT, INFO);
        Claim claim = world.claim(SMALL, INFO);
        world.orphan(claim);

        world.tick();

        assertThat(world.failures).hasSize(1);
        assertThat(other.position()).isGreaterThanOrEqualTo(SEGMENT);
        assertThat(claim.isOrphaned()).isFalse();
        assertThatThrownBy(failing::take).isInstanceOf(IllegalStateException.class);
    }
}
