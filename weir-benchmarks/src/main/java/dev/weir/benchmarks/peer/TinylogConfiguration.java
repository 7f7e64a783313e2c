package dev.weir.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * tinylog by <a href="https://tinylog.org/v2/configuration/">its manual</a>: a thread of its own formats and writes, from
 * a queue without a bound, so nothing is lost and memory is what gives way. It has no logger name, only the calling class,
 * for which it walks the stack at each call: a constant stands in its place, which costs it less than the others pay.
 */
final class TinylogConfiguration {
    private TinylogConfiguration() {}

    static Configuration of(Setup setup) {
        Path file = setup.file();
        String text = """
                writingthread = true
                autoshutdown = false
                level = info

                # buffered: the writing thread flushes when its queue is empty
                writer = %s
                writer.file = %s
                writer.charset = UTF-8
                writer.buffered = true
                writer.append = false
                %s""".formatted(
                        setup.sink() == Sink.TEXT ? "file" : "json",
                        file == null ? "" : file,
                        setup.sink() == Sink.TEXT ? text(setup.shape()) : json(setup.shape()));
        return new Configuration("tinylog.properties", text, List.of("tinylog.configuration=" + Configuration.FILE));
    }

    private static String text(Shape shape) {
        String context = shape.hasContext() ? " tenant={context: tenant} request={context: request}" : "";
        return "writer.format = {date: yyyy-MM-dd HH:mm:ss,SSS} {level} [{thread}] " + Orders.LOGGER + context
                + ": {message-only}\n";
    }

    private static String json(Shape shape) {
        String context = shape.hasContext()
                ? "writer.field.tenant = {context: tenant}\nwriter.field.request = {context: request}\n"
                : "";
        String exception = shape == Shape.EXCEPTION ? "writer.field.exception = {exception}\n" : "";
        return """
                writer.format = LDJSON
                writer.field.time = {date: yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}
                writer.field.level = {level}
                writer.field.logger = %s
                writer.field.thread = {thread}
                writer.field.msg = {message-only}
                %s%s""".formatted(Orders.LOGGER, context, exception);
    }
}
