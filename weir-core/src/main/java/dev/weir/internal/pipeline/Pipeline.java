package dev.weir.internal.pipeline;

import dev.weir.handler.Handler;
import dev.weir.internal.diagnostics.Diagnostics;
import dev.weir.internal.drain.HandlerWorker;
import dev.weir.internal.drain.QueueListener;
import dev.weir.internal.emit.EpochClock;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.QueueHandler;
import dev.weir.internal.emit.TraceEnds;
import dev.weir.internal.journal.Cursor;
import dev.weir.internal.journal.DropReason;
import dev.weir.internal.journal.Geometry;
import dev.weir.internal.journal.Journal;
import dev.weir.internal.journal.Routing;
import dev.weir.internal.pipeline.PipelineSettings.HandlerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One running pipeline: loggers, journal, workers, and what changes them.
 *
 * <pre>
 *  OPEN ─close─► SEALED, draining ─all closed, or deadline─► LATE
 * </pre>
 *
 * <p>Installing settings is a change of routes in the journal: what is new is prepared and attached first, then the change
 * is appended, and from there on everything follows by itself. A handler instance that is in both configurations goes on
 * with its cursor and its worker. One installation at a time.
 */
public final class Pipeline {
    private static final int DEFAULT_MAX_RECORD_BYTES = 64 * 1024;
    private static final long DEFAULT_CAPACITY_SHARE = 16;
    private static final long LEAST_DEFAULT_CAPACITY = 16L << 20;
    private static final long MOST_DEFAULT_CAPACITY = 64L << 20;
    private static final long CHANGE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration LONGEST = Duration.ofDays(10_000);

    /** What the capacity asked for; settings are checked against it even if there was less memory. */
    private final Geometry asked;

    private final Journal journal;
    private final Diagnostics diagnostics;
    private final EpochClock clock = new EpochClock();
    private final QueueHandler queue;
    private final LoggerTree loggers;
    private final QueueListener listener;
    private final Account account = new Account();
    private final StatsReport report;
    private final RefusalNotice refusals;
    private final LevelExpiry expiry = new LevelExpiry(this);
    private final ReentrantLock installing = new ReentrantLock();

    // under the lock
    private int generation;

    private volatile Duration shutdownDeadline = Duration.ofSeconds(5);

    /** Of the configuration in force, by name. */
    private volatile Map<String, HandlerWorker> workers = Map.of();

    private volatile boolean late;
    private volatile boolean managed;

    /** Those in force; null before the first. */
    private volatile @Nullable PipelineSettings settings;

    /** Resources that handlers have opened. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    /** What lies over them; changed under the lock. */
    private volatile LevelOverlay overlay = LevelOverlay.NONE;

    /** Workers of the pipeline before this one that may not have finished; under the lock. */
    private final List<HandlerWorker> inherited = new ArrayList<>();

    /**
     * A pipeline without handlers.
     *
     * @param predecessor a closed one whose loggers go on here, or null
     */
    private Pipeline(PipelineSettings settings, Diagnostics diagnostics, @Nullable Pipeline predecessor) {
        this.diagnostics = diagnostics;
        this.asked = asked(settings);
        long capacity = asked.capacityBytes();
        LoggerCount count = new LoggerCount();
        this.journal = Journal.allocate(capacity, count::get);
        if (journal.geometry().capacityBytes() < capacity) {
            diagnostics.report(
                    "capacity",
                    "queue.capacity: " + capacity + " bytes of direct memory could not be had, it is "
                            + journal.geometry().capacityBytes() + " now");
        }
        this.queue = new QueueHandler(journal, clock, maxRecordBytes(settings), diagnostics::report);
        RoutePlan nothing = new RoutePlan(Map.of(), LevelOverlay.NONE);
        this.loggers = predecessor == null ? new LoggerTree(queue, journal.routing(), nothing) : predecessor.loggers;
        count.of = loggers;
        this.refusals = new RefusalNotice(queue, diagnostics);
        this.report = new StatsReport(loggers.logger(StatsReport.LOGGER));
        this.listener = new QueueListener(journal, clock, diagnostics, this::gone, this::tick);
        queue.lateWriter(new LateDelivery(this));
        if (predecessor != null) {
            inherited.addAll(predecessor.workers.values());
            inherited.addAll(predecessor.listener.retiring());
        }
    }

