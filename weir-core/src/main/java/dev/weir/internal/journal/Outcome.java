package dev.weir.internal.journal;

import dev.weir.Level;
import java.util.Arrays;

/** What became of records that a worker is about to commit, by level. Used by one worker. */
public final class Outcome {
    final long[] written = new long[Level.COUNT];
    final long[] filtered = new long[Level.COUNT];
    final long[] rejected = new long[Level.COUNT];
    final long[] formatErrors = new long[Level.COUNT];
    final long[] passedOn = new long[Level.COUNT];
    final long[] held = new long[Level.COUNT];
    final long[] synthetic = new long[Level.COUNT];

    public void written(int level) {
        written[level]++;
    }

    /** A filter kept it from the handler. */
    public void filtered(int level) {
        filtered[level]++;
    }

    /** The handler refused it, or failed on it alone. */
    public void rejected(int level) {
        rejected[level]++;
    }

    public void formatError(int level) {
        formatErrors[level]++;
    }

    /** It was given to the handler's fallback. */
    public void passedOn(int level) {
        passedOn[level]++;
    }

    /** The handler holds it, and will say later what becomes of it. */
    public void held(int level) {
        held[level]++;
    }

    /** The handler holds it no more: the other count of it follows. */
    public void letGo(int level) {
        held[level]--;
    }

    /** A record of Weir's own was written. */
    public void synthetic(int level) {
        synthetic[level]++;
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(written, 0);
        Arrays.fill(filtered, 0);
        Arrays.fill(rejected, 0);
        Arrays.fill(formatErrors, 0);
        Arrays.fill(passedOn, 0);
        Arrays.fill(held, 0);
        Arrays.fill(synthetic, 0);
    }
}
