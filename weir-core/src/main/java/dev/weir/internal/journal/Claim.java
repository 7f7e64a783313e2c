package dev.weir.internal.journal;

import org.jspecify.annotations.Nullable;

/**
 * What a caller notes of the bytes it has claimed, so that the steward can repair a claim that was never published.
 *
 * <p>Written by the caller with plain field stores, which need no stack. {@code orphaned} is set last and is volatile;
 * from then on the note belongs to the steward, which clears it. As long as it is set its owner claims nothing.
 */
public final class Claim {
    long start;
    int bytes;
    int recordBytes;
    int level;
    /** The repair's result: whether the record's part was not published. */
    boolean padded;

    @Nullable
    Journal journal;

    volatile boolean orphaned;

    /** Whether a claim waits for its repair. */
    public boolean isOrphaned() {
        return orphaned;
    }
}
