package dev.weir.internal.emit;

import dev.weir.Level;
import dev.weir.filter.LoggerFilter;
import dev.weir.internal.journal.Claim;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Refusal;
import dev.weir.internal.journal.Routing;
import dev.weir.internal.record.RecordEncoder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The emitting side: encodes a record on the calling thread and appends it to the journal. The counterpart of Python's
 * {@code logging.handlers.QueueHandler}.
 *
 * <p>Any thread. The caller takes no lock and allocates nothing in the steady state, it waits only where a blocking
 * handler stands on the record's route, and it never sees an exception: a call ends in the journal, in a counted refusal,
 * or, after the pipeline has closed, in a late write.
 */
public final class QueueHandler {
    private static final int SPINS = 32;
    /** Of the capacity: what copies of waiting virtual threads' records may use. */
    private static final int WAITING_SHARE = 4;

    private final Journal journal;
    private final EpochClock clock;
    private volatile int maxRecordBytes;
    private final Troubles troubles;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong failedRenderings = new AtomicLong();
    private final AtomicLong truncations = new AtomicLong();
    /** Calls that ended before they had a scratch. Racy, and only then: two threads may count one. */
    private final long[] unowned = new long[Level.COUNT];

    private final AtomicLongArray late = new AtomicLongArray(Level.COUNT);
    private final Map<Refusal, AtomicLongArray> refused = new EnumMap<>(Refusal.class);
    private volatile LateWriter lateWriter = (record, loggerName) -> false;

    /** Writes records after the pipeline has closed. */
    @FunctionalInterface
    public interface LateWriter {
        /**
         * Writes one record straight through.
         *
         * @param record its bytes, lent
         * @return whether at least one handler wrote it
         */
        boolean write(byte[] record, LoggerNode logger);
    }

    /** Gets to know what goes wrong on callers' threads; any thread, must not wait. */
    @FunctionalInterface
    public interface Troubles {
        /**
         * Tells of one.
         *
         * @param kind each is kept once
         */
        void tell(String kind, String message);
    }

    /**
     * An emitting side.
     *
     * @param maxRecordBytes a multiple of 8, at most what the journal takes
     */
    public QueueHandler(Journal journal, EpochClock clock, int maxRecordBytes, Troubles troubles) {
        this.journal = journal;
        this.clock = clock;
        this.maxRecordBytes = maxRecordBytes;
        this.troubles = troubles;
        for (Refusal reason : Refusal.values()) {
            refused.put(reason, new AtomicLongArray(Level.COUNT));
        }
    }

    /** Sets how long a record may be: a multiple of 8, at most what the journal takes. */
    public void maxRecordBytes(int bytes) {
        maxRecordBytes = bytes;
    }

    /** What takes over when the journal is sealed. */
    public void lateWriter(LateWriter writer) {
        lateWriter = writer;
    }

    // emit

    /**
     * Emits a record with up to two arguments.
     *
     * @param boundary the class whose methods' caller made the call; null for {@link dev.weir.Logger}
     * @param count of arguments: 0, 1 or 2
     */
    public void emit(
            LoggerNode logger,
            @Nullable String boundary,
            Level level,
            @Nullable String template,
            int count,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Throwable thrown) {
        emit(logger, boundary, level, template, count, first, second, null, thrown, null);
    }

    /**
     * Emits a record with an array of arguments.
     *
     * @param boundary the class whose methods' caller made the call; null for {@link dev.weir.Logger}
     * @param count how many of them
     */
    public void emit(
            LoggerNode logger,
            @Nullable String boundary,
            Level level,
            @Nullable String template,
            int count,
            @Nullable Object[] arguments,
            @Nullable Throwable thrown) {
        emit(logger, boundary, level, template, count, null, null, arguments, thrown, null);
    }

    /** Emits what a fluent call has put together. */
    public void emit(LoggerNode logger, Level level, Draft draft) {
        emit(logger, null, level, null, 0, null, null, null, null, draft);
    }

