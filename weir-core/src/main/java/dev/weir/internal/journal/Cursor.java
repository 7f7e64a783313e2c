package dev.weir.internal.journal;

import dev.weir.Level;
import dev.weir.OverflowPolicy;
import dev.weir.QueueWait;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where one handler is in the journal, and what it holds: its position in the ring, the backlog of what it could not
 * keep up with, and the records in its worker's hand.
 *
 * <pre>
 *  WAITING ─meets the change that names it─► ON ─meets a change that does not, or the seal─► ENDED
 * </pre>
 *
 * <p>Worker and steward both walk the ring from the position, one at a time under the take lock, and so see every record
 * once. What decides whether a record is taken is the table of levels by logger that is in force at the position; a
 * change of routes is met in the walk itself and replaces the table there. So it does not matter what a record's caller
 * believed, nor when it was published: position against change decides, for every handler alike.
 *
 * <p>A walk reads how far is claimed first and the lengths afterwards. That order makes it impossible to see a length of
 * the previous lap: a segment is zeroed before the limit is raised over it, the limit is raised before anybody claims
 * there, and the claim stands before our read.
 */
public final class Cursor extends CursorPositions {
    /** Bytes a worker takes at once, as a part of a segment. */
    private static final int HANDS_PER_SEGMENT = 2;

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final byte[] NO_LOGGERS = {};
    /** Less than any lag: a cursor with nothing ahead is walked too, since the seal may be what it has to meet. */
    private static final long ANY_LAG = -1;

    private enum State {
        /** Attached; the change that names it has not been met. */
        WAITING,
        ON,
        /** Takes nothing more; its position is its end, and the ring is never read for it again. */
        ENDED
    }

    /** What a walk hands the handler's records to, in runs of adjoining ones. */
    private interface Destination {
        /** Bytes it takes at most. */
        int room();

        /**
         * Takes whole records from the front of a run, and counts them as routed; or none if it throws.
         *
         * @return their bytes; 0 if there is no place even for the first
         */
        int take(long position, int length);
    }

    private final String name;
    private final Journal journal;
    private final Ring ring;
    private final Hand hand;
    private final Backlog backlog;
    private final Sleeper worker = new Sleeper();
    /** Fair: the steward, which would have it again and again while callers flood, gives it to a worker that waits. */
    private final ReentrantLock take = new ReentrantLock(true);

    private final HandlerCounts counts = new HandlerCounts();
    private final Destination toHand = new ToHand();
    private final Destination toBacklog = new ToBacklog();
    private final Destination toRoom = new ToRoom();
    private final Destination toNowhere = new ToNowhere();

    // written under the take lock
    private volatile State state = State.WAITING;
    private volatile boolean abandoned;
    private volatile boolean hurried;
    private boolean freed;
    private volatile boolean backlogged;
    /** The number in the backlog of the last record that was passed on to this handler. */
    private volatile long lastPassedOn;
    /** No record that was passed on and is still here has a number below. */
    private volatile long lowestOwed = Long.MAX_VALUE;

    private @Nullable Routing first;
    private @Nullable Routing current;
    private byte[] levels = NO_LOGGERS;
    private OverflowPolicy policy = OverflowPolicy.DROP_BY_SEVERITY;
    private long gateBytes;
    private boolean urgent;
    private @Nullable DropReason abandonedFor;

    // the steward's alone
    private long watchedPosition;
    private long watchedSinceNanos;

    /**
     * A cursor that is not attached yet.
     *
     * @throws OutOfMemoryError if there is no memory for its backlog
     */
    Cursor(String name, Journal journal, Backlog backlog) {
        this.name = name;
        this.journal = journal;
        this.ring = journal.ring();
        this.backlog = backlog;
        this.hand = new Hand(journal.geometry().segmentBytes() / HANDS_PER_SEGMENT);
    }

    /** Where it begins to wait for the change that names it; under the recycle lock, before anybody else sees it. */
    void attachedAt(long position, Routing naming) {
        first = naming;
        positionRelease(position);
        committedRelease(position);
        allowedVolatile(position);
    }

    public String name() {
        return name;
    }

    /** Where the worker sleeps. */
    public Sleeper worker() {
        return worker;
    }

    /** What the worker has taken; to be read by the worker. */
    public Hand hand() {
        return hand;
    }

    /** All records below are out of the ring for this handler. */
    public long position() {
        return positionVolatile();
    }

