package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Lens;
import dev.weir.Level;
import dev.weir.Weir;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.LocationAwareLogger;

/** Levels that are open for one value of the MDC, through every way into SLF4J. */
class LensTest {
    private static final Marker MARKER = new BasicMarkerFactory().getMarker("AUDIT");
    private static final Marker CRITICAL = new BasicMarkerFactory().getMarker("CRITICAL");

    private final Logger logger = LoggerFactory.getLogger("payment.service");
    private CapturingHandler captured;

    @BeforeEach
    void installsAPipeline() {
        captured = CapturingHandler.install(Level.INFO);
    }

    @AfterEach
    void closesAllLenses() {
        MDC.clear();
        Weir.current().levels().resetAll();
    }

    private static Lens open(Level level) {
        return Weir.current().levels().openForContext("payment", level, "customer", "42", Duration.ofHours(1));
    }

    private void logEveryWay() {
        logger.debug("a");
        logger.debug("b {}", 1);
        logger.debug("c {} {}", 1, 2);
        logger.debug("d {} {} {}", 1, 2, 3);
        logger.debug("e", new IllegalStateException());
        logger.debug(MARKER, "f");
        logger.debug(MARKER, "g {}", 1);
        logger.debug(MARKER, "h {} {}", 1, 2);
        logger.debug(MARKER, "i {} {} {}", 1, 2, 3);
        logger.debug(MARKER, "j", new IllegalStateException());
        logger.atDebug().log("k");
        logger.atLevel(org.slf4j.event.Level.DEBUG)
                .addMarker(MARKER)
                .addKeyValue("k", "v")
                .log("l");
        logger.makeLoggingEventBuilder(org.slf4j.event.Level.DEBUG).log("m");
        ((LocationAwareLogger) logger).log(null, "bridge", LocationAwareLogger.DEBUG_INT, "n", null, null);
    }

    @Test
    void showsEveryWayToLogToThoseWhoseMdcHasTheValue() {
        open(Level.DEBUG);

        logEveryWay();
        MDC.put("customer", "41");
        logEveryWay();
        assertThat(captured.records()).isEmpty();
        MDC.put("customer", "42");
        logEveryWay();

        assertThat(captured.records())
                .hasSize(14)
                .allMatch(record -> record.level() == Level.DEBUG)
                .allMatch(record -> record.context().equals(List.of("customer=42")));
    }

    @Test
    void anAnswerIsForTheThreadThatAsks() {
        open(Level.DEBUG);
        List<Predicate<Logger>> questions = List.of(
                Logger::isDebugEnabled,
                asked -> asked.isDebugEnabled(MARKER),
                asked -> asked.isEnabledForLevel(org.slf4j.event.Level.DEBUG));

        assertThat(questions).noneMatch(question -> question.test(logger));
        MDC.put("customer", "42");
        assertThat(questions).allMatch(question -> question.test(logger));
        assertThat(logger.isTraceEnabled()).isFalse();
    }

    @Test
    void aMarkerMakesAnErrorCriticalWhereALensShowsThatAlone() {
        captured = CapturingHandler.install(root -> root.off());
        open(Level.CRITICAL);
        MDC.put("customer", "42");

        logger.error("off");
        logger.error(CRITICAL, "shown");
        logger.atError().addMarker(CRITICAL).log("shown, too");
        logger.atError().log("off, too");

        assertThat(captured.records())
                .extracting(CapturingHandler.Captured::message)
                .containsExactly("shown", "shown, too");
    }
}
