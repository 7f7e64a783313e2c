package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.Handler;
import dev.weir.internal.drain.HandlerWorker;
import dev.weir.internal.journal.Sleeper;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What workers do while nothing is logged. */
class QueueWaitTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int LOOKS = 2_000;

    private final Kept handler = new Kept();
    private Weir weir = Weir.builder().start();

    /** Keeps messages, and the thread that brings them. */
    private static final class Kept implements Handler {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final CountDownLatch begun = new CountDownLatch(1);
        volatile Thread worker = Thread.currentThread();
        volatile boolean failing;

        @Override
        public void open() {
            worker = Thread.currentThread();
            begun.countDown();
        }

        @Override
        public boolean emit(LogRecord record) throws IOException {
            if (failing) {
                throw new IOException("test");
            }
            messages.add(record.message());
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public void rollback() {}

        @Override
        public void close(boolean abandoned) {}
    }

    @AfterEach
    void end() {
        weir.close(SOON);
    }

    @ParameterizedTest
    @EnumSource
    void recordsComeThroughInOrder(QueueWait how) {
        start(how);
        Logger logger = weir.loggerOf("any");

        logger.info("1");
        assertThat(weir.flush(SOON).complete()).isTrue();
        logger.info("2");
        logger.info("3");
        while (handler.messages.size() < 3) {
            Thread.onSpinWait();
        }

        assertThat(handler.messages).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsTheWorkerWithEverythingWritten(QueueWait how) throws InterruptedException {
        start(how);
        begin();
        weir.loggerOf("any").info("last");

        DrainResult result = weir.close(SOON);

        handler.worker.join(SOON.toMillis());
        assertThat(handler.worker.isAlive()).isFalse();
        assertThat(result.complete()).isTrue();
        assertThat(handler.messages).containsExactly("first", "last");
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedWorkerGoesOn(QueueWait how) throws InterruptedException {
        start(how);
        begin();

        handler.worker.interrupt();
        while (handler.worker.isInterrupted()) {
            Thread.onSpinWait();
        }
        weir.loggerOf("any").info("second");
        assertThat(weir.flush(SOON).complete()).isTrue();

        assertThat(handler.messages).containsExactly("first", "second");
    }

    @Test
    void anAdaptiveWorkerSleeps() throws InterruptedException {
        start(QueueWait.ADAPTIVE);
        begin();

        awaitBlockedIn(Sleeper.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADAPTIVE")
    void aBusyWorkerNeverSleeps(QueueWait how) throws InterruptedException {
        start(how);
        begin();

        requireNeverAsleep();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADAPTIVE")
    void aReloadChangesItAtOnceForAWorkerThatGoesOn(QueueWait how) throws InterruptedException {
        start(QueueWait.ADAPTIVE);
        begin();
        awaitBlockedIn(Sleeper.class);

        PipelineSettingsForTest.install(weir, builder(how));
        weir.loggerOf("any").info("second");
        assertThat(weir.flush(SOON).complete()).isTrue();
        requireNeverAsleep();
        PipelineSettingsForTest.install(weir, builder(QueueWait.ADAPTIVE));

        awaitBlockedIn(Sleeper.class);
        assertThat(handler.messages).containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource
    void aReloadEndsTheWorkerOfAHandlerThatIsReplaced(QueueWait how) throws InterruptedException {
        start(how);
        begin();
        Kept successor = new Kept();

        PipelineSettingsForTest.install(weir, Weir.builder().queueWait(how).handler("successor", successor));
        weir.loggerOf("any").info("second");
        assertThat(weir.flush(SOON).complete()).isTrue();

        handler.worker.join(SOON.toMillis());
        assertThat(handler.worker.isAlive()).isFalse();
        assertThat(handler.messages).containsExactly("first");
        assertThat(successor.messages).containsExactly("second");
    }

    @ParameterizedTest
    @EnumSource
    void aWorkerSleepsWhileItsBreakerPauses(QueueWait how) throws InterruptedException {
        start(how);
        begin();

        handler.failing = true;
        weir.loggerOf("any").info("second");

        awaitBlockedIn(HandlerWorker.class);
        weir.close(Duration.ofMillis(1));
    }

    private void start(QueueWait how) {
        weir.close(SOON);
        weir = builder(how).start();
    }

    private PipelineBuilder builder(QueueWait how) {
        return Weir.builder()
                .queueWait(how)
                .handler(
                        "kept",
                        handler,
                        options -> options.breaker(
                                new BreakerPolicy(1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1))));
    }

    /** Until the worker has written and may wait. */
    private void begin() throws InterruptedException {
        weir.loggerOf("any").info("first");
        handler.begun.await();
        assertThat(weir.flush(SOON).complete()).isTrue();
    }

    private void awaitBlockedIn(Class<?> where) {
        while (!where.isInstance(LockSupport.getBlocker(handler.worker))) {
            Thread.onSpinWait();
        }
    }

    private void requireNeverAsleep() {
        for (int look = 0; look < LOOKS; look++) {
            assertThat(LockSupport.getBlocker(handler.worker) instanceof Sleeper)
                    .isFalse();
            Thread.onSpinWait();
        }
    }
}
