package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.slf4j.CapturingHandler.Captured;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.SubstituteLogger;
import org.slf4j.spi.LoggingEventAware;

/** What SLF4J recorded while it was being initialised comes out as it was. */
class ReplayTest {
    private CapturingHandler captured;
    private LoggingEventAware logger;

    @BeforeEach
    void installsAPipelineThatTakesAll() {
        captured = CapturingHandler.install(Level.DEBUG);
        logger = (LoggingEventAware) LoggerFactory.getLogger("payment.service");
    }

    @Test
    void keepsTimeAndThreadOfTheCall() {
        SubstituteLoggingEvent event = event(org.slf4j.event.Level.INFO, "early {}");
        event.setArgumentArray(new Object[] {"bird"});
        event.setTimeStamp(1_716_215_531_123L);
        event.setThreadName("starter");

        logger.log(event);

        Captured record = captured.only();
        assertThat(record.message()).isEqualTo("early bird");
        assertThat(record.timeNanos()).isEqualTo(1_716_215_531_123_000_000L);
        assertThat(record.thread()).isEqualTo("starter");
        assertThat(record.threadId()).isZero();
    }

    @Test
    void takesNowAndTheCallingThreadForAnEventWithout() {
        DefaultLoggingEvent event = new DefaultLoggingEvent(org.slf4j.event.Level.INFO, LoggerFactory.getLogger("a"));
        event.setMessage("message");
        long before = System.currentTimeMillis() * 1_000_000;

        logger.log(event);

        assertThat(captured.only().timeNanos()).isGreaterThanOrEqualTo(before);
        assertThat(captured.only().thread()).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void keepsMarkersKeyValuesAndThrowable() {
        DefaultLoggingEvent event = new DefaultLoggingEvent(org.slf4j.event.Level.ERROR, LoggerFactory.getLogger("a"));
        event.setMessage("message {}");
        event.addArgument(1);
        event.addKeyValue("user", "u-1");
        event.addMarker(new BasicMarkerFactory().getMarker("FATAL"));
        event.setThrowable(new IllegalStateException("boom"));

        logger.log(event);

        Captured record = captured.only();
        assertThat(record.level()).isEqualTo(Level.CRITICAL);
        assertThat(record.message()).isEqualTo("message 1");
        assertThat(record.keyValues()).containsExactly("user=u-1");
        assertThat(record.markers()).containsExactly("FATAL");
        assertThat(record.stackTrace()).contains("boom");
    }

    @Test
    void findsTheThrowableAmongTheArguments() {
        SubstituteLoggingEvent event = event(org.slf4j.event.Level.INFO, "charge {} failed");
        event.setArgumentArray(new Object[] {"c-1", new IllegalStateException("boom")});

        logger.log(event);

        assertThat(captured.only().message()).isEqualTo("charge c-1 failed");
        assertThat(captured.only().stackTrace()).contains("boom");
    }

    @Test
    void logsNothingBelowTheLevel() {
        logger.log(event(org.slf4j.event.Level.TRACE, "message"));

        assertThat(captured.records()).isEmpty();
    }

    @Test
    void isWhatASubstituteLoggerAsksFor() {
        Queue<SubstituteLoggingEvent> queue = new ArrayDeque<>();
        SubstituteLogger substitute = new SubstituteLogger("payment.service", queue, false);
        substitute.warn("early {}", 1);

        substitute.setDelegate(LoggerFactory.getLogger("payment.service"));
        assertThat(substitute.isDelegateEventAware()).isTrue();
        substitute.log(queue.remove());

        assertThat(captured.only().message()).isEqualTo("early 1");
        assertThat(captured.only().level()).isEqualTo(Level.WARN);
    }

    private static SubstituteLoggingEvent event(org.slf4j.event.Level level, String message) {
        SubstituteLoggingEvent event = new SubstituteLoggingEvent();
        event.setLevel(level);
        event.setMessage(message);
        return event;
    }
}
