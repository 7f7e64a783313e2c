package dev.weir.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a call gets the bytes it encodes in: the alternatives of decision 24, each reduced to borrowing and giving back.
 * Any thread.
 */
interface ScratchSource {
    /** As many bytes as a scratch of Weir begins with. */
    int SCRATCH_BYTES = 2048;

    /** Bytes, and whether a call uses them. */
    @SuppressWarnings("serial") // nobody writes one
    final class Scratch extends AtomicBoolean {
        final byte[] bytes = new byte[SCRATCH_BYTES];
    }

    /** A scratch that nobody else uses until it is given back. */
    Scratch borrow();

    /** Ends the use of a scratch. */
    default void giveBack(Scratch scratch) {
        scratch.setRelease(false);
    }

    /**
     * One of the alternatives.
     *
     * @param name as a parameter of {@link ScratchBenchmark}
     * @param slots of a pool, a power of two
     * @param tries of a pool before it makes one for this call
     */
    static ScratchSource of(String name, int slots, int tries) {
        return switch (name) {
            case "allocate" -> Scratch::new;
            case "thread-local" -> new PerThread();
            case "pool" -> new Pool(slots, tries, () -> Thread.currentThread().getId());
            case "carrier-name" -> new Pool(slots, tries, Pool::carrier);
            case "mixed" ->
                new Mixed(new Pool(slots, tries, () -> Thread.currentThread().getId()), true);
            case "mixed-asks-first" ->
                new Mixed(new Pool(slots, tries, () -> Thread.currentThread().getId()), false);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** One for each thread, whatever its kind. */
    final class PerThread implements ScratchSource {
        private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

        @Override
        public Scratch borrow() {
            return OWN.get();
        }

        @Override
        public void giveBack(Scratch scratch) {}
    }

    /** Slots for all; a thread begins where its number, or what it runs on, says. */
    final class Pool implements ScratchSource {
        private final AtomicReferenceArray<Scratch> slots;
        private final int tries;
        private final LongSupplier key;

        Pool(int size, int tries, LongSupplier key) {
            this.slots = new AtomicReferenceArray<>(size);
            this.tries = tries;
            this.key = key;
            for (int i = 0; i < size; i++) {
                slots.set(i, new Scratch());
            }
        }

        @Override
        public Scratch borrow() {
            int start = Long.hashCode(key.getAsLong() * 0x9E3779B97F4A7C15L) >>> 8;
            for (int i = 0; i < tries; i++) {
                Scratch scratch = slots.getPlain((start + i) & (slots.length() - 1));
                if (!scratch.get() && scratch.compareAndSet(false, true)) {
                    return scratch;
                }
            }
            return new Scratch();
        }

        /** The carrier has a public name only as the end of the virtual thread's text. */
        static long carrier() {
            String text = Thread.currentThread().toString();
            return text.substring(text.lastIndexOf('@') + 1).hashCode();
        }
    }

    /** One for each platform thread, those of the pool for virtual threads. */
    final class Mixed implements ScratchSource {
        private static final ThreadLocal<@Nullable Scratch> OWN = new ThreadLocal<>();
        private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

        private final Pool pool;
        private final boolean looksFirst;

        /**
         * Both.
         *
         * @param looksFirst whether the thread's own is looked for before it is asked what kind of thread it is
         */
        Mixed(Pool pool, boolean looksFirst) {
            this.pool = pool;
            this.looksFirst = looksFirst;
        }

        @Override
        public Scratch borrow() {
            Scratch scratch = looksFirst ? OWN.get() : null;
            if (scratch != null) {
                return scratch;
            }
            if (isVirtual(Thread.currentThread())) {
                return pool.borrow();
            }
            scratch = OWN.get();
            if (scratch == null) {
                scratch = new Scratch();
                OWN.set(scratch);
            }
            return scratch;
        }

        static boolean isVirtual(Thread thread) {
            try {
                return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(thread);
            } catch (Throwable thrown) {
                throw new LinkageError("Thread.isVirtual", thrown);
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
}
