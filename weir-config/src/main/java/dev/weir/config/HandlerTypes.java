package dev.weir.config;

import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.FileHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.NullHandler;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The handler types a file can name, and the keys of each. A new type is a line in {@link #TYPES} and a method that takes
 * its keys; the keys that all types have in common are the {@link Document}'s.
 */
final class HandlerTypes {
    private static final Map<String, Type> TYPES = types();
    private static final Map<String, ConsoleHandler.Stream> STREAMS = streams();

    /** Makes a handler of one type; null if there was a problem. */
    @FunctionalInterface
    private interface Type {
        @Nullable
        Handler read(Entries entries, Formats formats);
    }

    private HandlerTypes() {}

    private static Map<String, Type> types() {
        Map<String, Type> types = new LinkedHashMap<>();
        types.put("console", HandlerTypes::console);
        types.put("file", HandlerTypes::file);
        types.put("null", (entries, formats) -> new NullHandler());
        return types;
    }

    private static Map<String, ConsoleHandler.Stream> streams() {
        Map<String, ConsoleHandler.Stream> streams = new LinkedHashMap<>();
        streams.put("stdout", ConsoleHandler.Stream.STDOUT);
        streams.put("stderr", ConsoleHandler.Stream.STDERR);
        return streams;
    }

    /**
     * Makes the handler that a mapping describes.
     *
     * @return null if there was a problem, which is reported
     */
    static @Nullable Handler read(Entries entries, Formats formats) {
        Value named = entries.require("type");
        Type type = named == null ? null : named.oneOf(TYPES);
        if (type == null) {
            entries.takeAll(); // nobody knows which keys it might have
            return null;
        }
        return type.read(entries, formats);
    }

    private static Handler console(Entries entries, Formats formats) {
        ConsoleHandler.Stream stream =
                entries.get("stream", value -> value.oneOf(STREAMS), ConsoleHandler.Stream.STDOUT);
        return new ConsoleHandler(stream, formatter(entries, formats));
    }

    private static @Nullable Handler file(Entries entries, Formats formats) {
        Value path = entries.require("path");
        boolean append = entries.get("append", Value::bool, true);
        Formatter formatter = formatter(entries, formats);
        String name = path == null ? null : path.text();
        if (path == null || name == null) {
            return null;
        }
        return path.attempt(() -> FileHandler.builder(Path.of(name))
                .formatter(formatter)
                .append(append)
                .build());
    }

    private static Formatter formatter(Entries entries, Formats formats) {
        return entries.get("formatter", formats::formatter, JsonFormatter.weir());
    }
}
