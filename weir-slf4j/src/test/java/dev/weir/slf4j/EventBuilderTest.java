package dev.weir.slf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Level;
import dev.weir.slf4j.CapturingHandler.Captured;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.CallerBoundaryAware;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

class EventBuilderTest {
    private CapturingHandler captured;
    private Logger logger;

    @BeforeEach
    void installsAPipelineThatTakesAll() {
        captured = CapturingHandler.install(Level.TRACE);
        logger = LoggerFactory.getLogger("payment.service");
    }

    @Test
    void logsEverythingItWasGiven() {
        logger.atWarn()
                .setMessage("charged {} {}")
                .addArgument(12)
                .addArgument(() -> "EUR")
                .addKeyValue("user", "u-1")
                .addKeyValue("amount", 12.5)
                .addKeyValue("user", (Object) null)
                .addMarker(new BasicMarkerFactory().getMarker("AUDIT"))
                .setCause(new IllegalStateException("boom"))
                .log();

        Captured record = captured.only();
        assertThat(record.level()).isEqualTo(Level.WARN);
        assertThat(record.message()).isEqualTo("charged 12 EUR");
        assertThat(record.keyValues()).containsExactly("user=u-1", "amount=12.5", "user=null");
        assertThat(record.markers()).containsExactly("AUDIT");
        assertThat(record.stackTrace()).contains("java.lang.IllegalStateException: boom");
    }

    @Test
    void logsByEveryFormOfLog() {
        logger.atInfo().log("none");
        logger.atInfo().log("one {}", 1);
        logger.atInfo().log("two {} {}", 1, 2);
        logger.atInfo().log("three {} {} {}", 1, 2, 3);
        logger.atInfo().log(() -> "supplied");
        logger.atInfo().setMessage(() -> "set").log();

        assertThat(captured.records().stream().map(Captured::message))
                .containsExactly("none", "one 1", "two 1 2", "three 1 2 3", "supplied", "set");
    }

    @Test
    void takesALastArgumentThatIsAThrowableForTheCause() {
        logger.atInfo().log("charge {} failed", "c-1", new IllegalStateException("boom"));

        assertThat(captured.only().message()).isEqualTo("charge c-1 failed");
        assertThat(captured.only().stackTrace()).contains("boom");
    }

    @Test
    void prefersTheCauseThatWasSet() {
        logger.atInfo().setCause(new IllegalStateException("cause")).log("{}", new IllegalStateException("argument"));

        assertThat(captured.only().message()).isEqualTo("java.lang.IllegalStateException: argument");
        assertThat(captured.only().stackTrace()).contains("cause").doesNotContain("argument");
    }

    @Test
    void toleratesNulls() {
        logger.atInfo()
                .setMessage((String) null)
                .setMessage((Supplier<String>) null)
                .addArgument((Supplier<?>) null)
                .addArgument((Object) null)
                .addKeyValue(null, (Object) null)
                .addKeyValue(null, (Supplier<Object>) null)
                .addMarker(null)
                .setCause(null)
                .log((String) null, (Object[]) null);

        assertThat(captured.only().template()).isNull();
        assertThat(captured.only().keyValues()).hasSize(2);
    }

    @Test
    void isSlf4jsNothingWhenTheLevelIsOff() {
        CapturingHandler.install(Level.WARN);

        assertThat(logger.atInfo()).isSameAs(NOPLoggingEventBuilder.singleton());
        assertThat(logger.atLevel(org.slf4j.event.Level.DEBUG)).isSameAs(NOPLoggingEventBuilder.singleton());
    }

    @Test
    void knowsAboutCallerBoundaries() {
        LoggingEventBuilder builder = logger.atInfo();

        ((CallerBoundaryAware) builder).setCallerBoundary("a.Wrapper");
        builder.log("message");

        assertThat(captured.only().message()).isEqualTo("message");
    }

    // reuse

    @Test
    void isTheSameForEveryCallOfAThread() {
        LoggingEventBuilder first = logger.atInfo();
        first.log("first");

        LoggingEventBuilder second = logger.atInfo();
        second.log("second");

        assertThat(second).isSameAs(first);
    }

