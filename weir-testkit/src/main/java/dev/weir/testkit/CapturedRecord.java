package dev.weir.testkit;

import dev.weir.Level;
import dev.weir.format.StackTraces;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was logged by one call, taken apart for assertions. Any thread; nothing that is logged later changes it, and its own
 * collections cannot be changed.
 *
 * <p>Values are as a record keeps them: whole numbers of any size up to 64 bits are {@code Long}, an object of another
 * type than {@link LogRecord#arguments()} names is the text that its {@code toString()} gave at the call.
 *
 * @param level of the call
 * @param logger its name; "ROOT" is the root
 * @param message with its arguments put in; "null" for a null message
 * @param template the message as it was given; null for a null message
 * @param arguments of the message
 * @param keyValues of the call, in its order; of a key that was given twice, the last value
 * @param context what the context (MDC) held at the call, without what became trace ids
 * @param markers their names, and those of all they refer to
 * @param throwable the stack trace of what was thrown as {@link Throwable#printStackTrace()} has it, but with the control characters of
 *     messages escaped; null if none was logged
 * @param thread the name of the thread that logged
 * @param time when it was logged
 * @param traceId 32 lower-case hexadecimal digits; null outside any trace
 * @param spanId 16 lower-case hexadecimal digits; null outside any span
 * @param severityNumber 1 to 24, as OpenTelemetry numbers severities
 * @param eventName null if the record is not one of an event
 * @param thrown what was thrown, taken apart; null if nothing was
 */
public record CapturedRecord(
        Level level,
        String logger,
        String message,
        @Nullable String template,
        List<@Nullable Object> arguments,
        Map<String, @Nullable Object> keyValues,
        Map<String, @Nullable Object> context,
        List<String> markers,
        @Nullable String throwable,
        String thread,
        Instant time,
        @Nullable String traceId,
        @Nullable String spanId,
        int severityNumber,
        @Nullable String eventName,
        @Nullable CapturedThrowable thrown) {

    /**
     * Takes a record apart.
     *
     * @param record lent for the call
     * @return what it holds
     */
    public static CapturedRecord of(LogRecord record) {
        return new CapturedRecord(
                record.level(),
                record.loggerName(),
                record.message(),
                record.template(),
                Collections.unmodifiableList(record.arguments()),
                entries(record::forEachKeyValue),
                entries(record::forEachContext),
                record.markers(),
                record.hasThrowable() ? stackTrace(record) : null,
                record.threadName(),
                Instant.EPOCH.plusNanos(record.timeNanos()),
                record.traceId(),
                record.spanId(),
                record.severityNumber(),
                record.eventName(),
                record.throwables().count() > 0 ? CapturedThrowable.of(record) : null);
    }

    private static Map<String, @Nullable Object> entries(Consumer<BiConsumer<String, @Nullable Object>> walk) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        walk.accept(entries::put);
        return Collections.unmodifiableMap(entries);
    }

    private static String stackTrace(LogRecord record) {
        ByteOutput out = new ByteOutput(1024);
        StackTraces.builder().build().append(record, out);
        return out.toString();
    }
}