    /** Whether the change that names it has been met. */
    public boolean hasBegun() {
        return state != State.WAITING;
    }

    public boolean isEnded() {
        return state == State.ENDED;
    }

    /** Whether the handler ran out of its time: its worker calls nothing any more but close. */
    public boolean isAbandoned() {
        return abandoned;
    }

    /** Whether the handler has ended and nothing of it is left to write. */
    public boolean isDrained() {
        return isEnded() && (abandoned || (committedVolatile() >= positionVolatile() && hasResolved(lastPassedOn)));
    }

    /** Whether everything below a position, or below the cursor's end, is written, dropped or filtered. */
    boolean hasCommitted(long to) {
        long committed = committedVolatile();
        return committed >= to || (isEnded() && (abandoned || committed >= positionVolatile()));
    }

    /** Whether nothing waits that was logged before a trace ended; as far as can be seen without a lock. */
    public boolean hasCommittedTraces() {
        return hasCommitted(journal.traceEnd());
    }

    /** The number of the last record that was passed on to this handler; 0 if none ever was. */
    long lastPassedOn() {
        return lastPassedOn;
    }

    /** Whether what was passed on up to a number is written, dropped or passed on. */
    boolean hasResolved(long number) {
        return abandoned || lowestOwed > number;
    }

    // the worker

    /**
     * Takes what is next into the hand, behind what it holds: from the backlog, which is older, or else from the ring.
     *
     * @return bytes that were taken; 0 if there is nothing, or no room
     */
    public int take() {
        take.lock();
        try {
            if (abandoned) {
                return 0;
            }
            int held = hand.size();
            if (hurried && state != State.ENDED) {
                walkOn(toRoom); // where the severe ones can be told from the others
            }
            if (!backlog.isEmpty()) {
                takeBacklog();
            } else if (state != State.ENDED) {
                walk(toHand);
            }
            settle();
            openGate(enoughBytes());
            return hand.size() - held;
        } finally {
            take.unlock();
            journal.recycleBehind(positionVolatile());
            if (hand.isEmpty()) {
                journal.committed(); // what was passed by is done with, and no commit follows
            }
        }
    }

    private void takeBacklog() {
        int severest = backlog.mostSevere();
        while (!backlog.isEmpty()) {
            int level = hurried ? backlog.mostSevere() : backlog.lowestLevel();
            int length = backlog.length(level);
            if (length > hand.room() || (hurried && level < severest)) {
                return; // in a hurry the severe ones are committed by themselves
            }
            long position = backlog.position(level);
            long number = backlog.number(level);
            backlog.poll(level, hand.bytes(), hand.size());
            hand.advance(position, number, length);
        }
    }

    /**
     * Commits the records in hand up to an index.
     *
     * @param outcome what became of them; cleared
     * @return false if the handler was abandoned meanwhile: then the records are counted already
     */
    public boolean commit(int end, Outcome outcome) {
        take.lock();
        try {
            if (abandoned) {
                outcome.clear();
                return false;
            }
            counts.add(outcome);
            hand.commit(end);
            settle();
        } finally {
            take.unlock();
        }
        journal.committed();
        return true;
    }

    /** Whether something published lies ahead, below a position; as far as can be seen without a lock. */
    public boolean hasNext(long below) {
        long position = positionVolatile();
        return !isEnded() && position < below && ring.lengthAcquire(position) != 0;
    }

    /** Whether what lies ahead is claimed, but not published yet. */
    public boolean seesHole(long below) {
        return !isEnded() && positionVolatile() < below;
    }

    /** Whether something waits in the backlog; as far as can be seen without a lock. */
    public boolean hasBacklog() {
        return backlogged;
    }

    /** Whether there is nothing to take at the moment, as far as can be seen without a lock. */
    public boolean seemsIdle() {
        return positionVolatile() >= journal.claimedEnd() && committedVolatile() >= positionVolatile();
    }

    /** Whether the worker may sleep, having found nothing below a position: looked at after it has said that it sleeps. */
    public boolean mayRest(long below) {
        return journal.claimedEnd() == below && !hasBacklog() && (isEnded() || !journal.isSealed());
    }

    /** Whether the worker may sleep for long: nothing has changed that somebody has woken it for before it slept. */
    boolean mayRestLong(long below) {
        return mayRest(below) && !isEnded() && !abandoned && journal.queueWait() == QueueWait.ADAPTIVE;
    }

