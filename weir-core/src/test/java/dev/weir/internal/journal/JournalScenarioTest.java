package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.ALL;
import static dev.weir.internal.journal.JournalWorld.LARGEST;
import static dev.weir.internal.journal.JournalWorld.RING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.internal.journal.JournalWorld.Sink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything at once by a seeded hand, against the plain account of who should have got what. */
class JournalScenarioTest {
    private static final int STEPS = 12_000;

    private JournalWorld world;
    private Random random;
    private String as;
    private final Map<Sink, List<Integer>> expected = new LinkedHashMap<>();
    private final Map<Sink, Routing.LevelsByLogger> inForce = new LinkedHashMap<>();
    private final List<Claim> holes = new ArrayList<>();
    private final List<Integer> aborted = new ArrayList<>();
    private final long[] emitted = new long[Level.COUNT];
    private int names;

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0, 2",
        "0, 3",
        "2147483648, 4",
        "2147483648, 5",
        "562949953421312, 6",
        "2305843009213693952, 7",
        "2305843009213693952, 8"
    })
    void everyRecordReachesExactlyWhomTheRoutesAtItsPositionName(long near, long seed) {
        world = new JournalWorld(near == 0 ? 0 : near - 2L * RING);
        random = new Random(seed);
        as = "start near " + near + ", seed " + seed;
        install();

        for (int i = 0; i < STEPS; i++) {
            step();
        }

        holes.forEach(this::publish);
        holes.clear();
        world.tick();
        world.journal.seal();
        for (Sink sink : expected.keySet()) {
            sink.drain();
            assertSettled(sink);
        }
        long[] journaled = world.journal.journaled();
        for (int level = 0; level < Level.COUNT; level++) {
            assertThat(journaled[level]).as(as).isEqualTo(emitted[level]);
        }
        assertThat(world.journal.claimedEnd()).as(as).isGreaterThan(near + 3L * RING);
        assertThat(world.failures).as(as).isEmpty();
        assertThat(Arrays.stream(world.journal.aborted()).sum()).as(as).isEqualTo(aborted.size());
    }

    private void step() {
        switch (random.nextInt(100)) {
            case 0 -> install();
            case 1 -> world.tick();
            case 2 -> world.tickWithAWaiter();
            case 3 -> leaveAHole();
            case 4, 5 -> fillAHole();
            case 6 -> world.loggers.incrementAndGet();
            case 7, 8, 9, 10, 11, 12, 13, 14, 15 -> moveASink();
            default -> append();
        }
    }

    private void append() {
        int level = random.nextInt(Level.COUNT);
        int logger = random.nextInt(world.loggers.get());
        int most = random.nextInt(10) == 0 ? LARGEST : 400;
        int length = 48 + 8 * random.nextInt((most - 48) / 8 + 1);
        Cursor[] gates = world.journal.routing().gates(logger, level);
        if (world.tryAppend(level, logger, length, gates) >= 0) {
            expect(world.appended, level, logger);
        }
    }

    private void expect(int number, int level, int logger) {
        emitted[level]++;
        inForce.forEach((sink, levels) -> {
            if ((levels.levels(logger) & 1 << level) != 0) {
                expected.get(sink).add(number);
            }
        });
    }

    private void leaveAHole() {
        int level = Level.ERROR.ordinal();
        long claimed = world.journal.claimedEnd();
        if (holes.size() < 3 && !world.journal.isFullFor(level) && claimed + 512 < world.floor() + RING - 64) {
            Claim hole = world.claim(48 + 8 * random.nextInt(20), level);
            // its number is the next one, whenever it is published
            hole.padded = false;
            world.appended++;
            numbers.put(hole, world.appended);
            if (random.nextBoolean()) {
                expect(world.appended, level, 0);
                holes.add(hole);
            } else {
                aborted.add(world.appended);
                world.orphan(hole);
            }
        }
    }

    private final Map<Claim, Integer> numbers = new LinkedHashMap<>();

    private void fillAHole() {
        if (!holes.isEmpty()) {
            publish(holes.remove(random.nextInt(holes.size())));
        }
    }

    private void publish(Claim hole) {
        if (hole.bytes != hole.recordBytes) {
            world.publishPadding(hole);
        }
        long at = hole.start + hole.bytes - hole.recordBytes;
        byte[] record = JournalWorld.record(numbers.get(hole), hole.level, 0, hole.recordBytes);
        world.journal.ring().body(at, record, record.length);
        world.journal.ring().lengthRelease(at, record.length);
    }

    private void moveASink() {
        List<Sink> sinks = new ArrayList<>(expected.keySet());
        Sink sink = sinks.get(Math.max(0, sinks.size() - 1 - random.nextInt(6)) % sinks.size());
        if (random.nextInt(4) == 0) {
            sink.drain();
        } else {
            sink.take();
            sink.commit();
        }
        if (sink.cursor.isDrained() && Arrays.asList(world.journal.cursors()).contains(sink.cursor)) {
            world.journal.detach(sink.cursor);
        }
    }

    private void install() {
        Map<Sink, Routing.LevelsByLogger> next = new LinkedHashMap<>();
        List<Routing.Entry> entries = new ArrayList<>();
        for (Sink kept : inForce.keySet()) {
            if (random.nextInt(3) > 0) {
                add(kept, next, entries);
            }
        }
        if (next.size() < 3) {
            add(world.sink("sink" + names++), next, entries);
        }
        Routing routing = world.routing(entries.toArray(Routing.Entry[]::new));
        world.attachNew(routing);
        if (world.change(routing)) {
            inForce.clear();
            inForce.putAll(next);
            next.keySet().forEach(sink -> expected.computeIfAbsent(sink, key -> new ArrayList<>()));
        } else {
            next.keySet().stream()
                    .filter(sink -> !inForce.containsKey(sink))
                    .forEach(sink -> world.journal.detach(sink.cursor));
        }
    }

    private void add(Sink sink, Map<Sink, Routing.LevelsByLogger> next, List<Routing.Entry> entries) {
        int salt = random.nextInt();
        Routing.LevelsByLogger levels = id -> (salt >>> id % 20) & ALL;
        next.put(sink, levels);
        entries.add(new Routing.Entry(
                sink.cursor,
                levels,
                random.nextInt(3) == 0 ? OverflowPolicy.BLOCK : OverflowPolicy.DROP_OLDEST,
                (2L + random.nextInt(4)) * 16_384));
    }

    private void assertSettled(Sink sink) {
        List<Integer> due = expected.get(sink);
        assertThat(sink.received).as(as).isSorted().doesNotHaveDuplicates();
        assertThat(due).as(as).containsAll(sink.received);
        assertThat(sink.routed()).as(as).isEqualTo(due.size());
        assertThat(sink.written()).as(as).isEqualTo(sink.received.size());
        assertThat(sink.received.size() + sink.dropped()).as(as).isEqualTo(due.size());
        assertThat(sink.pending()).as(as).isZero();
        assertThat(sink.cursor.isDrained()).as(as).isTrue();
    }
}