    /** The number of loggers, which the journal wants to know before there are any. */
    private static final class LoggerCount {
        private @Nullable LoggerTree of;

        int get() {
            return of == null ? 0 : of.count();
        }
    }

    /**
     * A pipeline that is running, but has no handlers yet: {@link #begin} installs the settings.
     *
     * @param predecessor a closed one whose loggers go on here, or null
     * @throws IllegalArgumentException if the settings do not fit together
     */
    public static Pipeline create(PipelineSettings settings, Diagnostics diagnostics, @Nullable Pipeline predecessor) {
        requireFitting(settings);
        Pipeline pipeline = new Pipeline(settings, diagnostics, predecessor);
        pipeline.listener.start();
        return pipeline;
    }

    /**
     * Checks that a new pipeline could be made of settings.
     *
     * @throws IllegalArgumentException if the settings do not fit together
     */
    public static void requireFitting(PipelineSettings settings) {
        Geometry asked = asked(settings);
        settings.requireBudgets(asked);
        requireMaxRecord(settings, asked);
    }

    /** Installs the first settings: a handler that cannot work yet is told and tries again. */
    public void begin(PipelineSettings settings) {
        install(settings, true);
    }

    private static Geometry asked(PipelineSettings settings) {
        return Geometry.of(settings.queueCapacity() == 0 ? defaultCapacity() : settings.queueCapacity());
    }

    private static long defaultCapacity() {
        long share = Runtime.getRuntime().maxMemory() / DEFAULT_CAPACITY_SHARE;
        return Math.min(Math.max(share, LEAST_DEFAULT_CAPACITY), MOST_DEFAULT_CAPACITY);
    }

    private static void requireMaxRecord(PipelineSettings settings, Geometry asked) {
        int largest = asked.largestRecordBytes();
        if (settings.maxRecord() > largest) {
            throw new IllegalArgumentException(
                    "queue.max-record: " + settings.maxRecord() + " bytes (expected: at most " + largest
                            + " with a queue.capacity of " + asked.capacityBytes() + ")");
        }
    }

    private int maxRecordBytes(PipelineSettings settings) {
        requireMaxRecord(settings, asked);
        int wanted = settings.maxRecord() == 0 ? DEFAULT_MAX_RECORD_BYTES : settings.maxRecord();
        return Math.min(wanted, journal.geometry().largestRecordBytes()) & -8;
    }

    // installation

    /**
     * Replaces the configuration by another, without a gap.
     *
     * @throws IllegalArgumentException if the settings do not fit together; nothing has changed
     * @throws IllegalStateException if a new handler cannot work, or the change found no room; nothing has changed
     */
    public void install(PipelineSettings settings) {
        install(settings, false);
    }

    private void install(PipelineSettings wanted, boolean starting) {
        installing.lock();
        try {
            PipelineSettings before = this.settings;
            PipelineSettings settings = before == null ? wanted : wanted.continuing(before);
            Map<String, Long> budgets = settings.requireBudgets(asked, journal.geometry());
            int maxRecordBytes = maxRecordBytes(settings);
            Map<Handler, HandlerWorker> running = runningByHandler();
            requireSameNames(settings, running);
            requireSameFallbacks(settings, running);
            requireFree(settings);
            for (HandlerSettings handler : settings.handlers()) {
                if (!running.containsKey(handler.handler())) {
                    prepare(handler, starting);
                }
            }
            journal.expectLinks(new Fallbacks(settings.handlers()).longestChain());
            change(settings, budgets, running);
            queue.maxRecordBytes(maxRecordBytes);
            journal.queueWait(settings.queueWait());
            shutdownDeadline = settings.shutdownDeadline();
            this.settings = settings;
            report.every(settings.statsEvery(), System.nanoTime());
            managed = settings.jmx();
            TraceEnds.listen(journal, settings.anyFlushesOnTraceEnd());
            if (settings.queueCapacity() != 0 && settings.queueCapacity() != asked.capacityBytes()) {
                diagnostics.report(
                        "queue.capacity",
                        "queue.capacity: " + settings.queueCapacity() + " bytes, but of a running pipeline it stays: "
                                + asked.capacityBytes());
            }
        } finally {
            installing.unlock();
        }
    }

