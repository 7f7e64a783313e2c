package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The W3C's rules for {@code traceparent}, and how a context goes along with its thread. */
class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String HEADER = "00-" + TRACE + "-" + SPAN + "-01";

    @AfterEach
    void leaveNothing() {
        Context.clear();
        assertThat(TraceContext.current()).isNull();
    }

    @Test
    void readsAndPrintsVersion00() {
        TraceContext context = TraceContext.parse(HEADER);

        assertThat(context).isNotNull();
        assertThat(context.traceId()).isEqualTo(TRACE);
        assertThat(context.spanId()).isEqualTo(SPAN);
        assertThat(context.isSampled()).isTrue();
        assertThat(context.toTraceparent()).isEqualTo(HEADER);
        assertThat(context).isEqualTo(TraceContext.of(TRACE, SPAN, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " " + "00-" + TRACE + "-" + SPAN + "-01",
                "\t00-" + TRACE + "-" + SPAN + "-01 \t",
                "cc-" + TRACE + "-" + SPAN + "-01",
                "cc-" + TRACE + "-" + SPAN + "-01-what-the-future-will-be-like",
                "fe-" + TRACE + "-" + SPAN + "-01-"
            })
    void acceptsWhiteSpaceAndHigherVersions(String header) {
        TraceContext context = TraceContext.parse(header);

        assertThat(context).isNotNull();
        assertThat(context.toTraceparent()).isEqualTo(HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + SPAN + "-01.",
                "00-" + TRACE + "-" + SPAN + "-01-what-the-future-will-be-like",
                "cc-" + TRACE + "-" + SPAN + "-01.what-the-future-will-not-be-like",
                "ff-" + TRACE + "-" + SPAN + "-01",
                ".0-" + TRACE + "-" + SPAN + "-01",
                "0.-" + TRACE + "-" + SPAN + "-01",
                "0-" + TRACE + "-" + SPAN + "-01",
                "000-" + TRACE + "-" + SPAN + "-01",
                "0000-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-" + SPAN + "-01",
                "00-4bf92f3577b34da6a3ce929d0e0e47366-" + SPAN + "-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-" + SPAN + "-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-00f067aa0ba902b-01",
                "00-" + TRACE + "-00f067aa0ba902b77-01",
                "00-" + TRACE + "-00f067aa0ba902bx-01",
                "00-" + TRACE + "-00F067AA0BA902B7-01",
                "00-" + TRACE + "-" + SPAN + "-0.",
                "00-" + TRACE + "-" + SPAN + "-.0",
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-001",
                "00-" + TRACE + "-" + SPAN + "-0A",
                "00_" + TRACE + "-" + SPAN + "-01"
            })
    void ignoresAWholeHeaderThatIsNotValid(String header) {
        assertThat(TraceContext.parse(header)).isNull();
    }

    @Test
    void readsFlagsAsBitsAndPrintsOnlyTheKnownOnes() {
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-03").isSampled())
                .isTrue();
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-02").isSampled())
                .isFalse();
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-02").toTraceparent())
                .endsWith("-02");
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-ff").toTraceparent())
                .endsWith("-03");
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-ff").flags())
                .isEqualTo(0xFF);
    }

    @Test
    void readsAHugeHeaderInNoTime() {
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01-" + "x".repeat(1 << 20)))
                .isNotNull();
        assertThat(TraceContext.parse(" ".repeat(1 << 20))).isNull();
    }

    @Test
    void refusesIdsThatAreNone() {
        assertThatThrownBy(() -> TraceContext.of("0".repeat(32), SPAN, 0)).hasMessageContaining("traceId");
        assertThatThrownBy(() -> TraceContext.of(TRACE, "x", 0)).hasMessageContaining("spanId: x");
        assertThatThrownBy(() -> TraceContext.of(TRACE, SPAN, 256)).hasMessageContaining("flags: 256");
    }

    @Test
    void aScopeHoldsUntilItIsClosedAndRestoresWhatWasBefore() {
        TraceContext outer = TraceContext.of(TRACE, SPAN, 1);
        TraceContext inner = TraceContext.of(TRACE, "00000000000000ab", 0);

        TraceContext.Scope outerScope = TraceContext.scope(outer);
        TraceContext.Scope innerScope = TraceContext.scope(inner);

        assertThat(TraceContext.current()).isEqualTo(inner);
        innerScope.close();
        assertThat(TraceContext.current()).isEqualTo(outer);
        TraceContext.Scope none = TraceContext.scope("not a header");
        assertThat(TraceContext.current()).isNull();
        none.close();
        outerScope.close();
    }

    @Test
    void goesToAnotherThreadWhenItIsWrappedAndNotByItself() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            AtomicReference<Object> seen = new AtomicReference<>();
            Context.put("user", "u-1");
            TraceContext.Scope scope = TraceContext.scope(HEADER);

            executor.submit(Context.wrap(() -> seen.set(TraceContext.current() + " " + Context.get("user"))))
                    .get();
            assertThat(seen.get()).isEqualTo(HEADER + " u-1");

            executor.submit(() -> seen.set(TraceContext.current() + " " + Context.get("user")))
                    .get();
            assertThat(seen.get()).isEqualTo("null null");

            assertThat(executor.submit(Context.wrap(() -> Context.get("user"))).get())
                    .isEqualTo("u-1");
            scope.close();
        } finally {
            executor.shutdownNow();
        }
    }
}
