package dev.weir;

import org.jspecify.annotations.Nullable;

/** The builder of a level that is off. */
final class SilentRecordBuilder extends RecordBuilder {
    static final SilentRecordBuilder INSTANCE = new SilentRecordBuilder();

    private SilentRecordBuilder() {}

    @Override
    public RecordBuilder message(@Nullable String template) {
        return this;
    }

    @Override
    public RecordBuilder argument(@Nullable Object value) {
        return this;
    }

    @Override
    public RecordBuilder argument(long value) {
        return this;
    }

    @Override
    public RecordBuilder argument(double value) {
        return this;
    }

    @Override
    public RecordBuilder argument(float value) {
        return this;
    }

    @Override
    public RecordBuilder argument(char value) {
        return this;
    }

    @Override
    public RecordBuilder argument(boolean value) {
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, @Nullable Object value) {
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, long value) {
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, double value) {
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, float value) {
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, char value) {
        return this;
    }

    @Override
    public RecordBuilder keyValue(@Nullable String key, boolean value) {
        return this;
    }

    @Override
    public RecordBuilder cause(@Nullable Throwable thrown) {
        return this;
    }

    @Override
    public RecordBuilder marker(String name) {
        return this;
    }

    @Override
    public RecordBuilder time(long epochNanos) {
        return this;
    }

    @Override
    public RecordBuilder thread(String name, long id) {
        return this;
    }

    @Override
    public RecordBuilder eventName(@Nullable String name) {
        return this;
    }

    @Override
    public RecordBuilder severity(int number, @Nullable String text) {
        return this;
    }

    @Override
    public RecordBuilder observed(long epochNanos) {
        return this;
    }

    @Override
    public RecordBuilder uniqueId(@Nullable String id) {
        return this;
    }

    @Override
    public RecordBuilder callerBoundary(String className) {
        return this;
    }

    @Override
    public RecordBuilder caller(@Nullable StackTraceElement known) {
        return this;
    }

    @Override
    public void log() {}
}
