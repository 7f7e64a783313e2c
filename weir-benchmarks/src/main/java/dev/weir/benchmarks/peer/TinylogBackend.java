package dev.weir.benchmarks.peer;

import org.tinylog.provider.ProviderRegistry;

/** tinylog, set up by {@link TinylogConfiguration}. */
final class TinylogBackend implements Backend {
    @Override
    public void start(Setup setup) {}

    @Override
    public void stop() {
        try {
            ProviderRegistry.getLoggingProvider().shutdown();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while tinylog was stopping", interrupted);
        }
    }
}