    /** The settings in force. */
    public PipelineSettings settings() {
        return Objects.requireNonNull(settings, "not begun");
    }

    private Map<Handler, HandlerWorker> runningByHandler() {
        Map<Handler, HandlerWorker> running = new LinkedHashMap<>();
        for (HandlerWorker worker : workers.values()) {
            running.put(worker.handler(), worker);
        }
        return running;
    }

    /** A handler that goes on keeps its fallback, which ends after it. */
    private static void requireSameFallbacks(PipelineSettings settings, Map<Handler, HandlerWorker> running) {
        Map<String, Handler> byName = new HashMap<>();
        for (HandlerSettings handler : settings.handlers()) {
            byName.put(handler.name(), handler.handler());
        }
        for (HandlerSettings handler : settings.handlers()) {
            HandlerWorker worker = running.get(handler.handler());
            HandlerWorker fallback = worker == null ? null : worker.fallback();
            Handler before = fallback == null ? null : fallback.handler();
            Handler after = handler.receiver() == null ? null : byName.get(handler.receiver());
            if (worker != null && before != after) {
                throw new IllegalArgumentException(
                        "handler " + handler.name()
                                + ": the instance runs with another fallback or target (expected: the same, or another instance)");
            }
        }
    }

    /** A handler that goes on keeps its name: its thread, its diagnostics and its counts have it. */
    private static void requireSameNames(PipelineSettings settings, Map<Handler, HandlerWorker> running) {
        for (HandlerSettings handler : settings.handlers()) {
            HandlerWorker worker = running.get(handler.handler());
            if (worker != null && !worker.cursor().name().equals(handler.name())) {
                throw new IllegalArgumentException("handler " + handler.name() + ": the instance runs under the name "
                        + worker.cursor().name() + " (expected: the same name, or another instance)");
            }
        }
    }

    /** One instance has one worker, and one resource one handler at a time. */
    private void requireFree(PipelineSettings settings) {
        Map<String, String> holders = new HashMap<>();
        for (HandlerSettings handler : settings.handlers()) {
            for (HandlerWorker worker : leaving()) {
                if (worker.handler() == handler.handler() && !worker.isClosed()) {
                    throw new IllegalArgumentException("handler " + handler.name()
                            + ": the instance is still finishing for an earlier configuration (expected: another one)");
                }
            }
            String resource = handler.handler().resource();
            String holder = resource == null ? null : holders.putIfAbsent(resource, handler.name());
            if (holder != null) {
                throw new IllegalArgumentException("handler " + handler.name() + ": " + resource
                        + " is written to by handler " + holder + " (expected: one handler for each)");
            }
        }
    }

    /** Workers on their way out, those of a pipeline before this one included. */
    private List<HandlerWorker> leaving() {
        List<HandlerWorker> leaving = new ArrayList<>(listener.retiring());
        inherited.removeIf(HandlerWorker::isGone);
        leaving.addAll(inherited);
        return leaving;
    }

    /** A handler that could not work makes an installation fail; at the start the others run and it tries again. */
    private void prepare(HandlerSettings settings, boolean starting) {
        try {
            settings.handler().prepare();
        } catch (IOException | RuntimeException e) {
            String message = "handler " + settings.name() + ": " + e.getMessage();
            if (!starting) {
                throw new IllegalStateException(message, e);
            }
            diagnostics.report("prepare " + settings.name(), message);
        }
    }

