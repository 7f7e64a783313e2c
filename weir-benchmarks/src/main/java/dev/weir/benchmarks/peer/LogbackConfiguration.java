package dev.weir.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * Logback by <a href="https://logback.qos.ch/manual/appenders.html">its manual</a>, with JSON by <a
 * href="https://github.com/logfellow/logstash-logback-encoder">logstash-logback-encoder</a>, whose disruptor appender is
 * one of the two ways to be asynchronous.
 */
final class LogbackConfiguration {
    private final Setup setup;
    private final Kind kind;

    /** Its ways to write. */
    enum Kind {
        /** Logback's own asynchronous appender. */
        ASYNC,
        /** logstash-logback-encoder's. */
        DISRUPTOR,
        /** The caller writes. */
        SYNC
    }

    private LogbackConfiguration(Setup setup, Kind kind) {
        this.setup = setup;
        this.kind = kind;
    }

    static Configuration of(Setup setup, Kind kind) {
        return new Configuration(
                "logback.xml",
                new LogbackConfiguration(setup, kind).xml(),
                List.of("logback.configurationFile=" + Configuration.FILE));
    }

    private String xml() {
        StringBuilder appenders = new StringBuilder();
        StringBuilder references = new StringBuilder();
        Path file = setup.file();
        if (file != null) {
            add("file", fileAppender("file", file, false), appenders, references);
        }
        Path pipe = setup.pipe();
        if (pipe != null) {
            add("pipe", fileAppender("pipe", pipe, true), appenders, references);
        }
        if (setup.sink() == Sink.NULL) {
            add("discard", discardAppender(), appenders, references);
        }
        // The status listener: its messages are for whoever changes this file.
        return """
                <configuration>
                  <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
                %s  <root level="INFO">
                %s  </root>
                </configuration>
                """.formatted(appenders, references);
    }

    private void add(String name, String appender, StringBuilder appenders, StringBuilder references) {
        appenders.append(appender);
        String referred = name;
        if (kind != Kind.SYNC) {
            referred = "async-" + name;
            appenders.append(kind == Kind.ASYNC ? async(referred, name) : disruptor(referred, name));
        }
        references.append("    <appender-ref ref=\"").append(referred).append("\"/>\n");
    }

    /** immediateFlush false: the manual's advice for throughput. The disruptor's thread flushes at the end of a batch. */
    private String fileAppender(String name, Path path, boolean append) {
        return """
                  <appender name="%s" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <append>%s</append>
                    <immediateFlush>false</immediateFlush>
                    <bufferSize>%d</bufferSize>
                %s  </appender>
                """.formatted(name, path, append, Configuration.BUFFER_BYTES, encoder());
    }

    private String discardAppender() {
        return """
                  <appender name="discard" class="%s">
                    <immediateFlush>false</immediateFlush>
                %s  </appender>
                """.formatted(LogbackDiscard.class.getName(), encoder());
    }

    /**
     * discardingThreshold 0: nothing is dropped while there is room; as it comes, INFO goes when a fifth is left.
     * maxFlushTime 0: its stop waits until all is written. includeCallerData false, its default: nobody walks the stack.
     */
    private String async(String name, String target) {
        String policy = setup.policy() == Policy.BLOCK
                ? "<discardingThreshold>0</discardingThreshold>"
                : "<neverBlock>true</neverBlock>";
        return """
                  <appender name="%s" class="ch.qos.logback.classic.AsyncAppender">
                    <queueSize>%d</queueSize>
                    %s
                    <maxFlushTime>0</maxFlushTime>
                    <appender-ref ref="%s"/>
                  </appender>
                """.formatted(name, Configuration.QUEUED_RECORDS, policy, target);
    }

    /**
     * appendTimeout -1: a caller waits for room; the default drops at once. appendRetryFrequency: how long it sleeps
     * before it looks again; its default. addDefaultStatusListener false: no warnings to format.
     */
    private String disruptor(String name, String target) {
        String policy = setup.policy() == Policy.BLOCK
                ? "<appendTimeout>-1 milliseconds</appendTimeout>\n    "
                        + "<appendRetryFrequency>5 milliseconds</appendRetryFrequency>"
                : "<appendTimeout>0 milliseconds</appendTimeout>";
        return """
                  <appender name="%s" class="net.logstash.logback.appender.LoggingEventAsyncDisruptorAppender">
                    <ringBufferSize>%d</ringBufferSize>
                    %s
                    <addDefaultStatusListener>false</addDefaultStatusListener>
                    <appender-ref ref="%s"/>
                  </appender>
                """.formatted(name, Configuration.QUEUED_RECORDS, policy, target);
    }

    private String encoder() {
        return setup.sink() == Sink.TEXT ? patternEncoder() : jsonEncoder();
    }

    private String patternEncoder() {
        String context = setup.shape().hasContext() ? " tenant=%X{tenant} request=%X{request}" : "";
        return """
                    <encoder>
                      <pattern>%%d{"yyyy-MM-dd HH:mm:ss,SSS", UTC} %%level [%%thread] %%logger%s: %%msg%%n%%nopex</pattern>
                    </encoder>
                """.formatted(context);
    }

    /** [ISO_OFFSET_DATE_TIME] in UTC is what the encoder has a fast path for. */
    private static String jsonEncoder() {
        return """
                    <encoder class="net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder">
                      <providers>
                        <timestamp>
                          <fieldName>time</fieldName>
                          <pattern>[ISO_OFFSET_DATE_TIME]</pattern>
                          <timeZone>UTC</timeZone>
                        </timestamp>
                        <logLevel><fieldName>level</fieldName></logLevel>
                        <loggerName><fieldName>logger</fieldName></loggerName>
                        <threadName><fieldName>thread</fieldName></threadName>
                        <message><fieldName>msg</fieldName></message>
                        <mdc/>
                        <keyValuePairs/>
                        <stackTrace><fieldName>exception</fieldName></stackTrace>
                      </providers>
                    </encoder>
                """;
    }
}
