package dev.weir.internal.emit;

import dev.weir.internal.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The journals of those pipelines that have a handler which flushes at the end of a trace. A scope belongs to a thread and
 * not to a pipeline, so all of them are told of its end; mostly there is none, and then it costs one volatile read.
 *
 * <p>Any thread.
 */
public final class TraceEnds {
    private static final ReentrantLock LOCK = new ReentrantLock();
    /** Replaced under the lock. */
    private static volatile Journal[] listening = {};

    private TraceEnds() {}

    /** Lets a journal be told from now on, or no more; one that is sealed is not told. */
    public static void listen(Journal journal, boolean wanted) {
        LOCK.lock();
        try {
            List<Journal> journals = new ArrayList<>(List.of(listening));
            journals.remove(journal);
            if (wanted && !journal.isSealed()) {
                journals.add(journal);
            }
            listening = journals.toArray(new Journal[0]);
        } finally {
            LOCK.unlock();
        }
    }

    /** A scope of the calling thread has been closed. Waits for nobody. */
    static void ended() {
        for (Journal journal : listening) {
            journal.traceEnded();
        }
    }
}
