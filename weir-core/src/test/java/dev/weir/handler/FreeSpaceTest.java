package dev.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.record.LogRecord;
import dev.weir.record.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeSpaceTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, TRACE",
        "1000, 999, INFO",
        "1000, 499, WARN",
        "1000, 249, ERROR",
        "1000, 0, ERROR",
        "0, 0, TRACE"
    })
    void refusesTheLessSevereTheLessThereIs(long mark, long usable, Level least) {
        FreeSpace space = new FreeSpace(mark, () -> usable);

        assertThat(Arrays.stream(Level.values()).filter(level -> !space.refuses(record(level))))
                .containsExactlyElementsOf(List.of(Level.values()).subList(least.ordinal(), Level.values().length));
    }

    @Test
    void refusesNothingIfTheDiskDoesNotSay() {
        FreeSpace space = new FreeSpace(1000, () -> {
            throw new IOException("test");
        });

        assertThat(space.refuses(record(Level.TRACE))).isFalse();
    }

    @Test
    void isAskedByHandlersOfFiles() throws IOException {
        for (Handler handler : List.of(
                FileHandler.builder(directory.resolve("a.log"))
                        .minFree(Long.MAX_VALUE)
                        .build(),
                RotatingFileHandler.builder(directory.resolve("b.log"))
                        .minFree(Long.MAX_VALUE)
                        .size(1000)
                        .build())) {
            handler.open();

            assertThat(handler.emit(record(Level.WARN))).isFalse();
            assertThat(handler.emit(record(Level.ERROR))).isTrue();
            handler.flush();
            handler.close(false);
        }

        assertThat(LogDirectory.lines(directory)).hasSize(2);
    }

    private static LogRecord record(Level level) {
        return Records.message("any").level(level).record();
    }
}
