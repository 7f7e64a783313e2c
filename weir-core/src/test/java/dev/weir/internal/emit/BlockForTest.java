package dev.weir.internal.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Refusal;
import dev.weir.internal.journal.Routing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers of a handler under {@code block-for} that nobody drains, without a steward that would move its records. */
@Timeout(30)
class BlockForTest {
    private static final long CAPACITY = 1 << 20;
    private static final int INFO = Level.INFO.ordinal();

    private final Journal journal = Journal.allocate(CAPACITY, () -> 1);
    private final QueueHandler queue = new QueueHandler(journal, new EpochClock(), 4096, (kind, message) -> {});
    private final LoggerNode logger = new LoggerNode(0, "any", queue);

    private void install(OverflowPolicy policy) {
        Cursor cursor = journal.newCursor("undrained");
        Routing routing = new Routing(1, List.of(new Routing.Entry(cursor, id -> -1, policy, CAPACITY / 4)));
        journal.attach(List.of(cursor), routing);
        journal.change(routing, 0, Runnable::run);
        cursor.take(); // meets the change
    }

    private void log() {
        queue.emit(logger, null, Level.INFO, "0123456789".repeat(10), 0, null, null, null);
    }

    private long refused(Refusal reason) {
        return queue.refused(reason)[INFO];
    }

    @Test
    void aCallGoesOnPastTheGateWhenItsTimeIsOverAndIsRefusedWhenTheJournalIsFull() throws InterruptedException {
        install(OverflowPolicy.blockFor(Duration.ofMillis(20), Duration.ofMillis(60)));
        int[] calls = {0};

        long took = nanosOnAThreadOfItsOwn(() -> {
            while (refused(Refusal.BLOCK_TIMEOUT) == 0) {
                log();
                calls[0]++;
            }
        });

        assertThat(refused(Refusal.JOURNAL_FULL)).isZero();
        assertThat(journal.journaled()[INFO]).isEqualTo(calls[0] - 1);
        assertThat(journal.usedBytes()).isGreaterThan(CAPACITY / 4 / 2);
        assertThat(took).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(60));
    }

    @Test
    void onceAThreadHasUsedUpItsTimeItsCallsDoNotWait() throws InterruptedException {
        install(OverflowPolicy.blockFor(Duration.ofMillis(300), Duration.ofMillis(300)));
        long[] last = {0};

        long took = nanosOnAThreadOfItsOwn(() -> {
            long[] waits = ThreadState.waits();
            while (WaitLog.waitedNanos(waits, System.nanoTime()) < TimeUnit.MILLISECONDS.toNanos(300)) {
                log();
            }
            long begun = System.nanoTime();
            log();
            last[0] = System.nanoTime() - begun;
        });

        assertThat(took).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(last[0]).isLessThan(TimeUnit.MILLISECONDS.toNanos(200));
    }

    /** A new thread has not waited yet. */
    private static long nanosOnAThreadOfItsOwn(Runnable body) throws InterruptedException {
        long begun = System.nanoTime();
        Thread thread = new Thread(body);
        thread.start();
        thread.join();
        return System.nanoTime() - begun;
    }
}
