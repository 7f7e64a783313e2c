package dev.weir.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.BreakerPolicy;
import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.QueueWait;
import dev.weir.SeverityRouter;
import dev.weir.handler.NullHandler;
import dev.weir.internal.drain.HandlerWorker;
import dev.weir.internal.journal.Geometry;
import dev.weir.internal.pipeline.PipelineSettings.HandlerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineSettingsTest {
    private static final Geometry ASKED = Geometry.of(1 << 20);
    private static final Geometry HAD = Geometry.of(600 << 10);

    private static PipelineSettings settings(int unnamed) {
        List<HandlerSettings> handlers = new ArrayList<>();
        handlers.add(handler("named", ASKED.segmentBytes() + 5_000));
        for (int i = 0; i < unnamed; i++) {
            handlers.add(handler("unnamed" + i, 0));
        }
        return PipelineSettings.checked(
                handlers,
                Map.of(),
                ASKED.capacityBytes(),
                0,
                QueueWait.ADAPTIVE,
                Duration.ofSeconds(1),
                Duration.ZERO,
                false);
    }

    static HandlerSettings handler(String name, long backlogBytes) {
        return new HandlerSettings(
                name,
                new NullHandler(),
                SeverityRouter.ALL,
                backlogBytes,
                OverflowPolicy.DROP_OLDEST,
                null,
                new HandlerWorker.Settings(
                        BreakerPolicy.DEFAULT, Level.ERROR.ordinal(), false, SeverityRouter.ALL.levels(), List.of(), 0),
                PipelineSettings.Description.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 13, 22})
    void budgetsAreWholeSlabsAndTogetherNoMoreThanThereAre(int unnamed) {
        PipelineSettings settings = settings(unnamed);

        Map<String, Long> asked = settings.requireBudgets(ASKED, ASKED);
        Map<String, Long> had = settings.requireBudgets(ASKED, HAD);

        requireWholeSlabs(asked, ASKED);
        requireWholeSlabs(had, HAD);
    }

    private static void requireWholeSlabs(Map<String, Long> budgets, Geometry geometry) {
        assertThat(budgets.values())
                .allSatisfy(bytes -> assertThat(bytes).isPositive())
                .allSatisfy(bytes -> assertThat(bytes % geometry.segmentBytes()).isZero());
        assertThat(budgets.values().stream().mapToLong(bytes -> bytes).sum())
                .isLessThanOrEqualTo(geometry.backlogBytes());
    }
}
