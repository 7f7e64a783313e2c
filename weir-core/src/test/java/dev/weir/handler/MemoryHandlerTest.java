package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import dev.weir.record.Records;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it holds, passes on and forgets. */
class MemoryHandlerTest {
    private static final LoggerNames NAMES = new LoggerNames() {
        @Override
        public String name(int loggerId) {
            return "any";
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return name(loggerId).getBytes(StandardCharsets.UTF_8);
        }
    };

    private final List<String> passedOn = new ArrayList<>();
    private final List<Level> forgotten = new ArrayList<>();
    private int accepting = Integer.MAX_VALUE;

    private final MemoryHandler.Receiver receiver = new MemoryHandler.Receiver() {
        @Override
        public boolean passOn(byte[] record, Level level) {
            if (accepting == 0) {
                return false;
            }
            accepting--;
            LogRecord view = new LogRecord(NAMES).moveTo(record, 0);
            assertThat(view.level()).isEqualTo(level);
            assertThat(view.length()).isEqualTo(record.length);
            passedOn.add(view.message());
            return true;
        }

        @Override
        public void forget(Level level) {
            forgotten.add(level);
        }
    };

    private void log(MemoryHandler handler, Level level, String message) {
        log(handler, Records.message(message).level(level));
    }

    private void log(MemoryHandler handler, String trace, Level level, String message) {
        log(handler, Records.message(message).level(level).trace(trace.repeat(32), "1".repeat(16)));
    }

    private void log(MemoryHandler handler, Records record) {
        handler.emit(record.record());
        handler.settle(receiver);
    }

    @Test
    void holdsRecordsUntilASevereOneComes() {
        MemoryHandler handler = MemoryHandler.builder("file").build();

        log(handler, Level.DEBUG, "1");
        log(handler, Level.WARN, "2");
        assertThat(passedOn).isEmpty();
        log(handler, Level.ERROR, "3");
        log(handler, Level.INFO, "4");
        assertThat(passedOn).containsExactly("1", "2", "3");
        log(handler, Level.CRITICAL, "5");

        assertThat(passedOn).containsExactly("1", "2", "3", "4", "5");
        assertThat(forgotten).isEmpty();
    }

    @Test
    void passesOnWhatIsAtThePassLevelAndLetsNothingElseGo() {
        MemoryHandler handler =
                MemoryHandler.builder("file").passLevel(Level.INFO).build();

        log(handler, Level.DEBUG, "1");
        log(handler, Level.INFO, "2");
        log(handler, Level.ERROR, "3");

        assertThat(passedOn).containsExactly("2", "1", "3");
        assertThat(handler.passes(Level.DEBUG)).isFalse();
        assertThat(handler.passes(Level.INFO)).isTrue();
        assertThat(handler.passes(Level.ERROR)).isTrue();
    }

    @Test
    void forgetsTheOldestForNewOnesWithinItsBytes() {
        int entry = Records.message("12345").record().length() + 64;
        MemoryHandler handler =
                MemoryHandler.builder("file").capacity(20L * entry).build();

        for (int i = 0; i < 50; i++) {
            log(handler, i < 25 ? Level.DEBUG : Level.INFO, "x%04d".formatted(i));
        }
        assertThat(forgotten).hasSize(30).startsWith(Level.DEBUG).endsWith(Level.INFO);
        log(handler, Level.ERROR, "end");

        assertThat(passedOn).hasSize(21).startsWith("x0030", "x0031").endsWith("x0049", "end");
    }

    @Test
    void aRecordThatIsTooLargeForItIsForgottenWithAllBefore() {
        MemoryHandler handler = MemoryHandler.builder("file").capacity(1024).build();

        log(handler, Level.DEBUG, "small");
        log(handler, Level.INFO, "x".repeat(5000));
        log(handler, Level.ERROR, "end");

        assertThat(forgotten).containsExactly(Level.DEBUG, Level.INFO);
        assertThat(passedOn).containsExactly("end");
    }

    @Test
    void letsGoOneTraceAndWhatFollowsOfIt() {
        MemoryHandler handler = MemoryHandler.builder("file").perTrace(true).build();

        log(handler, "a", Level.DEBUG, "a1");
        log(handler, "b", Level.DEBUG, "b1");
        log(handler, Level.DEBUG, "none 1");
        log(handler, "a", Level.ERROR, "a2");
        log(handler, "a", Level.DEBUG, "a3");
        log(handler, "b", Level.DEBUG, "b2");
        assertThat(passedOn).containsExactly("a1", "a2", "a3");
        log(handler, Level.ERROR, "none 2");
        log(handler, Level.DEBUG, "none 3");

        assertThat(passedOn).containsExactly("a1", "a2", "a3", "none 1", "none 2");
    }

    @Test
    void knowsSoManySevereTraces() {
        MemoryHandler handler = MemoryHandler.builder("file").perTrace(true).build();

        for (int trace = 1; trace <= 1025; trace++) {
            log(handler, Records.message("error").level(Level.ERROR).trace("%032x".formatted(trace), "1".repeat(16)));
        }
        passedOn.clear();
        log(handler, Records.message("first").level(Level.DEBUG).trace("%032x".formatted(1), "1".repeat(16)));
        log(handler, Records.message("second").level(Level.DEBUG).trace("%032x".formatted(2), "1".repeat(16)));

        assertThat(passedOn).containsExactly("second");
    }

    @Test
    void atTheEndForgetsOrPassesOnWhatItHolds() {
        MemoryHandler forgetting = MemoryHandler.builder("file").build();
        MemoryHandler passing = MemoryHandler.builder("file").flushOnClose(true).build();

        log(forgetting, Level.DEBUG, "forgotten");
        log(passing, Level.INFO, "passed on");
        forgetting.finish();
        passing.finish();
        forgetting.settle(receiver);
        passing.settle(receiver);

        assertThat(passedOn).containsExactly("passed on");
        assertThat(forgotten).containsExactly(Level.DEBUG);
    }

    @Test
    void goesOnWhereTheReceiverCouldTakeNoMore() {
        MemoryHandler handler = MemoryHandler.builder("file").build();
        log(handler, Level.DEBUG, "1");
        log(handler, Level.DEBUG, "2");
        accepting = 1;

        handler.emit(Records.message("3").level(Level.ERROR).record());
        assertThat(handler.settle(receiver)).isFalse();
        assertThat(handler.settle(receiver)).isFalse();
        accepting = 5;
        assertThat(handler.settle(receiver)).isTrue();

        assertThat(passedOn).containsExactly("1", "2", "3");
    }

    @Test
    void refusesACapacityOfNoUse() {
        assertThatThrownBy(() -> MemoryHandler.builder("file").capacity(1023))
                .hasMessage("capacity: 1023 bytes (expected: at least 1024)");
        assertThatThrownBy(() -> MemoryHandler.builder("file")
                        .flushLevel(Level.INFO)
                        .passLevel(Level.WARN)
                        .build())
                .hasMessage("pass-level: WARN (expected: at most INFO, which is flush-level)");
    }
}
