package dev.weir.filter;

import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.LogRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Accepts so many records of a call site in a period, which begins with the first of them, and says at its end how many it has
 * rejected. A call site is a logger, a level and a message before its arguments are put in.
 *
 * <p>Times are those of the records. It watches 1,024 call sites at most; for another one the oldest period ends early. Belongs
 * to one handler.
 */
public final class RateLimitFilter implements Filter {
    private final Windows periods;

    /**
     * A filter.
     *
     * @param records of a call site that are accepted in each period, 1 or more
     * @param per the period: more than zero, at most a day
     */
    public RateLimitFilter(int records, Duration per) {
        if (records < 1) {
            throw new IllegalArgumentException("records: " + records + " (expected: 1 or more)");
        }
        periods = new Windows(
                records,
                Windows.requireLength("per", per),
                RateLimitFilter::template,
                LogRecord::template,
                "{} more records in {}: {}");
    }

    private static long template(LogRecord record) {
        byte[] bytes = record.bytes();
        int template = RecordSections.templateAt(bytes, record.start());
        return ContentHash.of(0, bytes, template, ValueTag.skip(bytes, template));
    }

    @Override
    public boolean accepts(LogRecord record) {
        return periods.accepts(record);
    }

    @Override
    public @Nullable Summary summary(long timeNanos) {
        return periods.summary(timeNanos);
    }
}
