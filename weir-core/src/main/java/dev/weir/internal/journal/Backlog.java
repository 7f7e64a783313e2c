package dev.weir.internal.journal;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a handler could not keep up with, moved out of the ring: one queue for each level, merged by position when read,
 * so that order holds and any record may be the next to be evicted.
 *
 * <p>Records come in the order of their positions, several of which may be equal if other handlers pass records on; so they
 * are numbered, and it is by their numbers that the queues are merged.
 *
 * <p>A queue is a chain of pages; an entry is the record's position, its number and its bytes, and runs on from page to page. Pages
 * are cut from slabs of the {@link SlabPool}; all slabs but the first go back when the backlog is empty. Guarded by its
 * cursor's take lock. Nothing here allocates but {@link #addSlab}, on the heap and a few bytes.
 */
final class Backlog {
    static final int PAGES_PER_SLAB = 64;
    /** A position and a number before each record. */
    private static final int ENTRY_BYTES = 2 * Long.BYTES;
    /** Of {@link #victim}: the record that finds no room. */
    static final int NEWCOMER = -1;

    private static final int NONE = -1;

    /** Where a record comes from: the ring, or another handler's hand. */
    interface Source {
        /** Copies bytes from a place in it. */
        void copy(long from, ByteBuffer target, int at, int length);
    }

    /** What became of a record that was to be moved here. */
    enum Added {
        YES,
        /** The budget is used up. */
        FULL,
        /** There is budget, but memory has not arrived yet. */
        NO_MEMORY
    }

    private final SlabPool pool;
    private final int pageBytes;
    private ByteBuffer[] slabs = new ByteBuffer[0];
    private int[] next = {};
    private int freePage = NONE;
    private int freePages;
    private int usedPages;
    private int budgetPages;

    private final int[] headPage = new int[Level.COUNT];
    private final int[] headAt = new int[Level.COUNT];
    private final int[] tailPage = new int[Level.COUNT];
    private final int[] tailAt = new int[Level.COUNT];
    private final long[] headPosition = new long[Level.COUNT];
    private final long[] headNumber = new long[Level.COUNT];
    private long lastNumber;
    private final int[] records = new int[Level.COUNT];
    private final int[] pages = new int[Level.COUNT];

    /**
     * An empty backlog.
     *
     * @param first its first slab, set aside for it
     */
    Backlog(SlabPool pool, ByteBuffer first) {
        this.pool = pool;
        pageBytes = pool.slabBytes() / PAGES_PER_SLAB;
        Arrays.fill(headPage, NONE);
        Arrays.fill(headPosition, Long.MAX_VALUE);
        Arrays.fill(headNumber, Long.MAX_VALUE);
        addSlab(first);
        budget(pool.slabBytes());
    }

    /** Sets what it may hold; what it holds above that stays. At least a slab: four of the largest records. */
    void budget(long bytes) {
        budgetPages = (int) Math.max(PAGES_PER_SLAB, Math.min(bytes / pageBytes, Integer.MAX_VALUE / 2));
    }

    boolean isEmpty() {
        return lowestPosition() == Long.MAX_VALUE;
    }

    /** The position of the oldest record, {@link Long#MAX_VALUE} if there is none. */
    long lowestPosition() {
        long lowest = Long.MAX_VALUE;
        for (long position : headPosition) {
            lowest = Math.min(lowest, position);
        }
        return lowest;
    }

    /** The position of the oldest record of a level, of which there is one. */
    long position(int level) {
        return headPosition[level];
    }

    /** The number of the oldest record of a level, of which there is one. */
    long number(int level) {
        return headNumber[level];
    }

    /** The number of the record that was added last; 0 if none ever was. */
    long lastNumber() {
        return lastNumber;
    }

    /** The number of the oldest record, {@link Long#MAX_VALUE} if there is none. */
    long lowestNumber() {
        return isEmpty() ? Long.MAX_VALUE : headNumber[lowestLevel()];
    }

    /** How many records of a level wait here. */
    int records(int level) {
        return records[level];
    }

    /** Bytes of the pages in use. */
    long usedBytes() {
        return (long) usedPages * pageBytes;
    }

    /**
     * Bytes of records that are sure to fit within the budget, whatever their levels and sizes: every level's last page
     * may be unused but for a word, and every record brings its position and its number.
     */
    long roomBytes() {
        return roomBytes(usedPages);
    }

