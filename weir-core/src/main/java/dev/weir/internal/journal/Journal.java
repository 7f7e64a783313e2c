package dev.weir.internal.journal;

import dev.weir.Level;
import dev.weir.QueueWait;
import dev.weir.internal.record.RecordLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The one structure that callers share: a bounded ring of bytes, addressed by positions that only grow.
 *
 * <p><b>Append.</b> A caller claims bytes with one CAS of {@code claimed}, never beyond {@code limit} less its level's
 * reserve, so nothing ever has to be given back; it copies the record behind its length and publishes it by storing the
 * length with release. Between claim and publish nothing is called that can fail but for want of stack. If that happens
 * all the same, the caller leaves a note ({@link Claim}) and the steward pads what was not published, so that readers go
 * on.
 *
 * <p><b>Read.</b> Each handler has a {@link Cursor}. <b>Recycle.</b> When every cursor has passed a segment, it is
 * counted, zeroed, and the limit is raised over it, in this order: a claim beyond the old limit happens after the
 * zeroing, so a reader that sees the claim never sees a length of the lap before.
 *
 * <p><b>Change of routes.</b> It is a record in the same order. The successor is linked to the routing in force before
 * its change is appended; whoever meets the change finds it there. The change's position splits the order for all.
 *
 * <p><b>Locks</b>, in this order: a cursor's take lock, the recycle lock (from under a take lock only by tryLock), the
 * lock of the waiters. No user code runs under any of them.
 */
public final class Journal extends PadAfterClaimed {
    /** What {@link #append} returns besides positions. */
    public static final long NO_ROOM = -1;

    public static final long GATED = -2;
    public static final long SEALED = -3;
    public static final long ABORTED = -4;

    /** Every level leaves so much for changes of routes. */
    static final int CHANGE_RESERVE_BYTES = 64;

    static final int CHANGE_BYTES = 16;
    private static final long SEAL = 1L << 62;
    private static final int PROBES = 6;
    /** Many more: the probe may be compiled and small, and a change of routes, which is rare, still interpreted. */
    private static final int PROBES_OF_A_CHANGE = 128;
    /** Of the note of a change of routes, which is no record. */
    private static final int NO_LEVEL = -1;

    private volatile long limit;

    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6;

    private final Geometry geometry;
    private final int segmentBytes;
    private final long[] reserves = new long[Level.COUNT];
    private final Ring ring;
    private final IntSupplier loggers;
    private final SlabPool slabs;
    private final Waiters waiters;
    private final Waiters flushers = new Waiters();
    private final Sleeper steward = new Sleeper();
    /** Workers that sleep for long. */
    private final AtomicInteger longSleepers = new AtomicInteger();

    private final ReentrantLock recycle = new ReentrantLock();

    private volatile Routing routing;
    private volatile Cursor[] cursors = {};
    private volatile boolean anyOrphans;
    private final AtomicLong traceEnd = new AtomicLong();
    private volatile QueueWait queueWait = QueueWait.ADAPTIVE;
    /** How often a record may be passed on from one handler to the next. */
    private volatile int links = 1;

    /** Of changes of routes, of which one is appended at a time. */
    private final Claim changeNote = new Claim();

    // guarded by recycle
    private long floor;
    private long ownPosition;
    private final long[] recycled = new long[Level.COUNT];
    private final long[] aborted = new long[Level.COUNT];

    /**
     * A journal without handlers.
     *
     * @param ring as long as the geometry says, zeroed
     * @param loggers how many loggers there are; a record's logger is counted before it is appended
     * @param start the first position, a multiple of the ring's length
     */
    Journal(Geometry geometry, ByteBuffer ring, IntSupplier loggers, long start) {
        this(geometry, ring, loggers, start, new Waiters());
    }

    Journal(Geometry geometry, ByteBuffer ring, IntSupplier loggers, long start, Waiters waiters) {
        this.geometry = geometry;
        this.segmentBytes = geometry.segmentBytes();
        this.ring = new Ring(ring, segmentBytes);
        this.loggers = loggers;
        this.waiters = waiters;
        this.slabs = new SlabPool(segmentBytes, geometry.backlogBytes());
        this.routing = new Routing(0, List.of());
        for (int level = 0; level < Level.COUNT; level++) {
            reserves[level] = geometry.reserveBytes(level);
        }
        floor = start;
        ownPosition = start;
        limit = start + geometry.ringBytes();
        claimedInitially(start);
    }

