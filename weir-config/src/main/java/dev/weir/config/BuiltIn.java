package dev.weir.config;

import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import dev.weir.spi.HandlerFactory;
import dev.weir.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A type of handler that is there without being looked for.
 *
 * @param type its name
 * @param maker reads the keys of one
 */
record BuiltIn(String type, Function<Settings, Handler> maker) implements HandlerFactory {
    private static final Map<String, ConsoleHandler.Stream> STREAMS = streams();

    /** In the order in which messages name them. */
    static List<HandlerFactory> all() {
        return List.of(
                new BuiltIn("console", BuiltIn::console),
                new BuiltIn("file", BuiltIn::file),
                new BuiltIn("null", settings -> new NullHandler()));
    }

    @Override
    public Handler create(Settings settings) {
        return maker.apply(settings);
    }

    private static Handler console(Settings settings) {
        return new ConsoleHandler(
                settings.oneOf("stream", STREAMS, ConsoleHandler.Stream.STDOUT), settings.formatter());
    }

    private static Map<String, ConsoleHandler.Stream> streams() {
        Map<String, ConsoleHandler.Stream> streams = new LinkedHashMap<>();
        streams.put("stdout", ConsoleHandler.Stream.STDOUT);
        streams.put("stderr", ConsoleHandler.Stream.STDERR);
        return streams;
    }

    private static Handler file(Settings settings) {
        return FileHandler.builder(settings.path("path"))
                .append(settings.bool("append", true))
                .formatter(settings.formatter())
                .build();
    }
}
