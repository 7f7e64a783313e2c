package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Late writes one against the other, and against the handler's worker. */
class LateWriteTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    /** Writes late, and hangs in the first call of one of its methods. */
    private final class Late implements Handler {
        final String hangsIn;
        final CountDownLatch hanging = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        final AtomicInteger within = new AtomicInteger();

        Late(String hangsIn) {
            this.hangsIn = hangsIn;
        }

        private void called(String call) {
            calls.add(call);
            boolean free = !call.equals(hangsIn) || hanging.getCount() == 0;
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
        public boolean emit(LogRecord record) {
            called("emit");
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public void close(boolean abandoned) {
            called("close");
            calls.add("closed");
        }

        @Override
        public boolean late(LogRecord record) {
            if (within.incrementAndGet() > 1) {
                calls.add("two at a time");
            }
            called("late");
            within.decrementAndGet();
            return true;
        }
    }

    @Test
    void waitsUntilTheWorkerHasClosed() throws InterruptedException {
        Late handler = new Late("close");
        Weir weir = Weir.builder().handler("a", handler).start();
        Logger logger = weir.loggerOf("any");
        logger.info("opens it");
        Thread closing = new Thread(() -> weir.close(SOON));
        closing.start();
        handler.hanging.await();

        Thread caller = new Thread(() -> logger.info("late"));
        caller.start();
        while (caller.getState() == Thread.State.NEW || caller.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        handler.letGo.countDown();
        caller.join();
        closing.join();

        assertThat(calls).containsExactly("emit", "close", "closed", "late");
        assertThat(weir.stats().late(Level.INFO)).isOne();
    }

    @Test
    void isRefusedIfTheHandlerWasAbandoned() {
        Late handler = new Late("emit");
        Weir weir = Weir.builder().handler("a", handler).start();
        Logger logger = weir.loggerOf("any");
        logger.info("hangs");
        weir.close(Duration.ofMillis(100));

        logger.info("late");

        assertThat(calls).containsExactly("emit");
        assertThat(weir.stats().refused(Level.INFO)).isOne();
        assertThat(weir.stats().late(Level.INFO)).isZero();
        handler.letGo.countDown();
    }

    @Test
    void isOneAtATimeAndAllOthersAreRefusedAtOnceWhileOneLasts() throws InterruptedException {
        Late handler = new Late("late");
        Weir weir = Weir.builder().handler("a", handler).start();
        Logger logger = weir.loggerOf("any");
        weir.close(SOON);
        Thread writing = new Thread(() -> logger.info("hangs"));
        writing.start();
        handler.hanging.await();

        logger.info("waits its time");
        assertThat(weir.stats().refused(Level.INFO)).isOne();
        long begun = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            logger.info("at once");
        }
        Duration ten = Duration.ofNanos(System.nanoTime() - begun);
        handler.letGo.countDown();
        writing.join();
        logger.info("after it");

        assertThat(ten).isLessThan(Duration.ofSeconds(1));
        assertThat(calls).containsExactly("late", "late");
        assertThat(weir.stats().refused(Level.INFO)).isEqualTo(11);
        assertThat(weir.stats().late(Level.INFO)).isEqualTo(2);
    }

    /** Writes late, refuses, or fails. */
    private static Handler answering(Object answer) {
        return new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                return true;
            }

            @Override
            public void flush() {}

            @Override
            public boolean late(LogRecord record) throws IOException {
                if (answer instanceof IOException failure) {
                    throw failure;
                }
                return (Boolean) answer;
            }
        };
    }

    @Test
    void countsOnceHoweverManyHandlersWroteIt() {
        IOException failure = new IOException("test");
        for (List<?> answers :
                List.of(List.of(true, true), List.of(true, false), List.of(false, true), List.of(failure, true))) {
            Weir weir = closed(answers);

            weir.loggerOf("any").info("late");

            assertThat(weir.stats().late(Level.INFO)).isOne();
            assertThat(weir.stats().refused(Level.INFO)).isZero();
        }
        for (List<?> answers : List.of(List.of(false, false), List.of(failure, false))) {
            Weir weir = closed(answers);

            weir.loggerOf("any").info("late");

            assertThat(weir.stats().late(Level.INFO)).isZero();
            assertThat(weir.stats().refused(Level.INFO)).isOne();
        }
    }

    private static Weir closed(List<?> answers) {
        Weir weir = Weir.builder()
                .handler("a", answering(answers.get(0)))
                .handler("b", answering(answers.get(1)))
                .start();
        weir.close(SOON);
        return weir;
    }
}
