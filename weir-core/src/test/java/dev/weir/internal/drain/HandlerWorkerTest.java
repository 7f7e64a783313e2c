package dev.weir.internal.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.handler.Handler;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.emit.EpochClock;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.journal.Claim;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.Hand;
import dev.weir.internal.journal.HandlerCounts;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Routing;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordEncoder;
import dev.weir.internal.record.RecordLayout;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers over a journal whose routes, end and deadlines are moved by hand. */
class HandlerWorkerTest {
    private static final long SOON = TimeUnit.SECONDS.toNanos(10);
    private static final BreakerPolicy NEVER_OPENS =
            new BreakerPolicy(1_000, Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(1));
    private static final BreakerPolicy OPENS_FOR_GOOD =
            new BreakerPolicy(1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    private static final int ALL_LEVELS = 0b111111;
    private static final int INFO = Level.INFO.ordinal();
    private static final byte[] THREAD = {'t'};

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

    private final Journal journal = Journal.allocate(1 << 20, () -> 1);
    private final QueueHandler queue = new QueueHandler(journal, new EpochClock(), 4096, (kind, message) -> {});
    private final Claim note = new Claim();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final List<Calls> handlers = new ArrayList<>();
    private int generation;

    /** Notes its calls, and hangs or fails as it is told. */
    private class Calls implements Handler {
        final String name;
        final String hangsIn;
        final CountDownLatch hanging = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);

        Calls(String name, String hangsIn) {
            this.name = name;
            this.hangsIn = hangsIn;
            handlers.add(this);
        }

        void called(String call) {
            calls.add(name + call);
            boolean free = !call.equals(hangsIn);
            while (!free) {
                hanging.countDown();
                try {
                    letGo.await();
                    free = true;
                } catch (InterruptedException e) {
                    free = false;
                }
            }
        }

        @Override
        public void open() {
            called("open");
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            called("emit");
            return true;
        }

        @Override
        public void flush() throws IOException {
            called("flush");
        }

        @Override
        public void rollback() {
            called("rollback");
        }

        @Override
        public void close(boolean abandoned) {
            called(abandoned ? "close abandoned" : "close");
        }
    }

    @AfterEach
    void end() {
        journal.seal();
        handlers.forEach(handler -> handler.letGo.countDown());
    }

    // a silence

    @Test
    void sleepsForLongAfterASilenceAndGoesOnWithTheNextRecord() throws Exception {
        Calls handler = new Calls("", "");
        HandlerWorker worker = worker(handler, List.of());
        route(worker);
        append("1");
        worker.start();
        while (!journal.hasLongSleepers()) {
            Thread.onSpinWait();
        }

        append("2");

        assertThat(journal.awaitCommitted(journal.claimedEnd(), SOON)).isTrue();
        assertThat(calls).containsExactly("open", "emit", "flush", "emit", "flush");
    }

    // upkeep

    @Test
    void letsTheHandlerDoWhatIsDueBetweenBatchesAndInASilence() throws Exception {
        AtomicInteger upkeeps = new AtomicInteger();
        AtomicInteger withinBatches = new AtomicInteger();
        Calls handler = new Calls("", "") {
            private boolean batch;

            @Override
            public boolean emit(LogRecord record) throws IOException {
                batch = true;
                return super.emit(record);
            }

            @Override
            public void flush() throws IOException {
                batch = false;
                super.flush();
            }

            @Override
            public void upkeep() {
                upkeeps.incrementAndGet();
                withinBatches.addAndGet(batch ? 1 : 0);
            }
        };
        HandlerWorker worker = worker(handler, List.of());
        route(worker);
        append("1");
        append("2");
        worker.start();
        while (!journal.hasLongSleepers()) {
            Thread.onSpinWait();
        }

        int before = upkeeps.get();
        while (upkeeps.get() < before + 2) {
            Thread.onSpinWait();
        }

        assertThat(before).isPositive();
        assertThat(withinBatches).hasValue(0);
    }