    @Test
    void keepsNothingOfTheCallBefore() {
        logger.atError()
                .addArgument(1)
                .addKeyValue("user", "u-1")
                .addMarker(new BasicMarkerFactory().getMarker("CRITICAL"))
                .setCause(new IllegalStateException("boom"))
                .log("{}");
        captured.clear();

        logger.atError().log("{}");

        Captured record = captured.only();
        assertThat(record.level()).isEqualTo(Level.ERROR);
        assertThat(record.message()).isEqualTo("{}");
        assertThat(record.keyValues()).isEmpty();
        assertThat(record.markers()).isEmpty();
        assertThat(record.stackTrace()).isEmpty();
    }

    @Test
    void mayBeAbandoned() {
        LoggingEventBuilder abandoned =
                logger.atInfo().addKeyValue("user", "u-1").addArgument(1);

        logger.atWarn().log("other {}");

        assertThat(captured.only().message()).isEqualTo("other {}");
        assertThat(captured.only().keyValues()).isEmpty();
        assertThat(abandoned).isNotSameAs(logger.atInfo());
    }

    @Test
    void isIndependentOfOneThatIsNotFinished() {
        LoggingEventBuilder outer = logger.atInfo().addKeyValue("which", "outer");
        logger.atWarn().addKeyValue("which", "inner").log("inner");
        outer.log("outer");

        assertThat(captured.records()).extracting(Captured::message).containsExactly("inner", "outer");
        assertThat(captured.records().get(0).keyValues()).containsExactly("which=inner");
        assertThat(captured.records().get(1).keyValues()).containsExactly("which=outer");
    }

    @Test
    void letsASupplierLogMeanwhile() {
        logger.atInfo()
                .addArgument(() -> {
                    logger.atDebug().addArgument("x").log("supplying {}");
                    return "y";
                })
                .log("supplied {}");

        assertThat(captured.records()).extracting(Captured::message).containsExactly("supplying x", "supplied y");
    }

    @Test
    void letsToStringLogMeanwhile() {
        Object argument = new Object() {
            @Override
            public String toString() {
                logger.atDebug().addKeyValue("inner", true).log("rendering");
                return "rendered";
            }
        };

        logger.atInfo().addArgument(argument).addKeyValue("outer", true).log("{}");

        assertThat(captured.records()).extracting(Captured::message).containsExactlyInAnyOrder("rendering", "rendered");
        assertThat(captured.records()).extracting(Captured::keyValues).allMatch(pairs -> pairs.size() == 1);
    }

    @Test
    void survivesASupplierThatThrows() {
        LoggingEventBuilder builder = logger.atInfo().addKeyValue("user", "u-1");
        assertThatThrownBy(() -> builder.log(() -> {
                    throw new IllegalStateException("supplier");
                }))
                .isInstanceOf(IllegalStateException.class);

        logger.atInfo().log("next");

        assertThat(captured.only().keyValues()).isEmpty();
    }

    @Test
    void mayBeFinishedByAnotherThread() {
        LoggingEventBuilder handedOver = logger.atInfo().addKeyValue("user", "u-1");

        CompletableFuture.runAsync(() -> handedOver.log("other thread")).join();

        assertThat(captured.only().keyValues()).containsExactly("user=u-1");
        assertThat(logger.atInfo()).isNotSameAs(handedOver);
    }

    @Test
    void makesASecondRecordIfItIsLoggedTwice() {
        LoggingEventBuilder builder = logger.atInfo();

        builder.log("first");
        builder.log("second");

        assertThat(captured.records()).extracting(Captured::message).containsExactly("first", "second");
    }

    @Test
    void takesMoreThanItHasRoomFor() {
        LoggingEventBuilder builder = logger.atInfo();
        for (int i = 0; i < 100; i++) {
            builder = builder.addArgument(i)
                    .addKeyValue("key" + i, i)
                    .addMarker(new BasicMarkerFactory().getMarker("m" + i));
        }

        builder.log("{} {}");

        assertThat(captured.only().arguments()).hasSize(100);
        assertThat(captured.only().keyValues()).hasSize(100).contains("key99=99");
        assertThat(captured.only().markers()).hasSize(100).contains("m99");
    }
}
