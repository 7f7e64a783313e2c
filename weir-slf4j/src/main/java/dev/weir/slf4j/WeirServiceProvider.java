package dev.weir.slf4j;

import dev.weir.Weir;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.Reporter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Makes Weir the backend of SLF4J. Applications do not use it: SLF4J finds it when the first logger is asked for.
 *
 * <p>SLF4J initialises a provider once, on the thread that came first, and asks for the MDC adapter before that; so all
 * parts are there from the beginning. Meanwhile all other threads log into SLF4J's own queue, which is replayed with
 * the times and thread names of the calls.
 */
public final class WeirServiceProvider implements SLF4JServiceProvider {
    /** Any 2.0; SLF4J warns if it is not of the same minor version. */
    private static final String REQUESTED_API_VERSION = "2.0.99";

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new ContextAdapter();
    private final Slf4jLoggerFactory loggers = new Slf4jLoggerFactory();

    /** Called by SLF4J. */
    public WeirServiceProvider() {}

    /**
     * Starts Weir unless it runs already. What it throws would make SLF4J fail, or queue for ever, until the JVM ends; so
     * if Weir cannot be started, it is reported on SLF4J's status stream, and WARN and above go to standard error.
     */
    @Override
    public void initialize() {
        try {
            Weir.current();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            loggers.useLastResort();
            Reporter.error("Weir cannot be started, WARN and above go to standard error", e);
        }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return REQUESTED_API_VERSION;
    }
}
