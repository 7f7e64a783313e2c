package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.handler.NullHandler;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that logs while its stack runs out stops nobody, however the JVM runs the code. */
class RecursionTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
    void everyCursorGoesOnAndTheAccountAddsUp(String mode) throws Exception {
        Jvm.Result result = Jvm.of(directory, RecursingMain.class).options(mode).run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stdout()).containsExactly("adds up");
    }

    /** Overflows its stack a thousand times, with a call at every depth. */
    static final class RecursingMain {
        private static final int TIMES = 1_000;
        private static final long STACK_BYTES = 180 * 1024;
        private static final Duration SOON = Duration.ofSeconds(20);

        private final Weir weir = Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("first", new NullHandler())
                .handler("second", new NullHandler())
                .start();
        private final Logger logger = weir.loggerOf("recursion");
        private long begun;
        private long returned;

        private RecursingMain() {}

        public static void main(String[] arguments) throws InterruptedException {
            RecursingMain recursing = new RecursingMain();
            Thread thread = new Thread(null, recursing::overflow, "recursing", STACK_BYTES);
            thread.start();
            thread.join();
            recursing.check();
        }

        private void overflow() {
            for (int i = 0; i < TIMES; i++) {
                try {
                    recurse(i);
                } catch (StackOverflowError expected) {
                    begun++;
                    logger.info("unwound {}", "x");
                    returned++;
                }
            }
        }

        @SuppressWarnings("InfiniteRecursion")
        private void recurse(int depth) {
            begun++;
            logger.info("depth {} {}", "x", "y");
            returned++;
            recurse(depth + 1);
        }

        private void check() {
            boolean complete = weir.flush(SOON).complete();
            Stats stats = weir.stats();
            long emitted = stats.emitted(Level.INFO);
            long journaled = emitted - stats.refused(Level.INFO);
            boolean right = complete
                    && emitted >= returned
                    && emitted <= begun
                    && stats.written("first", Level.INFO) == journaled
                    && stats.written("second", Level.INFO) == journaled;
            System.out.println(right ? "adds up" : begun + " begun, " + returned + " returned: " + stats);
        }
    }
}
