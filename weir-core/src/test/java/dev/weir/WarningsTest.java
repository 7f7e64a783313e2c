package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handler.NullHandler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a configuration warns of is told once it is in use. */
class WarningsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static PipelineBuilder warning() {
        return Weir.builder()
                .handler("none", new NullHandler())
                .warn("first of two")
                .warn("second of two");
    }

    @Test
    void areToldByAPipelineThatStarts() {
        Weir weir = warning().start();

        assertThat(weir.diagnostics())
                .singleElement()
                .asString()
                .startsWith("first of two\nweir: second of two (1 times, ");
        weir.close(SOON);
    }

    @Test
    void areToldByTheCurrentOne() {
        Weir.builder().install(); // another test may have closed it
        Weir.Interim interim = warning().installTemporarily();
        long first = told();
        interim.close();
        long closed = told();
        Weir weir = warning().install();

        assertThat(first).isEqualTo(1);
        assertThat(closed).isEqualTo(1);
        assertThat(told()).isEqualTo(2);
        weir.close(SOON);
    }

    /** How often. */
    private static long told() {
        return Weir.current().diagnostics().stream()
                .filter(line -> line.contains("first of two"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("(?s).*\\(([0-9]+) times.*", "$1")))
                .sum();
    }
}
