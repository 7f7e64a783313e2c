package dev.weir.benchmarks.peer;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry log SDK with its batch processor and an exporter that counts. Called by its own API, which has no
 * templates: the caller puts the message together, and what others have in MDC are attributes. Nothing is formatted.
 *
 * <p>{@code maxQueueSize}: as large as the other queues. {@code maxExportBatchSize}: eight times the default, for fewer
 * exports. A full queue drops; there is no setting for that.
 */
final class OpenTelemetryBackend implements Backend {
    private static final int MAX_BATCH = 4096;
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey(Orders.TENANT_KEY);
    private static final AttributeKey<String> REQUEST = AttributeKey.stringKey(Orders.REQUEST_KEY);
    private static final AttributeKey<String> CUSTOMER = AttributeKey.stringKey("customer");
    private static final AttributeKey<String> CURRENCY = AttributeKey.stringKey("currency");
    private static final AttributeKey<String> WAREHOUSE = AttributeKey.stringKey("warehouse");
    private static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("channel");
    private static final AttributeKey<Long> ORDER = AttributeKey.longKey("order");
    private static final AttributeKey<Long> MICROS = AttributeKey.longKey("micros");
    private static final AttributeKey<Long> ITEMS = AttributeKey.longKey("items");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("attempt");
    private static final AttributeKey<Double> AMOUNT = AttributeKey.doubleKey("amount");
    private static final AttributeKey<Boolean> EXPRESS = AttributeKey.booleanKey("express");

    private @Nullable SdkLoggerProvider provider;

    @Override
    public void start(Setup setup) {
        provider = SdkLoggerProvider.builder()
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(new Counting())
                        .setMaxQueueSize(Configuration.QUEUED_RECORDS)
                        .setMaxExportBatchSize(MAX_BATCH)
                        .build())
                .build();
    }

    @Override
    public Calls calls(Shape shape) {
        Logger logger = Objects.requireNonNull(provider, "started").get(Orders.LOGGER);
        return new Calls() {
            @Override
            public void enter() {}

            @Override
            public void log(long i) {
                emit(logger.logRecordBuilder().setSeverity(Severity.INFO), shape, i);
            }
        };
    }

    private static void emit(LogRecordBuilder builder, Shape shape, long i) {
        if (shape.hasContext()) {
            builder.setAttribute(TENANT, Orders.TENANT)
                    .setAttribute(REQUEST, shape == Shape.REQUESTS ? Orders.request(i) : Orders.REQUEST);
        }
        switch (shape) {
            case CONSTANT -> builder.setBody(Orders.CONSTANT);
            case ARGUMENTS, MDC ->
                builder.setBody("Order " + Orders.order(i) + " of customer " + Orders.customer(i) + " settled in "
                        + Orders.micros(i) + " us");
            case REQUESTS ->
                builder.setBody("Step " + i % Orders.STEPS + ": order " + Orders.order(i) + " of customer "
                        + Orders.customer(i) + " settled in " + Orders.micros(i) + " us");
            case KEY_VALUES ->
                builder.setBody(Orders.SETTLED)
                        .setAttribute(ORDER, (long) Orders.order(i))
                        .setAttribute(CUSTOMER, Orders.customer(i))
                        .setAttribute(MICROS, Orders.micros(i))
                        .setAttribute(AMOUNT, 12.5)
                        .setAttribute(CURRENCY, "EUR")
                        .setAttribute(ITEMS, 3L)
                        .setAttribute(EXPRESS, true)
                        .setAttribute(WAREHOUSE, "hh-02")
                        .setAttribute(ATTEMPT, 1L)
                        .setAttribute(CHANNEL, "web");
            case EXCEPTION -> builder.setBody(Orders.REFUSED).setException(Orders.failure(i));
        }
        builder.emit();
    }

    @Override
    public void stop() {
        if (provider != null) {
            provider.shutdown().join(1, TimeUnit.MINUTES);
        }
    }

    /** Counts what it is given. */
    private static final class Counting implements LogRecordExporter {
        @Override
        public CompletableResultCode export(Collection<LogRecordData> logs) {
            Discarded.add(logs.size());
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
