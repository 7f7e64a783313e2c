package dev.weir.internal.diagnostics;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * Events for the JDK's flight recorder, named {@code dev.weir.…}. Nothing is done, and none of its classes loaded but one, until
 * somebody records. All but failures are off unless a recording's settings enable them. Any thread.
 */
public final class FlightEvents {
    /** The module is not in every run-time image. */
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightEvents() {}

    private static boolean isRecording() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    /**
     * A handler has committed a batch.
     *
     * @param sinceNanos when its first record was emitted, by {@link System#nanoTime()}
     */
    public static void batchWritten(String handler, int records, long bytes, long sinceNanos) {
        if (isRecording()) {
            BatchWritten event = new BatchWritten();
            event.handler = handler;
            event.records = records;
            event.bytes = bytes;
            event.time = System.nanoTime() - sinceNanos;
            event.commit();
        }
    }

    /** A handler has dropped records. */
    public static void recordsDropped(String handler, long total) {
        if (isRecording()) {
            RecordsDropped event = new RecordsDropped();
            event.handler = handler;
            event.total = total;
            event.commit();
        }
    }

    /** A handler's breaker has gone into a state. */
    public static void breakerEntered(String handler, String state) {
        if (isRecording()) {
            BreakerEntered event = new BreakerEntered();
            event.handler = handler;
            event.state = state;
            event.commit();
        }
    }

    /** A call of a handler has failed. */
    public static void handlerFailed(String handler, String action, String failure) {
        if (isRecording()) {
            HandlerFailed event = new HandlerFailed();
            event.handler = handler;
            event.action = action;
            event.failure = failure;
            event.commit();
        }
    }

    @Name("dev.weir.BatchWritten")
    @Label("Batch Written")
    @Category("Weir")
    @Enabled(false)
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // read by the recorder
    private static final class BatchWritten extends Event {
        @Label("Handler")
        private String handler = "";

        @Label("Records")
        private int records;

        @Label("Bytes")
        @Description("All that the handler has committed so far")
        @DataAmount
        private long bytes;

        @Label("Time")
        @Description("From the first emit to the commit")
        @Timespan
        private long time;
    }

    @Name("dev.weir.RecordsDropped")
    @Label("Records Dropped")
    @Category("Weir")
    @Enabled(false)
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // read by the recorder
    private static final class RecordsDropped extends Event {
        @Label("Handler")
        private String handler = "";

        @Label("Total")
        @Description("All that the handler has dropped so far, for whatever reason")
        private long total;
    }

    @Name("dev.weir.BreakerEntered")
    @Label("Breaker Entered State")
    @Category("Weir")
    @Enabled(false)
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // read by the recorder
    private static final class BreakerEntered extends Event {
        @Label("Handler")
        private String handler = "";

        @Label("State")
        private String state = "";
    }

    @Name("dev.weir.HandlerFailed")
    @Label("Handler Failed")
    @Category("Weir")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // read by the recorder
    private static final class HandlerFailed extends Event {
        @Label("Handler")
        private String handler = "";

        @Label("Action")
        private String action = "";

        @Label("Failure")
        private String failure = "";
    }
}
