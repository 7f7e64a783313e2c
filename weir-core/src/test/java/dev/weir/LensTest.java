package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels that are open for one trace, or one value of the context. */
@Timeout(60)
@SuppressWarnings("try") // scopes are closed, and not used
class LensTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(1);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER = "4bf92f3577b34da6a3ce929d0e0e4737";
    private static final String SPAN = "00f067aa0ba902b7";

    private final List<String> seen = new ArrayList<>();
    private final Weir weir = Weir.builder()
            .handler("messages", new Handler() {
                @Override
                public boolean emit(LogRecord record) {
                    seen.add(record.message());
                    return true;
                }

                @Override
                public void flush() {}
            })
            .start();
    private final Levels levels = weir.levels();
    private final Logger logger = weir.loggerOf("shop.payment");

    @AfterEach
    void close() {
        Context.clear();
        weir.close(SOON);
    }

    private List<String> written() {
        weir.flush(SOON);
        return seen;
    }

    @Test
    void showsALevelToThoseWhoseContextHasTheValue() {
        levels.openForContext("shop", Level.DEBUG, "customer", "42", LONG);

        for (String customer : List.of("41", "42", "4", "421", "")) {
            Context.put("customer", customer);
            assertThat(logger.isEnabled(Level.DEBUG)).isEqualTo(customer.equals("42"));
            logger.debug("plain " + customer);
            logger.debug("one {}", customer);
            logger.debug("two {} {}", customer, 2);
            logger.debug("three {} {} {}", customer, 2, 3);
            logger.log(Level.DEBUG, "thrown", new IllegalStateException());
            logger.atDebug().keyValue("k", "v").log("fluent " + customer);
            logger.trace("never");
            logger.atTrace().log("never");
            logger.info("always");
        }
        Context.put("customer", null);
        logger.debug("null");
        Context.remove("customer");
        Context.put("client", "42");
        logger.debug("another key");

        assertThat(written())
                .filteredOn(message -> !message.equals("always"))
                .containsExactly("plain 42", "one 42", "two 42 2", "three 42 2 3", "thrown", "fluent 42");
        assertThat(seen).hasSize(6 + 5);
    }

    @Test
    void showsNothingElsewhere() {
        levels.openForContext("shop.payment", Level.DEBUG, "customer", "42", LONG);
        Context.put("customer", "42");

        assertThat(weir.loggerOf("shop.payment.cards.new").isEnabled(Level.DEBUG))
                .isTrue();
        assertThat(weir.loggerOf("shop").isEnabled(Level.DEBUG)).isFalse();
        assertThat(weir.loggerOf("shop.payments").isEnabled(Level.DEBUG)).isFalse();
        assertThat(weir.loggerOf("ROOT").isEnabled(Level.DEBUG)).isFalse();
    }

    @Test
    void atTheRootItShowsEverywhere() {
        levels.openForContext("ROOT", Level.TRACE, "customer", "42", LONG);

        Context.put("customer", "42");

        assertThat(logger.isEnabled(Level.TRACE)).isTrue();
        assertThat(weir.loggerOf("ROOT").isEnabled(Level.TRACE)).isTrue();
    }

    @Test
    void showsALevelWithinATraceHoweverTheThreadHasIt() {
        levels.openForTrace("shop", Level.DEBUG, TRACE, LONG);

        logger.debug("none");
        for (String id : List.of(OTHER, TRACE)) {
            try (TraceContext.Scope scope = TraceContext.scope(TraceContext.of(id, SPAN, 1))) {
                logger.debug("scope " + id);
                Context.put("trace_id", TRACE);
                logger.debug("scope before context " + id);
                Context.clear();
            }
            Context.put("trace_id", id);
            logger.debug("trace_id " + id);
            Context.clear();
            Context.put("traceId", id);
            logger.debug("traceId " + id);
            Context.put("trace_id", "not valid");
            logger.debug("not valid beside " + id);
            Context.put("trace_id", OTHER);
            logger.debug("the other key first " + id);
            Context.clear();
        }

        assertThat(written())
                .containsExactly(
                        "scope " + TRACE,
                        "scope before context " + TRACE,
                        "trace_id " + TRACE,
                        "traceId " + TRACE,
                        "not valid beside " + TRACE);
    }

    @Test
    void showsItToTheThreadsThatCarryTheContextAndToNoOther() throws Exception {
        levels.openForContext("shop", Level.DEBUG, "customer", "42", LONG);
        levels.openForTrace("shop", Level.TRACE, TRACE, LONG);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String customer = String.valueOf(40 + i % 4);
            String trace = i % 8 < 4 ? TRACE : OTHER;
            Runnable work = () -> {
                logger.debug("debug {} {}", customer, trace);
                logger.trace("trace {} {}", customer, trace);
            };
            try (TraceContext.Scope scope = TraceContext.scope(TraceContext.of(trace, SPAN, 1));
                    TraceContext.Scope context = Context.scope("customer", customer)) {
                tasks.add(Executors.callable(Context.wrap(work), null));
            }
            tasks.add(Executors.callable(() -> logger.debug("not wrapped"), null));
        }

        pool.invokeAll(tasks);

        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(written())
                .hasSize(200 + 50 + 200)
                .allMatch(message -> message.startsWith("debug 42 ") || message.endsWith(TRACE));
    }

    @Test
    void changesNothingWhereTheLevelIsOnAlready() {
        levels.set("shop", Level.DEBUG);
        levels.openForContext("shop", Level.INFO, "customer", "42", LONG);

        logger.debug("debug");
        logger.info("info");

        assertThat(written()).containsExactly("debug", "info");
    }

    @Test
    void showsWhatIsOffAndNoHandlersLevelIsOverruled() {
        List<String> picky = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                return picky.add(record.message());
            }

            @Override
            public void flush() {}
        };
        PipelineSettingsForTest.install(
                weir, Weir.builder().handler("picky", handler, options -> options.level(Level.DEBUG)));
        levels.off("shop");
        levels.openForContext("shop", Level.TRACE, "customer", "42", LONG);
        Context.put("customer", "42");

        logger.trace("no handler takes it");
        logger.debug("shown");
        Context.clear();
        logger.error("off");

        weir.flush(SOON);
        assertThat(picky).containsExactly("shown");
    }

    @Test
    void severalShowWhatAnyOfThemShows() {
        Lens first = levels.openForContext("shop", Level.DEBUG, "customer", "42", LONG);
        Lens second = levels.openForContext("shop.payment", Level.TRACE, "customer", "43", LONG);
        Context.put("customer", "42");
        assertThat(logger.isEnabled(Level.DEBUG)).isTrue();
        assertThat(logger.isEnabled(Level.TRACE)).isFalse();
        Context.put("customer", "43");
        assertThat(logger.isEnabled(Level.TRACE)).isTrue();

        second.close();
        assertThat(logger.isEnabled(Level.DEBUG)).isFalse();
        Context.put("customer", "42");
        assertThat(logger.isEnabled(Level.DEBUG)).isTrue();
        first.close();
        first.close();

        assertThat(logger.isEnabled(Level.DEBUG)).isFalse();
    }

    @Test
    void areListedUntilTheyAreClosed() {
        Lens trace = levels.openForTrace("ROOT", Level.TRACE, TRACE, LONG);
        Lens context = levels.openForContext("shop", Level.DEBUG, "customer", "42", LONG);

        assertThat(levels.lenses()).extracting(Lens::id).containsExactly(trace.id(), context.id());
        assertThat(levels.lenses())
                .extracting(Lens::toString)
                .containsExactly(
                        "TRACE of ROOT for trace " + TRACE + " until " + trace.until(),
                        "DEBUG of shop for context customer=42 until " + context.until());
        levels.lenses().get(0).close();
        assertThat(levels.lenses()).extracting(Lens::id).containsExactly(context.id());
        levels.resetAll();
        assertThat(levels.lenses()).isEmpty();
    }

    @Test
    void areToldWithoutTheValueOfTheContext() {
        levels.openForContext("shop", Level.DEBUG, "mail", "alice@example.com", LONG);

        assertThat(weir.diagnostics())
                .singleElement()
                .asString()
                .matches("lens \\d+: DEBUG of shop for one value of context mail until \\S+Z"
                        + " \\(opened by thread .*\\) \\(1 times.*");
    }

    @Test
    void moreThanSixteenAreRefused() {
        for (int i = 0; i < 16; i++) {
            levels.openForContext("shop", Level.DEBUG, "customer", String.valueOf(i), LONG);
        }

        assertThatThrownBy(() -> levels.openForContext("shop", Level.DEBUG, "customer", "16", LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "lenses: 16 are open (expected: 16 at most; close one, or wait until the time of one is over)");

        levels.lenses().get(3).close();
        levels.openForContext("shop", Level.DEBUG, "customer", "16", LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4bf92f3577b34da6",
                "00000000000000000000000000000000",
                "4BF92F3577B34DA6A3CE929D0E0E4736",
                "4bf92f3577b34da6a3ce929d0e0e473g"
            })
    void aTraceIdThatIsNoneIsRefused(String id) {
        assertThatThrownBy(() -> levels.openForTrace("shop", Level.DEBUG, id, LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("traceId: " + id + " (expected: 32 lower-case hexadecimal digits, not all zero)");
    }

    @Test
    void aTimeIsNeeded() {
        assertThatThrownBy(() -> levels.openForTrace("shop", Level.DEBUG, TRACE, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("time: PT0S");
    }

    @Test
    void aContextThatWasReplacedCountsAsItIsNow() {
        levels.openForContext("shop", Level.DEBUG, "customer", "42", LONG);

        Context.replace(Map.of("customer", "42", "other", "x"));
        assertThat(logger.isEnabled(Level.DEBUG)).isTrue();
        Context.replace(Map.of("other", "x"));

        assertThat(logger.isEnabled(Level.DEBUG)).isFalse();
    }
}
