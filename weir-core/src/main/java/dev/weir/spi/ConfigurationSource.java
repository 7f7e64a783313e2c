package dev.weir.spi;

import dev.weir.PipelineBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the configuration with which Weir starts when the application installs none itself; found by {@link
 * java.util.ServiceLoader}. {@code weir-config} provides one.
 */
public interface ConfigurationSource {
    /**
     * Reads the configuration. Called once, on the thread that first needs Weir.
     *
     * @param builder empty; gets all that the configuration says
     * @return where it was found, for messages; null if there is none, and the builder is as it was
     * @throws ConfigurationException if there is one and it cannot be read or is wrong; its message has every problem,
     *     a line each. The default configuration then runs instead
     */
    @Nullable
    String configure(PipelineBuilder builder);
}