    @Test
    void goesOnWhenUpkeepFails() throws Exception {
        HandlerWorker worker = worker(
                new Calls("", "") {
                    @Override
                    public void upkeep() throws IOException {
                        called("upkeep");
                        throw new IOException("test");
                    }
                },
                List.of());

        deliver(worker, "a");

        assertThat(calls).containsSubsequence("open", "emit", "flush", "upkeep", "close");
        assertThat(worker.cursor().snapshot().written()[INFO]).isOne();
        assertThat(worker.failures()).isZero();
    }

    // a handler that is given up

    @ParameterizedTest
    @ValueSource(strings = {"open", "emit", "flush", "rollback"})
    void callsNothingButCloseOnceItHasBeenAbandoned(String call) throws Exception {
        Calls handler = new Calls("", call) {
            @Override
            public void flush() throws IOException {
                super.flush();
                if (call.equals("rollback")) {
                    throw new IOException("test");
                }
            }
        };
        HandlerWorker worker = worker(handler, List.of());
        route(worker);
        append("1");
        append("2");
        worker.start();
        handler.hanging.await();
        int before = calls.size();

        worker.cursor().abandon(DropReason.RETIRED);
        handler.letGo.countDown();

        assertThat(worker.awaitClosed(SOON)).isTrue();
        assertThat(calls.stream().skip(before)).containsExactly("close abandoned");
        HandlerCounts.Snapshot counts = worker.cursor().snapshot();
        assertThat(counts.written()[INFO]).isZero();
        assertThat(counts.dropped()[DropReason.RETIRED.ordinal()][INFO]).isEqualTo(2);
    }

    @Test
    void callsNothingButCloseOnceItHasBeenAbandonedInAnAnnouncement() throws Exception {
        Calls handler = new Calls("", "announcement") {
            @Override
            public boolean emit(LogRecord record) {
                String message = record.message();
                called(message.equals("bad") || message.equals("c") ? message : "announcement");
                return !message.equals("bad");
            }
        };
        HandlerWorker worker = worker(handler, List.of());
        route(worker);
        append("bad");
        worker.start();
        handler.hanging.await(); // with what was lost, which is said before the next record or by itself
        append("c");
        int before = calls.size();

        worker.cursor().abandon(DropReason.RETIRED);
        handler.letGo.countDown();

        assertThat(worker.awaitClosed(SOON)).isTrue();
        assertThat(calls.stream().skip(before)).containsExactly("close abandoned");
    }

    @Test
    void writesNoReportOnceItHasBeenAbandonedInTheAnnouncementBeforeIt() throws Exception {
        HandlerWorker[] worker = new HandlerWorker[1];
        Calls handler = new Calls("", "records lost: 1") {
            @Override
            public boolean emit(LogRecord record) {
                called(record.message());
                if (record.message().equals("bad")) {
                    worker[0].offer(encoded("report")); // due with what is lost now
                    return false;
                }
                return true;
            }
        };
        worker[0] = worker(handler, List.of());
        route(worker[0]);
        append("bad");
        worker[0].start();
        handler.hanging.await();
        int before = calls.size();

        worker[0].cursor().abandon(DropReason.RETIRED);
        handler.letGo.countDown();

        assertThat(worker[0].awaitClosed(SOON)).isTrue();
        assertThat(calls.stream().skip(before)).containsExactly("close abandoned");
    }

