package dev.weir.benchmarks.peer;

/** SLF4J's provider that does nothing: what a call costs before any backend. */
final class NopBackend implements Backend {
    @Override
    public void start(Setup setup) {}

    @Override
    public void stop() {}
}
