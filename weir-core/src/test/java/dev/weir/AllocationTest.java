package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.NullHandler;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The caller's path allocates nothing in the steady state. */
class AllocationTest {
    private static final int WARM_UP = 50_000;
    private static final int MEASURED = 10_000;

    private final Weir weir = Weir.builder().handler("null", new NullHandler()).start();
    private final Logger logger = weir.loggerOf("allocation");
    private final Long number = 1234567L;
    private final Object[] three = {"a", number, "c"};

    @BeforeEach
    void setContext() {
        Context.put("user", "u-42");
        Context.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        Context.put("span_id", "00f067aa0ba902b7");
    }

    @AfterEach
    void close() {
        Context.clear();
        weir.close(Duration.ofSeconds(10));
    }

    @Test
    void nothingForADisabledLevel() {
        assertNoAllocation(() -> logger.debug("off {} {}", number, "b"));
    }

    @Test
    void nothingForAConstantMessage() {
        assertNoAllocation(() -> logger.info("a constant message"));
    }

    @Test
    void nothingForOneArgument() {
        assertNoAllocation(() -> logger.info("one {}", number));
    }

    @Test
    void nothingForTwoArguments() {
        assertNoAllocation(() -> logger.info("two {} {}", number, "b"));
    }

    @Test
    void nothingForThreeArgumentsInTheCallersArray() {
        assertNoAllocation(() -> logger.info("three {} {} {}", three));
    }

    @Test
    void nothingForAFluentCallWithKeyValues() {
        assertNoAllocation(() ->
                logger.atInfo().keyValue("amount", 42L).keyValue("who", "me").log("fluent {}", number));
    }

    @Test
    void nothingForWhatALensIsAskedAbout() {
        Duration hour = Duration.ofHours(1);
        weir.levels().openForContext("ROOT", Level.DEBUG, "user", "u-42", hour);
        weir.levels().openForTrace("ROOT", Level.TRACE, "4bf92f3577b34da6a3ce929d0e0e4737", hour);

        assertNoAllocation(() -> logger.debug("shown {} {}", number, "b"));
        assertNoAllocation(() -> logger.trace("not shown {} {}", number, "b"));
    }

    /** The least of several rounds: what the JIT and others allocate on this thread is not ours. */
    private void assertNoAllocation(Runnable call) {
        repeat(call, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) {
            long before = AllocatedBytes.ofThisThread();
            repeat(call, MEASURED);
            long after = AllocatedBytes.ofThisThread();
            least = Math.min(least, after - before);
        }
        assertThat(least / MEASURED).isZero();
        assertThat(least).isLessThan(MEASURED);
    }

    private static void repeat(Runnable call, int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }
}
