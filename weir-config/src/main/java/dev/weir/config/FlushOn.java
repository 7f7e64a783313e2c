package dev.weir.config;

import dev.weir.HandlerOptions;
import dev.weir.Level;
import dev.weir.spi.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What does not let a batch wait for more: records of a level, the end of a trace, or either, as a list.
 *
 * @param level the least severe one, or null
 */
record FlushOn(@Nullable Level level, boolean traceEnd) {
    private static final Kind<FlushOn> ONE = Kind.level()
            .as(level -> new FlushOn(level, false))
            .or(Kind.words(Map.of("trace-end", new FlushOn(null, true))));

    /** One, or a list of them. */
    static final Kind<FlushOn> KIND = ONE.or(Kind.listOf(ONE).as(FlushOn::all));

    private static FlushOn all(List<FlushOn> several) {
        Level least = null;
        boolean traceEnd = false;
        for (FlushOn one : several) {
            traceEnd |= one.traceEnd;
            if (one.level != null && (least == null || one.level.compareTo(least) < 0)) {
                least = one.level;
            }
        }
        return new FlushOn(least, traceEnd);
    }

    void apply(HandlerOptions options) {
        if (level != null) {
            options.flushOn(level);
        }
        if (traceEnd) {
            options.flushOnTraceEnd();
        }
    }
}