    private void emit(
            LoggerNode logger,
            @Nullable String boundary,
            Level level,
            @Nullable String template,
            int count,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object @Nullable [] more,
            @Nullable Throwable thrown,
            @Nullable Draft draft) {
        Scratch scratch = null;
        byte[] waiting = null;
        int abandoned = -1;
        try {
            @Nullable Object[] state = ThreadState.current();
            scratch = Scratches.enter(state);
            if (scratch == null || scratch.claim.isOrphaned()) {
                refuse(Refusal.ABORTED, level);
                return;
            }
            if (scratch.abortedBy != this) {
                own(scratch);
            }
            if (scratch.muted) {
                troubles.tell(
                        "within", "logger " + logger.name() + " was called by a handler: such records are not taken");
                return;
            }
            LoggerFilter[] filters = logger.filters();
            if (filters != null && !accept(filters, logger, level, template, draft)) {
                return;
            }
            Routing routing = journal.routing();
            Cursor[] gates = logger.gates(routing, level.ordinal());
            if (gates.length == 0 && journal.isFullFor(level.ordinal())) {
                refuse(Refusal.JOURNAL_FULL, level);
                return;
            }
            RecordEncoder out = scratch.encoder;
            begin(out, scratch, state, logger, level, draft);
            if (draft == null) {
                if (count == 0) {
                    out.message(template);
                } else {
                    out.template(template);
                    arguments(out, count, first, second, more);
                }
            } else {
                draft.writeMessage(out);
            }
            context(out, state);
            if (draft != null) {
                draft.writeKeyValues(out);
            }
            Throwable cause = draft == null ? thrown : draft.cause();
            if (cause != null) {
                out.throwable(cause);
            }
            boolean located = logger.isLocated(level);
            if (draft != null) {
                draft.writeExtras(out, located);
            } else if (located) {
                caller(out, boundary);
            }
            int length = out.end();
            noteTroubles(out);
            if (!append(scratch.claim, out.bytes(), length, logger, level, gates, Refusal.JOURNAL_FULL)) {
                if (scratch.lent) {
                    waiting = Arrays.copyOf(out.bytes(), length);
                } else {
                    await(scratch, length, logger, level);
                }
            }
        } catch (Throwable unfinished) {
            abandoned = level.ordinal();
        } finally {
            // out of stack or memory: array and field stores only, no call
            if (abandoned >= 0) {
                long[] counts = scratch != null && scratch.abortedBy == this ? scratch.aborted : unowned;
                counts[abandoned]++;
            }
            if (scratch != null) {
                scratch.busy = false;
                if (scratch.lent) {
                    scratch.borrowed = false;
                }
            }
        }
        if (waiting != null) {
            awaitGuarded(waiting, logger, level);
        }
    }

    /** A filter that throws accepts: what it rejects is lost for all handlers. */
    private boolean accept(
            LoggerFilter[] filters, LoggerNode logger, Level level, @Nullable String template, @Nullable Draft draft) {
        String message = draft == null ? template : draft.template();
        List<String> markers = draft == null ? List.of() : draft.markers();
        for (LoggerFilter filter : filters) {
            try {
                if (!filter.accepts(logger.name(), level, message, markers)) {
                    return false;
                }
            } catch (VirtualMachineError out) {
                throw out;
            } catch (Throwable thrown) {
                troubles.tell(
                        "filter of " + logger.name(),
                        "a filter of logger " + logger.name() + " failed, the record is logged: "
                                + ThrownText.of(thrown));
            }
        }
        return true;
    }

    /** Lets a scratch count for this pipeline from now on. */
    private void own(Scratch scratch) {
        if (scratch.abortedBy != null) {
            scratch.abortedBy.settleAborted(scratch);
        }
        scratch.abortedBy = this;
    }

    private void begin(
            RecordEncoder out,
            Scratch scratch,
            @Nullable Object @Nullable [] state,
            LoggerNode logger,
            Level level,
            @Nullable Draft draft) {
        Thread thread = Thread.currentThread();
        byte[] name = scratch.nameOf(thread);
        byte[] trace = state == null ? null : ThreadState.trace(state);
        if (draft == null) {
            out.begin(
                    maxRecordBytes,
                    0,
                    level.ordinal(),
                    level.severityNumber(),
                    logger.id(),
                    clock.nanos(),
                    trace,
                    thread.getId(),
                    name);
        } else {
            out.begin(
                    maxRecordBytes,
                    0,
                    level.ordinal(),
                    draft.severityNumber(level),
                    logger.id(),
                    draft.timeNanos(clock),
                    trace,
                    draft.threadId(thread.getId()),
                    draft.threadName(name));
        }
    }

