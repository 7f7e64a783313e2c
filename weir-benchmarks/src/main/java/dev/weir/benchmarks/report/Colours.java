package dev.weir.benchmarks.report;

import dev.weir.benchmarks.peer.Peer;

/** The same colour for a peer in all charts. */
final class Colours {
    private Colours() {}

    static String of(Peer peer) {
        return switch (peer) {
            case WEIR, WEIR_YAML -> "#1f9d55";
            case LOG4J_ASYNC -> "#d1242f";
            case LOG4J_ASYNC_PATTERN -> "#a475f9";
            case LOG4J_APPENDER -> "#bc4c00";
            case LOG4J_SYNC -> "#e8833a";
            case LOGBACK_ASYNC -> "#2f81f7";
            case LOGBACK_DISRUPTOR -> "#39a0c9";
            case LOGBACK_SYNC, LOGBACK_DEFAULT -> "#6e7bd9";
            case TINYLOG -> "#c99400";
            case JUL -> "#8c8c8c";
            case OPENTELEMETRY -> "#d85fb0";
            case NOP -> "#777777";
        };
    }
}
