package dev.weir.config;

import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the configuration: a file that property or environment names, else a resource, that of tests before the other
 * one. What belongs to it is beside it.
 */
final class ConfigurationFinder {
    static final String PROPERTY = "weir.config";
    static final String ENVIRONMENT = "WEIR_CONFIG";
    static final String RESOURCE = "weir.yaml";
    static final String TEST_RESOURCE = "weir-test.yaml";

    private final Variables variables;
    private final ClassLoader classPath;
    private final Consumer<String> warnings;
    /** What was in the files that were looked for, there or not, but for those within jars. */
    private final Map<Path, ByteBuffer> files = new LinkedHashMap<>();

    /**
     * Looks where it is told.
     *
     * @param warnings gets each resource that is there more than once
     */
    ConfigurationFinder(Variables variables, ClassLoader classPath, Consumer<String> warnings) {
        this.variables = variables;
        this.classPath = classPath;
        this.warnings = warnings;
    }

    /** That of the calling thread, or else the system's. */
    static ClassLoader classPathOfThread() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
    }

    /**
     * Finds and reads it.
     *
     * @return null if there is none
     * @throws ConfigurationException if one is named that cannot be read
     */
    @Nullable
    ConfigurationFile find() {
        String named = variables.properties().apply(PROPERTY);
        if (named != null && !named.isEmpty()) {
            return named("-D" + PROPERTY, named);
        }
        named = variables.environment().apply(ENVIRONMENT);
        if (named != null && !named.isEmpty()) {
            return named(ENVIRONMENT, named);
        }
        ConfigurationFile ofTests = resource(TEST_RESOURCE);
        return ofTests == null ? resource(RESOURCE) : ofTests;
    }

    /** What was in the files that were looked for: see {@link Watched#files}. */
    Map<Path, ByteBuffer> files() {
        return files;
    }

    /**
     * Finds and reads what a profile lays over a configuration: beside a file in its directory, else on the class path.
     *
     * @param file null if there is none
     * @return null if there is no overlay
     * @throws ConfigurationException if it cannot be read
     */
    @Nullable
    ConfigurationFile overlay(@Nullable ConfigurationFile file, String profile) {
        String name = overlayName(profile);
        Path path = file == null ? null : file.path();
        if (path == null) {
            return resource(name);
        }
        Path overlay = path.resolveSibling(name);
        if (!Files.exists(overlay, LinkOption.NOFOLLOW_LINKS)) { // a link to nothing is a mistake
            files.put(overlay, Watched.failed(new NoSuchFileException(name)));
            return null;
        }
        return read("profile " + profile, overlay);
    }

    static String overlayName(String profile) {
        return "weir-" + profile + ".yaml";
    }

    /**
     * Reads a file that is named otherwise.
     *
     * @throws ConfigurationException if it cannot be read
     */
    ConfigurationFile file(String name) {
        return named("", name);
    }

    private ConfigurationFile named(String by, String name) {
        try {
            return read(by, Path.of(name));
        } catch (InvalidPathException e) {
            throw unreadable(by, name, String.valueOf(e.getMessage()), e);
        }
    }

    private ConfigurationFile read(String by, Path path) {
        try {
            byte[] content = BoundedFile.read(path, ConfigurationFile.MAX_BYTES);
            files.put(path, ByteBuffer.wrap(content));
            return new ConfigurationFile(path.toString(), content, path);
        } catch (IOException e) {
            files.put(path, Watched.failed(e));
            throw unreadable(by, path.toString(), BoundedFile.reason(e), e);
        }
    }

    private static ConfigurationException unreadable(String by, String name, String reason, Exception cause) {
        String problem =
                (by.isEmpty() ? "" : by + ": ") + name + " (expected: a file that can be read; " + reason + ")";
        return new ConfigurationException(name, List.of(problem), cause);
    }

    private @Nullable ConfigurationFile resource(String resource) {
        List<URL> found = resources(resource);
        if (found.isEmpty()) {
            return null;
        }
        if (found.size() > 1) {
            warnings.accept(resource + " is on the class path " + found.size() + " times, the first is used: "
                    + found.stream().map(URL::toString).collect(Collectors.joining(", ")));
        }
        String name = found.get(0).toString();
        try {
            URLConnection connection = found.get(0).openConnection();
            connection.setUseCaches(false); // else a jar stays open
            try (InputStream in = connection.getInputStream()) {
                byte[] content = in.readNBytes(ConfigurationFile.MAX_BYTES + 1);
                Path file = file(found.get(0));
                if (file != null) {
                    files.put(file, ByteBuffer.wrap(content));
                }
                return new ConfigurationFile(name, content);
            }
        } catch (IOException e) {
            throw unreadable("class path", name, String.valueOf(e.getMessage()), e);
        }
    }

    /** The file that a URL is of; null if it is of none. */
    private static @Nullable Path file(URL url) {
        try {
            return url.getProtocol().equals("file") ? Path.of(url.toURI()) : null;
        } catch (URISyntaxException | IllegalArgumentException odd) {
            return null;
        }
    }

    /** In the order of the class path, each once. */
    private List<URL> resources(String resource) {
        try {
            Map<String, URL> found = new LinkedHashMap<>();
            for (URL url : Collections.list(classPath.getResources(resource))) {
                found.putIfAbsent(url.toString(), url);
            }
            return List.copyOf(found.values());
        } catch (IOException e) {
            throw unreadable("class path", resource, String.valueOf(e.getMessage()), e);
        }
    }
}
