package dev.weir.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.benchmarks.peer.Peer;
import dev.weir.benchmarks.peer.Policy;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.peer.Sink;
import dev.weir.benchmarks.trial.Case;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class PlanTest {
    private static Plan plan(String... args) throws UsageException {
        return new Plan(Options.parse(args, Path.of(".")));
    }

    @Test
    void variesOneAxisOfTheBaseCaseAtATime() throws Exception {
        Plan plan = plan("--cases", "sustained");

        assertThat(plan.cases())
                .startsWith(Case.sustained(Sink.JSON, Shape.MDC, 1), Case.sustained(Sink.JSON, Shape.MDC, 2))
                .contains(
                        Case.sustained(Sink.JSON, Shape.MDC, 16),
                        Case.sustained(Sink.TEXT, Shape.MDC, 1),
                        Case.sustained(Sink.JSON, Shape.EXCEPTION, 1))
                .doesNotContain(Case.sustained(Sink.TEXT, Shape.EXCEPTION, 1))
                .doesNotHaveDuplicates();
    }

    @Test
    void hasTheProductIfAsked() throws Exception {
        Plan plan = plan("--cases", "sustained", "--all");

        assertThat(plan.cases())
                .contains(Case.sustained(Sink.TEXT, Shape.EXCEPTION, 4))
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesOutWhoCannotDoACase() throws Exception {
        Plan plan = plan();

        assertThat(plan.peers(Case.sustained(Sink.JSON, Shape.MDC, 1))).doesNotContain(Peer.JUL, Peer.OPENTELEMETRY);
        assertThat(plan.peers(Case.sustained(Sink.TEXT, Shape.MDC, 1))).contains(Peer.JUL);
        assertThat(plan.peers(Case.sustained(Sink.JSON, Shape.KEY_VALUES, 1))).doesNotContain(Peer.TINYLOG);
        assertThat(plan.peers(Case.outage(Policy.DROP))).doesNotContain(Peer.LOG4J_SYNC);
    }

    @Test
    void measuresTheCallWithoutABackendWhoeverIsChosen() throws Exception {
        Plan plan = plan("--peers", "weir");

        assertThat(plan.peers(Case.allocation())).containsExactly(Peer.WEIR, Peer.NOP);
    }

    @Test
    void measuresNothingButTheCasesThatAreNamedAndThoseInAllRounds() throws Exception {
        Plan plan = plan("--only", "exception", "--rounds", "7");

        assertThat(plan.cases()).containsExactly(Case.sustained(Sink.JSON, Shape.EXCEPTION, 1));
        assertThat(plan.cases(7)).hasSize(1);
        assertThat(plan("--only", "sustained json mdc 1").cases())
                .containsExactly(Case.sustained(Sink.JSON, Shape.MDC, 1));
        assertThatThrownBy(() -> plan("--only", "nosuch"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--only: nosuch (expected: one of these, or a part: sustained json mdc 1, ");
    }

    @Test
    void variesTheAxesOnceForALook() throws Exception {
        Plan plan = plan("--quick", "--cases", "sustained");

        assertThat(plan.cases(2)).containsExactlyElementsOf(Plan.base());
    }
}
