package dev.weir.internal.journal;

import static dev.weir.internal.journal.JournalWorld.INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {
    private static final int SLAB = 1024;
    private static final int RING = 1 << 13;
    private static final int LARGEST = SLAB / 4;
    private static final int SHORT = 48;

    private final SlabPool pool = new SlabPool(SLAB, 16 * SLAB);
    private final Ring ring = new Ring(ByteBuffer.allocate(RING), SLAB);
    private final Backlog backlog = newBacklog();

    private record Entry(long position, int number, int level, int length) {}

    private Backlog newBacklog() {
        ByteBuffer first = pool.take();
        assertThat(first).isNotNull();
        return new Backlog(pool, first);
    }

    private Backlog.Added add(Entry entry, boolean beyondBudget) {
        ring.body(entry.position, JournalWorld.record(entry.number, entry.level, 0, entry.length), entry.length);
        ring.lengthRelease(entry.position, entry.length);
        return backlog.add(ring, entry.position, entry.position, entry.length, entry.level, beyondBudget);
    }

    private void poll(Entry expected, String seed) {
        byte[] target = new byte[LARGEST + 16];
        assertThat(backlog.lowestPosition()).as(seed).isEqualTo(expected.position);
        assertThat(backlog.length(backlog.lowestLevel())).as(seed).isEqualTo(expected.length);
        backlog.poll(backlog.lowestLevel(), target, 16);
        byte[] record = new byte[expected.length];
        System.arraycopy(target, 16, record, 0, expected.length);
        assertThat(record).as(seed).isEqualTo(JournalWorld.record(expected.number, expected.level, 0, expected.length));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsAQueueByPosition(long seed) {
        String as = "seed " + seed;
        Random random = new Random(seed);
        Deque<Entry> model = new ArrayDeque<>();
        backlog.budget(8L * SLAB);
        long position = (1L << 61) - RING;
        int adding = 50;
        for (int i = 0; i < 20_000; i++) {
            if (i % 500 == 0) {
                adding = 20 + random.nextInt(60);
            }
            if (random.nextInt(100) < adding) {
                int length = 48 + 8 * random.nextInt((LARGEST - 48) / 8 + 1);
                int rest = SLAB - (int) (position & (SLAB - 1));
                position += length > rest ? rest : 0;
                int level = random.nextBoolean() ? INFO : random.nextInt(Level.COUNT);
                Entry entry = new Entry(position, i, level, length);
                boolean beyond = random.nextInt(50) == 0;
                Backlog.Added added = add(entry, beyond);
                if (added == Backlog.Added.YES) {
                    model.add(entry);
                    position += length;
                } else if (added == Backlog.Added.NO_MEMORY) {
                    assertThat(pool.provide()).as(as).isTrue();
                } else {
                    assertThat(backlog.usedBytes()).as(as).isGreaterThan(7L * SLAB);
                }
            } else if (!model.isEmpty()) {
                Entry lowest = model.remove();
                if (random.nextBoolean()) {
                    poll(lowest, as);
                } else {
                    assertThat(backlog.lowestLevel()).as(as).isEqualTo(lowest.level);
                    backlog.evict(lowest.level);
                }
            }
            check(model, as);
        }
        while (!model.isEmpty()) {
            poll(model.remove(), as);
        }
        assertThat(backlog.isEmpty()).as(as).isTrue();
        assertThat(backlog.usedBytes()).as(as).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bySeverityNothingGoesWhileSomethingLessSevereWaits(long seed) {
        String as = "seed " + seed;
        Random random = new Random(seed);
        List<Entry> model = new ArrayList<>();
        backlog.budget(2L * SLAB);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            int length = 48 + 8 * random.nextInt((LARGEST - 48) / 8 + 1);
            int level = i / 2_000 % 2 == 0 ? random.nextInt(Level.COUNT) : random.nextInt(1 + random.nextInt(3));
            Entry entry = new Entry((long) i * SLAB, i, level, length);
            Backlog.Added added = add(entry, false);
            while (added != Backlog.Added.YES) {
                if (added == Backlog.Added.NO_MEMORY) {
                    assertThat(pool.provide()).as(as).isTrue();
                } else {
                    int victim = backlog.victim(OverflowPolicy.Kind.DROP_BY_SEVERITY, level, length, false);
                    if (victim == Backlog.NEWCOMER) {
                        model.removeIf(waiting -> evictedFor(entry, waiting));
                        assertThat(add(entry, false)).as(as).isEqualTo(Backlog.Added.FULL);
                        refused++;
                        break;
                    }
                    int least = model.stream().mapToInt(Entry::level).min().orElseThrow();
                    assertThat(victim).as(as).isEqualTo(least).isLessThanOrEqualTo(level);
                    model.remove(model.stream()
                            .filter(waiting -> waiting.level == victim)
                            .findFirst()
                            .orElseThrow());
                    backlog.evict(victim);
                }
                added = add(entry, false);
            }
            if (added == Backlog.Added.YES) {
                model.add(entry);
            }
        }
        check(new ArrayDeque<>(model), as);
        for (Entry entry : model) {
            poll(entry, as);
        }
        assertThat(refused).as(as).isPositive();
    }

    private boolean evictedFor(Entry newcomer, Entry waiting) {
        boolean goes = waiting.level <= newcomer.level;
        if (goes) {
            backlog.evict(waiting.level);
        }
        return goes;
    }

    private void check(Deque<Entry> model, String as) {
        assertThat(backlog.isEmpty()).as(as).isEqualTo(model.isEmpty());
        Entry first = model.peek();
        assertThat(backlog.lowestPosition()).as(as).isEqualTo(first == null ? Long.MAX_VALUE : first.position);
        int[] records = new int[Level.COUNT];
        model.forEach(entry -> records[entry.level]++);
        for (int level = 0; level < Level.COUNT; level++) {
            assertThat(backlog.records(level)).as(as).isEqualTo(records[level]);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesWhatItSaysItHasRoomForWhateverLevelsAndSizes(long seed) {
        Random random = new Random(seed);
        backlog.budget(6L * SLAB);
        for (int turn = 0; turn < 500; turn++) {
            long room = backlog.roomBytes();
            int length = 48 + 8 * random.nextInt((LARGEST - 48) / 8 + 1);
            long position = turn * (long) SLAB * 16;
            while (room >= length) {
                Entry entry = new Entry(position, turn, random.nextInt(Level.COUNT), length);
                Backlog.Added added = add(entry, false);
                while (added == Backlog.Added.NO_MEMORY) {
                    pool.provide();
                    added = add(entry, false);
                }
                assertThat(added).as("seed %d", seed).isEqualTo(Backlog.Added.YES);
                room -= length;
                position += SLAB;
                length = 48 + 8 * random.nextInt((LARGEST - 48) / 8 + 1);
            }
            for (int i = random.nextInt(60); i > 0 && !backlog.isEmpty(); i--) {
                backlog.evict(backlog.lowestLevel());
            }
        }
    }

    @Test
    void hasRoomForTheLastPageOfEveryLevelHoweverFullItIs() {
        int page = 256;
        int pages = Backlog.PAGES_PER_SLAB;
        ring.lengthRelease(0, SHORT);
        for (int filled = 0; filled < pages; filled++) {
            SlabPool large = new SlabPool(page * pages, 2L * page * pages);
            Backlog alone = new Backlog(large, large.take());
            long position = 0;
            while (alone.usedBytes() < (long) filled * page) {
                addShort(alone, position, INFO, "filled %d".formatted(filled));
                position += RING;
            }
            int level = 0;
            for (long room = alone.roomBytes(); room >= SHORT; room -= SHORT) {
                addShort(alone, position, level < Level.COUNT ? level : INFO, "filled %d".formatted(filled));
                position += RING;
                level++;
            }
        }
    }

    private void addShort(Backlog to, long position, int level, String as) {
        assertThat(to.add(ring, position, position, SHORT, level, false)).as(as).isEqualTo(Backlog.Added.YES);
    }

    @Test
    void refusesAtItsBudgetUnlessToldOtherwise() {
        int added = 0;
        Backlog.Added last = Backlog.Added.YES;
        while (last == Backlog.Added.YES) {
            last = add(new Entry(added * 2L * SLAB, added, INFO, LARGEST), false);
            added += last == Backlog.Added.YES ? 1 : 0;
        }

        assertThat(added).isEqualTo(3); // a page for each position: four without it
        assertThat(last).isEqualTo(Backlog.Added.FULL);
        assertThat(add(new Entry(100L * SLAB, 100, INFO, LARGEST), true)).isEqualTo(Backlog.Added.NO_MEMORY);
        assertThat(pool.provide()).isTrue();
        assertThat(add(new Entry(100L * SLAB, 100, INFO, LARGEST), true)).isEqualTo(Backlog.Added.YES);
        assertThat(backlog.usedBytes()).isGreaterThan(SLAB);
    }

    @Test
    void givesAllSlabsButOneBackWhenItIsEmpty() {
        backlog.budget(8L * SLAB);
        int added = 0;
        while (added < 20) {
            if (add(new Entry(added * 2L * SLAB, added, INFO, LARGEST), false) == Backlog.Added.YES) {
                added++;
            } else {
                pool.provide();
            }
        }
        long allocated = pool.allocatedBytes();

        while (!backlog.isEmpty()) {
            backlog.evict(backlog.lowestLevel());
        }

        assertThat(allocated).isGreaterThan(4L * SLAB);
        int free = 0;
        while (pool.poll() != null) {
            free++;
        }
        assertThat(free).isEqualTo((int) (allocated / SLAB) - 1);
    }

    @Test
    void saysThatNoMoreMemoryIsToBeExpected() {
        SlabPool small = new SlabPool(SLAB, SLAB);
        Backlog alone = new Backlog(small, ByteBuffer.allocate(SLAB).order(java.nio.ByteOrder.LITTLE_ENDIAN));
        assertThat(small.take()).isNotNull();
        alone.budget(100L * SLAB);
        Backlog.Added added = Backlog.Added.YES;
        for (int i = 0; added == Backlog.Added.YES; i++) {
            ring.lengthRelease(0, LARGEST);
            added = alone.add(ring, i * (long) RING, i * (long) RING, LARGEST, INFO, false);
        }

        assertThat(added).isEqualTo(Backlog.Added.FULL);
        assertThat(small.isExhausted()).isTrue();
        assertThat(alone.roomBytes()).isLessThan(LARGEST);
    }

    @Test
    void memoryThatCannotBeHadAtAllEndsNobodysThread() {
        SlabPool without = new SlabPool(SLAB, 4L * SLAB) {
            @Override
            ByteBuffer allocate() {
                return null;
            }

            @Override
            ByteBuffer allocateOnHeap() {
                throw new OutOfMemoryError("none");
            }
        };
        assertThat(without.poll()).isNull();

        assertThatCode(() -> assertThat(without.provide()).isFalse()).doesNotThrowAnyException();
        assertThat(without.poll()).isNull();
        assertThat(without.wantsMore()).isTrue();
    }

    @Test
    void directMemoryThatCouldNotBeHadIsTriedAgainAfterAWhile() {
        AtomicInteger tried = new AtomicInteger();
        SlabPool scarce = new SlabPool(SLAB, 8L * SLAB) {
            @Override
            ByteBuffer allocate() {
                return tried.incrementAndGet() == 1 ? null : super.allocate();
            }
        };
        assertThat(scarce.provide()).isFalse();
        assertThat(isDirect(scarce.poll())).isFalse();
        assertThat(scarce.provide()).isFalse();
        assertThat(isDirect(scarce.poll())).isFalse();
        assertThat(tried).hasValue(1); // a try may take half a second

        scarce.shrink();

        assertThat(scarce.provide()).isTrue();
        assertThat(isDirect(scarce.poll())).isTrue();
        assertThat(isDirect(scarce.take())).isTrue();
    }

    private static boolean isDirect(@Nullable ByteBuffer slab) {
        assertThat(slab).isNotNull();
        return slab.isDirect();
    }

    @Test
    void getsMemoryBeyondTheCapacityForWhatAGateHasLetIn() {
        SlabPool small = new SlabPool(SLAB, SLAB);
        Backlog alone = new Backlog(small, small.take());
        Backlog.Added added = Backlog.Added.YES;
        int i = 0;
        for (; added == Backlog.Added.YES; i++) {
            ring.lengthRelease(0, LARGEST);
            added = alone.add(ring, i * (long) RING, i * (long) RING, LARGEST, INFO, true);
        }

        assertThat(added).isEqualTo(Backlog.Added.NO_MEMORY);
        assertThat(small.wantsMore()).isTrue();
        small.provide();
        assertThat(alone.add(ring, i * (long) RING, i * (long) RING, LARGEST, INFO, true))
                .isEqualTo(Backlog.Added.YES);
    }

    @Test
    void keepsLengthsThatStandAtAPagesEnd() {
        int page = SLAB / Backlog.PAGES_PER_SLAB;
        // fills its pages; what precedes the next one's length then fills a page, too
        Entry first = new Entry(0, 1, INFO, 4 * page - 2 * Long.BYTES);
        Entry second = new Entry(512, 2, INFO, 3 * page);

        add(first, false);
        add(second, false);

        poll(first, "");
        poll(second, "");
        assertThat(backlog.isEmpty()).isTrue();
    }
}