    /** A journal whose ring is direct memory, or what there is: smaller, and at the least on the heap. */
    public static Journal allocate(long capacityBytes, IntSupplier loggers) {
        Geometry geometry = Geometry.of(capacityBytes);
        while (true) {
            try {
                return new Journal(geometry, ByteBuffer.allocateDirect(geometry.ringBytes()), loggers, 0);
            } catch (OutOfMemoryError e) {
                if (geometry.isLeast()) {
                    return new Journal(geometry, ByteBuffer.allocate(geometry.ringBytes()), loggers, 0);
                }
                geometry = geometry.halved();
            }
        }
    }

    // append: callers

    /**
     * Appends a record.
     *
     * @param note of the calling thread; not orphaned
     * @param record its bytes, a multiple of 8, length included
     * @param level ordinal of the level
     * @param gates blocking handlers on its route
     * @return its position, or {@link #NO_ROOM}, {@link #GATED}, {@link #SEALED} with nothing claimed, or {@link
     *     #ABORTED} with a claim that the steward repairs and counts
     */
    public long append(Claim note, byte[] record, int length, int level, Cursor[] gates) {
        long most = reserves[level];
        probeStack(PROBES, length, most, level, 0, 0);
        while (true) {
            long seen = claimedVolatile();
            if (isSealed(seen)) {
                return SEALED;
            }
            int need = need(seen, length);
            long end = seen + need;
            if (end > limit - most) {
                return NO_ROOM;
            }
            for (Cursor gate : gates) {
                if (end > gate.allowedVolatile()) {
                    return GATED;
                }
            }
            if (casClaimed(seen, end)) {
                note.start = seen;
                note.bytes = need;
                note.recordBytes = length;
                note.level = level;
                return publish(note, record, seen + need - length);
            }
        }
    }

    private long publish(Claim note, byte[] record, long position) {
        try {
            if (position != note.start) {
                ring.lengthRelease(note.start, (int) (note.start - position));
            }
            ring.body(position, record, note.recordBytes);
            ring.lengthRelease(position, note.recordBytes);
        } catch (Throwable thrown) {
            // field stores need no stack
            note.journal = this;
            note.orphaned = true;
            anyOrphans = true;
            return ABORTED;
        }
        return position;
    }

    /** Whether a record of a level would be refused now, whatever its length. */
    public boolean isFullFor(int level) {
        long claimed = claimedVolatile();
        return !isSealed(claimed) && claimed + RecordLayout.HEADER_BYTES > limit - reserves[level];
    }

    /**
     * Wakes whom a record at this position has to wake; after its publication. Without a severe record or the end of a
     * segment that is nobody, since who sleeps does so for a short time; but the steward if somebody sleeps for long.
     */
    public void wake(long position, int length, int level) {
        boolean crossed =
                (position & (segmentBytes - 1)) + length >= segmentBytes || (position & (segmentBytes - 1)) == 0;
        if (!crossed && level < Level.ERROR.ordinal()) {
            if (hasLongSleepers()) {
                steward.wake();
            }
            return;
        }
        VarHandle.fullFence();
        wakeWorkers();
        if (position + length - (limit - geometry.ringBytes()) > geometry.reliefShareBytes()) {
            steward.wake();
        }
    }

    /** The bytes to claim for a record: if it would cross its segment's end, the rest of that too. */
    private int need(long claimed, int length) {
        int rest = segmentBytes - (int) (claimed & (segmentBytes - 1));
        return length <= rest ? length : rest + length;
    }

    /**
     * Uses as much stack as claim and publication need while they are interpreted, and fails before anything is claimed
     * if there is not so much.
     */
    private static long probeStack(int depth, long a, long b, long c, long d, long e) {
        return depth == 0 ? a : probeStack(depth - 1, b, c, d, e, a) + e;
    }

    private static boolean isSealed(long claimed) {
        return (claimed & SEAL) != 0;
    }

    // waiting: callers

    /** Callers waiting at a gate or for room. */
    Waiters waiters() {
        return waiters;
    }

    /** Those who wait for commits. */
    Waiters flushers() {
        return flushers;
    }

    /**
     * Waits a while for room or a gate to open; the caller tries again afterwards.
     *
     * @param seen the Routing that the gates were read from
     * @param mostNanos how long at most
     * @return whether the thread was interrupted meanwhile
     */
    public boolean awaitRoom(int length, int level, Cursor[] gates, Routing seen, long mostNanos) {
        return waiters.sleep(() -> mayGo(length, level, gates, seen), steward::wake, mostNanos);
    }

