package dev.weir.internal.journal;

import dev.weir.OverflowPolicy;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal of the least geometry with its steward, moved by hand: every step is a call, and time is a number. */
final class JournalWorld implements Steward.Duties {
    static final Geometry LEAST = Geometry.of(Geometry.LEAST_CAPACITY_BYTES);
    static final int SEGMENT = LEAST.segmentBytes();
    static final int RING = LEAST.ringBytes();
    static final int LARGEST = LEAST.largestRecordBytes();
    static final int SMALL = 64;
    static final int CHANGE = Journal.CHANGE_BYTES;

    static final int DEBUG = 1;
    static final int INFO = 2;
    static final int WARN = 3;
    static final int ERROR = 4;
    static final int CRITICAL = 5;

    static final int ALL = 0b111111;
    static final long BUDGET = 4L * SEGMENT;
    static final Cursor[] NO_GATES = {};

    /** Where the record's number stands. */
    private static final int NUMBER_AT = RecordLayout.timeAt(0);

    final AtomicInteger loggers = new AtomicInteger(1);
    /** The ring's. What lies at or above its limit cannot be written. */
    final ByteBuffer bytes = ByteBuffer.allocate(RING);

    final Journal journal;
    final Claim note = new Claim();
    final List<Claim> notes = new ArrayList<>(List.of(note));
    final Steward steward;
    final List<Throwable> failures = new ArrayList<>();
    final long start;
    long nowNanos;
    int memoryWanted;
    boolean memoryArrives = true;
    int generation;
    int appended;

    JournalWorld() {
        this(0);
    }

    JournalWorld(long start) {
        this.start = start;
        journal = new Journal(LEAST, bytes, loggers::get, start);
        steward = new Steward(journal, () -> notes, this);
    }

    // time

    @Override
    public void tick(long now) {}

    @Override
    public void memoryWanted() {
        memoryWanted++;
        if (memoryArrives) {
            journal.slabs().provide();
        }
    }

    @Override
    public void failed(Throwable thrown) {
        failures.add(thrown);
    }

    /** One tick of the steward, 100 ms after the last one. */
    void tick() {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
        steward.tick(nowNanos);
    }

    /** Ticks while somebody waits for room. */
    void tickWithAWaiter() {
        boolean interrupted = journal.waiters()
                .sleep(
                        () -> {
                            tick();
                            return true;
                        },
                        () -> {},
                        0);
        if (interrupted) {
            throw new AssertionError("interrupted");
        }
    }

    // routes

    Sink sink(String name) {
        return new Sink(journal.newCursor(name));
    }

    static Routing.Entry entry(Sink sink) {
        return entry(sink, id -> ALL);
    }

    static Routing.Entry entry(Sink sink, Routing.LevelsByLogger levels) {
        return new Routing.Entry(sink.cursor, levels, OverflowPolicy.DROP_OLDEST, BUDGET);
    }

    static Routing.Entry blocking(Sink sink, long budget) {
        return new Routing.Entry(sink.cursor, id -> ALL, OverflowPolicy.BLOCK, budget);
    }

    Routing routing(Routing.Entry... entries) {
        return new Routing(++generation, List.of(entries));
    }

    /** Attaches who is new and changes to a new Routing at once; returns the change's position. */
    long install(Routing.Entry... entries) {
        Routing routing = routing(entries);
        attachNew(routing);
        if (!change(routing)) {
            throw new AssertionError("no room for the change");
        }
        return journal.claimedEnd() - CHANGE;
    }

    void attachNew(Routing routing) {
        List<Cursor> added = new ArrayList<>();
        for (Routing.Entry entry : routing.entries()) {
            if (!Arrays.asList(journal.cursors()).contains(entry.cursor())) {
                added.add(entry.cursor());
            }
        }
        journal.attach(added, routing);
    }

    boolean change(Routing routing) {
        return journal.change(routing, 0, Runnable::run);
    }

    /** A sink that is on before the first record. */
    Sink installed(String name) {
        Sink sink = sink(name);
        install(entry(sink));
        sink.drain();
        return sink;
    }

    Sink installedBlocking(String name, long budget) {
        Sink sink = sink(name);
        install(blocking(sink, budget));
        sink.drain();
        return sink;
    }

    // records

    /** Appends a small record that must find room; returns its number. */
    int append(int level) {
        return append(level, 0, SMALL);
    }

    int append(int level, int logger, int length) {
        long position = tryAppend(level, logger, length, NO_GATES);
        if (position < 0) {
            throw new AssertionError("not appended: " + position);
        }
        return appended;
    }

    /** Appends the next number; it is used up only if there was room. */
    long tryAppend(int level, int logger, int length, Cursor... gates) {
        long position = journal.append(note, record(appended + 1, level, logger, length), length, level, gates);
        if (position >= 0) {
            appended++;
        }
        return position;
    }