    private static void arguments(
            RecordEncoder out,
            int count,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object @Nullable [] more) {
        if (count == 0) {
            return;
        }
        int most = Math.min(count, Draft.MOST);
        out.beginArguments(most);
        if (more == null) {
            out.value(first);
            if (count == 2) {
                out.value(second);
            }
            return;
        }
        int written = 0;
        while (written < most && out.hasRoom()) {
            out.value(more[written++]);
        }
        if (written < count) {
            out.endArguments(written);
            out.markTruncated();
        }
    }

    private static void context(RecordEncoder out, @Nullable Object @Nullable [] state) {
        byte[] encoded = state == null ? null : ThreadState.encoded(state);
        if (state == null || encoded == null) {
            return;
        }
        int count = ThreadState.encodedCount(state);
        if (count > 0) {
            out.context(encoded, ThreadState.encodedBytes(state), count);
        }
        if (ThreadState.isEncodedCut(state)) {
            out.markTruncated();
        }
    }

    private static void caller(RecordEncoder out, @Nullable String boundary) {
        StackTraceElement caller = CallSite.find(boundary);
        if (caller != null) {
            out.beginExtras(CallSite.extras(caller));
            CallSite.write(caller, out);
        }
    }

    private void noteTroubles(RecordEncoder out) {
        int failures = out.takeFailures();
        if (failures > 0) {
            failedRenderings.addAndGet(failures);
        }
        int cuts = out.takeTruncations();
        if (cuts > 0) {
            truncations.addAndGet(cuts);
        }
    }

    // append

    /**
     * Appends a record, or ends the call otherwise.
     *
     * @param gates the blocking handlers that the call waits for
     * @param whenFull why it is refused if the journal is full and there are none
     * @return false if the call has to wait for a gate or for room
     */
    private boolean append(
            Claim note, byte[] record, int length, LoggerNode logger, Level level, Cursor[] gates, Refusal whenFull) {
        long position = journal.append(note, record, length, level.ordinal(), gates);
        if (position >= 0) {
            wake(position, length, level);
        } else if (position == Journal.SEALED) {
            late(record, logger, level);
        } else if (position == Journal.NO_ROOM && gates.length == 0) {
            refuse(whenFull, level);
        } else {
            return position == Journal.ABORTED; // which the steward counts
        }
        return true;
    }

    /** What fails here fails after the publication; a missed wake-up is made good by the sleeper's own bound. */
    private void wake(long position, int length, Level level) {
        try {
            journal.wake(position, length, level.ordinal());
        } catch (Throwable missed) {
            // the record is in the journal; whoever sleeps wakes by itself soon
        }
    }

    /** Waits with a scratch of the thread's own, which nobody else wants meanwhile. */
    private void await(Scratch scratch, int length, LoggerNode logger, Level level) {
        byte[] record = scratch.encoder.bytes();
        await(
                length,
                logger,
                level,
                gates -> append(scratch.claim, record, length, logger, level, gates, Refusal.BLOCK_TIMEOUT));
    }

    private void awaitGuarded(byte[] record, LoggerNode logger, Level level) {
        try {
            awaitApart(record, logger, level);
        } catch (Throwable unfinished) {
            unowned[level.ordinal()]++;
        }
    }

    /** Waits with a copy of the record, so that ten thousand virtual threads may wait and hold no scratch. */
    private void awaitApart(byte[] record, LoggerNode logger, Level level) {
        if (waitingBytes.addAndGet(record.length) > journal.geometry().capacityBytes() / WAITING_SHARE) {
            waitingBytes.addAndGet(-record.length);
            refuse(Refusal.BLOCK_TIMEOUT, level);
            return;
        }
        try {
            await(record.length, logger, level, gates -> appendBorrowing(record, logger, level, gates));
        } finally {
            waitingBytes.addAndGet(-record.length);
        }
    }

    /** One try of a waiting call. */
    @FunctionalInterface
    private interface Try {
        /** False if the call has to wait on. */
        boolean append(Cursor[] gates);
    }

