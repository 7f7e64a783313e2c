package dev.weir.internal.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.emit.EpochClock;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.Geometry;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Routing;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class QueueListenerTest {
    private static final int ALL = (1 << Level.COUNT) - 1;
    private static final LoggerNames NAMES = new LoggerNames() {
        @Override
        public String name(int loggerId) {
            return "any";
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return new byte[] {'a', 'n', 'y'};
        }
    };

    private final Journal journal = Journal.allocate(Geometry.LEAST_CAPACITY_BYTES, () -> 1);
    private final EpochClock clock = new EpochClock();
    private final QueueHandler queue = new QueueHandler(journal, clock, 1024, (kind, message) -> {});
    private final Diagnostics diagnostics = new Diagnostics(() -> {});
    /** Whether the worker was on its way out, before it was told to be gone, and afterwards. */
    private final CompletableFuture<List<Boolean>> leaving = new CompletableFuture<>();

    private final AtomicInteger ticks = new AtomicInteger();

    private final QueueListener listener =
            new QueueListener(journal, clock, diagnostics, this::gone, nanos -> ticks.incrementAndGet());

    private void gone(HandlerWorker worker, Runnable leave) {
        boolean before = listener.retiring().contains(worker);
        leave.run();
        boolean after = listener.retiring().contains(worker);
        leaving.complete(List.of(before, after));
    }

    @Test
    @Timeout(60)
    void aWorkerIsOnItsWayOutUntilItIsToldToBeGone() throws Exception {
        HandlerWorker worker = worker(new NullHandler(), null);
        route(worker);
        worker.start();
        listener.start();
        journal.seal();

        listener.retire(worker, System.nanoTime() + TimeUnit.MINUTES.toNanos(1), DropReason.SHUTDOWN_DEADLINE);

        assertThat(leaving.get(10, TimeUnit.SECONDS)).containsExactly(true, false);
        assertThat(worker.isClosed()).isTrue();
        assertThat(journal.cursors()).isEmpty();
        listener.stop();
    }

    @Test
    @Timeout(60)
    void aCloseIsToldOnceThatItsTimeIsOver() throws Exception {
        Waiting waiting = new Waiting();
        HandlerWorker worker = worker(waiting, null);
        route(worker);
        worker.start();
        listener.start();
        queueOne();
        waiting.opened.await();
        journal.seal();

        listener.retire(worker, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50), DropReason.SHUTDOWN_DEADLINE);

        leaving.get(10, TimeUnit.SECONDS);
        assertThat(worker.awaitClosed(TimeUnit.SECONDS.toNanos(10))).isTrue();
        assertThat(waiting.told).hasValue(1);
        listener.stop();
    }

    /** Waits in close, for ever until it is interrupted and then for a second time that never comes. */
    private static final class Waiting implements Handler {
        final CountDownLatch opened = new CountDownLatch(1);
        final AtomicInteger told = new AtomicInteger();

        @Override
        public void open() {
            opened.countDown();
        }

        @Override
        public boolean emit(LogRecord record) {
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public void close(boolean abandoned) {
            for (long seconds : new long[] {60, 1}) {
                try {
                    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    told.incrementAndGet();
                }
            }
        }
    }

    /** Hangs in flush. */
    private static final class Hanging implements Handler {
        final CountDownLatch hanging = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);

        @Override
        public boolean emit(LogRecord record) {
            return true;
        }

        @Override
        public void flush() {
            hanging.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    @Timeout(60)
    void aFallbackIsGivenUpOnlyAfterThoseThatPassOnToIt() throws Exception {
        Hanging hanging = new Hanging();
        HandlerWorker receiver = worker(new NullHandler(), null);
        HandlerWorker giver = worker(hanging, receiver);
        route(giver, receiver);
        receiver.start();
        giver.start();
        queueOne();
        hanging.hanging.await();
        journal.seal();
        listener.start();

        long past = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
        listener.retire(receiver, past, DropReason.SHUTDOWN_DEADLINE);
        listener.retire(giver, System.nanoTime() + TimeUnit.MINUTES.toNanos(1), DropReason.SHUTDOWN_DEADLINE);
        int before = ticks.get();
        while (ticks.get() < before + 3) {
            journal.steward().wake();
            Thread.onSpinWait();
        }
        boolean givenUpBefore = receiver.cursor().isAbandoned();
        listener.hasten(past, DropReason.SHUTDOWN_DEADLINE);

        while (!receiver.isGone()) {
            Thread.onSpinWait();
        }
        assertThat(givenUpBefore).isFalse();
        assertThat(giver.cursor().isAbandoned()).isTrue();
        hanging.letGo.countDown();
        listener.stop();
    }

    private void queueOne() {
        queue.emit(new LoggerNode(0, "any", queue), null, Level.INFO, "x", 0, null, null, null);
    }

    private HandlerWorker worker(Handler handler, @Nullable HandlerWorker fallback) {
        return new HandlerWorker(
                handler,
                journal.newCursor("a"),
                journal,
                NAMES,
                queue,
                name -> new LoggerNode(0, name, queue),
                diagnostics,
                List.of(),
                new HashSet<>(),
                fallback,
                new HandlerWorker.Settings(BreakerPolicy.DEFAULT, Level.ERROR.ordinal(), false, ALL, List.of(), 0));
    }

    private void route(HandlerWorker... workers) {
        List<Cursor> cursors = Arrays.stream(workers).map(HandlerWorker::cursor).toList();
        Routing routing = new Routing(
                1,
                cursors.stream()
                        .map(cursor -> new Routing.Entry(cursor, id -> ALL, OverflowPolicy.DROP_OLDEST, 1 << 16))
                        .toList());
        journal.attach(cursors, routing);
        assertThat(journal.change(routing, 0, Runnable::run)).isTrue();
    }
}