    /** The same if it were empty. */
    long mostRoomBytes() {
        return roomBytes(0);
    }

    private long roomBytes(int used) {
        long free = (long) (mostPages(pool.isExhausted()) - used - Level.COUNT) * pageBytes;
        return Math.max(0, free - free / 4);
    }

    /** How many pages it may use; without more memory, no more than it has. */
    private int mostPages(boolean noMore) {
        return noMore ? Math.min(budgetPages, usedPages + freePages) : budgetPages;
    }

    /**
     * Who has to go by a policy so that a record may find room.
     *
     * @param noMore whether it has to fit into the memory that is here
     * @return the level whose oldest record goes, or {@link #NEWCOMER}
     */
    int victim(OverflowPolicy.Kind policy, int level, int length, boolean noMore) {
        if (isEmpty()) {
            return NEWCOMER;
        }
        return switch (policy) {
            case DROP_OLDEST -> lowestLevel();
            case DROP_BY_SEVERITY ->
                leastSevere() <= level && fitsAbove(level, length, noMore) ? leastSevere() : NEWCOMER;
            case DROP_NEWEST, BLOCK, BLOCK_FOR -> NEWCOMER;
        };
    }

    /** Whether a record would fit if everything of its level and below were evicted. */
    private boolean fitsAbove(int level, int length, boolean noMore) {
        int kept = 0;
        for (int above = level + 1; above < Level.COUNT; above++) {
            kept += pages[above];
        }
        return kept + pagesFor(0, ENTRY_BYTES + length) <= mostPages(noMore || pool.isExhausted());
    }

    /** The least severe level of which a record waits; there must be one. */
    private int leastSevere() {
        int level = 0;
        while (records[level] == 0) {
            level++;
        }
        return level;
    }

    /**
     * Adds a record.
     *
     * @param from where it stands in the source
     * @param position not below that of any record here
     * @param beyondBudget whether it must not be refused for the budget's sake
     */
    Added add(Source source, long from, long position, int length, int level, boolean beyondBudget) {
        int more = pagesFor(records[level] == 0 ? 0 : pageBytes - tailAt[level], ENTRY_BYTES + length);
        if (!beyondBudget && usedPages + more > budgetPages) {
            return Added.FULL;
        }
        while (more > freePages) {
            ByteBuffer slab = pool.poll();
            if (slab == null && beyondBudget) {
                pool.wantBeyond();
                return Added.NO_MEMORY;
            }
            if (slab == null) {
                return pool.isExhausted() && usedPages > 0 ? Added.FULL : Added.NO_MEMORY;
            }
            addSlab(slab);
        }
        boolean first = records[level] == 0;
        if (first) {
            startQueue(level);
        }
        putWord(level, position);
        putWord(level, ++lastNumber);
        if (first) {
            openHead(level);
        }
        int copied = 0;
        while (copied < length) {
            int at = tailRoom(level);
            int part = Math.min(length - copied, pageBytes - at);
            source.copy(from + copied, slab(tailPage[level]), pageStart(tailPage[level]) + at, part);
            tailAt[level] += part;
            copied += part;
        }
        records[level]++;
        return Added.YES;
    }

    /** The length of the oldest record of a level. */
    int length(int level) {
        int at = headRoom(level);
        return slab(headPage[level]).getInt(pageStart(headPage[level]) + at);
    }

    /** A word of the oldest record, whose header runs on from page to page like the rest. */
    long lowestWord(int offset) {
        int level = lowestLevel();
        int at = headRoom(level) + offset;
        int page = headPage[level];
        while (at >= pageBytes) {
            page = next[page];
            at -= pageBytes;
        }
        return slab(page).getLong(pageStart(page) + at);
    }

    /** Moves the oldest record of a level to an array that has room for it. */
    void poll(int level, byte[] target, int at) {
        int length = length(level);
        int copied = 0;
        while (copied < length) {
            int from = headRoom(level);
            int part = Math.min(length - copied, pageBytes - from);
            slab(headPage[level]).get(pageStart(headPage[level]) + from, target, at + copied, part);
            headAt[level] += part;
            copied += part;
        }
        removed(level);
    }

