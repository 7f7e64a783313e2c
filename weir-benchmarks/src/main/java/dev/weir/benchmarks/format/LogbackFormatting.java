package dev.weir.benchmarks.format;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.util.List;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.event.KeyValuePair;

/**
 * Logback's and logstash-logback-encoder's. Their events keep what was once formatted of them, so each call makes a new one,
 * as each call of an application does; {@code logback-event} makes the events alone, to be taken off.
 */
final class LogbackFormatting implements Formatting {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger(Call.LOGGER);
    private final List<Call> calls;
    private final Encoder<ILoggingEvent> encoder;

    private LogbackFormatting(List<Call> calls, Encoder<ILoggingEvent> encoder) {
        this.calls = calls;
        this.encoder = encoder;
    }

    static Formatting of(String name, List<Call> calls) {
        LogbackFormatting made = new LogbackFormatting(
                calls,
                switch (name) {
                    case "logback-pattern" -> pattern("%d %-5level [%thread] %logger{36} - %msg%n");
                    case "logback-pattern-mdc" ->
                        pattern("%d %-5level [%thread] %logger{36} tenant=%X{tenant} request=%X{request} - %msg%n");
                    case "logback-logstash", "logback-event" -> new LogstashEncoder();
                    default -> throw new IllegalArgumentException(name);
                });
        made.encoder.setContext(made.context);
        made.encoder.start();
        return name.equals("logback-event") ? made::makeEvents : made;
    }

    private static Encoder<ILoggingEvent> pattern(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(pattern);
        return encoder;
    }

    private LoggingEvent event(Call call) {
        LoggingEvent event = new LoggingEvent(
                LogbackFormatting.class.getName(),
                logger,
                Level.INFO,
                call.template(),
                call.thrown(),
                call.arguments().toArray());
        event.setThreadName(Call.THREAD);
        event.setMDCPropertyMap(call.context());
        call.keyValues().forEach((key, value) -> event.addKeyValuePair(new KeyValuePair(key, value)));
        return event;
    }

    @Override
    public long formatAll() {
        long bytes = 0;
        for (Call call : calls) {
            bytes += encoder.encode(event(call)).length;
        }
        return bytes;
    }

    private long makeEvents() {
        long made = 0;
        for (Call call : calls) {
            made += event(call).getTimeStamp() & 1;
        }
        return made;
    }
}
