package dev.weir.internal.emit;

import dev.weir.internal.journal.Claim;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All scratches of the process. The list keeps each alive as long as its note may want a repair, whatever became of its
 * thread.
 */
public final class Scratches {
    /** Those lent to virtual threads; while all are out, more are made for one call each. */
    private static final int LENDING =
            Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 8;

    private static final int TRIES = 4;
    private static final int SWEEP_EVERY = 64;

    private static final ConcurrentLinkedQueue<Scratch> ALL = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger CREATED = new AtomicInteger();
    private static final AtomicReferenceArray<@Nullable Scratch> LENT = new AtomicReferenceArray<>(LENDING);
    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

    private Scratches() {}

    /** The notes of all claims, for stewards. */
    public static Iterable<Claim> notes() {
        List<Claim> notes = new ArrayList<>();
        ALL.forEach(scratch -> notes.add(scratch.claim));
        return notes;
    }

    /** Marks the calling thread as one of Weir's own, whose calls are not logged. */
    public static void muteThread() {
        Scratch scratch = registered(Scratch.of(Thread.currentThread()));
        scratch.muted = true;
        ThreadState.own(scratch);
    }

    /** Lets go of scratches that nobody will use any more. */
    public static void sweep() {
        ALL.removeIf(scratch -> {
            boolean done = scratch.isDone();
            if (done && scratch.abortedBy != null) {
                scratch.abortedBy.settleAborted(scratch);
            }
            return done;
        });
    }

    /**
     * A scratch for a call on this thread, not in use; the caller sets {@code busy} or has borrowed it.
     *
     * @param state the thread's state, or null
     * @return null if calls are nested too deeply
     */
    static @Nullable Scratch enter(@Nullable Object @Nullable [] state) {
        Scratch own = state == null ? null : ThreadState.scratch(state);
        if (own == null) {
            Thread thread = Thread.currentThread();
            if (isVirtual(thread)) {
                return borrow(thread);
            }
            own = registered(Scratch.of(thread));
            ThreadState.own(own);
        }
        while (own != null && own.busy) {
            own = own.nested(Thread.currentThread());
        }
        if (own != null) {
            own.busy = true;
        }
        return own;
    }

    /** The calling thread's own scratch, if it is a platform thread that has logged before. */
    static @Nullable Scratch own() {
        @Nullable Object[] state = ThreadState.current();
        return state == null ? null : ThreadState.scratch(state);
    }

    static void forEach(Consumer<Scratch> action) {
        ALL.forEach(action);
    }

    static Scratch registered(Scratch scratch) {
        ALL.add(scratch);
        if (CREATED.incrementAndGet() % SWEEP_EVERY == 0) {
            sweep();
        }
        return scratch;
    }

    private static Scratch borrow(Thread thread) {
        int start = Long.hashCode(thread.getId() * 0x9E3779B97F4A7C15L) >>> 8;
        for (int i = 0; i < TRIES; i++) {
            int at = (start + i) & (LENDING - 1);
            Scratch lent = LENT.get(at);
            if (lent == null) {
                Scratch created = Scratch.forLending(true);
                created.borrowed = true; // nobody else uses it before it is registered
                if (LENT.compareAndSet(at, null, created)) {
                    return registered(created);
                }
                lent = LENT.get(at);
            }
            if (lent != null && lent.tryBorrow()) {
                return lent;
            }
        }
        Scratch extra = Scratch.forLending(false);
        extra.borrowed = true;
        return registered(extra);
    }

    static boolean isVirtual(Thread thread) {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable thrown) {
            return false;
        }
    }

    private static @Nullable MethodHandle isVirtualHandle() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            return null; // before JDK 21 no thread is
        }
    }
}
