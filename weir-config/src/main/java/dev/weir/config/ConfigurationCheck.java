package dev.weir.config;

import dev.weir.PipelineBuilder;
import dev.weir.Routes;
import dev.weir.Weir;
import dev.weir.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that is read to be looked at, as {@code weir check} does: its problems and warnings, what is in force of it,
 * and where records would go. Its handlers are made, and neither opened nor told of anything; no pipeline starts.
 *
 * <p>Immutable; any thread, but {@link #routes} of one thread.
 */
public final class ConfigurationCheck {
    private final Configured configured;
    private final PipelineBuilder builder;
    private final List<String> warnings;

    private ConfigurationCheck(Configured configured, PipelineBuilder builder, List<String> warnings) {
        this.configured = configured;
        this.builder = builder;
        this.warnings = warnings;
    }

    /**
     * Reads a configuration with the variables of this process, and the types on this class path.
     *
     * @param file null for the one that this process would use: see {@link YamlConfigurationSource}
     * @param profiles names in their order, separated by commas; null for those that this process would use
     * @return what was found
     * @throws ConfigurationException if the file cannot be read, if there is none, or if a profile cannot have such a name; what
     *     is wrong within a file is among the {@link #problems}
     */
    public static ConfigurationCheck of(@Nullable String file, @Nullable String profiles) {
        Variables variables = Variables.ofProcess();
        return of(file, profiles, variables, ConfigurationCheck.class.getClassLoader(), Pod.of(variables));
    }

    /** With everything of the caller's choice. */
    static ConfigurationCheck of(
            @Nullable String file, @Nullable String profiles, Variables variables, ClassLoader types, Pod pod) {
        List<String> warnings = new ArrayList<>();
        ConfigurationFinder finder =
                new ConfigurationFinder(variables, ConfigurationFinder.classPathOfThread(), warnings::add);
        Profiles active = profiles == null ? Profiles.active(variables) : Profiles.named("--profiles", profiles);
        ConfigurationFile found = file == null ? finder.find() : finder.file(file);
        if (found == null) {
            String nothing = "no configuration is found (expected: a file, -D" + ConfigurationFinder.PROPERTY + ", "
                    + ConfigurationFinder.ENVIRONMENT + ", or " + ConfigurationFinder.RESOURCE + " on the class path)";
            throw new ConfigurationException("nothing", List.of(nothing));
        }
        PipelineBuilder builder = Weir.builder();
        Configured configured =
                Configured.read(found, new Configured.Source(finder, active, variables, types, pod), builder);
        warnings.addAll(configured.reading().warnings());
        return new ConfigurationCheck(configured, builder, List.copyOf(warnings));
    }

    /**
     * The schema of configurations, for editors: JSON Schema 2020-12, with all types on this class path.
     *
     * @return JSON, with a line end at its end
     */
    public static String schema() {
        return Schema.of(ConfigurationCheck.class.getClassLoader());
    }

    /**
     * What was read.
     *
     * @return the file's path, or its URL if it was found on the class path
     */
    public String name() {
        return configured.name();
    }

    /**
     * What is wrong, for which a process would not use the configuration.
     *
     * @return each as {@code FILE:LINE:COLUMN: what was found (expected: …)}, in the order of the files; of more than a hundred,
     *     the first
     */
    public List<String> problems() {
        return configured.problems();
    }

    /**
     * What is hardly meant, and does no harm to the rest.
     *
     * @return as the problems
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The names of types that the configuration uses and that are not on this class path.
     *
     * @return in the order of the alphabet
     */
    public Set<String> missingTypes() {
        return configured.reading().missingTypes();
    }

    /**
     * What the configuration says, profiles and variables applied. Read again it says the same, but for secrets, which are masked.
     *
     * @return YAML, with a line end at its end; empty if nothing is said
     * @throws IllegalStateException if there are problems
     */
    public String effective() {
        return WrittenText.of(written());
    }

    /** The same as {@link Written} data. */
    Map<String, Object> written() {
        Document.Said said = configured.said();
        if (said == null || !problems().isEmpty()) {
            throw new IllegalStateException(configured.name() + " has problems");
        }
        return said.written();
    }

    /**
     * Where records would go.
     *
     * @return the routes
     * @throws IllegalStateException if there are problems
     */
    public Routes routes() {
        if (!problems().isEmpty()) {
            throw new IllegalStateException(configured.name() + " has problems");
        }
        return builder.routes();
    }
}
