package dev.weir.benchmarks.peer;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Logback, set up by {@link LogbackConfiguration}, or not at all. */
final class LogbackBackend implements Backend {
    @Override
    public void start(Setup setup) {}

    @Override
    public void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
