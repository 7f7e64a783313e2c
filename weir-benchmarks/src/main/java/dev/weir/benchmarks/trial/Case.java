package dev.weir.benchmarks.trial;

import dev.weir.benchmarks.peer.Policy;
import dev.weir.benchmarks.peer.Shape;
import dev.weir.benchmarks.peer.Sink;
import java.util.Locale;

/**
 * One measurement, whoever it is of.
 *
 * @param kind what is measured
 * @param sink what becomes of the records
 * @param shape what the records are
 * @param policy what a full queue does
 * @param threads how many call
 * @param virtual whether they are virtual
 * @param load how calls follow each other
 * @param hangs whether the pipe hangs, where there is one
 */
public record Case(
        Kind kind, Sink sink, Shape shape, Policy policy, int threads, boolean virtual, Load load, boolean hangs) {

    /** From the call to the written line. */
    public static Case sustained(Sink sink, Shape shape, int threads) {
        return new Case(Kind.SUSTAINED, sink, shape, Policy.BLOCK, threads, false, Load.FULL, false);
    }

    /** The same, called by virtual threads. */
    public static Case virtual(int threads) {
        return new Case(Kind.SUSTAINED, Sink.JSON, Shape.MDC, Policy.BLOCK, threads, true, Load.FULL, false);
    }

    /** What a caller waits. */
    public static Case response(Load load) {
        return new Case(Kind.RESPONSE, Sink.JSON, Shape.MDC, Policy.BLOCK, 1, false, load, false);
    }

    /** The only sink hangs. */
    public static Case outage(Policy policy) {
        return new Case(Kind.OUTAGE, Sink.JSON, Shape.MDC, policy, 1, false, Load.STEADY_10K, true);
    }

    /** A file beside a pipe. */
    public static Case secondSink(boolean hangs) {
        return new Case(Kind.SECOND_SINK, Sink.JSON, Shape.MDC, Policy.DROP, 1, false, Load.STEADY_50K, hangs);
    }

    /** The first line of a process. */
    public static Case startUp() {
        return new Case(Kind.START_UP, Sink.JSON, Shape.CONSTANT, Policy.BLOCK, 1, false, Load.FULL, false);
    }

    /** A level that is off. */
    public static Case disabled() {
        return new Case(Kind.DISABLED, Sink.JSON, Shape.ARGUMENTS, Policy.BLOCK, 1, false, Load.FULL, false);
    }

    /** Bytes per call. */
    public static Case allocation() {
        return new Case(Kind.ALLOCATION, Sink.JSON, Shape.MDC, Policy.BLOCK, 1, false, Load.FULL, false);
    }

    /** The same with another sink. */
    public Case to(Sink other) {
        return new Case(kind, other, shape, policy, threads, virtual, load, hangs);
    }

    /** Tells it from all other cases; for the JSON file and the progress. */
    public String key() {
        String key =
                switch (kind) {
                    case SUSTAINED -> "sustained " + sink + ' ' + shape + ' ' + threads + (virtual ? " virtual" : "");
                    case RESPONSE -> "response " + load;
                    case OUTAGE -> "outage " + policy;
                    case SECOND_SINK -> "second-sink " + (hangs ? "hung" : "healthy");
                    case START_UP, DISABLED, ALLOCATION -> kind.name();
                };
        return key.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For tables. */
    public String title() {
        return switch (kind) {
            case SUSTAINED ->
                sink.title() + ", " + shape.title() + ", " + threads
                        + (virtual ? " virtual threads" : threads == 1 ? " thread" : " threads");
            case RESPONSE -> load.title();
            case OUTAGE -> policy.title();
            case SECOND_SINK -> hangs ? "beside a sink that hangs" : "beside a healthy sink";
            case START_UP -> "start-up";
            case DISABLED -> "a level that is off";
            case ALLOCATION -> "bytes per call";
        };
    }
}
