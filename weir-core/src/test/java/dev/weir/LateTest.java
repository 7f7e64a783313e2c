package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.format.TextFormatter;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a pipeline, and what comes after it. */
class LateTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void aCallAfterTheEndWritesItsRecordStraightThrough() throws IOException {
        Path file = directory.resolve("late.log");
        Weir weir = Weir.builder()
                .handler("file", FileHandler.of(file, TextFormatter.of("%(message)s")))
                .start();
        Logger logger = weir.loggerOf("any");
        logger.info("in time");
        weir.close(SOON);

        logger.info("late");

        assertThat(Files.readAllLines(file)).containsExactly("in time", "late");
        assertThat(weir.stats().late(Level.INFO)).isOne();
        assertThat(weir.stats().emitted(Level.INFO)).isOne();
    }

    @Test
    void recordsOfBothConfigurationsReachTheSameFileInOrder() throws IOException {
        Path file = directory.resolve("handed-over.log");
        Weir weir = Weir.builder()
                .handler("file", FileHandler.of(file, TextFormatter.of("old %(message)s")))
                .start();
        Logger logger = weir.loggerOf("any");
        logger.info("1");

        PipelineSettingsForTest.install(
                weir, Weir.builder().handler("file", FileHandler.of(file, TextFormatter.of("new %(message)s"))));
        logger.info("2");
        weir.close(SOON);

        assertThat(Files.readAllLines(file)).containsExactly("old 1", "new 2");
        assertThat(weir.stats().written("file", Level.INFO)).isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeOpenedLeavesTheOthersRunningAndIsTriedAgain() throws IOException {
        Path missing = directory.resolve("missing");
        Path file = missing.resolve("a.log");
        Weir weir = Weir.builder()
                .handler("file", FileHandler.of(file, TextFormatter.of("%(message)s")))
                .start();
        weir.loggerOf("any").info("waits");
        assertThat(weir.diagnostics()).anySatisfy(line -> assertThat(line).contains(file.toString()));

        Files.createDirectory(missing);

        assertThat(weir.flush(SOON).complete()).isTrue();
        assertThat(Files.readAllLines(file)).containsExactly("waits");
        weir.close(SOON);
    }

    @Test
    void whatAFailedBatchHeldIsOfferedAgain() {
        List<String> seen = new ArrayList<>();
        Weir weir = Weir.builder()
                .handler("flaky", new Handler() {
                    private final List<String> batch = new ArrayList<>();
                    private boolean failed;

                    @Override
                    public boolean emit(LogRecord record) {
                        batch.add(record.message());
                        return true;
                    }

                    @Override
                    public void flush() throws IOException {
                        if (!failed) {
                            failed = true;
                            throw new IOException("once");
                        }
                        seen.addAll(batch);
                        batch.clear();
                    }

                    @Override
                    public void rollback() {
                        batch.clear();
                    }
                })
                .start();
        Logger logger = weir.loggerOf("any");

        logger.info("a");
        logger.error("b");

        weir.close(SOON);
        assertThat(seen).containsExactly("a", "b");
        assertThat(weir.stats().written("flaky", Level.ERROR)).isOne();
    }

    @Test
    void aHandlerMayRefuseOneRecord() {
        Weir weir = Weir.builder()
                .handler("picky", new Handler() {
                    @Override
                    public boolean emit(LogRecord record) {
                        return !record.message().equals("bad");
                    }

                    @Override
                    public void flush() {}
                })
                .start();
        Logger logger = weir.loggerOf("any");

        logger.info("good");
        logger.info("bad");

        weir.close(SOON);
        assertThat(weir.stats().written("picky", Level.INFO)).isOne();
        assertThat(weir.stats().dropped("picky", Level.INFO)).isOne();
        assertThat(weir.stats().toJson()).contains("\"dropped\": {\"rejected\": {\"INFO\": 1}}");
    }

    @Test
    void aRecordOutOfAHandlerIsNotTakenButTold() {
        Weir[] weir = new Weir[1];
        weir[0] = Weir.builder()
                .handler("chatty", new Handler() {
                    @Override
                    public boolean emit(LogRecord record) {
                        weir[0].loggerOf("inner").error("from within");
                        return true;
                    }

                    @Override
                    public void flush() {}
                })
                .start();

        weir[0].loggerOf("outer").info("once");
        weir[0].close(SOON);

        assertThat(weir[0].stats().written("chatty", Level.INFO)).isOne();
        assertThat(weir[0].stats().emitted(Level.ERROR)).isZero();
        assertThat(weir[0].diagnostics()).anySatisfy(line -> assertThat(line).contains("inner"));
    }
}