    /** Appends as another caller would; returns the number. */
    int tryAppendWithAnotherNote(int level) {
        byte[] record = record(++appended, level, 0, SMALL);
        if (journal.append(new Claim(), record, SMALL, level, NO_GATES) < 0) {
            throw new AssertionError("not appended");
        }
        return appended;
    }

    static byte[] record(int number, int level, int logger, int length) {
        byte[] record = new byte[length];
        Arrays.fill(record, (byte) number);
        Bytes.putInt(record, RecordLayout.lengthAt(0), length);
        record[RecordLayout.kindAt(0)] = RecordLayout.KIND_RECORD;
        record[RecordLayout.levelAt(0)] = (byte) level;
        Bytes.putShort(record, RecordLayout.flagsAt(0), 0);
        Bytes.putInt(record, RecordLayout.loggerAt(0), logger);
        Bytes.putInt(record, NUMBER_AT, number);
        return record;
    }

    /** Appends until a position, exactly. */
    void fillTo(long position, int level) {
        while (journal.claimedEnd() < position) {
            long left = position - journal.claimedEnd();
            long piece = left > LARGEST ? Math.min(LARGEST, left - SMALL) : left;
            append(level, 0, (int) piece);
        }
    }

    /** Claims and does not publish. */
    Claim claim(int length, int level) {
        Claim claim = new Claim();
        long seen = journal.claimedVolatile();
        int rest = SEGMENT - (int) (seen & (SEGMENT - 1));
        claim.start = seen;
        claim.bytes = length <= rest ? length : rest + length;
        claim.recordBytes = length;
        claim.level = level;
        if (!journal.casClaimed(seen, seen + claim.bytes)) {
            throw new AssertionError("not claimed");
        }
        return claim;
    }

    void publishPadding(Claim claim) {
        journal.ring().lengthRelease(claim.start, -(claim.bytes - claim.recordBytes));
    }

    int publishRecord(Claim claim) {
        int number = ++appended;
        long at = claim.start + claim.bytes - claim.recordBytes;
        journal.ring().body(at, record(number, claim.level, 0, claim.recordBytes), claim.recordBytes);
        journal.ring().lengthRelease(at, claim.recordBytes);
        return number;
    }

    /** Leaves the note that a caller leaves whose stack was used up. */
    void orphan(Claim claim) {
        notes.add(claim);
        claim.journal = journal;
        claim.orphaned = true;
        journal.expectOrphans(true);
    }

    long floor() {
        return journal.claimedEnd() - journal.usedBytes();
    }

    int lengthAt(long position) {
        return journal.ring().lengthAcquire(position);
    }

    /** A handler's worker, moved by hand. */
    static final class Sink {
        final Cursor cursor;
        /** Numbers of the records that were taken, in their order. */
        final List<Integer> received = new ArrayList<>();

        private final Outcome outcome = new Outcome();

        Sink(Cursor cursor) {
            this.cursor = cursor;
        }

        /** Takes once; returns the numbers in hand. */
        List<Integer> take() {
            List<Integer> taken = new ArrayList<>();
            if (cursor.take() > 0) {
                Hand hand = cursor.hand();
                for (int at = hand.committed(); at < hand.size(); at += Bytes.getInt(hand.bytes(), at)) {
                    taken.add(numberAt(hand.bytes(), at));
                }
            }
            return taken;
        }

        /** Commits all in hand as written. */
        boolean commit() {
            Hand hand = cursor.hand();
            for (int at = hand.committed(); at < hand.size(); at += Bytes.getInt(hand.bytes(), at)) {
                outcome.written(hand.bytes()[RecordLayout.levelAt(at)]);
                received.add(numberAt(hand.bytes(), at));
            }
            return cursor.commit(hand.size(), outcome);
        }

        /** Takes and commits until nothing moves. */
        void drain() {
            long before;
            do {
                before = cursor.positionVolatile();
                while (!take().isEmpty()) {
                    commit();
                }
            } while (cursor.positionVolatile() != before);
        }

        private static int numberAt(byte[] bytes, int at) {
            int number = Bytes.getInt(bytes, at + NUMBER_AT);
            int end = at + Bytes.getInt(bytes, at);
            for (int i = at + NUMBER_AT + Integer.BYTES; i < end; i++) {
                if (bytes[i] != (byte) number) {
                    throw new AssertionError("record " + number + " is torn at its byte " + (i - at));
                }
            }
            return number;
        }

        long position() {
            return cursor.positionVolatile();
        }

        long routed() {
            return sum(cursor.snapshot().routed());
        }

        long written() {
            return sum(cursor.snapshot().written());
        }

        long pending() {
            return sum(cursor.snapshot().pending());
        }

        long dropped() {
            return Arrays.stream(cursor.snapshot().dropped())
                    .mapToLong(Sink::sum)
                    .sum();
        }

        long dropped(DropReason reason, int level) {
            return cursor.snapshot().dropped()[reason.ordinal()][level];
        }

        private static long sum(long[] byLevel) {
            return Arrays.stream(byLevel).sum();
        }
    }
}
