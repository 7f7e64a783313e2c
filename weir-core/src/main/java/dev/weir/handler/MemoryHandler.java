package dev.weir.handler;

import dev.weir.Level;
import dev.weir.record.LogRecord;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the last records in memory and passes them on to another handler of the pipeline, its target, when a severe one comes,
 * as Python's {@code MemoryHandler}. So the details of what led to an error are written, and others are not.
 *
 * <pre>
 *             ┌─ severe: all that is held, then itself ──┐
 *  a record ──┼─ at or above the pass level ─────────────┼─► target
 *             └─ else: held ──► too old for the capacity, or the end: forgotten
 * </pre>
 *
 * <p>It may do so for each trace apart: then a severe record lets go what is held of its own trace, and what that trace logs
 * afterwards is passed on at once. Records without a trace are like those of one trace, but for that.
 *
 * <p><b>The account.</b> What is held is {@code pending}, what was passed on is {@code passedOn}, what was forgotten {@code
 * filtered}. A flush does not wait for what is held. The target has to be a handler of the same pipeline that does not stand
 * on the same loggers' routes, or it would get records twice.
 *
 * <p><b>Bounds.</b> The capacity, in bytes of encoded records and what it takes to keep them, lies on the heap, beside the
 * pipeline's queue.
 *
 * <p>Used by its worker alone, but for the settings.
 */
public final class MemoryHandler implements Handler {
    /** What it may hold by default. */
    public static final long DEFAULT_CAPACITY_BYTES = 1 << 20;

    private static final long LEAST_CAPACITY_BYTES = 1024;
    /** What an entry takes beside its record's bytes. */
    private static final int ENTRY_BYTES = 64;

    /** What its trace id takes as text. */
    private static final int TRACE_BYTES = 72;

    private static final int MOST_SEVERE_TRACES = 1024;
    private static final String NO_TRACE = "";

    private final String target;
    private final long capacityBytes;
    private final Level flushLevel;
    private final @Nullable Level passLevel;
    private final boolean perTrace;
    private final boolean flushOnClose;

