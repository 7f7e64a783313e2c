package dev.weir.internal.journal;

/** Sets what a caller leaves whose publication failed, and what a repair clears. */
public final class Orphans {
    private Orphans() {}

    public static void orphan(Claim claim, boolean orphaned) {
        claim.orphaned = orphaned;
    }
}
