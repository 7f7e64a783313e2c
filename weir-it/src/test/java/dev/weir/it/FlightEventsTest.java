package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.Weir;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.record.LogRecord;
import dev.weir.testkit.FailingHandler;
import dev.weir.testkit.FailingHandler.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording shows of a pipeline. */
class FlightEventsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void failuresAreRecordedAndTheOthersIfTheyAreEnabled() throws Exception {
        List<RecordedEvent> some = record(recording -> {});
        assertThat(some)
                .extracting(event -> event.getEventType().getName())
                .contains("dev.weir.HandlerFailed")
                .doesNotContain("dev.weir.BatchWritten", "dev.weir.BreakerEntered", "dev.weir.RecordsDropped");
        assertThat(named(some, "dev.weir.HandlerFailed"))
                .extracting(event -> event.getString("failure"))
                .containsOnly("java.io.IOException: down");

        List<RecordedEvent> all = record(recording -> {
            recording.enable("dev.weir.BatchWritten");
            recording.enable("dev.weir.BreakerEntered");
            recording.enable("dev.weir.RecordsDropped");
        });

        assertThat(named(all, "dev.weir.HandlerFailed")).hasSize(2).allSatisfy(event -> {
            assertThat(event.getString("handler")).isEqualTo("flaky");
            assertThat(event.getString("action")).isEqualTo("write");
        });
        assertThat(named(all, "dev.weir.BreakerEntered"))
                .extracting(event -> event.getString("state"))
                .containsExactly("OPEN", "HALF_OPEN", "CLOSED");
        assertThat(named(all, "dev.weir.BatchWritten"))
                .extracting(event -> event.getInt("records"))
                .satisfies(records -> assertThat(
                                records.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(11));
        assertThat(named(all, "dev.weir.RecordsDropped")).isNotEmpty();
    }

    private interface Settings {
        void enable(Recording recording);
    }

    private List<RecordedEvent> record(Settings settings) throws Exception {
        Path file = directory.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            settings.enable(recording);
            recording.start();
            FailingHandler flaky = new FailingHandler(new NullHandler());
            flaky.failNext(Step.FLUSH, 2, new IOException("down"));
            BreakerPolicy quick =
                    BreakerPolicy.DEFAULT.withFailures(2).withDelays(Duration.ofMillis(5), Duration.ofMillis(5));
            Weir weir = Weir.builder()
                    .handler("flaky", flaky, options -> options.breaker(quick))
                    .handler("picky", new Picky())
                    .root(options -> options.handlers("flaky"))
                    .logger("picked", options -> options.handlers("picky").propagate(false))
                    .start();
            Logger logger = weir.loggerOf("any");
            for (int i = 0; i < 10; i++) {
                logger.info("number {}", i);
            }
            weir.loggerOf("picked").info("not wanted");
            weir.flush(SOON);
            Awaitility.await().until(() -> weir.diagnostics().toString().contains("picky has lost records"));
            weir.close(SOON);
            assertThat(weir.stats().written("flaky", Level.INFO)).isEqualTo(10);
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.weir."))
                .toList();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    /** Refuses every record. */
    private static final class Picky implements Handler {
        @Override
        public boolean emit(LogRecord record) {
            return false;
        }

        @Override
        public void flush() {}
    }
}
