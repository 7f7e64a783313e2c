package dev.weir.config;

import dev.weir.HandlerOptions;
import dev.weir.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What does not let a batch wait for more: records of a level, the end of a trace, or either, as a list.
 *
 * @param level the least severe one, or null
 */
record FlushOn(@Nullable Level level, boolean traceEnd) {

    /** Null if there was a problem, which is reported. */
    static @Nullable FlushOn read(Value value) {
        Level least = null;
        boolean traceEnd = false;
        boolean asExpected = true;
        for (Value item : value.isList() ? value.items() : List.of(value)) {
            boolean end = item.isTraceEnd();
            Level level = end ? null : item.levelOrTraceEnd();
            traceEnd |= end;
            asExpected &= end || level != null;
            if (level != null && (least == null || level.compareTo(least) < 0)) {
                least = level;
            }
        }
        return asExpected ? new FlushOn(least, traceEnd) : null;
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
