package dev.weir.benchmarks.peer;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.OutputStream;

/** Encodes as a file appender does, into a stream that throws it away. Named in {@link LogbackConfiguration}. */
public final class LogbackDiscard extends OutputStreamAppender<ILoggingEvent> {
    /** Made by Logback. */
    public LogbackDiscard() {}

    @Override
    public void start() {
        setOutputStream(OutputStream.nullOutputStream());
        super.start();
    }

    @Override
    protected void subAppend(ILoggingEvent event) {
        super.subAppend(event);
        Discarded.add(1);
    }
}