    private void change(PipelineSettings settings, Map<String, Long> budgets, Map<Handler, HandlerWorker> running) {
        RoutePlan plan = new RoutePlan(settings.loggers(), overlay);
        List<Routing.Entry> entries = new ArrayList<>();
        Map<String, HandlerWorker> next = workersOf(settings, running);
        List<HandlerWorker> created = new ArrayList<>(next.values());
        created.removeAll(running.values());
        List<Cursor> added = new ArrayList<>();
        for (HandlerWorker worker : created) {
            added.add(worker.cursor());
        }
        for (HandlerSettings handler : settings.handlers()) {
            entries.add(new Routing.Entry(
                    workerOf(handler, next).cursor(),
                    id -> plan.levels(handler, loggers.name(id)),
                    handler.overflow(),
                    Objects.requireNonNull(budgets.get(handler.name()))));
        }
        Routing successor = new Routing(++generation, entries);
        journal.attach(added, successor);
        try {
            for (HandlerWorker worker : created) {
                worker.start();
            }
            journal.change(successor, CHANGE_TIMEOUT_NANOS, store -> loggers.publish(store, successor, plan, queue));
        } finally {
            if (journal.routing() == successor) {
                adopt(next, System.nanoTime() + nanos(settings.shutdownDeadline()));
                for (HandlerSettings handler : settings.handlers()) {
                    workerOf(handler, next).adopt(handler.worker());
                }
            } else {
                for (Cursor cursor : added) {
                    journal.detach(cursor);
                }
            }
        }
        if (journal.routing() != successor) {
            throw new IllegalStateException(
                    journal.isSealed() ? "the pipeline is closed" : "the journal had no room for a change of routes");
        }
    }

    /** The workers of a configuration by name, in its order: those that go on, and new ones that are not started yet. */
    private Map<String, HandlerWorker> workersOf(PipelineSettings settings, Map<Handler, HandlerWorker> running) {
        Map<String, HandlerWorker> made = new HashMap<>();
        for (HandlerSettings handler : new Fallbacks(settings.handlers()).receiversFirst()) {
            HandlerWorker fallback = handler.receiver() == null ? null : made.get(handler.receiver());
            HandlerWorker worker = running.get(handler.handler());
            if (worker == null) {
                worker = new HandlerWorker(
                        handler.handler(),
                        journal.newCursor(handler.name()),
                        journal,
                        loggers,
                        queue,
                        loggers::logger,
                        diagnostics,
                        holders(handler.handler()),
                        held,
                        fallback,
                        handler.worker());
            }
            made.put(handler.name(), worker);
        }
        Map<String, HandlerWorker> inOrder = new LinkedHashMap<>();
        for (HandlerSettings handler : settings.handlers()) {
            inOrder.put(handler.name(), workerOf(handler, made));
        }
        return inOrder;
    }

    /** Lets the workers of a new configuration be the ones there are, and the others finish. */
    private void adopt(Map<String, HandlerWorker> next, long deadline) {
        account.exclusively(() -> {
            for (HandlerWorker worker : workers.values()) {
                if (!next.containsValue(worker)) {
                    listener.retire(worker, deadline, DropReason.RETIRED);
                }
            }
            workers = next;
            listener.lookAfter(next.values());
        });
    }

    private static HandlerWorker workerOf(HandlerSettings settings, Map<String, HandlerWorker> workers) {
        return Objects.requireNonNull(workers.get(settings.name()));
    }

    /** A handler has left; what it did is part of the account all the same. */
    private void gone(HandlerWorker worker, Runnable leave) {
        account.exclusively(() -> {
            leave.run();
            if (!workers.containsValue(worker)) {
                account.retire(worker);
            }
        });
    }

