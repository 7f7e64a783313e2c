package dev.weir.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.internal.emit.EpochClock;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.Geometry;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Routing;
import dev.weir.internal.pipeline.PipelineSettings.LoggerSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loggers that are born while others look at the tree, or change it. */
@Timeout(60)
class LoggerTreeTest {
    private static final int LOGGERS = 50_000;
    private static final int DEBUG = Level.DEBUG.bit();
    private static final int ERROR = Level.ERROR.bit();

    private final Journal journal = Journal.allocate(Geometry.LEAST_CAPACITY_BYTES, () -> 0);
    private final Cursor cursor = journal.newCursor("a");
    private final QueueHandler queue = new QueueHandler(journal, new EpochClock(), 1024, (kind, message) -> {});
    private final RoutePlan everything = new RoutePlan(
            Map.of(
                    PipelineSettings.ROOT,
                    new LoggerSettings(Level.TRACE.ordinal(), PipelineSettings.OFF, true, List.of("a"), List.of())),
            LevelOverlay.NONE);

    private Routing routing(int generation, Routing.LevelsByLogger levels) {
        return new Routing(generation, List.of(new Routing.Entry(cursor, levels, OverflowPolicy.DROP_OLDEST, 1 << 16)));
    }

    @Test
    void whoSeesTheCountOfLoggersSeesTheirNames() throws InterruptedException {
        LoggerTree tree = new LoggerTree(queue, routing(1, id -> 0), everything);
        Thread creator = new Thread(() -> {
            for (int i = 0; i < LOGGERS; i++) {
                tree.logger("logger" + i);
            }
        });
        creator.start();

        int seen = 0;
        while (seen < LOGGERS) {
            int count = tree.count();
            for (int id = seen; id < count; id++) {
                assertThat(tree.name(id)).isNotNull();
                assertThat(new String(tree.nameUtf8(id), StandardCharsets.UTF_8))
                        .isEqualTo(tree.name(id));
            }
            seen = count;
        }

        creator.join();
    }

    @Test
    void aLoggerThatIsBornInAChangeOfRoutesHasTheLevelsOfTheNewRouting() throws InterruptedException {
        AtomicReference<LoggerTree> tree = new AtomicReference<>();
        Routing newest = routing(2, id -> ERROR);
        Thread changing = new Thread(() -> tree.get().publish(() -> {}, newest, everything, queue));
        Routing old = routing(1, id -> {
            changing.start(); // while the new logger works out its levels
            while (changing.getState() == Thread.State.NEW || changing.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait(); // until it waits, or has walked the tree without the new logger
            }
            return DEBUG;
        });
        tree.set(new LoggerTree(queue, old, everything));

        LoggerNode born = tree.get().logger("born");
        changing.join();

        assertThat(born.isEnabled(Level.ERROR)).isTrue();
        assertThat(born.isEnabled(Level.DEBUG)).isFalse();
    }

    @Test
    void theEndOfAPipelineLeavesLoggersAloneThatGoOnWithAnother() {
        QueueHandler successor = new QueueHandler(journal, new EpochClock(), 1024, (kind, message) -> {});
        RoutePlan off = new RoutePlan(
                Map.of(),
                LevelOverlay.NONE.with(PipelineSettings.ROOT, new LevelOverlay.Setting(PipelineSettings.OFF, null)));
        LoggerTree tree = new LoggerTree(queue, routing(1, id -> DEBUG), everything);
        LoggerNode logger = tree.logger("any");

        tree.end(successor, off);
        assertThat(logger.isEnabled(Level.DEBUG)).isTrue();
        tree.end(queue, off);
        assertThat(logger.isEnabled(Level.DEBUG)).isFalse();
    }
}
