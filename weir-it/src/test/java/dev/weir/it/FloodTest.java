package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.FileHandler;
import dev.weir.handler.NullHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More callers than a handler can keep pace with: it writes what it can all the same. */
class FloodTest {
    private static final int CALLERS = 3;
    /** Another process may have had the processors in one of them. */
    private static final int ATTEMPTS = 3;

    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(2);

    @TempDir
    private Path directory;

    @Test
    void aHandlerThatIsFloodedWritesNotMuchLessThanOneThatItsCallersWaitFor() throws Exception {
        double waited = writtenPerSecond("waited", OverflowPolicy.BLOCK);
        double flooded = 0;
        for (int i = 0; i < ATTEMPTS && flooded <= waited / 8; i++) {
            flooded = Math.max(flooded, writtenPerSecond("flooded" + i, OverflowPolicy.DROP_BY_SEVERITY));
        }

        assertThat(flooded).as("of %.0f a second", waited).isGreaterThan(waited / 8);
    }

    private double writtenPerSecond(String name, OverflowPolicy policy) throws InterruptedException {
        Weir weir = Weir.builder()
                .overflow(policy)
                .handler("file", FileHandler.of(directory.resolve(name), JsonFormatter.weir()))
                .handler("severe", new NullHandler(), options -> options.level(Level.WARN))
                .start();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(() -> flood(weir.loggerOf("shop"), over));
            caller.start();
            callers.add(caller);
        }
        TimeUnit.NANOSECONDS.sleep(WARM_UP_NANOS);
        long begin = System.nanoTime();
        long before = weir.stats().written("file", Level.INFO);
        TimeUnit.NANOSECONDS.sleep(MEASURED_NANOS);
        long written = weir.stats().written("file", Level.INFO) - before;
        double seconds = (System.nanoTime() - begin) / 1e9;
        over.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        weir.close(Duration.ofSeconds(30));
        System.out.printf("%s: %.0f a second%n", name, written / seconds);
        return written / seconds;
    }

    private static void flood(Logger logger, AtomicBoolean over) {
        for (int i = 0; !over.get(); i++) {
            logger.info("order {} of customer {} settled in {} us", i, "c-48213", i * 37L);
        }
    }
}
