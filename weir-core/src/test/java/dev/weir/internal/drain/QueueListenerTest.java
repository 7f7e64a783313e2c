package dev.weir.internal.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.OverflowPolicy;
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
import dev.weir.record.LoggerNames;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    private final QueueListener listener = new QueueListener(journal, clock, diagnostics, this::gone, nanos -> {});

    private void gone(HandlerWorker worker, Runnable leave) {
        boolean before = listener.retiring().contains(worker);
        leave.run();
        boolean after = listener.retiring().contains(worker);
        leaving.complete(List.of(before, after));
    }

    @Test
    @Timeout(60)
    void aWorkerIsOnItsWayOutUntilItIsToldToBeGone() throws Exception {
        Cursor cursor = journal.newCursor("a");
        HandlerWorker worker = new HandlerWorker(
                new NullHandler(),
                cursor,
                journal,
                NAMES,
                queue,
                name -> new LoggerNode(0, name, queue),
                diagnostics,
                List.of(),
                null,
                new HandlerWorker.Settings(BreakerPolicy.DEFAULT, Level.ERROR.ordinal(), false, ALL, List.of(), 0));
        Routing routing =
                new Routing(1, List.of(new Routing.Entry(cursor, id -> ALL, OverflowPolicy.DROP_OLDEST, 1 << 16)));
        journal.attach(List.of(cursor), routing);
        assertThat(journal.change(routing, 0, Runnable::run)).isTrue();
        worker.start();
        listener.start();
        journal.seal();

        listener.retire(worker, System.nanoTime() + TimeUnit.MINUTES.toNanos(1), DropReason.SHUTDOWN_DEADLINE);

        assertThat(leaving.get(10, TimeUnit.SECONDS)).containsExactly(true, false);
        assertThat(worker.isClosed()).isTrue();
        assertThat(journal.cursors()).isEmpty();
        listener.stop();
    }
}
