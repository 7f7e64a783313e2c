package dev.weir.testkit;

import dev.weir.BreakerPolicy;
import dev.weir.handler.Handler;
import dev.weir.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stands before another handler and hands every call on, but those that a subclass takes for itself. */
abstract class ForwardingHandler implements Handler {
    private final Handler handler;

    ForwardingHandler(Handler handler) {
        this.handler = Objects.requireNonNull(handler, "handler");
    }

    @Override
    public void prepare() throws IOException {
        handler.prepare();
    }

    @Override
    public void inherit() {
        handler.inherit();
    }

    @Override
    public void open() throws IOException {
        handler.open();
    }

    @Override
    public boolean emit(LogRecord record) throws IOException {
        return handler.emit(record);
    }

    @Override
    public boolean shouldFlush(LogRecord record) {
        return handler.shouldFlush(record);
    }

    @Override
    public Duration flushDelay() {
        return handler.flushDelay();
    }

    @Override
    public void flush() throws IOException {
        handler.flush();
    }

    @Override
    public void rollback() throws IOException {
        handler.rollback();
    }

    @Override
    public void upkeep() throws IOException {
        handler.upkeep();
    }

    @Override
    public void reopen() throws IOException {
        handler.reopen();
    }

    @Override
    public void close(boolean abandoned) throws IOException {
        handler.close(abandoned);
    }

    @Override
    public boolean late(LogRecord record) throws IOException {
        return handler.late(record);
    }

    @Override
    public BreakerPolicy breaker() {
        return handler.breaker();
    }

    @Override
    public @Nullable String resource() {
        return handler.resource();
    }

    @Override
    public long bytesWritten() {
        return handler.bytesWritten();
    }
}
