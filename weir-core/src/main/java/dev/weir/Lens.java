package dev.weir;

import dev.weir.internal.pipeline.LevelOverlay.OpenLens;
import dev.weir.internal.pipeline.Pipeline;
import java.time.Instant;

/**
 * Levels that are open for one trace, or for one value of the context, for a limited time; opened by {@link Levels}. Any
 * thread.
 */
public final class Lens implements AutoCloseable {
    private final Pipeline pipeline;
    private final OpenLens open;

    Lens(Pipeline pipeline, OpenLens open) {
        this.pipeline = pipeline;
        this.open = open;
    }

    /**
     * By which it is closed from outside.
     *
     * @return no other lens of the process has or had it
     */
    public int id() {
        return open.id();
    }

    /**
     * The logger at which, and below which, it is open.
     *
     * @return dotted; "ROOT" is the root
     */
    public String logger() {
        return open.logger();
    }

    /**
     * The least severe level that it shows.
     *
     * @return the level
     */
    public Level level() {
        return open.level();
    }

    /**
     * Whose calls it shows.
     *
     * @return {@code trace <trace id>} or {@code context <key>=<value>}
     */
    public String subject() {
        return open.check().subject();
    }

    /**
     * When it closes by itself.
     *
     * @return within 0.2 seconds, if the journal has room
     */
    public Instant until() {
        return open.limit().until();
    }

    /**
     * Closes it. Once it is closed, by whatever, to close it does nothing.
     *
     * @throws IllegalStateException if the journal had no room for the change; it is open still
     */
    @Override
    public void close() {
        pipeline.relevel(overlay -> overlay.withoutLens(open.id()));
    }

    @Override
    public String toString() {
        return open.level() + " of " + open.logger() + " for " + subject() + " until " + until();
    }
}