    /** Tries again and again, with the handlers on the newest route whose time is not over. */
    private void await(int length, LoggerNode logger, Level level, Try attempt) {
        Patience patience = new Patience(ThreadState.waits(), System.nanoTime());
        boolean interrupted = false;
        try {
            for (int turn = 0; ; turn++) {
                long now = System.nanoTime();
                Routing routing = journal.routing();
                Cursor[] gates = patience.keep(logger.gates(routing, level.ordinal()), routing, now);
                if (attempt.append(gates)) {
                    return;
                }
                if (turn < SPINS) {
                    Thread.onSpinWait();
                } else {
                    interrupted |= journal.awaitRoom(
                            length, level.ordinal(), gates, routing, patience.leftNanos(gates, routing, now));
                }
            }
        } finally {
            patience.end(System.nanoTime());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean appendBorrowing(byte[] record, LoggerNode logger, Level level, Cursor[] gates) {
        Scratch scratch = Scratches.enter(ThreadState.current());
        if (scratch == null) {
            refuse(Refusal.ABORTED, level);
            return true;
        }
        try {
            if (scratch.claim.isOrphaned()) {
                refuse(Refusal.ABORTED, level);
                return true;
            }
            return append(scratch.claim, record, record.length, logger, level, gates, Refusal.BLOCK_TIMEOUT);
        } finally {
            scratch.busy = false;
            scratch.borrowed = false;
        }
    }

    private void late(byte[] record, LoggerNode logger, Level level) {
        if (lateWriter.write(record, logger)) {
            late.incrementAndGet(level.ordinal());
        } else {
            refuse(Refusal.CLOSED, level);
        }
    }

    private void refuse(Refusal reason, Level level) {
        Objects.requireNonNull(refused.get(reason)).incrementAndGet(level.ordinal());
    }

    // the account

    /** Refused calls by level, steward's repairs included. */
    public long[] refused(Refusal reason) {
        AtomicLongArray counted = Objects.requireNonNull(refused.get(reason));
        long[] sum = new long[Level.COUNT];
        for (int level = 0; level < Level.COUNT; level++) {
            sum[level] = counted.get(level);
        }
        if (reason == Refusal.ABORTED) {
            add(sum, unowned);
            add(sum, journal.aborted());
            Scratches.forEach(scratch -> {
                if (scratch.abortedBy == this) {
                    add(sum, scratch.aborted);
                }
            });
        }
        return sum;
    }

    /**
     * How many calls were refused, but for those given up for want of stack or memory: to see whether to ask for more.
     */
    public long refusedTotal() {
        long total = 0;
        for (AtomicLongArray counted : refused.values()) {
            for (int level = 0; level < Level.COUNT; level++) {
                total += counted.get(level);
            }
        }
        return total;
    }

    /** Lets threads keep nothing of this pipeline alive; after its end. */
    public void letGo() {
        Scratches.forEach(scratch -> {
            if (scratch.abortedBy == this) {
                settleAborted(scratch);
                scratch.abortedBy = null;
            }
        });
    }

    /** Counts for good what a scratch noted that nobody will use any more. */
    void settleAborted(Scratch scratch) {
        for (int level = 0; level < Level.COUNT; level++) {
            Objects.requireNonNull(refused.get(Refusal.ABORTED)).addAndGet(level, scratch.aborted[level]);
            scratch.aborted[level] = 0;
        }
    }

    /** Records written after the pipeline had closed, by level. */
    public long[] late() {
        long[] written = new long[Level.COUNT];
        for (int level = 0; level < Level.COUNT; level++) {
            written[level] = late.get(level);
        }
        return written;
    }

    /** The time that a record would have now, in nanoseconds since 1970. */
    public long now() {
        return clock.nanos();
    }

    /** Objects whose {@code toString()} threw. */
    public long failedRenderings() {
        return failedRenderings.get();
    }

    /** Records that were shortened. */
    public long truncations() {
        return truncations.get();
    }

    private static void add(long[] sum, long[] more) {
        for (int level = 0; level < Level.COUNT; level++) {
            sum[level] += more[level];
        }
    }
}
