package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.DrainResult;
import dev.weir.Level;
import dev.weir.Weir;
import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
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

        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("weir-stuck"))
                .forEach(Thread::interrupt);
        DrainResult early = weir.flush(Duration.ofMillis(50));
        assertThat(early.complete()).isFalse();
        assertThat(captured.messages()).isEmpty();
        stuck.letGo();

        assertThat(weir.close(SOON).complete()).isTrue();
        assertThat(captured.messages()).containsExactly("one");
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
