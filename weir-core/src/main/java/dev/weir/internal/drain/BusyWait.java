package dev.weir.internal.drain;

import dev.weir.QueueWait;
import java.util.function.BooleanSupplier;

/**
 * Waits without sleeping. It looks often enough for microseconds, and no more often: each look takes the cache line of what
 * it looks at away from the threads that write there.
 */
final class BusyWait {
    private static final int PAUSES_BETWEEN_LOOKS = 8;
    private static final int LOOKS_BEFORE_YIELD = 20;
    /** A processor that nobody else can have is kept from the thread that is waited for. */
    private static final boolean IS_ALONE = Runtime.getRuntime().availableProcessors() == 1;

    private BusyWait() {}

    /** Waits until a look says that it is over, or for so long. */
    @SuppressWarnings("ThreadPriorityCheck") // giving the processor away is what is asked for
    static void until(BooleanSupplier isOver, QueueWait how, long nanos) {
        boolean yields = how == QueueWait.YIELD || IS_ALONE;
        long begun = System.nanoTime();
        int looks = 0;
        while (!isOver.getAsBoolean() && System.nanoTime() - begun < nanos) {
            if (yields && looks++ >= LOOKS_BEFORE_YIELD) {
                Thread.yield();
            } else {
                pause();
            }
        }
    }

    private static void pause() {
        for (int i = 0; i < PAUSES_BETWEEN_LOOKS; i++) {
            Thread.onSpinWait();
        }
    }
}
