package dev.weir.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.QueueWait;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.emit.LensCheck;
import dev.weir.internal.journal.Routing;
import dev.weir.internal.pipeline.LevelOverlay.Limit;
import dev.weir.internal.pipeline.LevelOverlay.OpenLens;
import dev.weir.internal.pipeline.LevelOverlay.Setting;
import dev.weir.internal.pipeline.PipelineSettings.LoggerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Levels that lie over settings, and when that is a change of routes. */
class RoutePlanTest {
    private static final List<String> NAMES =
            List.of("ROOT", "a", "a.b", "a.b.c", "a.b.d", "a.e", "f", "f.g.h", "f.g.h.i", "ab");

    private static int threshold(Random random) {
        return random.nextInt(3) * 3; // TRACE, WARN, OFF
    }

    @Test
    void plansThatLogTheSameForEveryLoggerAreThoseThatSaySo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int same = 0;
        for (int i = 0; i < 20_000; i++) {
            Map<String, LoggerSettings> settings = new HashMap<>();
            LevelOverlay first = LevelOverlay.NONE;
            LevelOverlay second = LevelOverlay.NONE;
            for (String name : NAMES) {
                if (random.nextInt(3) == 0) {
                    settings.put(name, new LoggerSettings(threshold(random), -1, true, null, List.of()));
                }
                if (random.nextInt(5) == 0) {
                    first = first.with(name, new Setting(threshold(random), null));
                }
                if (random.nextInt(5) == 0) {
                    second = second.with(name, new Setting(threshold(random), null));
                }
            }
            RoutePlan one = new RoutePlan(settings, first);
            RoutePlan two = new RoutePlan(settings, second);

            boolean alike = NAMES.stream()
                    .allMatch(name -> one.logged(name) == two.logged(name)
                            && one.logged(name + ".below") == two.logged(name + ".below"));

            assertThat(one.logsAs(two)).as("seed %d, round %d", seed, i).isEqualTo(alike);
            same += alike ? 1 : 0;
        }
        assertThat(same).as("seed %d", seed).isBetween(500, 19_500);
    }

    @Test
    void whatChangesNothingIsNoChangeOfRoutes() {
        PipelineSettings settings = PipelineSettings.checked(
                List.of(PipelineSettingsTest.handler("null", 0)),
                Map.of(),
                PipelineSettings.LEAST_CAPACITY,
                0,
                QueueWait.ADAPTIVE,
                Duration.ofSeconds(1),
                Duration.ZERO,
                false);
        Pipeline pipeline = Pipeline.create(settings, new Diagnostics(() -> {}), null);
        pipeline.begin(settings);
        Routing begun = pipeline.routing();
        Setting info = new Setting(Level.INFO.ordinal(), null);
        OpenLens lens = new OpenLens(
                1, "a", Level.DEBUG, LensCheck.ofContext(Level.DEBUG.bit(), "k", "v"), Limit.in(Duration.ofHours(1)));

        assertThat(pipeline.relevel(over -> over.without("a"))).isFalse();
        assertThat(pipeline.relevel(over -> over.with("a", info))).isTrue();
        assertThat(pipeline.relevel(over -> over.with("a", info))).isFalse();
        assertThat(pipeline.routing()).isSameAs(begun);
        assertThat(pipeline.overlay().settings()).containsOnlyKeys("a");

        assertThat(pipeline.relevel(over -> over.with(lens))).isTrue();
        assertThat(pipeline.routing()).isNotSameAs(begun);
        pipeline.close(Duration.ofSeconds(10));
    }
}