    private final ArrayDeque<Entry> held = new ArrayDeque<>();
    private long heldBytes;
    private final ArrayDeque<Entry> leaving = new ArrayDeque<>();
    private final ArrayDeque<Entry> forgotten = new ArrayDeque<>();
    private final Map<String, Boolean> severeTraces = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_SEVERE_TRACES;
        }
    };

    private record Entry(byte[] record, Level level, String trace) {
        long bytes() {
            return (long) record.length + ENTRY_BYTES + (trace.isEmpty() ? 0 : TRACE_BYTES);
        }
    }

    /** Takes what a memory handler does not hold any more. */
    public interface Receiver {
        /**
         * Passes a record on to the target.
         *
         * @param record its bytes; not changed any more
         * @param level its level
         * @return false if it has to wait; then it is offered again
         */
        boolean passOn(byte[] record, Level level);

        /**
         * Counts a record that will not be written.
         *
         * @param level its level
         */
        void forget(Level level);
    }

    private MemoryHandler(Builder builder) {
        target = builder.target;
        capacityBytes = builder.capacityBytes;
        flushLevel = builder.flushLevel;
        passLevel = builder.passLevel;
        perTrace = builder.perTrace;
        flushOnClose = builder.flushOnClose;
    }

    /**
     * A handler that holds records until an ERROR comes.
     *
     * @param target name of the handler that it passes records on to
     * @return a handler to set up
     */
    public static Builder builder(String target) {
        return new Builder(target);
    }

    /**
     * The name of the handler that it passes records on to.
     *
     * @return always the same
     */
    public String target() {
        return target;
    }

    /**
     * Whether a record of a level is passed on at once, whatever came before.
     *
     * @param level the level
     * @return false if it may be held
     */
    public boolean passes(Level level) {
        return level.compareTo(flushLevel) >= 0 || (passLevel != null && level.compareTo(passLevel) >= 0);
    }

    // records

    @Override
    public boolean emit(LogRecord record) {
        int start = record.start();
        byte[] bytes = Arrays.copyOfRange(record.bytes(), start, start + record.length());
        Entry entry = new Entry(bytes, record.level(), perTrace ? trace(record) : NO_TRACE);
        if (entry.level().compareTo(flushLevel) >= 0) {
            release(entry.trace());
            leaving.add(entry);
        } else if (passes(entry.level()) || severeTraces.containsKey(entry.trace())) {
            leaving.add(entry);
        } else {
            hold(entry);
        }
        return true;
    }

    private static String trace(LogRecord record) {
        String trace = record.traceId();
        return trace == null ? NO_TRACE : trace;
    }

    private void hold(Entry entry) {
        held.add(entry);
        heldBytes += entry.bytes();
        while (heldBytes > capacityBytes) {
            Entry oldest = held.remove();
            heldBytes -= oldest.bytes();
            forgotten.add(oldest);
        }
    }

    private void release(String trace) {
        if (!trace.equals(NO_TRACE)) {
            severeTraces.remove(trace); // to be the youngest
            severeTraces.put(trace, true);
        }
        for (Entry entry : held) {
            if (entry.trace().equals(trace)) {
                heldBytes -= entry.bytes();
                leaving.add(entry);
            }
        }
        held.removeIf(entry -> entry.trace().equals(trace)); // all at once: one by one would move the others each time
    }

    /**
     * Hands over what is not held any more, in its order.
     *
     * @param receiver takes it
     * @return false if something has to wait
     */
    public boolean settle(Receiver receiver) {
        while (!forgotten.isEmpty()) {
            receiver.forget(forgotten.remove().level());
        }
        while (!leaving.isEmpty()) {
            Entry entry = leaving.element();
            if (!receiver.passOn(entry.record(), entry.level())) {
                return false;
            }
            leaving.remove();
        }
        return true;
    }

    /** Holds nothing any more: what is held is passed on or forgotten, by the next {@link #settle}. */
    public void finish() {
        (flushOnClose ? leaving : forgotten).addAll(held);
        held.clear();
        heldBytes = 0;
    }

    /** Does nothing: the pipeline commits what is held, and counts it as pending. */
    @Override
    public void flush() {}

    /** Holds nothing any more: what was left is counted, and is none of the next pipeline's. */
    @Override
    public void close(boolean abandoned) {
        held.clear();
        heldBytes = 0;
        leaving.clear();
        forgotten.clear();
        severeTraces.clear();
    }

    /** Settings of a {@link MemoryHandler}. Used by one thread. */
    public static final class Builder {
        private final String target;
        private long capacityBytes = DEFAULT_CAPACITY_BYTES;
        private Level flushLevel = Level.ERROR;
        private @Nullable Level passLevel;
        private boolean perTrace;
        private boolean flushOnClose;

        private Builder(String target) {
            this.target = Objects.requireNonNull(target, "target");
        }

        /**
         * How much it may hold; 1 MiB by default. The oldest record is forgotten for a new one.
         *
         * @param bytes at least 1024
         * @return this
         */
        public Builder capacity(long bytes) {
            if (bytes < LEAST_CAPACITY_BYTES) {
                throw new IllegalArgumentException(
                        "capacity: " + bytes + " bytes (expected: at least " + LEAST_CAPACITY_BYTES + ")");
            }
            capacityBytes = bytes;
            return this;
        }

        /**
         * The least severe level whose records let go what is held; ERROR by default.
         *
         * @param level the level
         * @return this
         */
        public Builder flushLevel(Level level) {
            flushLevel = Objects.requireNonNull(level, "level");
            return this;
        }

        /**
         * The least severe level whose records are passed on at once and let go nothing else; by default only those that let
         * go what is held.
         *
         * @param level the level
         * @return this
         */
        public Builder passLevel(Level level) {
            passLevel = Objects.requireNonNull(level, "level");
            return this;
        }

        /**
         * Whether each trace is held apart; false by default.
         *
         * @param apart true: a severe record lets go what its own trace has logged
         * @return this
         */
        public Builder perTrace(boolean apart) {
            perTrace = apart;
            return this;
        }

        /**
         * Whether what is held at the end of the handler is passed on, as Python does by default; false by default here.
         *
         * @param passed false to forget it
         * @return this
         */
        public Builder flushOnClose(boolean passed) {
            flushOnClose = passed;
            return this;
        }

        /**
         * The handler.
         *
         * @return a new one
         * @throws IllegalArgumentException if the pass level is above the flush level, where it would mean nothing
         */
        public MemoryHandler build() {
            if (passLevel != null && passLevel.compareTo(flushLevel) > 0) {
                throw new IllegalArgumentException(
                        "pass-level: " + passLevel + " (expected: at most " + flushLevel + ", which is flush-level)");
            }
            return new MemoryHandler(this);
        }
    }
}
