package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.NullHandler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Threads that log while their stack runs out leave no hole that stops the readers, and the account adds up. */
class RunawayRecursionTest {
    private static final int TIMES = 1_000;
    private static final long STACK_BYTES = 256 * 1024;

    private long begun;
    private long returned;

    @Test
    void everyCursorGoesOnAfterAThousandStackOverflows() throws InterruptedException {
        Weir weir = Weir.builder()
                .handler("first", new NullHandler())
                .handler("second", new NullHandler(), options -> options.overflow(OverflowPolicy.BLOCK))
                .start();
        Logger logger = weir.loggerOf("recursion");

        Thread thread = new Thread(null, () -> overflow(logger), "recursing", STACK_BYTES);
        thread.start();
        thread.join();

        assertThat(weir.flush(Duration.ofSeconds(30)).complete()).isTrue();
        logger.info("after");
        assertThat(weir.flush(Duration.ofSeconds(30)).complete()).isTrue();
        Stats stats = weir.stats();
        long emitted = stats.emitted(Level.INFO);
        assertThat(emitted - 1).isBetween(returned, begun);
        long journaled = emitted - stats.refused(Level.INFO);
        assertThat(stats.written("first", Level.INFO) + stats.dropped("first", Level.INFO))
                .isEqualTo(journaled);
        assertThat(stats.written("second", Level.INFO)).isEqualTo(journaled);
        assertThat(weir.close(Duration.ofSeconds(10)).left()).isZero();
    }

    private void overflow(Logger logger) {
        for (int i = 0; i < TIMES; i++) {
            try {
                recurse(logger, i);
            } catch (StackOverflowError expected) {
                logger.info("unwound {}", "x");
                begun++;
                returned++;
            }
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private void recurse(Logger logger, int depth) {
        begun++;
        logger.info("depth {} {}", "x", "y");
        returned++;
        recurse(logger, depth + 1);
    }
}
