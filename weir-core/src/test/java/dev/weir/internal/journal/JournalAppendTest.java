package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.CRITICAL;
import static dev.weir.internal.journal.JournalWorld.DEBUG;
import static dev.weir.internal.journal.JournalWorld.ERROR;
import static dev.weir.internal.journal.JournalWorld.INFO;
import static dev.weir.internal.journal.JournalWorld.LARGEST;
import static dev.weir.internal.journal.JournalWorld.RING;
import static dev.weir.internal.journal.JournalWorld.SEGMENT;
import static dev.weir.internal.journal.JournalWorld.SMALL;
import static dev.weir.internal.journal.JournalWorld.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.journal.JournalWorld.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalAppendTest {
    private final JournalWorld world = new JournalWorld();
    private final Journal journal = world.journal;

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 2", "2, 4", "3, 8"})
    void leavesALevelsReserveFreeToTheByte(int level, int share) {
        int end = RING - RING / share;
        world.fillTo(end - SMALL, level);

        assertThat(world.tryAppend(level, 0, SMALL + 8)).isEqualTo(Journal.NO_ROOM);
        assertThat(journal.isFullFor(level)).isFalse();
        assertThat(world.tryAppend(level, 0, SMALL)).isEqualTo(end - SMALL);
        assertThat(journal.isFullFor(level)).isTrue();
        assertThat(world.tryAppend(level, 0, 48)).isEqualTo(Journal.NO_ROOM);
        assertThat(journal.claimedEnd()).isEqualTo(end);
    }

    @Test
    void keepsTheLastPartForSevereRecordsAndChangesOfRoutes() {
        int[] levels = {DEBUG, INFO, WARN, ERROR, CRITICAL};
        long[] ends = new long[levels.length];

        for (int i = 0; i < levels.length; i++) {
            while (world.tryAppend(levels[i], 0, SMALL) >= 0) {
                // on until it is refused
            }
            ends[i] = journal.claimedEnd();
        }

        assertThat(ends).containsExactly(RING / 2, RING * 3L / 4, RING * 7L / 8, RING - 64, RING - 64);
        for (int i = 0; i < 4; i++) {
            assertThat(world.change(world.routing())).isTrue();
        }
        assertThat(journal.claimedEnd()).isEqualTo(RING);
        assertThat(world.change(world.routing())).isFalse();
    }

    @Test
    void padsTheRestOfASegmentThatARecordWouldCross() {
        world.fillTo(SEGMENT - 48, INFO);

        assertThat(world.tryAppend(INFO, 0, SMALL)).isEqualTo(SEGMENT);
        assertThat(world.lengthAt(SEGMENT - 48)).isEqualTo(-48);
        assertThat(world.lengthAt(SEGMENT)).isEqualTo(SMALL);
        assertThat(journal.claimedEnd()).isEqualTo(SEGMENT + SMALL);
    }

    @Test
    void fillsASegmentToItsEndWithoutPadding() {
        world.fillTo(SEGMENT - SMALL, INFO);

        assertThat(world.tryAppend(INFO, 0, SMALL)).isEqualTo(SEGMENT - SMALL);
        assertThat(journal.claimedEnd()).isEqualTo(SEGMENT);
        assertThat(world.tryAppend(INFO, 0, SMALL)).isEqualTo(SEGMENT);
    }

    @Test
    void claimsNothingIfTheRecordFitsOnlyWithoutItsPadding() {
        int end = RING / 2;
        world.fillTo(end - SEGMENT - 48, DEBUG);
        world.fillTo(end - 48, DEBUG);

        assertThat(world.tryAppend(DEBUG, 0, SMALL)).isEqualTo(Journal.NO_ROOM);
        assertThat(journal.claimedEnd()).isEqualTo(end - 48);
        assertThat(world.lengthAt(end - 48)).isZero();
    }

    @Test
    void carriesTheLargestRecordsOverManyLaps() {
        Sink sink = world.installed("a");

        for (int i = 0; i < 200; i++) {
            world.append(INFO, 0, LARGEST);
            sink.drain();
        }

        assertThat(sink.received).hasSize(200).isSorted();
        assertThat(world.floor()).isGreaterThan(5L * RING);
    }

    @Test
    void stopsAtAGateToTheByteAndClaimsNothing() {
        Sink sink = world.installedBlocking("a", JournalWorld.BUDGET);
        world.append(INFO);
        world.append(INFO);
        sink.drain();
        long allowed = sink.cursor.allowedVolatile();
        world.fillTo(allowed - SMALL, INFO);

        assertThat(world.tryAppend(INFO, 0, SMALL + 8, sink.cursor)).isEqualTo(Journal.GATED);
        assertThat(world.tryAppend(INFO, 0, SMALL, sink.cursor)).isEqualTo(allowed - SMALL);
        assertThat(world.tryAppend(INFO, 0, SMALL, sink.cursor)).isEqualTo(Journal.GATED);
        assertThat(world.tryAppend(CRITICAL, 0, SMALL, sink.cursor)).isEqualTo(Journal.GATED);
        assertThat(journal.claimedEnd()).isEqualTo(allowed);
        assertThat(world.tryAppend(INFO, 0, SMALL)).isEqualTo(allowed);
    }

    @Test
    void countsPaddingAgainstTheGate() {
        Sink sink = world.installedBlocking("a", JournalWorld.BUDGET);
        long allowed = sink.cursor.allowedVolatile();
        assertThat(allowed % SEGMENT).isEqualTo(JournalWorld.CHANGE);
        world.fillTo(allowed - JournalWorld.CHANGE - 48, INFO);

        assertThat(world.tryAppend(INFO, 0, SMALL, sink.cursor)).isEqualTo(Journal.GATED);
    }

    @Test
    void admitsNothingAfterTheSealAndHasOneEnd() {
        world.append(INFO);

        long end = journal.seal();

        assertThat(end).isEqualTo(SMALL);
        assertThat(journal.seal()).isEqualTo(end);
        assertThat(journal.sealedEnd()).isEqualTo(end);
        assertThat(journal.claimedEnd()).isEqualTo(end);
        assertThat(journal.usedBytes()).isEqualTo(end);
        assertThat(journal.journaled()[INFO]).isOne();
        assertThat(world.tryAppend(CRITICAL, 0, SMALL)).isEqualTo(Journal.SEALED);
        assertThat(journal.isFullFor(DEBUG)).isFalse();
        assertThat(journal.claimedEnd()).isEqualTo(end);
    }

    @Test
    void hasNoEndBeforeTheSeal() {
        assertThat(journal.isSealed()).isFalse();
        assertThat(journal.sealedEnd()).isEqualTo(-1);
    }
}
