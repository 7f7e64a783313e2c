package dev.weir.internal.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all backlogs, in slabs as long as a segment of the ring.
 *
 * <p>Any thread takes and gives back without a lock. Memory is allocated by {@link #provide} and, for a new backlog, by
 * {@link #take}; both may take long and are never called by the steward, which takes what is there and otherwise says
 * that it wants more. Where there is no direct memory, slabs are on the heap.
 */
public class SlabPool {
    private final int slabBytes;
    private final int most;
    private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger freeSlabs = new AtomicInteger();
    private final AtomicInteger allocated = new AtomicInteger();
    private volatile int wanted;
    private volatile boolean withoutDirect;
    private volatile boolean beyond;

    /**
     * An empty pool.
     *
     * @param slabBytes of each slab
     * @param mostBytes of all slabs together, but for those set aside at {@link #take}
     */
    SlabPool(int slabBytes, long mostBytes) {
        this.slabBytes = slabBytes;
        this.most = (int) Math.min(mostBytes / slabBytes, Integer.MAX_VALUE / 2);
    }

    int slabBytes() {
        return slabBytes;
    }

    /** How many slabs there can be. */
    int most() {
        return most;
    }

    /** A slab if one is free; if not, one is wanted from now on. */
    @Nullable
    ByteBuffer poll() {
        ByteBuffer slab = free.poll();
        if (slab != null) {
            freeSlabs.decrementAndGet();
        }
        if (freeSlabs.get() == 0) {
            wanted = 1; // one is kept in reserve for the next move
        }
        return slab;
    }

    /**
     * A slab for a new backlog, allocated if none is free, on the heap if there is no other memory. Not for the steward.
     *
     * @throws OutOfMemoryError if there is no memory at all
     */
    ByteBuffer take() {
        ByteBuffer slab = free.poll();
        if (slab != null) {
            freeSlabs.decrementAndGet();
            return slab;
        }
        ByteBuffer created = withoutDirect ? null : allocate();
        return created == null ? allocateOnHeap() : created;
    }

    void release(ByteBuffer slab) {
        freeSlabs.incrementAndGet();
        free.add(slab);
    }

    /** Asks for a slab even beyond all there can be: for what a gate has let in and no backlog has room for. */
    void wantBeyond() {
        beyond = true;
        wanted = 1;
    }

    /** Whether {@link #provide} has something to do. */
    public boolean wantsMore() {
        return wanted != 0;
    }

    /** Whether no more slabs are to be expected than there are. */
    boolean isExhausted() {
        return allocated.get() >= most;
    }

    /**
     * Allocates the slab that is wanted, on the heap if there is no direct memory. Called by a thread that may be kept
     * waiting.
     *
     * @return false if there is no direct memory; without memory of any kind the slab is wanted again by who needs it
     */
    public boolean provide() {
        wanted = 0;
        boolean more = beyond || !isExhausted();
        beyond = false;
        if (freeSlabs.get() > 0 || !more) {
            return true;
        }
        ByteBuffer slab = withoutDirect ? null : allocate();
        try {
            release(slab == null ? allocateOnHeap() : slab);
        } catch (OutOfMemoryError e) {
            return false; // the next tick of the steward asks again
        }
        return slab != null;
    }

    /** Gives free slabs back to the JVM, but for one, and hopes anew. Called after a while in which none was wanted. */
    public void shrink() {
        if (withoutDirect) {
            withoutDirect = false;
            return;
        }
        while (freeSlabs.get() > 1) {
            if (free.poll() == null) {
                return;
            }
            freeSlabs.decrementAndGet();
            allocated.decrementAndGet();
        }
    }

    /** Bytes of all slabs. */
    public long allocatedBytes() {
        return (long) allocated.get() * slabBytes;
    }

    /** Also what a test makes fail. */
    ByteBuffer allocateOnHeap() {
        withoutDirect = true;
        ByteBuffer slab = ByteBuffer.allocate(slabBytes).order(ByteOrder.LITTLE_ENDIAN);
        allocated.incrementAndGet();
        return slab;
    }

    @Nullable
    ByteBuffer allocate() {
        try {
            ByteBuffer slab = ByteBuffer.allocateDirect(slabBytes).order(ByteOrder.LITTLE_ENDIAN);
            allocated.incrementAndGet();
            return slab;
        } catch (OutOfMemoryError e) {
            return null;
        }
    }
}
