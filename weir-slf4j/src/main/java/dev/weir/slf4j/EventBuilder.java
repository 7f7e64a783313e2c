package dev.weir.slf4j;

import dev.weir.Level;
import dev.weir.RecordBuilder;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.spi.CallerBoundaryAware;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One call of SLF4J's fluent API. It collects until {@code log()}, because a marker may yet make an ERROR a CRITICAL; only
 * then is there a record, so that a builder that is never logged costs and leaves nothing.
 *
 * <p><b>Reuse.</b> Each thread keeps the builder it was given last, by a weak reference, so that nothing of Weir and of
 * what was handed to it stays with the thread. It is handed out again once it was logged by the thread it belongs to.
 * While it is in use (a call within a supplier or {@code toString()}), after it was abandoned, or after another thread
 * logged it, a new one takes its place. Therefore {@code log()} ends a builder's use. Until the thread begins the next,
 * another {@code log(…)} on it still makes a record of the same logger and level.
 *
 * <p>Used by one thread at a time.
 */
final class EventBuilder implements LoggingEventBuilder, CallerBoundaryAware {
    private static final ThreadLocal<@Nullable WeakReference<?>> KEPT = new ThreadLocal<>();
    private static final String OWN_NAME = EventBuilder.class.getName();
    /** Arrays that have grown beyond this are not kept. */
    private static final int MOST_KEPT = 32;

    private final Thread owner;
    private dev.weir.Logger logger;
    private Level level;
    private boolean inUse = true;

    private @Nullable String message;
    private @Nullable Throwable cause;
    private @Nullable Object[] arguments = new Object[4];
    private int argumentCount;
    private @Nullable String[] keys = new String[4];
    private @Nullable Object[] values = new Object[4];
    private int keyValueCount;
    private Marker[] markers = new Marker[2];
    private int markerCount;
    private String boundary = OWN_NAME;

    private EventBuilder(Thread owner, dev.weir.Logger logger, Level level) {
        this.owner = owner;
        this.logger = logger;
        this.level = level;
    }

    /** A builder with nothing in it, for the calling thread. */
    static EventBuilder begin(dev.weir.Logger logger, Level level) {
        WeakReference<?> reference = KEPT.get();
        EventBuilder kept = reference == null ? null : (EventBuilder) reference.get();
        if (kept == null || kept.inUse) {
            EventBuilder created = new EventBuilder(Thread.currentThread(), logger, level);
            KEPT.set(new WeakReference<>(created));
            return created;
        }
        kept.inUse = true;
        kept.logger = logger;
        kept.level = level;
        return kept;
    }

    @Override
    public LoggingEventBuilder setMessage(@Nullable String template) {
        message = template;
        return this;
    }

    @Override
    public LoggingEventBuilder setMessage(@Nullable Supplier<String> template) {
        return setMessage(template == null ? null : template.get());
    }

    @Override
    public LoggingEventBuilder setCause(@Nullable Throwable thrown) {
        cause = thrown;
        return this;
    }

    @Override
    public LoggingEventBuilder addMarker(@Nullable Marker marker) {
        if (marker != null) {
            if (markerCount == markers.length) {
                markers = Arrays.copyOf(markers, 2 * markerCount);
            }
            markers[markerCount++] = marker;
        }
        return this;
    }

    @Override
    public LoggingEventBuilder addArgument(@Nullable Object argument) {
        if (argumentCount == arguments.length) {
            arguments = Arrays.copyOf(arguments, 2 * argumentCount);
        }
        arguments[argumentCount++] = argument;
        return this;
    }

    @Override
    public LoggingEventBuilder addArgument(@Nullable Supplier<?> argument) {
        Object value = argument == null ? null : argument.get();
        return addArgument(value);
    }

    @Override
    public LoggingEventBuilder addKeyValue(@Nullable String key, @Nullable Object value) {
        if (keyValueCount == keys.length) {
            keys = Arrays.copyOf(keys, 2 * keyValueCount);
            values = Arrays.copyOf(values, 2 * keyValueCount);
        }
        keys[keyValueCount] = key;
        values[keyValueCount++] = value;
        return this;
    }

    @Override
    public LoggingEventBuilder addKeyValue(@Nullable String key, @Nullable Supplier<Object> value) {
        Object supplied = value == null ? null : value.get();
        return addKeyValue(key, supplied);
    }

    /** Who called that class has made the call; with null, who called this builder. */
    @Override
    public void setCallerBoundary(@Nullable String fqcn) {
        boundary = fqcn == null ? OWN_NAME : fqcn;
    }

    @Override
    public void log(@Nullable String template) {
        message = template;
        log();
    }

    @Override
    public void log(@Nullable String template, @Nullable Object argument) {
        message = template;
        addArgument(argument);
        log();
    }

    @Override
    public void log(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        message = template;
        addArgument(first);
        addArgument(second);
        log();
    }

    @Override
    public void log(@Nullable String template, @Nullable Object @Nullable ... more) {
        message = template;
        if (more != null) {
            for (Object argument : more) {
                addArgument(argument);
            }
        }
        log();
    }

    @Override
    public void log(@Nullable Supplier<String> template) {
        log(template == null ? null : template.get());
    }

    @Override
    public void log() {
        try {
            Level raised = level;
            for (int i = 0; i < markerCount; i++) {
                raised = Markers.level(raised, markers[i]);
            }
            if (logger.isEnabled(raised)) {
                emit(logger.atLevel(raised));
            }
        } finally {
            release();
        }
    }

    private void emit(RecordBuilder record) {
        record.message(message).callerBoundary(boundary);
        for (int i = 0; i < markerCount; i++) {
            Markers.addNames(markers[i], record);
        }
        Arguments.add(arguments, argumentCount, cause, record);
        for (int i = 0; i < keyValueCount; i++) {
            record.keyValue(keys[i], values[i]);
        }
        record.log();
    }

    private void release() {
        message = null;
        cause = null;
        arguments = cleared(arguments, argumentCount);
        keys = cleared(keys, keyValueCount);
        values = cleared(values, keyValueCount);
        markers = cleared(markers, markerCount);
        argumentCount = 0;
        keyValueCount = 0;
        markerCount = 0;
        boundary = OWN_NAME;
        if (Thread.currentThread() == owner) {
            inUse = false;
        }
    }

    private static <T extends @Nullable Object> T[] cleared(T[] array, int used) {
        Arrays.fill(array, 0, used, null);
        return array.length > MOST_KEPT ? Arrays.copyOf(array, MOST_KEPT) : array;
    }
}
