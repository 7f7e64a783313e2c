package dev.weir.handler;

import dev.weir.format.TextFormatter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A rotating handler in a directory of its own, with a clock that goes when it is told to. */
abstract class RotationFixture {
    @TempDir
    Path directory;

    Path log;
    Instant now = Instant.parse("2024-05-20T10:00:00Z");
    RotatingFileHandler handler;

    @BeforeEach
    void name() {
        log = directory.resolve("app.log");
    }

    @AfterEach
    void close() throws IOException {
        if (handler != null) {
            handler.close(false);
        }
    }

    RotatingFileHandler.Builder builder() {
        return RotatingFileHandler.builder(log)
                .formatter(TextFormatter.of("%(message)s"))
                .zone(ZoneOffset.UTC)
                .clock(() -> now);
    }

    void open(RotatingFileHandler.Builder builder) throws IOException {
        handler = builder.build();
        handler.prepare();
        handler.open();
    }
}