    private boolean mayGo(int length, int level, Cursor[] gates, Routing seen) {
        long claimed = claimedVolatile();
        if (isSealed(claimed) || routing != seen) {
            return true;
        }
        long end = claimed + need(claimed, length);
        if (end > limit - reserves[level]) {
            return false;
        }
        for (Cursor gate : gates) {
            if (end > gate.allowedVolatile()) {
                return false;
            }
        }
        return true;
    }

    // positions

    /** All positions below are claimed. */
    public long claimedEnd() {
        return claimedVolatile() & ~SEAL;
    }

    /** The last position there is, or -1 if the journal is not sealed. */
    long sealedEnd() {
        long claimed = claimedVolatile();
        return isSealed(claimed) ? claimed & ~SEAL : -1;
    }

    public boolean isSealed() {
        return isSealed(claimedVolatile());
    }

    /**
     * Admits nothing more.
     *
     * @return the last position; the same at every call
     */
    public long seal() {
        long end = getAndSetClaimedBits(SEAL) & ~SEAL;
        waiters.signal();
        wakeWorkers();
        return end;
    }

    /** Tells those who wait for commits. */
    void committed() {
        VarHandle.fullFence();
        flushers.signal();
    }

    /**
     * Waits until every handler has committed what was claimed below a position, and what was passed on of it.
     *
     * @return whether they have
     */
    public boolean awaitCommitted(long to, long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        if (!awaitFlushed(() -> isCommitted(to), deadline)) {
            return false;
        }
        // only now it is known what was passed on, and then what of that was; what others pass on later is not waited
        // for
        boolean resolved = true;
        for (int link = 0; resolved && link < links; link++) {
            Map<Cursor, Long> owed = new HashMap<>();
            for (Cursor cursor : cursors) {
                owed.put(cursor, cursor.lastPassedOn());
            }
            resolved = awaitFlushed(() -> isResolved(owed), deadline);
        }
        return resolved;
    }

    /** Says that a record may be passed on so often, from one handler to the next. One thread at a time. */
    public void expectLinks(int longestChain) {
        links = Math.max(links, longestChain); // those that are on their way out count, too
    }

