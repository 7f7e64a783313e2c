package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.Level;
import dev.weir.Weir;
import dev.weir.handler.NullHandler;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;

/** Calls allocate nothing of ours in the steady state; the call site's own arrays and boxes are made beforehand. */
class AllocationTest {
    private static final int CALLS = 20_000;
    private static final Object[] ARGUMENTS = {"a", 1_000_000, "c"};
    private static final Object NUMBER = 1_000_000;
    private static final Marker MARKER = new BasicMarkerFactory().getMarker("AUDIT");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private Logger logger;

    private interface Call {
        void on(Logger logger);
    }

    @BeforeEach
    void installsAPipelineThatKeepsNothing() {
        Weir.builder()
                .handler("nothing", new NullHandler())
                .root(root -> root.level(Level.INFO).handlers("nothing"))
                .install();
        logger = LoggerFactory.getLogger("payment.service");
    }

    static Stream<Named<Call>> calls() {
        return Stream.of(
                Named.of("message", logger -> logger.info("message")),
                Named.of("one argument", logger -> logger.info("message {}", NUMBER)),
                Named.of("two arguments", logger -> logger.info("message {} {}", "a", NUMBER)),
                Named.of("many arguments", logger -> logger.info("message {} {} {}", ARGUMENTS)),
                Named.of(
                        "fluent",
                        logger -> logger.atInfo()
                                .addArgument(NUMBER)
                                .addKeyValue("user", "u-1")
                                .addKeyValue("amount", NUMBER)
                                .log("message {}")),
                Named.of("level off", logger -> logger.debug("message {}", NUMBER)),
                Named.of("fluent level off", logger -> logger.atDebug().log("message {}", NUMBER)),
                Named.of("level off with a marker", logger -> logger.debug(MARKER, "message {}", NUMBER)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void allocatesNothing(Call call) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CALLS; i++) {
                call.on(logger);
            }
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, (after - before) / CALLS);
        }

        assertThat(least).as("bytes a call").isZero();
    }
}