    // workers of other handlers

    /**
     * Takes a record that another handler passes on, its own end notwithstanding: into the backlog, or dropped by the policy.
     * Nobody waits for room here, so under {@code block} it is dropped, too.
     *
     * @return false if memory has to arrive first
     */
    public boolean acceptPassedOn(byte[] bytes, int at, int length) {
        int level = bytes[RecordLayout.levelAt(at)];
        take.lock();
        try {
            DropReason reason = abandonedFor;
            if (freed) {
                return true; // the giver has been given up, or this would still be here: it has counted the record
            }
            if (reason != null) {
                counts.routed(level);
                counts.dropped(reason, level);
                return true;
            }
            Backlog.Source source = (from, target, to, count) -> target.put(to, bytes, (int) from, count);
            if (!addToBacklog(source, at, positionVolatile(), length, level, false, false)) {
                return false;
            }
            counts.routed(level);
            lastPassedOn = backlog.lastNumber();
            settle();
        } finally {
            take.unlock();
        }
        worker.wake();
        return true;
    }

    // the steward

    /**
     * Moves records out of the ring into the backlog if the cursor lags by more than its share, or if callers wait at
     * the gate of a handler that stands still.
     *
     * @return false if the take lock could not be had
     */
    boolean relieve(long nowNanos, long patienceNanos) throws InterruptedException {
        if (!take.tryLock(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            if (state == State.ENDED) {
                return true;
            }
            if (abandoned) {
                walkAway(toNowhere, ANY_LAG);
            } else if (lag(journal.claimedEnd()) > journal.geometry().reliefShareBytes()) {
                urgent = lag(journal.claimedEnd()) > journal.geometry().ringBytes() / 2;
                walkAway(toBacklog, journal.geometry().reliefShareBytes() / 2);
            } else if ((policy.blocks() || isBehindChange())
                    && journal.waiters().any()
                    && hasStoodStill(nowNanos, patienceNanos)) {
                urgent = false;
                walkAway(toBacklog, 0);
            }
            settle();
            openGate(leastEnoughBytes());
        } finally {
            take.unlock();
            watch(nowNanos);
        }
        journal.committed();
        return true;
    }

    private void walkOn(Destination destination) {
        while (state != State.ENDED && walk(destination)) {
            // on to the next segment
        }
    }

    /**
     * Walks until so much is left of what was claimed at the beginning, and not of what comes meanwhile, or somebody waits for
     * the lock: mostly the worker, which would do better.
     */
    private void walkAway(Destination destination, long lag) {
        long end = journal.claimedEnd();
        while (state != State.ENDED && lag(end) > lag && walk(destination) && !take.hasQueuedThreads()) {
            // on to the next segment
        }
    }

    /** Counted from the beginning of the segment, which is what keeps it from being recycled. */
    private long lag(long end) {
        return end - (positionVolatile() & -journal.geometry().segmentBytes());
    }

    /** Whether a change of routes lies ahead that may open a gate here. */
    private boolean isBehindChange() {
        return state == State.WAITING || (current != null && current.next() != null);
    }

    private boolean hasStoodStill(long nowNanos, long patienceNanos) {
        return watchedPosition == positionVolatile() && nowNanos - watchedSinceNanos >= patienceNanos;
    }

    private void watch(long nowNanos) {
        long position = positionVolatile();
        if (watchedPosition != position) {
            watchedPosition = position;
            watchedSinceNanos = nowNanos;
        }
    }

    // the end

    /** Ends the cursor where it is: it was never named, or is not to be any more. */
    void detached() {
        take.lock();
        try {
            if (state != State.ENDED) {
                end(positionVolatile());
            }
        } finally {
            take.unlock();
        }
        worker.wake();
    }

    /** Whether there may be no time for all. */
    public boolean isHurried() {
        return hurried;
    }

    /** Takes the most severe records first from now on: there may be no time for all. */
    public void hurry() {
        hurried = true;
    }

    /**
     * Gives the handler up: what it holds is counted as dropped, and what is still to come will be.
     *
     * @return false if it was given up before
     */
    public boolean abandon(DropReason reason) {
        take.lock();
        try {
            if (abandoned) {
                return false;
            }
            abandonedFor = reason;
            abandoned = true;
            for (int at = hand.committed(); at < hand.size(); at += length(hand.bytes(), at)) {
                counts.dropped(reason, hand.bytes()[RecordLayout.levelAt(at)]);
            }
            hand.clear();
            while (!backlog.isEmpty()) {
                int level = backlog.lowestLevel();
                backlog.evict(level);
                counts.dropped(reason, level);
            }
            counts.abandonHeld(reason);
            settle();
            openGate(leastEnoughBytes());
        } finally {
            take.unlock();
        }
        worker.wake();
        journal.committed();
        return true;
    }

    /** Gives the memory of the backlog back; after the end. */
    void free() {
        take.lock();
        try {
            backlog.free();
            freed = true;
        } finally {
            take.unlock();
        }
    }

    // the account

    /** How many records were dropped here. */
    public long droppedTotal() {
        return counts.droppedTotal();
    }

    /** How many records were dropped here, by reason and level. */
    public long[][] dropped() {
        take.lock();
        try {
            return counts.dropped();
        } finally {
            take.unlock();
        }
    }

    /** What was counted, and what is pending now. */
    public HandlerCounts.Snapshot snapshot() {
        take.lock();
        try {
            long[] pending = new long[Level.COUNT];
            for (int at = hand.committed(); at < hand.size(); at += length(hand.bytes(), at)) {
                pending[hand.bytes()[RecordLayout.levelAt(at)]]++;
            }
            for (int level = 0; level < Level.COUNT; level++) {
                pending[level] += backlog.records(level);
            }
            Ahead ahead = ahead();
            long held = hand.size() - hand.committed() + backlog.usedBytes();
            return counts.snapshot(pending, ahead.records, held, oldestNanos(ahead));
        } finally {
            take.unlock();
        }
    }

    /** When the oldest record in hand was logged; 0 if none is, or if that cannot be seen at once. */
    public long oldestInHandNanos() {
        if (!take.tryLock()) {
            return 0;
        }
        try {
            return hand.isEmpty() ? 0 : Bytes.getLong(hand.bytes(), RecordLayout.timeAt(hand.committed()));
        } finally {
            take.unlock();
        }
    }

    /** When the oldest record that waits was logged; 0 if none waits. */
    private long oldestNanos(Ahead ahead) {
        if (!hand.isEmpty()) {
            return Bytes.getLong(hand.bytes(), RecordLayout.timeAt(hand.committed()));
        }
        return backlog.isEmpty() ? ahead.firstNanos : backlog.lowestWord(RecordLayout.timeAt(0));
    }

    /** What lies in the ring for a handler, as far as it is published. */
    private static final class Ahead {
        private final long[] records = new long[Level.COUNT];
        private long firstNanos;

        void add(int level, long timeNanos) {
            records[level]++;
            firstNanos = firstNanos == 0 ? timeNanos : firstNanos;
        }
    }

    private Ahead ahead() {
        Ahead ahead = new Ahead();
        if (state != State.ON) {
            return ahead;
        }
        Routing routing = current;
        byte[] table = levels;
        long end = journal.claimedEnd();
        long at = positionVolatile();
        while (at < end && routing != null) {
            int length = ring.lengthAcquire(at);
            if (length == 0) {
                break;
            }
            if (length > 0 && ring.kind(at) == RecordLayout.KIND_CHANGE) {
                routing = routing.next();
                Routing.Entry entry = routing == null ? null : routing.entryOf(this);
                if (entry == null) {
                    break;
                }
                table = Routing.table(entry, NO_LOGGERS, journal.loggers());
            } else if (length > 0) {
                if (ring.logger(at) >= table.length) {
                    table = Routing.table(entryIn(routing), table, journal.loggers());
                }
                if (takes(table, at)) {
                    ahead.add(ring.level(at), ring.time(at));
                }
            }
            at += Math.abs(length);
        }
        return ahead;
    }

    // the walk

    /**
     * Walks on to the end of the segment at most.
     *
     * @return whether the position moved
     */
    private boolean walk(Destination destination) {
        long sealedEnd = journal.sealedEnd();
        long end = journal.claimedEnd();
        long from = positionVolatile();
        if (from >= end) {
            if (from == sealedEnd) {
                end(from);
            }
            return false;
        }
        long stop = Math.min(
                end,
                (from & -journal.geometry().segmentBytes()) + journal.geometry().segmentBytes());
        int room = destination.room();
        byte[] table = levels;
        boolean on = state == State.ON;
        long at = from;
        long run = from;
        while (at < stop) {
            int length = ring.lengthAcquire(at);
            if (length == 0) {
                break;
            }
            if (length > 0 && ring.kind(at) == RecordLayout.KIND_CHANGE) {
                if (handOn(destination, run, at)) {
                    meetChange(at, length);
                }
                return positionVolatile() != from;
            }
            if (length > 0 && on && takes(table, at)) {
                if (at + length - run > room) {
                    break;
                }
                at += length;
                continue;
            }
            if (length > 0 && on && ring.logger(at) >= table.length) {
                if (!handOn(destination, run, at)) {
                    return positionVolatile() != from;
                }
                run = at;
                room = destination.room();
                table = extended(ring.logger(at));
                continue;
            }
            // padding, or another's record: what came before it is a run
            if (run < at) {
                if (!handOn(destination, run, at)) {
                    return positionVolatile() != from;
                }
                room = destination.room();
            }
            at += Math.abs(length);
            run = at;
        }
        if (handOn(destination, run, at)) {
            positionRelease(at);
        }
        return positionVolatile() != from;
    }

    private boolean takes(byte[] table, long at) {
        int logger = ring.logger(at);
        return logger < table.length && (table[logger] & 1 << ring.level(at)) != 0;
    }

    /** Hands a run on and moves to its end; false if not all of it was taken. */
    private boolean handOn(Destination destination, long from, long to) {
        long at = from;
        while (at < to) {
            int taken = destination.take(at, (int) (to - at));
            if (taken == 0) {
                return false;
            }
            at += taken;
            positionRelease(at);
        }
        return true;
    }

    /** The table with loggers that were created since it was made, as the Routing in force here sees them. */
    private byte[] extended(int logger) {
        Routing.Entry entry = entryIn(current);
        int loggers = Math.min(Math.max(logger + 1, 2 * levels.length), journal.loggers());
        levels = Routing.table(entry, levels, loggers);
        return levels;
    }

    private void meetChange(long at, int length) {
        int generation = ring.logger(at);
        if (state == State.WAITING) {
            if (first != null && first.generation() == generation) {
                turnTo(first, at + length);
            } else {
                positionRelease(at + length);
            }
            return;
        }
        Routing successor = current == null ? null : current.next();
        if (successor == null || successor.generation() != generation) {
            throw new IllegalStateException("change of routes " + generation + " at " + at + " (expected: "
                    + (successor == null ? "none" : successor.generation()) + ")");
        }
        if (successor.entryOf(this) == null) {
            end(at);
        } else {
            turnTo(successor, at + length);
        }
    }

    /** Lets a Routing be in force from a position on: the table is made first, since that may fail. */
    private void turnTo(Routing routing, long from) {
        Routing.Entry entry = entryIn(routing);
        byte[] table = Routing.table(entry, NO_LOGGERS, journal.loggers());
        first = null; // it leads to all its successors
        current = routing;
        levels = table;
        policy = entry.policy();
        backlog.budget(entry.budgetBytes() - hand.bytes().length);
        gateBytes = Math.min(journal.geometry().gateWindowBytes(), entry.budgetBytes());
        state = State.ON;
        positionRelease(from);
    }

    private Routing.Entry entryIn(@Nullable Routing routing) {
        Routing.Entry entry = routing == null ? null : routing.entryOf(this);
        if (entry == null) {
            throw new IllegalStateException("cursor " + name + " is not named by its Routing");
        }
        return entry;
    }

    private void end(long at) {
        positionRelease(at);
        first = null;
        current = null;
        levels = NO_LOGGERS;
        state = State.ENDED;
        allowedVolatile(Long.MAX_VALUE);
        settle();
        journal.waiters().signal();
    }

    private void settle() {
        long lowest = Math.min(positionVolatile(), Math.min(hand.lowestPosition(), backlog.lowestPosition()));
        if (lowest > committedVolatile()) {
            committedRelease(lowest);
        }
        if (backlogged == backlog.isEmpty()) {
            backlogged = !backlog.isEmpty();
        }
        if (lastPassedOn != 0) {
            lowestOwed = Math.min(hand.lowestNumber(), backlog.lowestNumber());
        }
    }

    /**
     * Lets the callers of a blocking handler claim as far as its backlog could take.
     *
     * @param enough how far it has to be open, and has not been before, for those that wait to be woken
     */
    private void openGate(long enough) {
        if (!policy.blocks() || state != State.ON) {
            return;
        }
        long before = allowedVolatile();
        long room = abandoned ? gateBytes : Math.min(gateBytes, backlog.roomBytes());
        long open = positionVolatile() + room;
        if (open > before) {
            allowedVolatile(open);
            long claimed = journal.claimedEnd();
            if (before - claimed < enough && open - claimed >= enough) {
                journal.waiters().signal();
            }
        }
    }

    /**
     * How far the worker has to have opened a gate for waiters to be woken: half of what it ever opens, so that they come
     * back to work and not to one batch, and no less than {@link #leastEnoughBytes}.
     */
    private long enoughBytes() {
        long most = Math.min(gateBytes, backlog.mostRoomBytes());
        return Math.max(most / 2, leastEnoughBytes());
    }

    /** What a record and its padding may need: so much is enough where the next opening may be far away. */
    private long leastEnoughBytes() {
        return 2L * journal.geometry().largestRecordBytes();
    }

    private static int length(byte[] bytes, int at) {
        return Bytes.getInt(bytes, RecordLayout.lengthAt(at));
    }

    /**
     * Adds a record to the backlog and makes room for it by the policy.
     *
     * @param beyondBudget whether it must not be refused for the budget's sake
     * @param now whether memory that is not there yet is none at all
     * @return false if it has to wait where it is; true if it was added, or dropped
     */
    private boolean addToBacklog(
            Backlog.Source source, long from, long position, int length, int level, boolean beyondBudget, boolean now) {
        Backlog.Added added = backlog.add(source, from, position, length, level, beyondBudget);
        while (added != Backlog.Added.YES) {
            if (beyondBudget || (added == Backlog.Added.NO_MEMORY && !now)) {
                return false;
            }
            int victim = backlog.victim(policy.kind(), level, length, added == Backlog.Added.NO_MEMORY);
            if (victim == Backlog.NEWCOMER) {
                counts.dropped(DropReason.BACKLOG_FULL, level);
                return true;
            }
            backlog.evict(victim);
            counts.dropped(DropReason.BACKLOG_FULL, victim);
            added = backlog.add(source, from, position, length, level, false);
        }
        return true;
    }

    private final class ToHand implements Destination {
        @Override
        public int room() {
            return hand.room();
        }

        @Override
        public int take(long position, int length) {
            byte[] held = hand.bytes();
            int from = hand.size();
            ring.copy(position, held, from, length);
            for (int at = from; at < from + length; at += length(held, at)) {
                counts.routed(held[RecordLayout.levelAt(at)]);
            }
            hand.advance(position, length);
            return length;
        }
    }

    /** Makes room by the handler's policy. What a handler under {@code block} cannot take stays in the ring. */
    private final class ToBacklog implements Destination {
        @Override
        public int room() {
            return Integer.MAX_VALUE;
        }

        @Override
        public int take(long position, int length) {
            int first = ring.lengthAcquire(position); // one at a time, since the next may fail
            int level = ring.level(position);
            if (!add(position, first, level)) {
                return 0;
            }
            counts.routed(level);
            return first;
        }

        /** False if the record has to wait in the ring; true if it was added, or dropped by the policy. */
        private boolean add(long position, int length, int level) {
            boolean losesNothing = policy.kind() == OverflowPolicy.Kind.BLOCK;
            return addToBacklog(ring, position, position, length, level, losesNothing, urgent);
        }
    }

    /** To the backlog, as long as nothing has to go for it. */
    private final class ToRoom implements Destination {
        @Override
        public int room() {
            return Integer.MAX_VALUE;
        }

        @Override
        public int take(long position, int length) {
            int first = ring.lengthAcquire(position);
            int level = ring.level(position);
            if (backlog.add(ring, position, position, first, level, false) != Backlog.Added.YES) {
                return 0;
            }
            counts.routed(level);
            return first;
        }
    }

    /** Counts what an abandoned handler will never write. */
    private final class ToNowhere implements Destination {
        @Override
        public int room() {
            return Integer.MAX_VALUE;
        }

        @Override
        public int take(long position, int length) {
            DropReason reason = abandonedFor;
            for (int at = 0; reason != null && at < length; at += ring.lengthAcquire(position + at)) {
                counts.routed(ring.level(position + at));
                counts.dropped(reason, ring.level(position + at));
            }
            return length;
        }
    }
}
