package dev.weir.benchmarks.suite;

import dev.weir.benchmarks.trial.Kind;

/**
 * How long a measurement takes.
 *
 * @param warmUpMillis before
 * @param millis measured
 * @param mostBytes how long the file may become
 * @param touchedBytes memory that is touched in advance
 */
record Timing(long warmUpMillis, long millis, long mostBytes, long touchedBytes) {
    private static final long MIB = 1L << 20;
    /** The heap, too, comes from the same memory. */
    private static final long HEAP_BYTES = 1024 * MIB;

    static Timing of(Kind kind, boolean quick) {
        return switch (kind) {
            case SUSTAINED -> quick ? writing(2_000, 1_000, 768 * MIB) : writing(3_000, 1_500, 1536 * MIB);
            case RESPONSE -> quick ? writing(700, 1_500, 256 * MIB) : writing(1_000, 3_000, 512 * MIB);
            case OUTAGE, SECOND_SINK -> quick ? writing(500, 1_500, 0) : writing(1_000, 3_000, 0);
            case START_UP, DISABLED, ALLOCATION -> writing(0, 0, 0);
        };
    }

    private static Timing writing(long warmUpMillis, long millis, long bytes) {
        return new Timing(warmUpMillis, millis, bytes, bytes == 0 ? 0 : bytes + HEAP_BYTES);
    }
}
