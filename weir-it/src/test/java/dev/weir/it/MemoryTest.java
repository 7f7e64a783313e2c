package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.Logger;
import dev.weir.Stats;
import dev.weir.Weir;
import dev.weir.handler.NullHandler;
import dev.weir.testkit.StuckHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a process keeps of its memory, whatever its handlers do. */
class MemoryTest {
    @TempDir
    Path directory;

    @Test
    void tenMillionRecordsPassAHandlerThatNeverReturnsInASmallHeap() throws Exception {
        Jvm.Result result =
                Jvm.of(directory, StuckMain.class).options("-Xmx128m").run();

        assertThat(result.stderr()).noneMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stdout()).containsExactly("adds up");
    }

    /** Logs past a stuck handler, and checks the account as it goes. */
    static final class StuckMain {
        private static final int RECORDS = 10_000_000;
        private static final int LOOKS_EVERY = 50_000;
        private static final int RECORD_BYTES = 1024;

        private StuckMain() {}

        public static void main(String[] arguments) {
            StuckHandler stuck = new StuckHandler(new NullHandler());
            Weir weir = Weir.builder().handler("stuck", stuck).start();
            Logger logger = weir.loggerOf("any");
            String text = "x".repeat(RECORD_BYTES - 100) + " {}";
            Level[] levels = {Level.INFO, Level.WARN, Level.ERROR, Level.CRITICAL};
            for (int i = 0; i < RECORDS; i++) {
                logger.log(levels[i & 3], text, i);
                if (i % LOOKS_EVERY == 0) {
                    requireBounded(weir.stats());
                }
            }
            Stats stats = weir.stats();
            requireBounded(stats);
            long emitted = 0;
            for (Level level : levels) {
                require(stats.emitted(level) == RECORDS / levels.length, "emitted " + level, stats);
                emitted += stats.emitted(level);
            }
            require(emitted == RECORDS, "emitted", stats);

            weir.close(Duration.ofMillis(300));

            requireAccounted(weir.stats(), List.of(levels));
            System.out.println("adds up");
            stuck.letGo();
        }

        private static void requireBounded(Stats stats) {
            require(stats.usedBytes() <= stats.capacityBytes(), "used more than the capacity", stats);
        }
    }

    /** Of a pipeline with one handler, at a moment of rest. */
    static void requireAccounted(Stats stats, List<Level> levels) {
        for (Level level : levels) {
            for (String handler : stats.handlerNames()) {
                long routed = stats.routed(handler, level);
                long accounted =
                        stats.written(handler, level) + stats.dropped(handler, level) + stats.pending(handler, level);
                require(routed == accounted, "routed " + handler + ' ' + level, stats);
                require(routed == stats.emitted(level) - stats.refused(level), "journaled " + level, stats);
            }
        }
    }

    private static void require(boolean holds, String what, Stats stats) {
        if (!holds) {
            throw new AssertionError(what + ": " + stats.toJson());
        }
    }

    /** With sizes that were right for the memory that was asked for, and without any. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                version: 1
                queue: { overflow: block }
                handlers: { stdout: { type: console } }
                """, """
                version: 1
                queue: { capacity: 64MiB, max-record: 64KiB, overflow: block }
                handlers: { stdout: { type: console, backlog: 8MiB } }
                """})
    void logsOnWhenDirectMemoryCannotBeHadAndTellsItOnce(String configuration) throws Exception {
        Jvm.Result result = Jvm.of(directory, FewMain.class)
                .options("-XX:MaxDirectMemorySize=256k")
                .configuration(configuration)
                .run();

        assertThat(result.exit()).as(result.toString()).isZero();
        assertThat(result.stdout()).hasSize(FewMain.RECORDS + 1).last().isEqualTo("adds up");
        assertThat(result.stdout().subList(0, FewMain.RECORDS))
                .extracting(line -> StrictJson.parse(line).get("msg"))
                .element(FewMain.RECORDS - 1)
                .isEqualTo("record " + (FewMain.RECORDS - 1));
        assertThat(result.stderr())
                .filteredOn(line -> line.contains("queue.capacity"))
                .as(result.stderr()::toString)
                .hasSize(1)
                .allMatch(line -> line.startsWith("weir: ") && line.contains("could not be had"));
    }

    /** Logs a little by SLF4J. */
    static final class FewMain {
        static final int RECORDS = 20_000;

        private FewMain() {}

        public static void main(String[] arguments) {
            org.slf4j.Logger logger = LoggerFactory.getLogger("any");
            for (int i = 0; i < RECORDS; i++) {
                logger.info("record {}", i);
            }
            Weir.current().close(Duration.ofSeconds(20));
            Stats stats = Weir.current().stats();
            require(stats.emitted(Level.INFO) == RECORDS, "emitted", stats);
            requireAccounted(stats, List.of(Level.INFO));
            System.out.println("adds up");
        }
    }
}
