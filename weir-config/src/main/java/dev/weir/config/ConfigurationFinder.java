package dev.weir.config;

import dev.weir.spi.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for the configuration: a file that property or environment names, else a resource. */
final class ConfigurationFinder {
    static final String PROPERTY = "weir.config";
    static final String ENVIRONMENT = "WEIR_CONFIG";
    static final String RESOURCE = "weir.yaml";

    private final Variables variables;
    private final @Nullable ClassLoader classPath;

    ConfigurationFinder(Variables variables, @Nullable ClassLoader classPath) {
        this.variables = variables;
        this.classPath = classPath;
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
            return file("-D" + PROPERTY, named);
        }
        named = variables.environment().apply(ENVIRONMENT);
        if (named != null && !named.isEmpty()) {
            return file(ENVIRONMENT, named);
        }
        return resource();
    }

    private static ConfigurationFile file(String by, String name) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return read(name, in);
        } catch (NoSuchFileException e) {
            throw unreadable(by, name, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw unreadable(by, name, "permission denied", e);
        } catch (IOException | InvalidPathException e) {
            throw unreadable(by, name, String.valueOf(e.getMessage()), e);
        }
    }

    private static ConfigurationException unreadable(String by, String name, String reason, Exception cause) {
        String problem = by + ": " + name + " (expected: a file that can be read; " + reason + ")";
        return new ConfigurationException(name, List.of(problem), cause);
    }

    private @Nullable ConfigurationFile resource() {
        List<URL> found = resources();
        if (found.isEmpty()) {
            return null;
        }
        if (found.size() > 1) {
            warn(found);
        }
        String name = found.get(0).toString();
        try {
            URLConnection connection = found.get(0).openConnection();
            connection.setUseCaches(false); // else a jar stays open
            try (InputStream in = connection.getInputStream()) {
                return read(name, in);
            }
        } catch (IOException e) {
            throw unreadable("class path", name, String.valueOf(e.getMessage()), e);
        }
    }

    /** In the order of the class path, each once. */
    private List<URL> resources() {
        try {
            Map<String, URL> found = new LinkedHashMap<>();
            for (URL url : Collections.list(classPath().getResources(RESOURCE))) {
                found.putIfAbsent(url.toString(), url);
            }
            return List.copyOf(found.values());
        } catch (IOException e) {
            throw unreadable("class path", RESOURCE, String.valueOf(e.getMessage()), e);
        }
    }

    private ClassLoader classPath() {
        if (classPath != null) {
            return classPath;
        }
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
    }

    /** There is no pipeline yet that could take this. */
    private static void warn(List<URL> found) {
        StringBuilder text = new StringBuilder("weir: ").append(RESOURCE);
        text.append(" is on the class path ").append(found.size()).append(" times, the first is used:");
        found.forEach(url -> text.append("\n  ").append(url));
        System.err.println(text);
    }

    private static ConfigurationFile read(String name, InputStream in) throws IOException {
        return new ConfigurationFile(name, in.readNBytes(ConfigurationFile.MAX_BYTES + 1));
    }
}