    /** Drops the oldest record of a level. */
    void evict(int level) {
        int length = length(level);
        int skipped = 0;
        while (skipped < length) {
            int part = Math.min(length - skipped, pageBytes - headRoom(level));
            headAt[level] += part;
            skipped += part;
        }
        removed(level);
    }

    /** Gives all memory back; it is not used any more. */
    void free() {
        for (ByteBuffer slab : slabs) {
            pool.release(slab);
        }
        slabs = new ByteBuffer[0];
    }

    /** The level of the oldest record. */
    int lowestLevel() {
        int lowest = 0;
        for (int level = 1; level < Level.COUNT; level++) {
            if (headNumber[level] < headNumber[lowest]) {
                lowest = level;
            }
        }
        return lowest;
    }

    /** The most severe level of which a record waits; there must be one. */
    int mostSevere() {
        int level = Level.COUNT - 1;
        while (records[level] == 0) {
            level--;
        }
        return level;
    }

    private void removed(int level) {
        if (--records[level] > 0) {
            openHead(level);
            return;
        }
        freePage(level, headPage[level]);
        headPage[level] = NONE;
        headPosition[level] = Long.MAX_VALUE;
        headNumber[level] = Long.MAX_VALUE;
        if (usedPages == 0) {
            keepOneSlab();
        }
    }

    private void keepOneSlab() {
        for (int i = 1; i < slabs.length; i++) {
            pool.release(slabs[i]);
        }
        slabs = Arrays.copyOf(slabs, 1);
        next = Arrays.copyOf(next, PAGES_PER_SLAB);
        freePage = NONE;
        freePages = 0;
        for (int page = 0; page < PAGES_PER_SLAB; page++) {
            addFree(page);
        }
    }

    // queues

    private int pagesFor(int room, int bytes) {
        return bytes <= room ? 0 : (bytes - room + pageBytes - 1) / pageBytes;
    }

    private void startQueue(int level) {
        int page = takePage(level);
        headPage[level] = page;
        headAt[level] = 0;
        tailPage[level] = page;
        tailAt[level] = 0;
    }

    private void putWord(int level, long word) {
        int at = tailRoom(level);
        slab(tailPage[level]).putLong(pageStart(tailPage[level]) + at, word);
        tailAt[level] += Long.BYTES;
    }

    /** Goes on from an entry's position and number, which are remembered, to its record. */
    private void openHead(int level) {
        headPosition[level] = takeWord(level);
        headNumber[level] = takeWord(level);
    }

    private long takeWord(int level) {
        int at = headRoom(level);
        long word = slab(headPage[level]).getLong(pageStart(headPage[level]) + at);
        headAt[level] += Long.BYTES;
        return word;
    }

    /** Where the tail's page goes on; a new page if it is full. Pages hold whole words. */
    private int tailRoom(int level) {
        if (tailAt[level] == pageBytes) {
            int page = takePage(level);
            next[tailPage[level]] = page;
            tailPage[level] = page;
            tailAt[level] = 0;
        }
        return tailAt[level];
    }

    /** Where the head's page goes on; the next page if it is used up. */
    private int headRoom(int level) {
        if (headAt[level] == pageBytes) {
            int used = headPage[level];
            headPage[level] = next[used];
            headAt[level] = 0;
            freePage(level, used);
        }
        return headAt[level];
    }

    // pages

    private int takePage(int level) {
        int page = freePage;
        freePage = next[page];
        freePages--;
        usedPages++;
        pages[level]++;
        return page;
    }

    private void freePage(int level, int page) {
        usedPages--;
        pages[level]--;
        addFree(page);
    }

    private void addFree(int page) {
        next[page] = freePage;
        freePage = page;
        freePages++;
    }

    private void addSlab(ByteBuffer slab) {
        int first = slabs.length * PAGES_PER_SLAB;
        next = Arrays.copyOf(next, first + PAGES_PER_SLAB);
        slabs = Arrays.copyOf(slabs, slabs.length + 1);
        slabs[slabs.length - 1] = slab;
        for (int page = first; page < first + PAGES_PER_SLAB; page++) {
            addFree(page);
        }
    }

    private ByteBuffer slab(int page) {
        return slabs[page / PAGES_PER_SLAB];
    }

    private int pageStart(int page) {
        return page % PAGES_PER_SLAB * pageBytes;
    }
}
