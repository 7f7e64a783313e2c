package dev.weir.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * java.util.logging behind slf4j-jdk14, with its own file handler and {@link JulLines}. It writes on the caller's thread
 * and flushes each record: it has no setting for either.
 */
final class JulBackend implements Backend {
    private static final Logger ROOT = Logger.getLogger("");

    @Override
    public void start(Setup setup) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        add(setup.file(), setup);
        add(setup.pipe(), setup);
        ROOT.setLevel(Level.INFO);
    }

    private static void add(@Nullable Path path, Setup setup) {
        if (path == null) {
            return;
        }
        try {
            FileHandler handler = new FileHandler(path.toString(), 0, 1, true);
            handler.setFormatter(new JulLines(setup.shape().hasContext()));
            ROOT.addHandler(handler);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void stop() {
        LogManager.getLogManager().reset();
    }
}
