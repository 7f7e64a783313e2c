package dev.weir.benchmarks.format;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.core.time.MutableInstant;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.util.StringMap;

/**
 * Log4j 2's, from events that were made in advance, into a buffer as its file appenders have it, the way without garbage. Its
 * events keep nothing that was formatted of them. Key-values are in the context as texts, where its bridge from SLF4J puts
 * them.
 */
final class Log4jFormatting implements Formatting, ByteBufferDestination {
    private final LogEvent[] events;
    private final Layout<?> layout;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long bytes;

    private Log4jFormatting(LogEvent[] events, Layout<?> layout) {
        this.events = events;
        this.layout = layout;
    }

    static Log4jFormatting of(String name, List<Call> calls) {
        Configuration configuration = new DefaultConfiguration();
        Layout<?> layout =
                switch (name) {
                    case "log4j-pattern" -> pattern("%d %-5level [%thread] %logger{36} - %msg%n", configuration);
                    case "log4j-pattern-mdc" ->
                        pattern(
                                "%d %-5level [%thread] %logger{36} tenant=%X{tenant} request=%X{request} - %msg%n",
                                configuration);
                    case "log4j-ecs" -> json("EcsLayout.json", configuration);
                    case "log4j-logstash" -> json("LogstashJsonEventLayoutV1.json", configuration);
                    case "log4j-gelf" -> json("GelfLayout.json", configuration);
                    case "log4j-gcp" -> json("GcpLayout.json", configuration);
                    default -> throw new IllegalArgumentException(name);
                };
        return new Log4jFormatting(calls.stream().map(Log4jFormatting::event).toArray(LogEvent[]::new), layout);
    }

    private static Layout<?> pattern(String pattern, Configuration configuration) {
        return PatternLayout.newBuilder()
                .setPattern(pattern)
                .setConfiguration(configuration)
                .build();
    }

    private static Layout<?> json(String template, Configuration configuration) {
        return JsonTemplateLayout.newBuilder()
                .setConfiguration(configuration)
                .setEventTemplateUri("classpath:" + template)
                .build();
    }

    private static LogEvent event(Call call) {
        StringMap context = ContextDataFactory.createContextData();
        call.context().forEach(context::putValue);
        call.keyValues().forEach((key, value) -> context.putValue(key, String.valueOf(value)));
        MutableInstant time = new MutableInstant();
        Instant now = Instant.now();
        time.initFromEpochSecond(now.getEpochSecond(), now.getNano());
        return Log4jLogEvent.newBuilder()
                .setLoggerName(Call.LOGGER)
                .setLevel(Level.INFO)
                .setMessage(new ParameterizedMessage(
                        call.template(), call.arguments().toArray()))
                .setThrown(call.thrown())
                .setContextData(context)
                .setThreadName(Call.THREAD)
                .setThreadId(Call.THREAD_ID)
                .setInstant(time)
                .build();
    }

    @Override
    public long formatAll() {
        bytes = 0;
        for (LogEvent event : events) {
            layout.encode(event, this);
        }
        drain(buffer);
        return bytes;
    }

    @Override
    public ByteBuffer getByteBuffer() {
        return buffer;
    }

    @Override
    public ByteBuffer drain(ByteBuffer full) {
        bytes += full.position();
        return full.clear();
    }

    @Override
    public void writeBytes(ByteBuffer data) {
        bytes += data.remaining();
        data.position(data.limit());
    }

    @Override
    public void writeBytes(byte[] data, int offset, int length) {
        bytes += length;
    }
}
