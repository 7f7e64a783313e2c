package dev.weir;

import dev.weir.format.JsonFormatter;
import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.Handler;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.diagnostics.ManagedBean;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.Scratches;
import dev.weir.internal.pipeline.Account;
import dev.weir.internal.pipeline.Pipeline;
import dev.weir.internal.pipeline.PipelineSettings;
import dev.weir.spi.ConfigurationException;
import dev.weir.spi.ConfigurationSource;
import dev.weir.spi.Reloading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A running pipeline: from the logging call through the journal to the handlers.
 *
 * <p>There is one current pipeline in a process, which SLF4J logs to; it starts by itself when it is first needed, from
 * the configuration file if {@code weir-config} finds one, or else with INFO and above as JSON on stdout. {@link
 * PipelineBuilder#install()} replaces its configuration without a gap. Independent ones, for tests, are made by {@link
 * PipelineBuilder#start()}.
 *
 * <p>All methods may be called by any thread.
 */
public final class Weir {
    /** Kind of what a configuration in use warns of. */
    private static final String WARNINGS = "configuration-warnings";

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final ShutdownHook HOOK = new ShutdownHook(Weir::closeCurrent);
    private static volatile @Nullable Weir current;
    private static boolean starting;
    /** The one that the holder of the lock is about to make the current one. */
    private static @Nullable Weir beginning;
    /** Whether the holder of the lock reads a configuration again or changes to it; code of others runs then, and may call back. */
    private static boolean reloading;
    /** Signalled when a temporary pipeline may have given way. */
    private static final Condition GIVEN_WAY = LOCK.newCondition();

    private final ConcurrentHashMap<String, Logger> loggers;
    private final ManagedBean bean;
    private volatile Pipeline pipeline;
    /** Under the lock. */
    private @Nullable Substitute top;
    /** What is in force was read from it; null if it was not read. Written under the lock. */
    private volatile @Nullable Source source;

    /** A source of configurations, of which one is in force. */
    private static final class Source {
        private final ConfigurationSource source;
        private final String name;
        private volatile Runnable endWatch = () -> {};
        /** What was told of when it was read last. */
        private String warnings;

        Source(ConfigurationSource source, String name, String warnings) {
            this.source = source;
            this.name = name;
            this.warnings = warnings;
        }
    }

    private Weir(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.loggers = new ConcurrentHashMap<>();
        this.bean = new ManagedBean(
                () -> new ManagedWeir(this::stats, levels()),
                () -> this.pipeline.isManaged(),
                trouble -> this.pipeline.report("jmx", trouble));
    }

    // the current pipeline

    /**
     * The current pipeline; started if there has been none.
     *
     * @return always the same
     */
    public static Weir current() {
        Weir running = current;
        return running == null ? startCurrent() : running;
    }

    /**
     * Begins the description of a pipeline.
     *
     * @return ends with {@link PipelineBuilder#install()} or {@link PipelineBuilder#start()}
     */
    public static PipelineBuilder builder() {
        return new PipelineBuilder();
    }

    /**
     * A logger of the current pipeline.
     *
     * @param name dotted; "ROOT" is the root
     * @return valid for ever; the same for the same name
     */
    public static Logger logger(String name) {
        return current().loggerOf(name);
    }

    private static Weir startCurrent() {
        LOCK.lock();
        try {
            Weir running = current == null ? beginning : current;
            return running == null ? configuredAndBegun() : running;
        } finally {
            LOCK.unlock();
        }
    }

    /** Starts the first one; under the lock. Whoever is called on the way may call back as often as it likes. */
    private static Weir configuredAndBegun() {
        if (starting) {
            throw new IllegalStateException("Weir was called by what is about to configure it");
        }
        starting = true;
        try {
            Diagnostics diagnostics = newDiagnostics();
            Configured configured = configured(diagnostics);
            Weir begun = begin(configured.settings, diagnostics);
            begun.follow(configured.source);
            return begun;
        } finally {
            starting = false;
        }
    }

    /**
     * Makes a pipeline the current one, for its own starter before its handlers are prepared, since they may log; other
     * threads wait for the rest.
     */
    private static Weir begin(PipelineSettings settings, Diagnostics diagnostics) {
        Weir created = new Weir(Pipeline.create(settings, diagnostics, null));
        beginning = created;
        try {
            begun(created.pipeline, settings);
            current = created;
        } finally {
            beginning = null;
        }
        created.bean.update();
        HOOK.add();
        return created;
    }

    /** Begins a new pipeline, or ends it if that fails. */
    private static Pipeline begun(Pipeline created, PipelineSettings settings) {
        try {
            created.begin(settings);
            return created;
        } catch (RuntimeException | Error e) {
            created.close(Duration.ZERO);
            throw e;
        }
    }

    private static Diagnostics newDiagnostics() {
        return new Diagnostics(Scratches::muteThread);
    }

    /**
     * Settings, and where they are from.
     *
     * @param source null if they are nobody's
     */
    private record Configured(
            PipelineSettings settings, @Nullable Source source) {}

    /** What a configuration source says, or the default if there is none or it is of no use. */
    private static Configured configured(Diagnostics diagnostics) {
        Source found = null;
        try {
            for (ConfigurationSource source :
                    ServiceLoader.load(ConfigurationSource.class, Weir.class.getClassLoader())) {
                found = new Source(source, "the configuration", "");
                PipelineBuilder builder = builder();
                String file = source.configure(builder);
                if (file != null) {
                    PipelineSettings settings = fitting(builder, file);
                    if (!builder.warnings().isEmpty()) {
                        diagnostics.report(WARNINGS, builder.warnings());
                    }
                    source.inForce();
                    return new Configured(settings, new Source(source, file, builder.warnings()));
                }
                found = null;
            }
        } catch (ConfigurationException e) {
            diagnostics.report("configuration", e.getMessage() + "\nweir: the default configuration runs instead");
        } catch (Exception | LinkageError | ServiceConfigurationError | VirtualMachineError e) {
            diagnostics.report("configuration", "the configuration failed, the default one runs instead: " + e);
        }
        PipelineSettings otherwise = builder()
                .handler("stdout", new ConsoleHandler(ConsoleHandler.Stream.STDOUT, JsonFormatter.weir()))
                .settings();
        return new Configured(otherwise, found);
    }

    /** Settings each of which was right by itself may not fit together. */
    private static PipelineSettings fitting(PipelineBuilder builder, String file) {
        try {
            builder.check();
            return builder.settings();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    file, String.valueOf(e.getMessage()).lines().toList(), e);
        }
    }

    private static void closeCurrent() {
        Weir running = current;
        if (running != null) {
            running.pipeline.close(null);
        }
    }

    // reload

    /** Watches the source of what is in force, and nothing else any more; under the lock. */
    private void follow(@Nullable Source inForce) {
        endWatch();
        source = inForce;
        GIVEN_WAY.signalAll();
        if (inForce == null) {
            return;
        }
        try {
            inForce.endWatch = inForce.source.watch(new Watched(inForce));
        } catch (RuntimeException | LinkageError e) {
            pipeline.report(
                    "watch", "the configuration cannot be watched, so that it is reloaded only by Weir.reload(): " + e);
        }
        if (pipeline.isClosed()) {
            endWatch(); // whoever has closed it meanwhile may not have seen the watch
        }
    }

    /** What the watch of a source may do, as long as that is in force. */
    private final class Watched implements Reloading {
        private final Source of;

        Watched(Source of) {
            this.of = of;
        }

        @Override
        public ReloadResult reload() {
            LOCK.lock();
            try {
                while (of == source && standsAside() && !pipeline.isClosed()) {
                    var unusedSignalled = GIVEN_WAY.await(1, TimeUnit.SECONDS); // whoever closes it does not signal
                }
                if (of != source) {
                    throw new IllegalStateException("nothing to reload: another configuration is in force");
                }
                return Weir.this.reload();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a temporary pipeline is current", e);
            } finally {
                LOCK.unlock();
            }
        }

        @Override
        public void reopen() {
            Weir.this.reopen();
        }

        @Override
        public void report(String kind, String message) {
            pipeline.report(kind, message);
        }

        @Override
        public void tell(String kind, String message) {
            pipeline.tell(kind, message);
        }
    }

    /**
     * Reads the file again that this pipeline was configured by, and changes to what it says, without a gap: each record is
     * delivered by exactly one of both configurations. A handler of which nothing has changed goes on, with its file or
     * connection, its backlog and its counts; one that has changed is replaced, and one of the same file goes on behind what the
     * earlier one wrote. New handlers are prepared before anything changes. Levels that were set at run time stay.
     *
     * <p>Several that reload at once do so one after the other, each by itself. A handler that hangs does not hold it up.
     *
     * @return what became of the handlers
     * @throws dev.weir.spi.ConfigurationException if the file cannot be read, is wrong, or one of its handlers cannot work; its
     *     message has every reason, and nothing has changed
     * @throws IllegalStateException if this pipeline was not configured by a file, another one was installed since, if
     *     only for a while, it has been closed, or the caller is what is being reloaded: a factory, or a handler's {@code prepare}
     */
    public ReloadResult reload() {
        LOCK.lock();
        try {
            Source inForce = requireReloadable();
            reloading = true;
            try {
                return reload(inForce);
            } finally {
                reloading = false;
            }
        } finally {
            LOCK.unlock();
        }
    }

    private Source requireReloadable() {
        requireNotReloading();
        Source inForce = source;
        if (inForce == null) {
            throw new IllegalStateException(
                    "nothing to reload: the pipeline was not configured by a file, or another one was installed since");
        }
        if (pipeline.isClosed() || standsAside()) {
            throw new IllegalStateException("nothing to reload: the pipeline is closed, or a temporary one is current");
        }
        return inForce;
    }

    private ReloadResult reload(Source inForce) {
        PipelineBuilder builder = builder();
        String file = read(inForce, builder);
        PipelineSettings before = pipeline.settings();
        replace(file, fitting(builder, file));
        inForce.source.inForce();
        String warnings = builder.warnings();
        if (!warnings.isEmpty() && !warnings.equals(inForce.warnings)) {
            pipeline.tell(WARNINGS, warnings);
        }
        inForce.warnings = warnings;
        return result(file, before, pipeline.settings());
    }

    private static String read(Source inForce, PipelineBuilder builder) {
        String file;
        try {
            file = inForce.source.configure(builder);
        } catch (ConfigurationException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new ConfigurationException(inForce.name, List.of("it could not be read: " + e), e);
        }
        if (file == null) {
            throw new ConfigurationException(inForce.name, List.of("it is gone (expected: a file, as at the start)"));
        }
        return file;
    }

    private void replace(String file, PipelineSettings settings) {
        try {
            replace(settings);
        } catch (IllegalArgumentException | IllegalStateException e) {
            if (pipeline.isClosed()) {
                throw new IllegalStateException("nothing to reload: the pipeline was closed meanwhile", e);
            }
            throw new ConfigurationException(
                    file, String.valueOf(e.getMessage()).lines().toList(), e);
        }
    }

    /** Whether a temporary pipeline is the current one; under the lock. */
    private boolean standsAside() {
        return top != null && pipeline.settings().equals(top.settings);
    }

    /** Code of the configuration that is just read, or of one of its handlers, cannot change it; under the lock. */
    private static void requireNotReloading() {
        if (reloading) {
            throw new IllegalStateException("Weir was called to reload or install by what is being reloaded");
        }
    }

    private static ReloadResult result(String file, PipelineSettings before, PipelineSettings after) {
        Map<String, Handler> old = new LinkedHashMap<>();
        before.handlers().forEach(handler -> old.put(handler.name(), handler.handler()));
        List<String> kept = new ArrayList<>();
        List<String> replaced = new ArrayList<>();
        List<String> added = new ArrayList<>();
        after.handlers().forEach(handler -> {
            Handler earlier = old.remove(handler.name());
            (earlier == null ? added : earlier == handler.handler() ? kept : replaced).add(handler.name());
        });
        return new ReloadResult(file, kept, replaced, added, List.copyOf(old.keySet()));
    }

    /**
     * Lets handlers open what they write to anew, each before its next batch: files that were renamed by others and are not
     * watched ({@code watch: false}).
     */
    public void reopen() {
        pipeline.reopen();
    }

    /** Makes settings the current ones. */
    static Weir install(PipelineSettings settings) {
        LOCK.lock();
        try {
            requireNotReloading();
            Weir running = current;
            if (running == null) {
                running = begin(settings, newDiagnostics());
            } else if (running.pipeline.isClosed()) {
                running.follow(null);
                running.pipeline = begun(Pipeline.create(settings, newDiagnostics(), running.pipeline), settings);
                running.bean.update();
                HOOK.add();
            } else {
                running.replace(settings);
                running.follow(null);
            }
            return running;
        } finally {
            LOCK.unlock();
        }
    }

    /** Makes settings the current ones until what is returned is closed. */
    static Interim installTemporarily(PipelineSettings settings) {
        LOCK.lock();
        try {
            requireNotReloading();
            Weir running = current();
            Pipeline before = running.pipeline;
            if (before.isClosed()) {
                install(settings);
                Substitute substitute = running.new Substitute(settings, null, null);
                running.top = substitute;
                return substitute;
            }
            PipelineSettings replaced = before.settings();
            PipelineSettings interim = settings.keeping(replaced.handlers());
            running.replace(interim);
            Substitute above = running.top;
            boolean onTop = above != null && above.settings.equals(replaced);
            Substitute substitute = running.new Substitute(interim, replaced, onTop ? above : null);
            running.top = substitute;
            return substitute;
        } finally {
            LOCK.unlock();
        }
    }

    /** What is current for a while, over what was before; under the lock. */
    private final class Substitute implements Interim {
        private final PipelineSettings settings;
        /** Null if the pipeline before was closed. */
        private final @Nullable PipelineSettings before;
        /** The one that {@link #before} is of, if it is of one. */
        private final @Nullable Substitute below;

        private boolean closed;

        Substitute(PipelineSettings settings, @Nullable PipelineSettings before, @Nullable Substitute below) {
            this.settings = settings;
            this.before = before;
            this.below = below;
        }

        @Override
        public void close() {
            Pipeline ending;
            LOCK.lock();
            try {
                closed = true;
                ending = putBack();
            } finally {
                LOCK.unlock();
            }
            if (ending != null) {
                ending.close(null);
                Weir.this.closed();
            }
        }
    }

    /**
     * Puts back what was before those that are closed, as far down as all are, unless something else is current.
     *
     * @return what is to be closed, if what was before was closed
     */
    private @Nullable Pipeline putBack() {
        if (top == null || pipeline.isClosed() || !standsAside()) {
            return null;
        }
        Substitute last = null;
        Substitute next = top;
        while (next != null && next.closed) {
            last = next;
            next = next.below;
        }
        if (last == null) {
            return null;
        }
        if (last.before != null) {
            replace(last.before);
        }
        top = last.below;
        GIVEN_WAY.signalAll();
        return last.before == null ? pipeline : null;
    }

    /** Starts an independent pipeline. */
    static Weir start(PipelineSettings settings) {
        Weir started = new Weir(begun(Pipeline.create(settings, newDiagnostics(), null), settings));
        started.bean.update();
        return started;
    }

    /** Replaces the configuration of this pipeline. */
    void replace(PipelineSettings settings) {
        pipeline.install(settings);
        bean.update();
    }

    /** Tells what the configuration in use warns of. */
    void tellWarnings(String warnings) {
        pipeline.report(WARNINGS, warnings);
    }

    // a pipeline

    /**
     * A logger of this pipeline.
     *
     * @param name dotted; "ROOT" is the root
     * @return valid for ever; the same for the same name
     */
    public Logger loggerOf(String name) {
        Logger known = loggers.get(name);
        return known == null ? loggers.computeIfAbsent(name, this::newLogger) : known;
    }

    private Logger newLogger(String name) {
        LoggerNode node = pipeline.logger(name);
        return new Logger(node);
    }

    /**
     * What loggers log, and how to change it at run time.
     *
     * @return of this pipeline, whatever is installed
     */
    public Levels levels() {
        return new Levels(this);
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /**
     * Waits until every record logged before this call is written, dropped or filtered by every handler.
     *
     * @param timeout how long to wait at most
     * @return what was written, dropped and left
     */
    public DrainResult flush(Duration timeout) {
        boolean complete = pipeline.flush(timeout);
        return result(complete);
    }

    /**
     * Ends the pipeline: drains while still admitting, admits nothing more, drains the rest, closes the handlers. What is
     * not written in time is counted as dropped. Calls that come later write their record by themselves where a handler
     * can do that, and are counted as late. What {@link PipelineBuilder#jmx} has shown to JMX is taken off there. Closing
     * again does nothing. With the current pipeline ends the JVM's shutdown hook, so that an application that has Weir to
     * itself may be undeployed.
     *
     * @param timeout how long it may take
     * @return what was written, dropped and left
     */
    public DrainResult close(Duration timeout) {
        pipeline.close(timeout);
        closed();
        return result(stats().total(sums -> Account.sum(sums.pending)) == 0);
    }

    private void closed() {
        bean.update();
        if (pipeline.isClosed()) {
            endWatch();
        }
        if (this == current) {
            HOOK.remove();
            if (!pipeline.isClosed()) {
                HOOK.add(); // another one was installed meanwhile
            }
        }
    }

    private void endWatch() {
        Source watched = source;
        if (watched != null) {
            watched.endWatch.run();
        }
    }

    private DrainResult result(boolean complete) {
        Stats stats = stats();
        return new DrainResult(
                stats.total(sums -> Account.sum(sums.written)),
                stats.total(sums -> Account.sumAll(sums.dropped)),
                stats.total(sums -> Account.sum(sums.pending)),
                complete);
    }

    /**
     * The account.
     *
     * @return of this moment
     */
    public Stats stats() {
        return new Stats(pipeline.snapshot());
    }

    /**
     * Weir's own troubles, each kind once.
     *
     * @return lines with a count each
     */
    public List<String> diagnostics() {
        return pipeline.diagnostics().stream()
                .map(entry -> entry.message() + " (" + entry.count() + " times, last at " + entry.last() + ")")
                .toList();
    }

    /** Ends what {@link PipelineBuilder#installTemporarily} began. Any thread; to close it again does nothing. */
    @FunctionalInterface
    public interface Interim extends AutoCloseable {
        /**
         * Makes the pipeline from before the current one again.
         *
         * @throws IllegalStateException if the journal had no room for the change; nothing has changed then
         */
        @Override
        void close();
    }
}
