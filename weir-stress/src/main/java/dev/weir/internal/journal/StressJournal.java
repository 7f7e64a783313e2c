package dev.weir.internal.journal;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A journal so small that thousands a second can be made, and hands to move it by. */
final class StressJournal {
    static final Geometry TINY = new Geometry(64 * 1024, 512, 8);
    static final int SEGMENT = TINY.segmentBytes();
    static final int RING = TINY.ringBytes();
    static final int RECORD = 64;
    static final int PER_SEGMENT = SEGMENT / RECORD;
    static final int INFO = Level.INFO.ordinal();
    static final int CRITICAL = Level.CRITICAL.ordinal();
    static final int ALL = 0b111111;
    static final Cursor[] NO_GATES = {};

    private static final int NUMBER_AT = RecordLayout.timeAt(0);
    private static final long START = (1L << 31) - RING;

    final Journal journal;
    private int generation;

    StressJournal() {
        this(new Waiters());
    }

    StressJournal(Waiters waiters) {
        journal = new Journal(TINY, ByteBuffer.allocate(RING), () -> 1, START, waiters);
    }

    // routes

    Cursor cursor(String name) {
        return new Cursor(name, journal, new Backlog(journal.slabs(), slab()));
    }

    static ByteBuffer slab() {
        return ByteBuffer.allocate(SEGMENT).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Routing.Entry entry(Cursor cursor) {
        return new Routing.Entry(cursor, id -> ALL, OverflowPolicy.DROP_OLDEST, 6L * SEGMENT);
    }

    Routing routing(Routing.Entry... entries) {
        return new Routing(++generation, List.of(entries));
    }

    boolean change(Routing routing) {
        return journal.change(routing, 0, Runnable::run);
    }

    /** Attaches cursors, changes to their Routing, and lets them meet the change. */
    void install(Routing.Entry... entries) {
        Routing routing = routing(entries);
        journal.attach(routing.entries().stream().map(Routing.Entry::cursor).toList(), routing);
        change(routing);
        for (Routing.Entry entry : entries) {
            entry.cursor().take();
        }
    }

    Cursor installed() {
        Cursor cursor = cursor("a");
        install(entry(cursor));
        return cursor;
    }

    // records

    long append(int number) {
        return append(number, INFO, NO_GATES);
    }

    long append(int number, int level, Cursor... gates) {
        return journal.append(new Claim(), record(number, level), RECORD, level, gates);
    }

    /**
     * Appends numbers from 1 on until so many segments are full, or the ring is but for changes of routes.
     *
     * @return the last number
     */
    int fill(int segments) {
        long end = START + (long) segments * SEGMENT;
        int number = 0;
        while (journal.claimedEnd() + RECORD <= end && append(number + 1, CRITICAL, NO_GATES) >= 0) {
            number++;
        }
        return number;
    }

    static byte[] record(int number, int level) {
        byte[] record = new byte[RECORD];
        Arrays.fill(record, (byte) number);
        Bytes.putInt(record, RecordLayout.lengthAt(0), RECORD);
        record[RecordLayout.kindAt(0)] = RecordLayout.KIND_RECORD;
        record[RecordLayout.levelAt(0)] = (byte) level;
        Bytes.putInt(record, RecordLayout.loggerAt(0), 0);
        Bytes.putInt(record, NUMBER_AT, number);
        return record;
    }

    /** A claim that is not published; null if there is no room. */
    Claim claim(int level) {
        Claim claim = new Claim();
        long seen = journal.claimedVolatile();
        claim.start = seen;
        claim.bytes = RECORD;
        claim.recordBytes = RECORD;
        claim.level = level;
        boolean room = journal.usedBytes() + RECORD <= RING;
        return room && journal.casClaimed(seen, seen + RECORD) ? claim : null;
    }

    void publish(Claim claim, int number) {
        journal.ring().body(claim.start, record(number, claim.level), RECORD);
        journal.ring().lengthRelease(claim.start, RECORD);
    }

    /** What the steward does for a cursor at its tick. */
    static void relieve(Cursor cursor) {
        try {
            cursor.relieve(0, 0);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // what arrived

    /** Takes once and commits. */
    static void takeInto(Cursor cursor, Arrivals arrivals) {
        cursor.take();
        commitInto(cursor, arrivals);
    }

    static void commitInto(Cursor cursor, Arrivals arrivals) {
        Hand hand = cursor.hand();
        Outcome outcome = new Outcome();
        byte[] bytes = hand.bytes();
        for (int at = hand.committed(); at < hand.size(); at += Bytes.getInt(bytes, at)) {
            arrivals.add(bytes, at);
            outcome.written(bytes[RecordLayout.levelAt(at)]);
        }
        cursor.commit(hand.size(), outcome);
    }

    /** Takes and commits until nothing moves. */
    static void drainInto(Cursor cursor, Arrivals arrivals) {
        long position;
        int count;
        do {
            position = cursor.positionVolatile();
            count = arrivals.count;
            takeInto(cursor, arrivals);
        } while (cursor.positionVolatile() != position || arrivals.count != count);
    }

    /** Records in the order of their arrival. */
    static final class Arrivals {
        private int[] numbers = new int[16];
        int count;
        boolean torn;

        private void add(byte[] bytes, int at) {
            int number = Bytes.getInt(bytes, at + NUMBER_AT);
            for (int i = at + NUMBER_AT + Integer.BYTES; i < at + RECORD; i++) {
                torn |= bytes[i] != (byte) number;
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }

        boolean has(int number) {
            for (int i = 0; i < count; i++) {
                if (numbers[i] == number) {
                    return true;
                }
            }
            return false;
        }

        /** Whether all are whole, and each came once and after all with lower numbers. */
        boolean inOrder() {
            for (int i = 1; i < count; i++) {
                if (numbers[i] <= numbers[i - 1]) {
                    return false;
                }
            }
            return !torn;
        }

        /** Whether they are whole and exactly 1 to a number, in order. */
        boolean areOneTo(int last) {
            return inOrder() && count == last && (count == 0 || numbers[count - 1] == last);
        }
    }
}
