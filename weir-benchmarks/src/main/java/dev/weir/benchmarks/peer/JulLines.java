package dev.weir.benchmarks.peer;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/**
 * The line of text that all contenders write. The formatter that comes with java.util.logging has two lines and no
 * MDC; as it runs on the caller's thread, MDC can be asked here.
 */
final class JulLines extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").withZone(ZoneOffset.UTC);

    private final boolean context;

    JulLines(boolean context) {
        this.context = context;
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(record.getInstant(), line);
        line.append(' ').append(record.getLevel().getName());
        line.append(" [").append(Thread.currentThread().getName()).append("] ");
        line.append(record.getLoggerName());
        if (context) {
            line.append(" tenant=").append(MDC.get(Orders.TENANT_KEY));
            line.append(" request=").append(MDC.get(Orders.REQUEST_KEY));
        }
        return line.append(": ").append(formatMessage(record)).append('\n').toString();
    }
}
