package dev.weir.slf4j;

import dev.weir.Level;
import dev.weir.LoggerOptions;
import dev.weir.Weir;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what reaches it, for tests to read on any thread. */
final class CapturingHandler implements Handler {
    private final List<Captured> records = new CopyOnWriteArrayList<>();
    private final TextFormatter text = TextFormatter.of("%(message)s");

    /** A record as text and values; {@code stackTrace} is empty without a throwable, {@code caller} null if it is unknown. */
    record Captured(
            Level level,
            String logger,
            String thread,
            long threadId,
            long timeNanos,
            @Nullable String template,
            String message,
            List<@Nullable Object> arguments,
            List<String> keyValues,
            List<String> context,
            List<String> markers,
            String stackTrace,
            @Nullable StackTraceElement caller) {}

    /** Installs a pipeline that has only this handler. */
    static CapturingHandler install(Level level) {
        return install(root -> root.level(level));
    }

    /** The same, with what is set at the root. */
    static CapturingHandler install(Consumer<LoggerOptions> options) {
        CapturingHandler handler = new CapturingHandler();
        Weir.builder()
                .handler("captured", handler)
                .root(root -> options.accept(root.handlers("captured")))
                .install();
        return handler;
    }

    /** All records that were emitted before the call. */
    List<Captured> records() {
        Weir.current().flush(Duration.ofSeconds(20));
        return records;
    }

    /** The only record. */
    Captured only() {
        List<Captured> all = records();
        if (all.size() != 1) {
            throw new AssertionError("expected one record, not " + all);
        }
        return all.get(0);
    }

    void clear() {
        records();
        records.clear();
    }

    @Override
    public boolean emit(LogRecord record) {
        List<String> keyValues = new ArrayList<>();
        List<String> context = new ArrayList<>();
        record.forEachKeyValue((key, value) -> keyValues.add(key + "=" + value));
        record.forEachContext((key, value) -> context.add(key + "=" + value));
        ByteOutput out = new ByteOutput(256);
        text.format(record, out);
        String all = new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
        records.add(new Captured(
                record.level(),
                record.loggerName(),
                record.threadName(),
                record.threadId(),
                record.timeNanos(),
                record.template(),
                record.message(),
                record.arguments(),
                keyValues,
                context,
                record.markers(),
                all.substring(all.indexOf('\n') + 1),
                caller(record)));
        return true;
    }

    private static @Nullable StackTraceElement caller(LogRecord record) {
        int type = record.callerClassAt();
        return type == 0
                ? null
                : new StackTraceElement(
                        record.values().text(type),
                        record.values().text(record.callerMethodAt()),
                        record.values().text(record.callerFileAt()),
                        (int) record.callerLine());
    }

    @Override
    public void flush() {}
}
