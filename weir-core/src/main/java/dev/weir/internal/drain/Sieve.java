package dev.weir.internal.drain;

import dev.weir.filter.Filter;
import dev.weir.filter.Summary;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.emit.Draft;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.OwnRecords;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.emit.ThrownText;
import dev.weir.internal.journal.Hand;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A handler's filters at work. They decide once about each record in the worker's hand, and mark there what they reject; so
 * the sink may fail and be offered the same records as often as it takes. What filters say waits here, each before the record
 * it was said before, until it is committed.
 *
 * <p>What a filter makes of a record is made anew whenever that is given away: to the sink, a fallback, or a memory handler. The
 * hand keeps the record as it was logged, and nobody gets it from there but by {@link #rewritten}.
 *
 * <p>Used by the worker, but for {@link #adopt}.
 */
final class Sieve {
    /** When there are so many, no more is decided about until they are committed. */
    private static final int MOST_SAYINGS = 256;

    private static final int MAX_BYTES = 4096;

    private final String handler;
    private final QueueHandler queue;
    private final Function<String, LoggerNode> loggers;
    private final Diagnostics diagnostics;
    private final OwnRecords records = new OwnRecords();

    private volatile List<Filter> wanted;
    private List<Filter> filters;
    private final List<Saying> sayings = new ArrayList<>();
    private int said;

    private static final class Saying {
        int before;
        final byte[] record;
        int failures;

        Saying(int before, byte[] record) {
            this.before = before;
            this.record = record;
        }
    }

    Sieve(
            String handler,
            QueueHandler queue,
            Function<String, LoggerNode> loggers,
            Diagnostics diagnostics,
            List<Filter> filters) {
        this.handler = handler;
        this.queue = queue;
        this.loggers = loggers;
        this.diagnostics = diagnostics;
        this.wanted = filters;
        this.filters = filters;
    }

    /** Goes on with other filters. Any thread. */
    void adopt(List<Filter> others) {
        wanted = others;
    }

    /**
     * Decides about what was taken into the hand since.
     *
     * @param view the worker's, moved
     */
    void sift(Hand hand, LogRecord view) {
        change(hand);
        if (filters.isEmpty()) {
            hand.sift(hand.size());
            return;
        }
        int at = hand.sifted();
        while (at < hand.size() && sayings.size() < MOST_SAYINGS) {
            view.moveTo(hand.bytes(), at);
            listen(view.timeNanos(), at);
            if (!accepts(view)) {
                int flags = RecordLayout.flagsAt(at);
                Bytes.putShort(
                        hand.bytes(), flags, Bytes.getUnsignedShort(hand.bytes(), flags) | RecordLayout.FLAG_REJECTED);
            }
            at += view.length();
            hand.sift(at); // each once, whatever happens to the next
        }
    }

    /** Turns to other filters, once those that do not go on have said all they have. */
    private void change(Hand hand) {
        List<Filter> others = wanted;
        if (others == filters) {
            return;
        }
        for (Filter filter : filters) {
            if (!others.contains(filter)) {
                listen(filter, Long.MAX_VALUE, hand.sifted());
            }
        }
        if (sayings.size() < MOST_SAYINGS) {
            filters = others;
        }
    }

    /**
     * What all filters make of a record that is written late, when there is no worker any more; null if one rejects it. What they
     * say of others is not written then: the caller of each that they rejected is refused, which is counted.
     */
    @Nullable
    LogRecord siftedLate(LogRecord record) {
        listen(record.timeNanos(), 0);
        forgetAll();
        return accepts(record) ? rewritten(record) : null;
    }

    /** Each is asked about what those before it have made of the record. */
    private boolean accepts(LogRecord record) {
        List<Filter> asked = filters;
        LogRecord seen = record;
        for (int i = 0; i < asked.size(); i++) {
            LogRecord next = i == 0 ? seen : rewritten(seen, asked.get(i - 1));
            if (next == null || !accepts(next, asked.get(i))) {
                return false;
            }
            seen = next;
        }
        return true;
    }

    private boolean accepts(LogRecord record, Filter filter) {
        try {
            return filter.accepts(record);
        } catch (Throwable thrown) {
            failed("rejects a record", ThrownText.of(thrown));
            return false;
        }
    }

    /**
     * What the filters make of a record that they accept, or of what one of them has said: nothing else may leave the hand.
     *
     * @return null if one of them failed, which rejects the record
     */
    @Nullable
    LogRecord rewritten(LogRecord record) {
        List<Filter> asked = filters;
        LogRecord seen = record;
        for (int i = 0; i < asked.size() && seen != null; i++) {
            seen = rewritten(seen, asked.get(i));
        }
        return seen;
    }

    private @Nullable LogRecord rewritten(LogRecord record, Filter filter) {
        try {
            return filter.rewrite(record);
        } catch (Throwable thrown) {
            // by its class alone: what it says might quote what was to be masked
            failed("rejects a record that it was to change", thrown.getClass().getName());
            return null;
        }
    }

    /** Whether a record in hand was rejected. */
    static boolean isRejected(byte[] hand, int at) {
        return (Bytes.getUnsignedShort(hand, RecordLayout.flagsAt(at)) & RecordLayout.FLAG_REJECTED) != 0;
    }

    // what filters say

    /**
     * Listens to the filters while nothing is in hand.
     *
     * @param last whether nothing more will come
     * @return whether there is something to be written
     */
    boolean listen(Hand hand, boolean last) {
        change(hand);
        if (!filters.isEmpty()) {
            listen(last ? Long.MAX_VALUE : queue.now(), hand.size());
        }
        return !sayings.isEmpty();
    }

    private void listen(long timeNanos, int before) {
        for (int i = 0; i < filters.size(); i++) {
            listen(filters.get(i), timeNanos, before);
        }
    }

    private void listen(Filter filter, long timeNanos, int before) {
        try {
            Summary summary = null;
            while (sayings.size() < MOST_SAYINGS && (summary = filter.summary(timeNanos)) != null) {
                sayings.add(new Saying(before, record(summary, timeNanos)));
            }
        } catch (Throwable thrown) {
            failed("has nothing to say", ThrownText.of(thrown));
        }
    }

    private byte[] record(Summary summary, long timeNanos) {
        Draft draft = new Draft();
        draft.template(summary.template());
        summary.arguments().forEach(draft::argument);
        summary.keyValues().forEach(draft::keyValue);
        long time = timeNanos == Long.MAX_VALUE ? queue.now() : timeNanos;
        return records.encode(loggers.apply(summary.logger()), summary.level(), draft, time, MAX_BYTES);
    }

    private void failed(String consequence, String thrown) {
        diagnostics.report(
                "filter " + handler, "a filter of handler " + handler + " failed and " + consequence + ": " + thrown);
    }

    /** What is to be written next before the record at an index, or at the hand's end; null if there is nothing more. */
    byte @Nullable [] next(int at) {
        return said < sayings.size() && sayings.get(said).before <= at ? sayings.get(said).record : null;
    }

    /** The {@link #next} one is written, but not committed. */
    void said() {
        said++;
    }

    /** Nothing of what was written since the last commit is, any more. */
    void rollback() {
        said = 0;
    }

    /** What was written is committed, and so is what the hand does not hold any more. */
    void committed(Hand hand) {
        if (sayings.isEmpty()) {
            return;
        }
        sayings.subList(0, said).clear();
        said = 0;
        if (hand.isEmpty()) {
            sayings.forEach(saying -> saying.before = 0);
        }
    }

    /**
     * What is to be written next cannot be, which is not the sink's fault.
     *
     * @param most failures that it may have
     * @return whether it is forgotten
     */
    boolean failed(int most) {
        boolean forgotten = said < sayings.size() && ++sayings.get(said).failures > most;
        if (forgotten) {
            sayings.remove(said);
        }
        return forgotten;
    }

    /** Forgets all that has not been committed: nobody will write it. */
    void forgetAll() {
        sayings.clear();
        said = 0;
    }
}
