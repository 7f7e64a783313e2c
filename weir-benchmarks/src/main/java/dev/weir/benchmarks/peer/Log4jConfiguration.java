package dev.weir.benchmarks.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Log4j 2 by <a href="https://logging.apache.org/log4j/2.x/manual/performance.html">its manual on performance</a>:
 * asynchronous loggers, garbage-free layouts, no location.
 */
final class Log4jConfiguration {
    private final Setup setup;
    private final Kind kind;

    /** Its ways to write. */
    enum Kind {
        /** All loggers are asynchronous; JsonTemplateLayout. */
        LOGGERS,
        /** The same, with a PatternLayout that writes JSON. */
        PATTERN,
        /** One asynchronous appender per sink. */
        APPENDERS,
        /** The caller writes. */
        SYNC
    }

    private Log4jConfiguration(Setup setup, Kind kind) {
        this.setup = setup;
        this.kind = kind;
    }

    static Configuration of(Setup setup, Kind kind) {
        Log4jConfiguration made = new Log4jConfiguration(setup, kind);
        return new Configuration("log4j2.xml", made.xml(), made.properties());
    }

    /**
     * enableThreadlocals, enableDirectEncoders: the manual's garbage-free mode; defaults, named here so that they are
     * seen. The context selector makes all loggers asynchronous. asyncQueueFullPolicy Default: a caller waits for room;
     * Discard: it drops INFO and below.
     */
    private List<String> properties() {
        List<String> properties = new ArrayList<>(List.of(
                "log4j2.configurationFile=" + Configuration.FILE,
                "log4j2.enableThreadlocals=true",
                "log4j2.enableDirectEncoders=true"));
        if (kind == Kind.LOGGERS || kind == Kind.PATTERN) {
            properties.add("log4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector");
            properties.add("log4j2.asyncLoggerRingBufferSize=" + Configuration.QUEUED_RECORDS);
            properties.add("log4j2.asyncQueueFullPolicy=" + (setup.policy() == Policy.BLOCK ? "Default" : "Discard"));
        }
        return properties;
    }

    private String xml() {
        StringBuilder appenders = new StringBuilder();
        StringBuilder references = new StringBuilder();
        Path file = setup.file();
        if (file != null) {
            add("file", fileAppender(file), appenders, references);
        }
        Path pipe = setup.pipe();
        if (pipe != null) {
            add("pipe", pipeAppender(pipe), appenders, references);
        }
        if (setup.sink() == Sink.NULL) {
            add("discard", "    <Discard name=\"discard\">\n" + layout() + "    </Discard>\n", appenders, references);
        }
        // packages: where Discard is; includeLocation false: nobody walks the stack
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Configuration status="ERROR" shutdownHook="disable"%s>
                  <Appenders>
                %s  </Appenders>
                  <Loggers>
                    <Root level="INFO" includeLocation="false">
                %s    </Root>
                  </Loggers>
                </Configuration>
                """.formatted(
                setup.sink() == Sink.NULL ? " packages=\"dev.weir.benchmarks.peer\"" : "", appenders, references);
    }

    private void add(String name, String appender, StringBuilder appenders, StringBuilder references) {
        appenders.append(appender);
        String referred = name;
        if (kind == Kind.APPENDERS) {
            referred = "async-" + name;
            appenders.append(asyncAppender(referred, name));
        }
        references.append("      <AppenderRef ref=\"").append(referred).append("\"/>\n");
    }

    /**
     * RandomAccessFile: the fastest of its file appenders, says the manual. immediateFlush false: the asynchronous thread
     * flushes at the end of each batch; without one, whoever fills the buffer up writes it.
     */
    private String fileAppender(Path file) {
        return """
                    <RandomAccessFile name="file" fileName="%s" bufferSize="%d" immediateFlush="false" append="false">
                %s    </RandomAccessFile>
                """.formatted(file, Configuration.BUFFER_BYTES, layout());
    }

    /** File: the one above cannot write to a pipe. */
    private String pipeAppender(Path pipe) {
        return """
                    <File name="pipe" fileName="%s" bufferedIO="true" bufferSize="%d" immediateFlush="false" append="true">
                %s    </File>
                """.formatted(pipe, Configuration.BUFFER_BYTES, layout());
    }

    private String asyncAppender(String name, String target) {
        return """
                    <Async name="%s" bufferSize="%d" blocking="%s" includeLocation="false">
                      <AppenderRef ref="%s"/>
                    </Async>
                """.formatted(name, Configuration.QUEUED_RECORDS, setup.policy() == Policy.BLOCK, target);
    }

    private String layout() {
        if (setup.sink() == Sink.TEXT) {
            return patternLayout("%d{DEFAULT}{UTC} %p [%t] %c" + textContext() + ": %m%n");
        }
        return kind == Kind.PATTERN ? patternLayout(jsonPattern()) : jsonTemplateLayout();
    }

    private String textContext() {
        return setup.shape().hasContext() ? " tenant=%X{tenant} request=%X{request}" : "";
    }

    /** disableAnsi, alwaysWriteExceptions false: nothing is tried that the pattern does not name. */
    private static String patternLayout(String pattern) {
        return """
                      <PatternLayout disableAnsi="true" alwaysWriteExceptions="false">
                        <Pattern><![CDATA[%s]]></Pattern>
                      </PatternLayout>
                """.formatted(pattern);
    }

    /** %enc{}{JSON} where content may need it; level and logger are what the application's authors wrote. */
    private String jsonPattern() {
        String context = setup.shape().hasContext()
                ? ",\"tenant\":\"%enc{%X{tenant}}{JSON}\",\"request\":\"%enc{%X{request}}{JSON}\""
                : "";
        String exception = setup.shape() == Shape.EXCEPTION ? ",\"exception\":\"%enc{%ex}{JSON}\"" : "";
        return "{\"time\":\"%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC}\",\"level\":\"%p\",\"logger\":\"%c\","
                + "\"thread\":\"%enc{%t}{JSON}\",\"msg\":\"%enc{%m}{JSON}\"" + context + exception + "}%n";
    }

    /** Milliseconds only, a pattern for which it has a fast formatter and a cache. */
    private static String jsonTemplateLayout() {
        return """
                      <JsonTemplateLayout locationInfoEnabled="false">
                        <EventTemplate><![CDATA[{
                          "time": {"$resolver": "timestamp", "pattern": {"format": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "timeZone": "UTC"}},
                          "level": {"$resolver": "level", "field": "name"},
                          "logger": {"$resolver": "logger", "field": "name"},
                          "thread": {"$resolver": "thread", "field": "name"},
                          "msg": {"$resolver": "message", "stringified": true},
                          "context": {"$resolver": "mdc", "flatten": true},
                          "exception": {"$resolver": "exception", "field": "stackTrace", "stackTrace": {"stringified": true}}
                        }]]></EventTemplate>
                      </JsonTemplateLayout>
                """;
    }
}
