package dev.weir.benchmarks;

import dev.weir.Context;
import dev.weir.Logger;
import dev.weir.OverflowPolicy;
import dev.weir.Weir;
import dev.weir.format.Colours;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.handler.Handler;
import dev.weir.record.ByteOutput;
import dev.weir.record.LogRecord;
import dev.weir.record.LoggerNames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs a worker to format a record, for Weir alone: a thousand records, one behind the other, again and again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FormatBenchmark {
    private static final int RECORDS = 1_000;
    private static final int FRAMES = 40;
    private static final String LOGGER = "shop.orders.Settlement";
    private static final byte[] LOGGER_UTF8 = LOGGER.getBytes(StandardCharsets.UTF_8);
    private static final String[] CUSTOMERS = {"c-48213", "c-7", "acme-gmbh", "northwind-traders", "c-900142", "initech"
    };

    /** Which formatter: JSON by a preset, or text. */
    @Param({"weir", "python", "ecs", "logstash", "gelf", "gcp", "text", "pattern", "pretty"})
    public String formatter = "";

    /**
     * What is in the records: three arguments and three entries of MDC; the same with a template and an MDC of its own for
     * each record; ten key-values; an exception, the same each time or another one each time.
     */
    @Param({"mdc", "never-again", "key-values", "exception", "exceptions"})
    public String shape = "";

    private final LogRecord view = new LogRecord(new OneLogger());
    private final ByteOutput out = new ByteOutput(1 << 20);
    private byte[] records = {};
    private Formatter tested = JsonFormatter.weir();

    private static final class OneLogger implements LoggerNames {
        @Override
        public String name(int loggerId) {
            return LOGGER;
        }

        @Override
        public byte[] nameUtf8(int loggerId) {
            return LOGGER_UTF8;
        }
    }

    /** Logs the records and keeps their bytes. */
    @Setup(Level.Trial)
    public void log() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Handler keeping = new Handler() {
            @Override
            public boolean emit(LogRecord record) {
                kept.write(record.bytes(), record.start(), record.length());
                return true;
            }

            @Override
            public void flush() {}
        };
        Weir weir = Weir.builder()
                .overflow(OverflowPolicy.BLOCK)
                .handler("keeping", keeping)
                .start();
        Logger logger = weir.loggerOf(LOGGER);
        for (int i = 0; i < RECORDS; i++) {
            log(logger, i);
        }
        Context.clear();
        weir.close(Duration.ofMinutes(1));
        records = kept.toByteArray();
        tested = switch (formatter) {
            case "text" -> TextFormatter.of("%(asctime)s %(levelname)-8s %(name)s [%(threadName)s] %(message)s");
            case "pattern" ->
                TextFormatter.builder()
                        .pattern("%d %-5level [%thread] %logger{36} - %msg%n")
                        .build();
            case "pretty" ->
                TextFormatter.builder().preset("pretty").colours(Colours.ALWAYS).build();
            default -> JsonFormatter.builder().preset(formatter).build();
        };
    }

    private void log(Logger logger, int i) {
        Context.put("tenant", "northwind");
        Context.put("request", shape.equals("never-again") ? "8c1f03d2-" + i : "8c1f03d27ab4");
        Context.put("user", "u-118");
        switch (shape) {
            case "mdc" ->
                logger.info("Order {} of customer {} settled in {} us", i * 37, CUSTOMERS[i % 6], i * 37L % 1_000_003);
            case "never-again" ->
                logger.info(i + ": order {} of {} settled in {} us", i * 37, CUSTOMERS[i % 6], i * 37L % 1_000_003);
            case "key-values" ->
                logger.atInfo()
                        .keyValue("order", i)
                        .keyValue("customer", CUSTOMERS[i % 6])
                        .keyValue("micros", i * 37L % 1_000_003)
                        .keyValue("amount", 12.5)
                        .keyValue("currency", "EUR")
                        .keyValue("items", 3)
                        .keyValue("express", true)
                        .keyValue("warehouse", "hh-02")
                        .keyValue("attempt", 1)
                        .keyValue("channel", "web")
                        .log("Order settled");
            case "exception" -> logger.error("Order refused", thrown(0));
            case "exceptions" -> logger.error("Order refused", thrown(i));
            default -> throw new IllegalArgumentException(shape);
        }
    }

    private static Exception thrown(int number) {
        StackTraceElement[] frames = new StackTraceElement[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = new StackTraceElement("shop.orders.Layer" + i, "handle", "Layer" + i + ".java", number + i);
        }
        Exception thrown = new IllegalStateException("no such order");
        thrown.setStackTrace(frames);
        return thrown;
    }

    /**
     * Formats all of them.
     *
     * @return how many bytes they made
     */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int format() {
        out.truncate(0);
        for (int at = 0; at < records.length; at += view.length()) {
            tested.format(view.moveTo(records, at), out);
        }
        return out.size();
    }
}
