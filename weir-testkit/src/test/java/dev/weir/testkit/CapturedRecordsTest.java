package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.weir.Context;
import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.TraceContext;
import dev.weir.Weir;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CapturedRecordsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final CapturingHandler BEFORE = new CapturingHandler();

    @RegisterExtension
    final CapturedRecords records = CapturedRecords.of(Level.DEBUG);

    private final Logger logger = Weir.logger("shop.orders");

    @BeforeAll
    static void installAnother() {
        Weir.builder()
                .handler("before", BEFORE)
                .logger("shop.orders", options -> options.off())
                .install();
    }

    @BeforeEach
    void logBeforeTheTest() {
        logger.info("before");
    }

    @AfterAll
    static void theOtherGoesOnAsItWas() {
        Weir.logger("shop.orders").critical("is off");
        Weir.logger("ROOT").info("goes on");
        Weir.current().close(SOON);

        assertThat(BEFORE.messages()).containsExactly("goes on");
    }

    @Test
    void capturesWhateverThreadLogsFromTheLevelOn() throws InterruptedException {
        Thread other = new Thread(() -> logger.warn("by {}", "another"), "other");
        other.start();
        other.join();
        logger.debug("now");
        logger.trace("is below the level");

        assertThat(records.messages()).containsExactly("before", "by another", "now");
        assertThat(records.all()).extracting(CapturedRecord::thread).contains("other");
    }

    @Test
    void beginsAnewInEachTest() {
        assertThat(records.messages()).containsExactly("before");

        records.clear();

        assertThat(records.all()).isEmpty();
    }

    @Test
    void picksTheRecordsOfALogger() {
        Weir.logger("shop").info("above");
        Weir.logger("shop.orders.eu").info("below");
        Weir.logger("shop.orderswap").info("beside");

        assertThat(records.from("shop.orders"))
                .extracting(CapturedRecord::message)
                .containsExactly("before", "below");
    }

    @Test
    void takesRecordsApart() {
        records.clear();
        Instant begun = Instant.now().minusSeconds(1);
        TraceContext trace =
                Objects.requireNonNull(TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        TraceContext.Scope scope = TraceContext.scope(trace);
        Context.put("user", "u1");
        logger.atInfo()
                .keyValue("order", 4711)
                .keyValue("twice", 1)
                .keyValue("twice", null)
                .marker("AUDIT")
                .log("{} of {}", 1, null);
        Context.remove("user");
        scope.close();

        assertThat(records.all()).singleElement().satisfies(record -> {
            assertThat(record.level()).isEqualTo(Level.INFO);
            assertThat(record.logger()).isEqualTo("shop.orders");
            assertThat(record.message()).isEqualTo("1 of null");
            assertThat(record.template()).isEqualTo("{} of {}");
            assertThat(record.arguments()).containsExactly(1L, null);
            assertThat(record.keyValues()).containsExactly(entry("order", 4711L), entry("twice", null));
            assertThat(record.context()).containsExactly(entry("user", "u1"));
            assertThat(record.markers()).containsExactly("AUDIT");
            assertThat(record.throwable()).isNull();
            assertThat(record.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(record.time()).isBetween(begun, Instant.now().plusSeconds(1));
            assertThat(record.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(record.spanId()).isEqualTo("00f067aa0ba902b7");
            assertThatThrownBy(() -> record.keyValues().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> record.arguments().clear()).isInstanceOf(UnsupportedOperationException.class);
        });
    }

    @Test
    void hasStackTracesAsText() {
        logger.log(Level.ERROR, "failed", new IllegalStateException("out of\nmoney", new RuntimeException("why")));

        String throwable = records.all().get(1).throwable();
        assertThat(throwable)
                .startsWith("java.lang.IllegalStateException: out of\\nmoney\n\tat "
                        + getClass().getName())
                .contains("\nCaused by: java.lang.RuntimeException: why\n");
        assertThat(records.all().get(0).traceId()).isNull();
    }

    @Test
    void waitsForNothingThatHangsInThePipelineBefore() throws InterruptedException {
        StuckHandler stuck = new StuckHandler(new CapturingHandler());
        Weir.Interim interim = Weir.builder().handler("stuck", stuck).installTemporarily();
        logger.error("hangs");
        assertThat(stuck.awaitStuck(SOON)).isTrue();

        CapturedRecords inner = CapturedRecords.of(Level.INFO);
        inner.beforeEach(null);
        logger.info("goes on");
        assertThat(inner.messages()).containsExactly("goes on");
        inner.afterEach(null);

        stuck.letGo();
        interim.close();
        assertThat(inner.messages()).containsExactly("goes on");
    }
}
