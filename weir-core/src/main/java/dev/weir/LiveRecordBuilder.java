package dev.weir;

import dev.weir.internal.emit.Draft;
import dev.weir.internal.emit.LoggerNode;
import dev.weir.internal.emit.ThreadState;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.Utf8;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The builder of a level that is on. A platform thread keeps one and uses it again when its record has been logged; while
 * that one is in use, or after it was given up, a new one takes its place.
 */
final class LiveRecordBuilder extends RecordBuilder {
    private final Draft draft = new Draft();
    private final Thread owner = Thread.currentThread();
    private @Nullable LoggerNode logger;
    private Level level;
    private boolean inUse = true;

    private LiveRecordBuilder(LoggerNode logger, Level level) {
        this.logger = logger;
        this.level = level;
    }

    /**
     * A builder with nothing in it.
     *
     * @param boundary the class whose methods' caller makes the call; null for this API
     */
    static LiveRecordBuilder begin(LoggerNode logger, @Nullable String boundary, Level level) {
        LiveRecordBuilder kept = (LiveRecordBuilder) ThreadState.keptBuilder();
        if (kept == null || kept.inUse) {
            LiveRecordBuilder created = new LiveRecordBuilder(logger, level);
            created.draft.boundary(boundary);
            ThreadState.keepBuilder(created);
            return created;
        }
        kept.inUse = true;
        kept.logger = logger;
        kept.level = level;
        kept.draft.boundary(boundary);
        return kept;
    }

    @Override
    public void log() {
        LoggerNode to = logger;
        logger = null; // a thread keeps its builder, but no logger
        try {
            if (to != null) {
                to.queue().emit(to, level, draft);
            }
        } finally {
            draft.clear();
            if (owner == Thread.currentThread()) {
                inUse = false;
            }
        }
    }

    @Override
    public RecordBuilder message(@Nullable String template) {
        draft.template(template);
        return this;
    }

    @Override
    public RecordBuilder argument(@Nullable Object value) {
        draft.argument(value);
        return this;
    }

    @Override
    public RecordBuilder argument(long value) {
        draft.argument(value);
        return this;
    }

    @Override
    public RecordBuilder argument(double value) {
        draft.argument(value);
        return this;
    }

    @Override
    public RecordBuilder argument(float value) {
        draft.argument(value);
        return this;
    }

    @Override
    public RecordBuilder argument(char value) {
        draft.argument((Object) value);
        return this;
    }

    @Override
    public RecordBuilder argument(boolean value) {
        draft.argument((Object) value);
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, @Nullable Object value) {
        draft.keyValue(key, value);
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, long value) {
        draft.keyValue(key, value);
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, double value) {
        draft.keyValue(key, value);
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, float value) {
        draft.keyValue(key, value);
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, char value) {
        draft.keyValue(key, (Object) value);
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, boolean value) {
        draft.keyValue(key, (Object) value);
        return this;
    }

    @Override
    public RecordBuilder cause(@Nullable Throwable thrown) {
        draft.cause(thrown);
        return this;
    }

    @Override
    public RecordBuilder marker(String name) {
        draft.marker(name);
        return this;
    }

    @Override
    public RecordBuilder time(long epochNanos) {
        draft.time(epochNanos);
        return this;
    }

    @Override
    public RecordBuilder thread(String name, long id) {
        draft.thread(Utf8.ofAtMost(RecordLayout.MAX_THREAD_NAME_CHARS, name), id);
        return this;
    }

    @Override
    public RecordBuilder eventName(@Nullable String name) {
        draft.eventName(name);
        return this;
    }

    @Override
    public RecordBuilder severity(int number, @Nullable String text) {
        draft.severity(number, text);
        return this;
    }

    @Override
    public RecordBuilder observed(long epochNanos) {
        draft.observed(epochNanos);
        return this;
    }

    @Override
    public RecordBuilder uniqueId(@Nullable String id) {
        draft.uniqueId(id);
        return this;
    }

    @Override
    public RecordBuilder callerBoundary(String className) {
        draft.boundary(Objects.requireNonNull(className, "className"));
        return this;
    }

    @Override
    public RecordBuilder caller(@Nullable StackTraceElement known) {
        draft.caller(known);
        return this;
    }
}
