package dev.weir.filter;

import dev.weir.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which calls are logged at all. It stands at a logger, and is asked about the calls at that logger and, as long as
 * loggers propagate, at those below it. What it rejects is as if its level were off: nothing is counted.
 *
 * <p>The context of the call is that of the calling thread, see {@link dev.weir.Context}.
 *
 * <p><b>Threads.</b> Called by the threads that log, concurrently; an implementation must be safe for that, must be quick
 * and must not wait. It must not log.
 *
 * <p><b>Failures.</b> If it throws, the call is logged, as if it had accepted it, and that is told: there is no handler of its
 * own that it could reject the record for.
 */
@FunctionalInterface
public interface LoggerFilter {
    /**
     * Whether a call is logged.
     *
     * @param logger name of the logger that was called
     * @param level of the call
     * @param template its message before arguments are put in; null if that is null
     * @param markers names of its markers, without what they refer to
     * @return false if it is not
     */
    boolean accepts(String logger, Level level, @Nullable String template, List<String> markers);
}
