package dev.weir.config;

import dev.weir.Level;
import dev.weir.handler.ConsoleHandler;
import dev.weir.handler.Handler;
import dev.weir.handler.MemoryHandler;
import dev.weir.handler.NullHandler;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import dev.weir.spi.Settings;
import java.util.List;
import java.util.Locale;

/** The types of handlers that are there without being looked for; that of files is said by {@link LogFiles}. */
final class BuiltInHandlers {
    static final String MEMORY = "memory";

    private static final Key<ConsoleHandler.Stream> STREAM = Key.oneOf(
                    "stream",
                    Words.of(stream -> stream.name().toLowerCase(Locale.ROOT), ConsoleHandler.Stream.values()))
            .otherwise(ConsoleHandler.Stream.STDOUT)
            .says("Standard output or standard error.");
    private static final Key<Long> MAX_LINE = Key.bytes("max-line")
            .from(1L << 10)
            .otherwise((long) Integer.MAX_VALUE)
            .says(
                    "How long a line may be, its end included. A record with a line that would be longer is shortened, its "
                            + "longest values first, with a mark. No limit by default.");

    static final Key<String> TARGET =
            Key.of("target", Kind.handlerName()).required().says("The handler that it passes records on to.");
    private static final Key<Long> CAPACITY = Key.bytes("capacity")
            .from(1L << 10)
            .otherwise(MemoryHandler.DEFAULT_CAPACITY_BYTES)
            .says("What it may hold, on the heap.");
    private static final Key<Level> FLUSH_LEVEL = Key.level("flush-level")
            .otherwise(Level.ERROR)
            .says("The least severe level whose records let go what is held.");
    private static final Key<Level> PASS_LEVEL = Key.level("pass-level")
            .says("The least severe level whose records are passed on at once; flush-level by default.");
    private static final Key<Boolean> PER_TRACE = Key.bool("per-trace")
            .otherwise(false)
            .says("Whether a severe record lets go what its own trace has logged, and no more.");
    private static final Key<Boolean> FLUSH_ON_CLOSE =
            Key.bool("flush-on-close").otherwise(false).says("Whether what is held at the end is passed on.");

    private BuiltInHandlers() {}

    /** In the order in which messages name them. */
    static List<BuiltIn<Handler>> all() {
        return List.of(
                new BuiltIn<>("console", List.of(STREAM, MAX_LINE, Key.formatter()), BuiltInHandlers::console),
                new BuiltIn<>("file", LogFiles.KEYS, LogFiles::handler),
                new BuiltIn<>(
                        MEMORY,
                        List.of(TARGET, CAPACITY, FLUSH_LEVEL, PASS_LEVEL, PER_TRACE, FLUSH_ON_CLOSE),
                        BuiltInHandlers::memory),
                new BuiltIn<>("null", List.of(), settings -> new NullHandler()));
    }

    private static Handler console(Settings settings) {
        long maxLine = settings.get(MAX_LINE);
        return new ConsoleHandler(
                settings.get(STREAM), settings.get(Key.formatter()), (int) Math.min(maxLine, Integer.MAX_VALUE));
    }

    private static Handler memory(Settings settings) {
        MemoryHandler.Builder builder = MemoryHandler.builder(settings.get(TARGET))
                .flushLevel(settings.get(FLUSH_LEVEL))
                .passLevel(settings.find(PASS_LEVEL).orElse(settings.get(FLUSH_LEVEL)))
                .perTrace(settings.get(PER_TRACE))
                .flushOnClose(settings.get(FLUSH_ON_CLOSE));
        settings.give(CAPACITY, builder::capacity);
        return builder.build();
    }
}
