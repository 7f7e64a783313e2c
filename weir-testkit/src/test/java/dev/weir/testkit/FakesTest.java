package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.DrainResult;
import dev.weir.Level;
import dev.weir.Weir;
import dev.weir.format.Formatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FakesTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final CapturingHandler captured = new CapturingHandler();

    @Nested
    class CapturingHandlerKeepsTheContract extends HandlerContract {
        private final CapturingHandler handler = new CapturingHandler();

        @Override
        protected Handler newHandler(Formatter formatter) {
            return handler;
        }

        @Override
        protected List<String> committed() {
            return handler.messages();
        }

        @Override
        protected boolean usesFormatter() {
            return false;
        }
    }

    @Nested
    class HalfWritingHandlerKeepsTheContract extends HandlerContract {
        private HalfWritingHandler handler = new HalfWritingHandler(TextFormatter.of(""));

        @Override
        protected Handler newHandler(Formatter formatter) {
            handler = new HalfWritingHandler(formatter);
            return handler;
        }

        @Override
        protected List<String> committed() {
            return handler.lines();
        }

        @Override
        protected boolean breakSink() {
            handler.cutFlushes(Integer.MAX_VALUE);
            return true;
        }

        @Override
        protected void mendSink() {
            handler.cutFlushes(0);
        }
    }

    @Test
    void aCapturingHandlerTellsHowItWasClosed() {
        Weir weir = Weir.builder().handler("captured", captured).start();
        weir.loggerOf("any").info("opens it");
        weir.flush(SOON);
        assertThat(captured.isClosed()).isFalse();

        weir.close(SOON);

        assertThat(captured.isClosed()).isTrue();
        assertThat(captured.isAbandoned()).isFalse();
    }

    @Test
    void aFailingHandlerFailsAsOftenAsItIsTold() {
        FailingHandler failing = new FailingHandler(captured)
                .failNext(FailingHandler.Step.OPEN, 1, new IOException("not yet"))
                .letPass(FailingHandler.Step.EMIT, 1)
                .failNext(FailingHandler.Step.EMIT, 2, new IllegalStateException("no"));
        Weir weir = Weir.builder().handler("failing", failing).start();

        weir.loggerOf("any").info("one");
        weir.loggerOf("any").info("two");
        weir.close(SOON);

        assertThat(captured.messages()).containsExactly("one", "two");
        assertThat(failing.failures(FailingHandler.Step.OPEN)).isOne();
        assertThat(failing.failures(FailingHandler.Step.EMIT)).isEqualTo(2);
        assertThat(failing.failures(FailingHandler.Step.FLUSH)).isZero();
    }

    @Test
    void aStuckHandlerStaysStuckUntilItIsLetGo() throws InterruptedException {
        StuckHandler stuck = new StuckHandler(captured);
        Weir weir = Weir.builder().handler("stuck", stuck).start();
        weir.loggerOf("any").error("one");
        assertThat(stuck.awaitStuck(SOON)).isTrue();

        interrupt("weir-stuck");
        DrainResult early = weir.flush(Duration.ofMillis(50));
        assertThat(early.complete()).isFalse();
        assertThat(captured.messages()).isEmpty();
        stuck.letGo();

        assertThat(weir.close(SOON).complete()).isTrue();
        assertThat(captured.messages()).containsExactly("one");
    }

    private static void interrupt(String threadName) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(threadName))
                .forEach(Thread::interrupt);
    }

    @Test
    void aSlowHandlerTakesAtLeastItsTime() throws IOException {
        SlowHandler slow =
                new SlowHandler(captured).emitTakes(Duration.ofMillis(2)).flushTakes(Duration.ofMillis(3));
        LogRecord record = Records.of("any");

        long begun = System.nanoTime();
        slow.emit(record);
        slow.flush();
        long nanos = System.nanoTime() - begun;

        assertThat(Duration.ofNanos(nanos)).isGreaterThanOrEqualTo(Duration.ofMillis(5));
        assertThat(captured.messages()).containsExactly("any");
    }

    @Test
    void aSlowHandlerGoesByANewTimeAtOnceAndByNoInterrupt() {
        SlowHandler slow = new SlowHandler(captured).flushTakes(Duration.ofDays(1));
        Weir weir = Weir.builder().handler("slow", slow).start();
        weir.loggerOf("any").info("one");

        assertThat(weir.flush(Duration.ofMillis(50)).complete()).isFalse();
        interrupt("weir-slow");
        assertThat(weir.flush(Duration.ofMillis(50)).complete()).isFalse();
        assertThat(captured.messages()).isEmpty();
        slow.flushTakes(Duration.ZERO);

        assertThat(weir.close(SOON).complete()).isTrue();
        assertThat(captured.messages()).containsExactly("one");
    }

    @Test
    void aHalfWritingHandlerShowsWhatWasCutUntilItIsRolledBack() throws IOException {
        HalfWritingHandler half = new HalfWritingHandler(TextFormatter.of("%(message)s"));
        half.emit(Records.of("whole"));
        half.flush();
        half.cutEmits(1).cutFlushes(1);

        assertThatThrownBy(() -> half.emit(Records.of("123456789"))).hasMessage("wrote 5 of 10 bytes");
        assertThat(half.lines()).containsExactly("whole", "12345");
        half.rollback();
        half.emit(Records.of("123456789"));
        assertThatThrownBy(half::flush).isInstanceOf(IOException.class);
        assertThat(new String(half.written(), StandardCharsets.UTF_8)).isEqualTo("whole\n12345");
        half.rollback();

        assertThat(half.lines()).containsExactly("whole");
        assertThat(half.cuts()).isEqualTo(2);
    }

    @Test
    void aHalfWritingHandlerHasEachRecordOnceInTheEnd() {
        HalfWritingHandler half = new HalfWritingHandler(TextFormatter.of("%(message)s"))
                .cutEmits(1)
                .cutFlushes(2);
        Weir weir = Weir.builder().handler("half", half).start();

        weir.loggerOf("any").info("one");
        weir.loggerOf("any").info("two");
        weir.close(SOON);

        assertThat(half.cuts()).isEqualTo(3);
        assertThat(half.lines()).containsExactly("one", "two");
    }

    @Test
    void recordsAreWhatWasLogged() {
        List<LogRecord> records = Records.logged(logger -> {
            logger.debug("one {}", 1);
            logger.critical("two");
        });

        assertThat(records).extracting(LogRecord::message).containsExactly("one 1", "two");
        assertThat(records).extracting(LogRecord::level).containsExactly(Level.DEBUG, Level.CRITICAL);
        assertThat(records).allMatch(record -> record.loggerName().equals(Records.LOGGER));
    }
}
