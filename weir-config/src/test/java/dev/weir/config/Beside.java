package dev.weir.config;

import dev.weir.spi.HandlerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory of the class path beside Weir's modules: a services file, and classes of {@code com.example}. */
final class Beside extends URLClassLoader {
    private Beside(URL[] urls) {
        super(urls, Beside.class.getClassLoader());
    }

    /**
     * Writes the services file of handlers.
     *
     * @param directory where it goes; its classes come before those of the tests
     * @param factories the lines of the file: names of classes
     */
    static Beside of(Path directory, List<String> factories) {
        return of(directory, HandlerFactory.class, factories);
    }

    /** Writes the services file of a kind of factories. */
    static Beside of(Path directory, Class<?> service, List<String> factories) {
        try {
            Path services = Files.createDirectories(directory.resolve("META-INF/services"));
            Files.write(services.resolve(service.getName()), factories);
            return new Beside(new URL[] {url(directory), url(Path.of("target", "test-classes"))});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path directory) throws MalformedURLException {
        return directory.toUri().toURL();
    }

    /** The tests run in the module that they test, and of a module's classes no services file counts. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("com.example.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