    private boolean awaitFlushed(Waiters.Look look, long deadlineNanos) {
        boolean interrupted = false;
        boolean reached = look.mayGo();
        while (!reached && System.nanoTime() - deadlineNanos < 0) {
            interrupted |= flushers.sleep(look, this::wakeAll, deadlineNanos - System.nanoTime());
            reached = look.mayGo();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return reached;
    }

    private static boolean isResolved(Map<Cursor, Long> owed) {
        for (Map.Entry<Cursor, Long> each : owed.entrySet()) {
            if (!each.getKey().hasResolved(each.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Whether somebody waits for commits, so that nothing should be held back. */
    public boolean isCommitAwaited() {
        return flushers.any();
    }

    /** What is claimed by now is not to wait for more to come, where a handler cares for the ends of traces. Any thread. */
    public void traceEnded() {
        traceEnd.accumulateAndGet(claimedEnd(), Math::max);
    }

    /** Where the last trace that has ended had got to. */
    long traceEnd() {
        return traceEnd.get();
    }

    private boolean isCommitted(long to) {
        for (Cursor cursor : cursors) {
            if (!cursor.hasCommitted(to)) {
                return false;
            }
        }
        return true;
    }

    // recycling: whoever moves a cursor over a segment's end, and the steward

    /** Recycles if a cursor that was moved to here may have been the last one to leave a segment. */
    void recycleBehind(long position) {
        if ((position & -segmentBytes) > limit - geometry.ringBytes()) {
            tryRecycle();
        }
    }

    void tryRecycle() {
        if (recycle.tryLock()) {
            try {
                recycleSegments();
            } finally {
                recycle.unlock();
            }
        }
    }

    private void recycleSegments() {
        long to = leastPosition() & -segmentBytes;
        if (floor >= to) {
            return;
        }
        long before = limit;
        while (floor < to) {
            count(floor, floor + segmentBytes, recycled);
            ring.zeroSegment(floor);
            floor += segmentBytes;
            limit = floor + geometry.ringBytes();
        }
        if (mayHaveLackedRoom(before)) {
            waiters.signal();
        }
    }

    /**
     * Whether somebody may have found no room below an earlier limit; who waits at a gate has nothing to do with it. Asked
     * after the limit has been raised: who has not seen that has looked at what was claimed before, and that only grows.
     */
    private boolean mayHaveLackedRoom(long earlierLimit) {
        return claimedEnd() + 2L * geometry.largestRecordBytes() > earlierLimit - reserves[0];
    }

    /** The least position that a handler still reads from; without handlers, how far all is published. */
    private long leastPosition() {
        long least = Long.MAX_VALUE;
        for (Cursor cursor : cursors) {
            if (!cursor.isEnded()) {
                least = Math.min(least, cursor.positionVolatile());
            }
        }
        if (least < Long.MAX_VALUE) {
            return least;
        }
        ownPosition = mostAdvanced();
        long end = claimedEnd();
        while (ownPosition < end) {
            int length = ring.lengthAcquire(ownPosition);
            if (length == 0) {
                break;
            }
            ownPosition += Math.abs(length);
        }
        return ownPosition;
    }

    private long mostAdvanced() {
        long most = Math.max(ownPosition, floor);
        for (Cursor cursor : cursors) {
            most = Math.max(most, cursor.positionVolatile());
        }
        return most;
    }

    private long count(long from, long to, long[] byLevel) {
        long at = from;
        while (at < to) {
            int length = ring.lengthAcquire(at);
            if (length == 0) {
                break;
            }
            if (length > 0 && ring.kind(at) == RecordLayout.KIND_RECORD) {
                byLevel[ring.level(at)]++;
            }
            at += Math.abs(length);
        }
        return at;
    }

    // repair: the steward

    /** Whether some claim waits for its repair. */
    public boolean hasOrphans() {
        return anyOrphans;
    }

    /** Looks again at all notes from now on. */
    void expectOrphans(boolean any) {
        anyOrphans = any;
    }

    /** Pads what the claim of a change of routes left unpublished. */
    void repairChange() {
        repair(changeNote);
    }

    /** Pads what an orphaned claim of this journal left unpublished, so that readers go on. */
    void repair(Claim note) {
        if (!note.orphaned || note.journal != this) {
            return;
        }
        recycle.lock();
        try {
            long recordAt = note.start + note.bytes - note.recordBytes;
            if (recordAt != note.start) {
                pad(note.start, (int) (recordAt - note.start));
            }
            note.padded = pad(recordAt, note.recordBytes);
            if (note.padded && note.level != NO_LEVEL) {
                aborted[note.level]++;
            }
            note.journal = null;
            note.orphaned = false;
        } finally {
            recycle.unlock();
        }
        wakeWorkers();
    }

    private boolean pad(long position, int length) {
        if (position < floor || ring.lengthAcquire(position) != 0) {
            return false;
        }
        ring.lengthRelease(position, -length);
        return true;
    }

    // routes: one reload at a time

    /** The newest one. */
    public Routing routing() {
        return routing;
    }

    /**
     * A cursor for a handler that is to be attached.
     *
     * @throws OutOfMemoryError if there is no memory for its backlog
     */
    public Cursor newCursor(String name) {
        return new Cursor(name, this, new Backlog(slabs, slabs.take()));
    }

    /** Attaches the cursors that a Routing names first, all waiting for its change. */
    public void attach(List<Cursor> added, Routing naming) {
        recycle.lock();
        try {
            long position = mostAdvanced();
            List<Cursor> all = new ArrayList<>(List.of(cursors));
            for (Cursor cursor : added) {
                cursor.attachedAt(position, naming);
                all.add(cursor);
            }
            cursors = all.toArray(new Cursor[0]);
        } finally {
            recycle.unlock();
        }
    }

    /**
     * Appends the change to a successor and makes it the newest Routing.
     *
     * @param publisher runs what makes the successor the newest Routing, and sets loggers to match; the change stands if
     *     it fails, too
     * @return false if there was no room in time or the journal is sealed: then nothing has changed
     * @throws StackOverflowError if there is little stack left: then nothing has changed
     */
    public boolean change(Routing successor, long timeoutNanos, Consumer<Runnable> publisher) {
        probeStack(PROBES_OF_A_CHANGE, timeoutNanos, 0, 0, 0, 0);
        Routing before = routing;
        before.next(successor);
        if (!appendChange(successor.generation(), System.nanoTime() + timeoutNanos)) {
            before.next(null);
            return false;
        }
        try {
            publisher.accept(() -> routing = successor);
        } finally {
            routing = successor; // the change stands, and the next one has to follow it
            waiters.signal();
            wakeAll();
        }
        return true;
    }

    private boolean appendChange(int generation, long deadlineNanos) {
        boolean interrupted = false;
        try {
            while (true) {
                long seen = claimedVolatile();
                if (isSealed(seen)) {
                    return false;
                }
                int need = need(seen, CHANGE_BYTES);
                if (seen + need > limit) {
                    if (System.nanoTime() - deadlineNanos >= 0) {
                        return false;
                    }
                    interrupted |= waiters.sleep(
                            () -> isSealed(claimedVolatile()) || claimedEnd() + 2 * CHANGE_BYTES <= limit,
                            steward::wake,
                            deadlineNanos - System.nanoTime());
                    continue;
                }
                if (casClaimed(seen, seen + need)) {
                    changeNote.start = seen;
                    changeNote.bytes = need;
                    return publishChange(changeNote, seen + need - CHANGE_BYTES, generation);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean publishChange(Claim note, long position, int generation) {
        try {
            if (position != note.start) {
                ring.lengthRelease(note.start, (int) (note.start - position));
            }
            ring.change(position, generation);
            ring.lengthRelease(position, CHANGE_BYTES);
            return true;
        } catch (Throwable thrown) {
            note.recordBytes = CHANGE_BYTES;
            note.level = NO_LEVEL;
            note.journal = this;
            note.orphaned = true;
            anyOrphans = true;
            while (note.orphaned) {
                // the steward is about to decide: the change stands, or padding takes it back
            }
            return !note.padded;
        }
    }

    /** Takes an ended handler, or one that is never to be named, out of the journal. */
    public void detach(Cursor cursor) {
        cursor.detached();
        recycle.lock();
        try {
            ownPosition = mostAdvanced();
            List<Cursor> rest = new ArrayList<>(List.of(cursors));
            rest.remove(cursor);
            cursors = rest.toArray(new Cursor[0]);
        } finally {
            recycle.unlock();
        }
        cursor.free();
        committed();
        waiters.signal();
    }

    /** All attached cursors; lent, not to be changed. */
    public Cursor[] cursors() {
        return cursors;
    }

    // threads

    /** Where the steward sleeps. */
    public Sleeper steward() {
        return steward;
    }

    /** How workers wait for records. */
    public QueueWait queueWait() {
        return queueWait;
    }

    /** Lets workers wait so from now on. */
    public void queueWait(QueueWait how) {
        queueWait = how;
        wakeAll();
    }

    /**
     * Lets a worker that has nothing to do sleep for long: who appends next wakes the steward, which wakes it. So a caller
     * wakes one thread at most, and only after a silence.
     *
     * <p>No record is missed, without a fence on the caller's path: the worker says that it sleeps, and then looks at what
     * is claimed; the caller claims, and then looks who sleeps. All four are volatile, so one of the two sees the other. The
     * steward does the same once more: it says that it sleeps, and then looks at the workers.
     *
     * @param below a position below which it has found nothing
     */
    public void sleepLong(Cursor cursor, long nanos, long below) {
        longSleepers.incrementAndGet();
        try {
            cursor.worker().sleep(nanos, () -> cursor.mayRestLong(below));
        } finally {
            longSleepers.decrementAndGet();
        }
    }

    /** Wakes the workers that have something ahead, if any sleeps for long. Steward. */
    void wakeLongSleepers() {
        if (!hasLongSleepers()) {
            return;
        }
        for (Cursor cursor : cursors) {
            if (!cursor.seemsIdle()) {
                cursor.worker().wake();
            }
        }
    }

    /** Whether a worker sleeps for long, so that the next record has to wake somebody. */
    public boolean hasLongSleepers() {
        return longSleepers.get() > 0;
    }

    void wakeWorkers() {
        for (Cursor cursor : cursors) {
            cursor.worker().wake();
        }
    }

    /** Wakes workers and steward. */
    public void wakeAll() {
        VarHandle.fullFence();
        wakeWorkers();
        steward.wake();
    }

    // the account

    /** Records journaled so far, by level. */
    public long[] journaled() {
        recycle.lock();
        try {
            long[] journaled = recycled.clone();
            long at = floor;
            long end = claimedEnd();
            while (at < end) {
                long next = count(at, Math.min(end, (at & -segmentBytes) + segmentBytes), journaled);
                if (next == at) {
                    break;
                }
                at = next;
            }
            return journaled;
        } finally {
            recycle.unlock();
        }
    }

    /** Claims that were given up and padded, by level. */
    public long[] aborted() {
        recycle.lock();
        try {
            return aborted.clone();
        } finally {
            recycle.unlock();
        }
    }

    /** Bytes between the floor and the last claim. */
    public long usedBytes() {
        return Math.max(0, claimedEnd() - (limit - geometry.ringBytes()));
    }

    public Geometry geometry() {
        return geometry;
    }

    public SlabPool slabs() {
        return slabs;
    }

    Ring ring() {
        return ring;
    }

    int loggers() {
        return loggers.getAsInt();
    }
}
