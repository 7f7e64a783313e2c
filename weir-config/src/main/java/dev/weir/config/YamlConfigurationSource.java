package dev.weir.config;

import dev.weir.PipelineBuilder;
import dev.weir.spi.ConfigurationException;
import dev.weir.spi.ConfigurationSource;
import dev.weir.spi.Reloading;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code weir.yaml}. Weir finds it by itself.
 *
 * <p>The file is the one that the system property {@code weir.config} names, else the environment variable {@code
 * WEIR_CONFIG}, else the resource {@code weir-test.yaml} or else {@code weir.yaml} on the class path; never one of the working
 * directory, whose owner would decide what the process writes where. Over it are laid the profiles that the system property
 * {@code weir.profiles} names, else the environment variable {@code WEIR_PROFILES}. What it may say is in {@code
 * docs/configuration.md}.
 *
 * <p>Used by one thread at a time.
 */
public final class YamlConfigurationSource implements ConfigurationSource {
    private final Variables variables;
    private final @Nullable ClassLoader classPath;
    private final ClassLoader types;
    private final Pod pod;
    private Set<Trigger> read = Set.of(Trigger.FILE);
    private @Nullable WeakReference<ClassLoader> first;
    /** What was read last, and the triggers that are in force: at first, and if the default runs, those by default. */
    private volatile Watched watched = new Watched(Map.of(), read);

    private volatile @Nullable Reloads reloads;

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
        this(variables, classPath, types, Pod.of(variables));
    }

    /** With everything of the caller's choice. */
    YamlConfigurationSource(Variables variables, @Nullable ClassLoader classPath, ClassLoader types, Pod pod) {
        this.variables = variables;
        this.classPath = classPath;
        this.types = types;
        this.pod = pod;
    }

    /**
     * Reads the file, if there is one, and the profiles, if any are active.
     *
     * @param builder gets all that they say, and what should be known of it
     * @return the file's path or the resource's URL, or what names the profiles if there is no file; null if there is neither
     * @throws ConfigurationException with every problem (of more than a hundred, the first), in the order of the files, each as {@code FILE:LINE:COLUMN: what
     *     was found (expected: …)}; lines and columns count from 1
     */
    @Override
    public @Nullable String configure(PipelineBuilder builder) {
        List<String> ofPlaces = new ArrayList<>();
        ConfigurationFinder finder = new ConfigurationFinder(variables, classPath(), ofPlaces::add);
        String found = null;
        try {
            found = configure(builder, finder, ofPlaces);
            return found;
        } finally {
            Map<Path, ByteBuffer> files = new LinkedHashMap<>(finder.files());
            if (found == null) { // it may be mended, where it was found now or before
                watched.files().keySet().forEach(file -> files.computeIfAbsent(file, Watched::content));
            }
            follow(new Watched(files, watched.triggers()));
        }
    }

    /** That of the first thread, for as long as it is there: the one that reloads has none. */
    private ClassLoader classPath() {
        ClassLoader known = classPath != null ? classPath : first == null ? null : first.get();
        if (known == null) {
            known = ConfigurationFinder.classPathOfThread();
            first = new WeakReference<>(known);
        }
        return known;
    }

    private void follow(Watched now) {
        watched = now;
        Reloads following = reloads;
        if (following != null) {
            following.follow();
        }
    }

    @Override
    public void inForce() {
        follow(new Watched(watched.files(), read));
    }

    private @Nullable String configure(PipelineBuilder builder, ConfigurationFinder finder, List<String> ofPlaces) {
        ConfigurationFile file = finder.find();
        Profiles profiles = Profiles.active(variables);
        if (file == null && profiles.isEmpty()) {
            return null;
        }
        Configured.Source source = new Configured.Source(finder, profiles, variables, types, pod);
        Configured configured = Configured.read(file, source, builder);
        Set<Trigger> triggers = configured.triggers();
        if (triggers == null) {
            throw new ConfigurationException(configured.name(), configured.problems());
        }
        read = triggers;
        ofPlaces.forEach(builder::warn);
        configured.reading().warnings().forEach(builder::warn);
        return configured.name();
    }

    @Override
    public Runnable watch(Reloading reloading) {
        Reloads following = new Reloads(() -> watched, reloading);
        reloads = following;
        return following::end;
    }
}
