package dev.weir.config;

import dev.weir.PipelineBuilder;
import dev.weir.spi.ConfigurationException;
import dev.weir.spi.ConfigurationSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code weir.yaml}. Weir finds it by itself.
 *
 * <p>The file is the one that the system property {@code weir.config} names, else the environment variable {@code
 * WEIR_CONFIG}, else the resource {@code weir.yaml} on the class path; never one of the working directory, whose owner
 * would decide what the process writes where. What it may say is in {@code docs/configuration.md}.
 *
 * <p>Used by one thread at a time.
 */
public final class YamlConfigurationSource implements ConfigurationSource {
    private final Variables variables;
    private final ConfigurationFinder finder;
    private final ClassLoader types;

    /** Called by {@link java.util.ServiceLoader}. */
    public YamlConfigurationSource() {
        this(Variables.ofProcess(), null, YamlConfigurationSource.class.getClassLoader());
    }

    /**
     * With variables and class paths of the caller's choice.
     *
     * @param classPath where the file may be; null for the thread's own
     * @param types where types of handlers and filters are found
     */
    YamlConfigurationSource(Variables variables, @Nullable ClassLoader classPath, ClassLoader types) {
        this.variables = variables;
        this.types = types;
        finder = new ConfigurationFinder(variables, classPath);
    }

    /**
     * Reads the file, if there is one.
     *
     * @param builder gets all that the file says
     * @return the file's path or the resource's URL; null if there is neither
     * @throws ConfigurationException with every problem (of more than a hundred, the first), in the order of the file, each as {@code FILE:LINE:COLUMN: what
     *     was found (expected: …)}; lines and columns count from 1
     */
    @Override
    public @Nullable String configure(PipelineBuilder builder) {
        ConfigurationFile file = finder.find();
        if (file == null) {
            return null;
        }
        Reading reading = new Reading(file.name(), variables);
        Document.read(YamlText.compose(file, reading), reading, builder, types);
        List<String> problems = reading.problems();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(file.name(), problems);
        }
        return file.name();
    }
}
