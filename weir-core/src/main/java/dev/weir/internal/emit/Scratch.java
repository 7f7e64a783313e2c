package dev.weir.internal.emit;

import dev.weir.Level;
import dev.weir.internal.journal.Claim;
import dev.weir.internal.record.RecordEncoder;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What a call needs while it encodes and appends one record: bytes, the note of its claim, and the name of its thread.
 *
 * <p>A platform thread has one of its own, virtual threads borrow theirs. A call within a call (a {@code toString()} that
 * logs) takes another one. A use ends with field stores, which a stack that is used up does not hinder.
 */
public final class Scratch {
    private static final int MAX_NESTING = 8;
    private static final VarHandle BORROWED;

    static {
        try {
            BORROWED = MethodHandles.lookup().findVarHandle(Scratch.class, "borrowed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final RecordEncoder encoder = new RecordEncoder();
    final Claim claim = new Claim();

    /** Its own thread is within a call that uses it. */
    boolean busy;
    /** A virtual thread is within a call that uses it. */
    volatile boolean borrowed;
    /** Calls on this thread are not logged: it is one of Weir's own. */
    boolean muted;

    /** Calls given up for want of stack or memory, by level; of the pipeline {@link #abortedBy}. */
    final long[] aborted = new long[Level.COUNT];

    @Nullable
    QueueHandler abortedBy;

    private final WeakReference<Scratch> reference = new WeakReference<>(this);
    private final @Nullable WeakReference<Thread> owner;
    /** Whether virtual threads borrow it. */
    final boolean lent;

    private final boolean kept;
    private final int depth;
    private @Nullable Scratch nested;
    private @Nullable WeakReference<Object> builder;
    private @Nullable String threadName;
    private byte[] threadNameUtf8 = {};

    private Scratch(@Nullable Thread owner, boolean kept, int depth) {
        this.owner = owner == null ? null : new WeakReference<>(owner);
        this.lent = owner == null;
        this.kept = kept;
        this.depth = depth;
    }

    /** One that belongs to a platform thread. */
    static Scratch of(Thread owner) {
        return new Scratch(owner, true, 0);
    }

    /**
     * One that is lent to virtual threads.
     *
     * @param kept whether it is lent again and again
     */
    static Scratch forLending(boolean kept) {
        return new Scratch(null, kept, 0);
    }

    boolean tryBorrow() {
        return !borrowed && BORROWED.compareAndSet(this, false, true);
    }

    /** By which the thread refers to it, so that the thread keeps nothing of this class loader alive. */
    WeakReference<Scratch> reference() {
        return reference;
    }

    /** Whether nobody will use it any more: its use is over, and what that has left behind, if anything, is repaired. */
    boolean isDone() {
        return hasEnded() && !claim.isOrphaned(); // in this order: the last thing that a use does may be to orphan it
    }

    private boolean hasEnded() {
        if (owner == null) {
            return !kept && !borrowed;
        }
        Thread thread = owner.get();
        return thread == null || !thread.isAlive();
    }

    /** The one for a call within the call that uses this one; null at the deepest level. */
    @Nullable
    Scratch nested(Thread thread) {
        if (nested == null && depth < MAX_NESTING) {
            nested = Scratches.registered(new Scratch(thread, true, depth + 1));
            nested.muted = muted;
        }
        return nested;
    }

    /** The builder that is kept for this thread's fluent calls; weakly, since one that was given up keeps what it was handed. */
    @Nullable
    Object builder() {
        return builder == null ? null : builder.get();
    }

    void builder(Object reused) {
        builder = new WeakReference<>(reused);
    }

    /** The thread's name as UTF-8, encoded again only when it changed. */
    @SuppressWarnings("ReferenceEquality") // a change of name is another String
    byte[] nameOf(Thread thread) {
        String name = thread.getName();
        if (name != threadName) {
            threadNameUtf8 = Utf8.ofAtMost(RecordLayout.MAX_THREAD_NAME_CHARS, name);
            threadName = name;
        }
        return threadNameUtf8;
    }
}
