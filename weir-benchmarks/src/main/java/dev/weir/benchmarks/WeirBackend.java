package dev.weir.benchmarks;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.FileHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weir as it comes, but for {@code block}, which loses nothing, and the choice of the fields that all contenders write.
 * Called through SLF4J if its provider is there, else through its own logger, whose calls are of the same shape.
 */
final class WeirBackend implements Backend {
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private @Nullable Weir weir;

    @Override
    public Call start(Path file) {
        JsonFormatter formatter = JsonFormatter.builder()
                .fields(List.of("time", "level", "logger", "thread", "msg"))
                .build();
        weir = Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("file", FileHandler.of(file, formatter))
                .install();
        if (isSlf4jProvided()) {
            return new Slf4jCall();
        }
        Logger logger = Weir.logger(Slf4jCall.LOGGER);
        return (order, customer, micros) -> logger.log(Level.INFO, Slf4jCall.TEMPLATE, order, customer, micros);
    }

    /** Whether the class path has Weir's provider. */
    static boolean isSlf4jProvided() {
        return WeirBackend.class.getResource("/META-INF/services/org.slf4j.spi.SLF4JServiceProvider") != null;
    }

    @Override
    public void stop() {
        if (weir != null) {
            weir.close(ENOUGH);
        }
    }
}
