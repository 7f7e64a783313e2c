package dev.weir.benchmarks.peer;

import dev.weir.Weir;
import java.time.Duration;

/** Weir as a service has it: found by SLF4J, set up by its configuration file. */
final class WeirYamlBackend implements Backend {
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    @Override
    public void start(Setup setup) {}

    @Override
    public void stop() {
        Weir.current().close(ENOUGH);
    }
}
