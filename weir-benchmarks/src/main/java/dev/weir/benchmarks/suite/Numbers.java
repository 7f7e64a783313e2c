package dev.weir.benchmarks.suite;

/** What is reported of a measurement, worked out from what it measured; NaN if it did not. */
public final class Numbers {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BYTES_PER_MIB = 1 << 20;

    private Numbers() {}

    /** A number as it was measured. */
    public static double raw(Measurement of, String name) {
        return of.values().getOrDefault(name, Double.NaN);
    }

    /** Records, from the first call to the last line. */
    public static double perSecond(Measurement of) {
        return raw(of, "records") / raw(of, "seconds");
    }

    /** Processor time of the whole process per record. */
    public static double cpuMicros(Measurement of) {
        return raw(of, "cpuNanos") / raw(of, "records") / NANOS_PER_MICRO;
    }

    /** Bytes that the callers allocated per record. */
    public static double callerBytes(Measurement of) {
        return raw(of, "callerBytes") / raw(of, "records");
    }

    /** Bytes that all threads allocated per record. */
    public static double processBytes(Measurement of) {
        return raw(of, "processBytes") / raw(of, "records");
    }

    /** Collection time, of the time measured. */
    public static double collectionPercent(Measurement of) {
        return raw(of, "collectionMillis") / raw(of, "seconds") / 10;
    }

    /** The most resident memory of the process. */
    public static double peakMebibytes(Measurement of) {
        return raw(of, "peakBytes") / BYTES_PER_MIB;
    }

    /** Records emitted and not written. */
    public static double lost(Measurement of) {
        return raw(of, "emitted") - raw(of, "written");
    }
}
