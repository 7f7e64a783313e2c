package dev.weir.benchmarks;

import java.nio.file.Path;
import org.tinylog.provider.ProviderRegistry;

/** tinylog, set up by tinylog.properties. */
final class TinylogBackend implements Backend {
    @Override
    public Call start(Path file) {
        return new Slf4jCall();
    }

    @Override
    public void stop() {
        try {
            ProviderRegistry.getLoggingProvider().shutdown();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while tinylog was stopping", interrupted);
        }
    }
}