    @Test
    void doesNotAskForAFlushOnceItHasBeenAbandoned() throws Exception {
        Calls handler = new Calls("", "emit") {
            @Override
            public boolean shouldFlush(LogRecord record) {
                called("asked");
                return false;
            }
        };
        HandlerWorker worker = worker(handler, List.of());
        route(worker);
        append("1");
        worker.start();
        handler.hanging.await();
        int before = calls.size();

        worker.cursor().abandon(DropReason.RETIRED);
        handler.letGo.countDown();

        assertThat(worker.awaitClosed(SOON)).isTrue();
        assertThat(calls.stream().skip(before)).containsExactly("close abandoned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"emit", "flush"})
    void doesNotRollBackWhatFailsOnceItHasBeenAbandoned(String call) throws Exception {
        Calls handler = new Calls("", call) {
            @Override
            void called(String called) {
                super.called(called);
                if (called.equals(call)) {
                    throw new IllegalStateException("test");
                }
            }
        };
        HandlerWorker worker = worker(handler, List.of());
        route(worker);
        append("1");
        worker.start();
        handler.hanging.await();
        int before = calls.size();

        worker.cursor().abandon(DropReason.RETIRED);
        handler.letGo.countDown();

        assertThat(worker.awaitClosed(SOON)).isTrue();
        assertThat(calls.stream().skip(before)).containsExactly("close abandoned");
    }

    @Test
    void isNotEvenOpenedIfItWasAbandonedBefore() throws Exception {
        HandlerWorker worker = worker(new Calls("", ""), List.of());
        route(worker);
        worker.cursor().take(); // the change that names it
        append("1");
        worker.cursor().abandon(DropReason.RETIRED);

        worker.start();

        assertThat(worker.awaitClosed(SOON)).isTrue();
        assertThat(calls).isEmpty();
    }

    // a worker that fails itself

    @Test
    void beginsAgainAfterAnyThrowableAndCountsIt() throws Exception {
        HandlerWorker worker = worker(new Calls("", ""), List.of());
        AtomicInteger failures = new AtomicInteger();
        Routing routing = new Routing(
                ++generation,
                List.of(new Routing.Entry(
                        worker.cursor(),
                        id -> {
                            if (failures.getAndIncrement() == 0) {
                                throw new InternalError("test");
                            }
                            return ALL_LEVELS;
                        },
                        OverflowPolicy.DROP_OLDEST,
                        1 << 17)));
        journal.attach(List.of(worker.cursor()), routing);
        assertThat(journal.change(routing, 0, Runnable::run)).isTrue();
        append("1");
        journal.seal();

        worker.start();

        assertThat(worker.awaitClosed(SOON)).isTrue();
        assertThat(worker.restarts()).isOne();
        assertThat(worker.cursor().snapshot().written()[INFO]).isOne();
        assertThat(calls).containsExactly("open", "emit", "flush", "close");
    }

    @Test
    void offersNothingAgainThatWasFlushedBeforeItFailed() throws Exception {
        Hand[] hand = new Hand[1];
        HandlerWorker worker = worker(
                new Calls("", "") {
                    @Override
                    public void flush() throws IOException {
                        super.flush();
                        Bytes.putInt(hand[0].bytes(), RecordLayout.lengthAt(0), -1000); // the worker stumbles over that
                    }
                },
                List.of());
        hand[0] = worker.cursor().hand();
        route(worker);
        append("1");
        append("2");
        journal.seal();

        worker.start();

        assertThat(worker.awaitClosed(SOON)).isTrue();
        assertThat(worker.restarts()).isOne();
        assertThat(worker.cursor().snapshot().written()[INFO]).isEqualTo(2);
        assertThat(calls).containsExactly("open", "emit", "emit", "flush", "close");
    }

    // the hand-over

    @Test
    void opensOnlyAfterEveryEarlierHolder() throws Exception {
        Calls first = new Calls("first ", "flush");
        HandlerWorker holding = worker(first, List.of());
        HandlerWorker idle = worker(new Calls("idle ", ""), List.of(holding));
        HandlerWorker last = worker(new Calls("last ", ""), List.of(holding, idle));
        route(holding);
        append("1");
        holding.start();
        first.hanging.await();
        route(idle);
        idle.start();
        route(last);
        append("2");
        assertThat(idle.awaitClosed(SOON)).isTrue(); // with nothing to write it does not wait to open
        last.start();

        boolean waits = !journal.awaitCommitted(journal.claimedEnd(), TimeUnit.MILLISECONDS.toNanos(100));
        first.letGo.countDown();

        assertThat(journal.awaitCommitted(journal.claimedEnd(), SOON)).isTrue();
        assertThat(waits).isTrue();
        assertThat(calls)
                .containsExactly(
                        "first open",
                        "first emit",
                        "first flush",
                        "first close",
                        "last open",
                        "last emit",
                        "last flush");
    }

    @Test
    void opensAfterAnEarlierHolderThatWasAbandoned() throws Exception {
        Calls first = new Calls("first ", "emit");
        HandlerWorker holding = worker(first, List.of());
        HandlerWorker last = worker(new Calls("last ", ""), List.of(holding));
        route(holding);
        append("1");
        holding.start();
        first.hanging.await();
        route(last);
        append("2");
        last.start();

        holding.cursor().abandon(DropReason.RETIRED);

        long begun = System.nanoTime();
        while (!calls.contains("last flush")) {
            assertThat(System.nanoTime() - begun).as("it opens within").isLessThan(SOON);
            Thread.onSpinWait();
        }
        assertThat(calls).doesNotContain("first close abandoned");
    }

    @Test
    void aFallbackThatHasEndedTakesWhatIsPassedOnAndClosesAfterwards() throws Exception {
        Calls giving = new Calls("giver ", "emit") {
            @Override
            public boolean emit(LogRecord record) throws IOException {
                super.emit(record);
                throw new IOException("test");
            }
        };
        HandlerWorker receiver = worker(new Calls("receiver ", ""), List.of());
        HandlerWorker giver = worker(giving, List.of(), receiver, OPENS_FOR_GOOD);
        route(giver, receiver);
        append("1");
        receiver.start();
        giver.start();
        giving.hanging.await();
        journal.seal();

        boolean closedBefore = receiver.awaitClosed(TimeUnit.MILLISECONDS.toNanos(100));
        boolean endedBefore = receiver.cursor().isEnded();
        giving.letGo.countDown();

        assertThat(receiver.awaitClosed(SOON)).isTrue();
        assertThat(closedBefore).isFalse();
        assertThat(endedBefore).isTrue();
        assertThat(calls.stream().filter(call -> call.startsWith("receiver")))
                .containsExactly("receiver open", "receiver emit", "receiver flush", "receiver close");
        assertThat(calls).containsSubsequence("giver close", "receiver close");
        assertThat(giver.cursor().snapshot().passedOn()[INFO]).isOne();
        assertThat(receiver.cursor().snapshot().written()[INFO]).isOne();
    }

    // records that a handler fails on

    /** Fails on one record, each time with the next of some failures and then always with the last one. */
    private final class FailingOn extends Calls {
        private final String message;
        private final List<Exception> failures;

        FailingOn(String message, Exception... failures) {
            super("", "");
            this.message = message;
            this.failures = new ArrayList<>(List.of(failures));
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            String emitted = record.message();
            called("emit " + emitted);
            if (emitted.equals(message)) {
                Exception failure = failures.size() > 1 ? failures.remove(0) : failures.get(0);
                if (failure instanceof IOException sink) {
                    throw sink;
                }
                throw (RuntimeException) failure;
            }
            return true;
        }
    }

    @Test
    void offersARecordThreeTimesAmongOthersAndOnceAloneBeforeItIsRejected() throws Exception {
        HandlerWorker worker = worker(new FailingOn("bad", new IllegalStateException("test")), List.of());

        deliver(worker, "a", "bad", "c");

        assertThat(calls)
                .containsExactly(
                        "open",
                        "emit a",
                        "emit bad",
                        "rollback",
                        "emit a",
                        "emit bad",
                        "rollback",
                        "emit a",
                        "emit bad",
                        "rollback",
                        "emit a",
                        "flush",
                        "emit bad",
                        "rollback",
                        "emit records lost: 1",
                        "emit c",
                        "flush",
                        "close");
        assertThat(worker.cursor().snapshot().written()[INFO]).isEqualTo(2);
        assertThat(worker.cursor().snapshot().dropped()[DropReason.REJECTED.ordinal()][INFO])
                .isOne();
    }

    @Test
    void aFailureOfTheSinkNeverCountsAgainstARecord() throws Exception {
        IOException sink = new IOException("test");
        RuntimeException poison = new IllegalStateException("test");
        HandlerWorker worker =
                worker(new FailingOn("bad", poison, sink, poison, sink, sink, poison, sink, sink, poison), List.of());

        deliver(worker, "bad", "c");

        assertThat(calls.stream().filter("emit bad"::equals)).hasSize(9);
        assertThat(worker.cursor().snapshot().dropped()[DropReason.REJECTED.ordinal()][INFO])
                .isOne();
        assertThat(worker.cursor().snapshot().written()[INFO]).isOne();
    }

    @Test
    void whatFlushThrowsNeverCountsAgainstARecord() throws Exception {
        HandlerWorker worker = worker(
                new Calls("", "") {
                    private int failures = 10;

                    @Override
                    public void flush() throws IOException {
                        super.flush();
                        if (failures-- > 0) {
                            throw new IllegalStateException("test");
                        }
                    }
                },
                List.of());

        deliver(worker, "a");

        assertThat(worker.cursor().snapshot().written()[INFO]).isOne();
        assertThat(calls.stream().filter("flush"::equals)).hasSize(11);
    }

    @Test
    void onlyFailuresOnTheSameRecordAreOnesRunning() throws Exception {
        List<String> failing = new ArrayList<>(List.of("b", "b", "b", "a", "b", "b"));
        HandlerWorker worker = worker(
                new Calls("", "") {
                    @Override
                    public boolean emit(LogRecord record) {
                        if (!failing.isEmpty() && record.message().equals(failing.get(0))) {
                            failing.remove(0);
                            throw new IllegalStateException("test");
                        }
                        return true;
                    }
                },
                List.of());

        deliver(worker, "a", "b");

        assertThat(failing).isEmpty();
        assertThat(worker.cursor().snapshot().written()[INFO]).isEqualTo(2);
    }

    /** Appends before the worker starts, so that all come in one batch, and waits until they are done with. */
    private void deliver(HandlerWorker worker, String... messages) throws InterruptedException {
        route(worker);
        for (String message : messages) {
            append(message);
        }
        journal.seal();
        worker.start();
        assertThat(worker.awaitClosed(SOON)).isTrue();
    }

    private HandlerWorker worker(Handler handler, List<HandlerWorker> predecessors) {
        return worker(handler, predecessors, null, NEVER_OPENS);
    }

    private HandlerWorker worker(
            Handler handler,
            List<HandlerWorker> predecessors,
            @Nullable HandlerWorker fallback,
            BreakerPolicy breaker) {
        return new HandlerWorker(
                handler,
                journal.newCursor("a"),
                journal,
                NO_NAMES,
                queue,
                name -> new LoggerNode(0, name, queue),
                new Diagnostics(() -> {}),
                predecessors,
                new HashSet<>(),
                fallback,
                new HandlerWorker.Settings(breaker, Level.COUNT, false, ALL_LEVELS, List.of(), 0));
    }

    /** Routes everything to the first of some new handlers from now on, and to no other. */
    private void route(HandlerWorker first, HandlerWorker... others) {
        List<Routing.Entry> entries = new ArrayList<>();
        entries.add(entry(first, ALL_LEVELS));
        for (HandlerWorker other : others) {
            entries.add(entry(other, 0));
        }
        Routing routing = new Routing(++generation, entries);
        journal.attach(entries.stream().map(Routing.Entry::cursor).toList(), routing);
        assertThat(journal.change(routing, 0, Runnable::run)).isTrue();
    }

    private static Routing.Entry entry(HandlerWorker worker, int levels) {
        return new Routing.Entry(worker.cursor(), id -> levels, OverflowPolicy.DROP_OLDEST, 1 << 17);
    }

    private void append(String message) {
        byte[] record = encoded(message);
        assertThat(journal.append(note, record, record.length, INFO, new Cursor[0]))
                .isNotNegative();
    }

    private static byte[] encoded(String message) {
        RecordEncoder encoder = new RecordEncoder();
        encoder.begin(4096, 0, INFO, Level.INFO.severityNumber(), 0, 1, null, 1, THREAD);
        encoder.message(message);
        int length = encoder.end();
        return Arrays.copyOf(encoder.bytes(), length);
    }
}
