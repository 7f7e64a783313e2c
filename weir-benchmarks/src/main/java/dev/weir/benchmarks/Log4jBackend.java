package dev.weir.benchmarks;

import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;

/** Log4j 2, set up by log4j2-async.xml or log4j2-sync.xml and the properties of its {@link Contender}. */
final class Log4jBackend implements Backend {
    @Override
    public Call start(Path file) {
        return new Slf4jCall();
    }

    @Override
    public void stop() {
        LogManager.shutdown();
    }
}