    /** Workers that hold, or will hold before it, what a new handler is going to write to. */
    private List<HandlerWorker> holders(Handler handler) {
        String resource = handler.resource();
        List<HandlerWorker> holders = new ArrayList<>();
        if (resource != null) {
            List<HandlerWorker> earlier = new ArrayList<>(workers.values());
            earlier.addAll(leaving());
            earlier.removeIf(worker -> !resource.equals(worker.handler().resource()));
            holders.addAll(earlier);
        }
        return holders;
    }

    // levels at run time

    /** What lies over the settings in force; nothing any more after the end. */
    public LevelOverlay overlay() {
        return isClosed() ? LevelOverlay.NONE : overlay;
    }

    /**
     * Changes what lies over the settings: a change of routes, unless every logger logs what it logged before.
     *
     * @param change gets what lies there now
     * @return false if nothing has changed
     * @throws IllegalStateException if it is not running, or the journal had no room for the change; nothing has changed
     */
    public boolean relevel(UnaryOperator<LevelOverlay> change) {
        installing.lock();
        try {
            LevelOverlay before = overlay();
            LevelOverlay after = change.apply(before);
            if (after.equals(before)) {
                return false;
            }
            PipelineSettings current = settings;
            if (current == null || isClosed()) {
                throw new IllegalStateException(
                        "levels: the pipeline " + (current == null ? "has not begun yet" : "is closed"));
            }
            Routing routing = journal.routing();
            boolean same = plan(before).logsAs(plan(after));
            overlay = after;
            try {
                if (!same) {
                    change(current, current.requireBudgets(asked, journal.geometry()), runningByHandler());
                }
            } finally {
                if (!same && journal.routing() == routing) {
                    overlay = before;
                }
            }
            return true;
        } finally {
            installing.unlock();
        }
    }

    private RoutePlan plan(LevelOverlay over) {
        return new RoutePlan(settings().loggers(), over);
    }

    /** Takes away what has had its time, and tells of it. */
    void expireLevels(long nowNanos) {
        Set<String> over = new TreeSet<>();
        relevel(before -> {
            LevelOverlay after = before.expired(nowNanos);
            over.addAll(before.settings().keySet());
            over.removeAll(after.settings().keySet());
            return after;
        });
        for (String logger : over) {
            tell("level of " + logger + ": as configured, since the time of what was set is over");
        }
    }

    /** The levels that calls at a logger are taken at, whatever its lenses show. */
    public int taken(String logger) {
        RoutePlan plan = plan(overlay());
        return plan.logged(logger) & handled(logger);
    }

    /** The levels that handlers on a logger's route take. */
    public int handled(String logger) {
        Set<String> route = plan(LevelOverlay.NONE).handlers(logger);
        int handled = 0;
        for (HandlerSettings handler : settings().handlers()) {
            handled |= route.contains(handler.name()) ? handler.severity().levels() : 0;
        }
        return handled;
    }

    /** The names of all loggers there are. */
    public Set<String> loggerNames() {
        return loggers.allNames();
    }

    /** Tells of a change of levels, which is no trouble. */
    public void tell(String message) {
        tell("levels", message);
    }

    /** Tells of what somebody has done, each time. */
    public void tell(String kind, String message) {
        diagnostics.tell(kind, message);
    }

    // use

    public LoggerNode logger(String name) {
        return loggers.logger(name);
    }

    /** Whether it has been closed, or is being closed. */
    public boolean isClosed() {
        return journal.isSealed();
    }

    Routing routing() {
        return journal.routing();
    }

    HandlerWorker workerOf(Cursor cursor) {
        for (HandlerWorker worker : workers.values()) {
            if (worker.cursor() == cursor) {
                return worker;
            }
        }
        throw new IllegalStateException("handler " + cursor.name() + " has no worker");
    }

    /** Whether it is to be seen by JMX: its settings ask for that, and it has not been closed. */
    public boolean isManaged() {
        return managed && !isClosed();
    }

