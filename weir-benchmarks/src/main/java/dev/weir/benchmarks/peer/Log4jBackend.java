package dev.weir.benchmarks.peer;

import org.apache.logging.log4j.LogManager;

/** Log4j 2, set up by {@link Log4jConfiguration}. */
final class Log4jBackend implements Backend {
    @Override
    public void start(Setup setup) {}

    @Override
    public void stop() {
        LogManager.shutdown();
    }
}
