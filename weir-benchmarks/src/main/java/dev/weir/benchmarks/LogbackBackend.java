package dev.weir.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Logback with logstash-logback-encoder, set up by logback.xml. */
final class LogbackBackend implements Backend {
    @Override
    public Call start(Path file) {
        return new Slf4jCall();
    }

    @Override
    public void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