    /** Tells of a trouble of Weir's own. */
    public void report(String kind, String message) {
        diagnostics.report(kind, message);
    }

    LoggerTree loggers() {
        return loggers;
    }

    /** Lets the handlers open what they write to anew. */
    public void reopen() {
        for (HandlerWorker worker : workers.values()) {
            worker.reopen();
        }
    }

    /** Waits until everything logged before is written, dropped or filtered. */
    public boolean flush(Duration timeout) {
        return journal.awaitCommitted(journal.claimedEnd(), nanos(timeout));
    }

    /**
     * Drains while still admitting, seals, drains the rest, and closes the handlers.
     *
     * @param timeout null: as the settings say
     */
    public void close(@Nullable Duration timeout) {
        long nanos = nanos(timeout == null ? shutdownDeadline : timeout);
        long deadline = System.nanoTime() + nanos;
        listener.hasten(System.nanoTime() + nanos / 2, DropReason.SHUTDOWN_DEADLINE);
        journal.awaitCommitted(journal.claimedEnd(), nanos / 2);
        journal.seal();
        TraceEnds.listen(journal, false);
        boolean alone = tryInstalling(deadline - System.nanoTime());
        try {
            if (late) {
                return;
            }
            PipelineSettings last = settings;
            loggers.end(queue, new RoutePlan(last == null ? Map.of() : last.loggers(), LevelOverlay.NONE));
            listener.hasten(deadline, DropReason.SHUTDOWN_DEADLINE);
            List<HandlerWorker> ending = new ArrayList<>(workers.values());
            ending.addAll(listener.retiring());
            for (HandlerWorker worker : workers.values()) {
                listener.retire(worker, deadline, DropReason.SHUTDOWN_DEADLINE);
            }
            awaitGone(ending, deadline);
            late = true;
            for (HandlerWorker worker : ending) {
                worker.tellLosses();
            }
            listener.stop();
            refusals.tellAll();
            queue.letGo();
            diagnostics.flush(Duration.ofMillis(500));
        } finally {
            if (alone) {
                installing.unlock();
            }
        }
    }

    /**
     * Waits for an installation under way, whose handlers' code may hang, but not for ever: the journal is sealed, so it
     * can change nothing any more.
     */
    private boolean tryInstalling(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            return installing.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return installing.tryLock();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A time as nanoseconds; one that is longer than can be counted is as long as can be, a negative one is none. */
    private static long nanos(Duration time) {
        return time.isNegative() ? 0 : time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
    }

    /** Until every handler has closed, or has been given up and all that was its own is counted. */
    private void awaitGone(List<HandlerWorker> last, long deadlineNanos) {
        boolean interrupted = false;
        long grace = TimeUnit.MILLISECONDS.toNanos(500); // for the steward to give up who is late
        while (!listener.retiring().isEmpty() && System.nanoTime() - deadlineNanos < grace) {
            try {
                for (HandlerWorker worker : last) {
                    worker.awaitClosed(TimeUnit.MILLISECONDS.toNanos(1));
                }
                journal.steward().wake();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells of refusals, ends levels whose time is over, and lets the workers write the report that is due; until the end. Steward. */
    private void tick(long nowNanos) {
        refusals.tell(nowNanos);
        expiry.tick(nowNanos);
        if (!report.takeDue(nowNanos) || journal.isSealed()) {
            return;
        }
        byte[] record = report.encoded(snapshot());
        Routing routing = journal.routing();
        for (HandlerWorker worker : workers.values()) {
            Routing.Entry entry = routing.entryOf(worker.cursor());
            if (entry != null && report.isFor(entry)) {
                worker.offer(record);
            }
        }
    }

    /** Everything that was counted. */
    public Account.Snapshot snapshot() {
        return account.snapshot(journal, queue, () -> workers, listener::retiring);
    }

    public List<Diagnostics.Entry> diagnostics() {
        return diagnostics.entries();
    }
}
