package dev.weir.spi;

import dev.weir.PipelineBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the configuration with which Weir starts when the application installs none itself; found by {@link
 * java.util.ServiceLoader}. {@code weir-config} provides one.
 */
public interface ConfigurationSource {
    /**
     * Reads the configuration. Called on the thread that first needs Weir, and for each reload on the one that asks for it; by one at
     * a time.
     *
     * @param builder empty; gets all that the configuration says
     * @return where it was found, for messages; null if there is none, and the builder is as it was
     * @throws ConfigurationException if there is one and it cannot be read or is wrong; its message has every problem,
     *     a line each. The default configuration then runs instead
     */
    @Nullable
    String configure(PipelineBuilder builder);

    /**
     * Says that what was read last is what runs from now on. Not called if that was refused: by whoever read it, or since one of its
     * handlers cannot work. Called on the same thread.
     */
    default void inForce() {}

    /**
     * Begins to watch for whatever is to lead to a reload, as long as what it has read is in force. Called once, after the
     * first pipeline of it has begun.
     *
     * @param reloading to be called by a thread of the source's own
     * @return ends the watch; called by any thread, which it does not hold up
     */
    default Runnable watch(Reloading reloading) {
        return () -> {};
    }
}
