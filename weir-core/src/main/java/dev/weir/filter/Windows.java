package dev.weir.filter;

import dev.weir.Level;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.record.LogRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets through so many records of a kind in a window of time, which begins with the first of them, and says at its end how
 * many it has kept back. Times are those of the records, so it does not matter how late they are written.
 *
 * <p>There are so many windows at once at most; for another one the oldest ends early. Used by one thread.
 */
final class Windows {
    private static final int MOST_OPEN = 1024;
    private static final int MOST_SAMPLE_CHARS = 256;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final int most;
    private final long nanos;
    private final ToLongFunction<LogRecord> content;
    private final Function<LogRecord, @Nullable String> sample;
    private final String template;
    /** In the order in which they began. */
    private final Map<Kind, Window> open = new LinkedHashMap<>();
    /** Those that have kept something back and have not said so. */
    private final ArrayDeque<Window> ended = new ArrayDeque<>();

    /**
     * Windows without records.
     *
     * @param most records of a kind in one window
     * @param length more than zero, at most a day
     * @param content what makes records of one logger and level a kind, as a number
     * @param sample what stands for all of a kind
     * @param template of what is said: with places for the number of records, the time and the sample
     */
    Windows(
            int most,
            Duration length,
            ToLongFunction<LogRecord> content,
            Function<LogRecord, @Nullable String> sample,
            String template) {
        this.most = most;
        this.nanos = length.toNanos();
        this.content = content;
        this.sample = sample;
        this.template = template;
    }

    /** The length of a window, if it may be that. */
    static Duration requireLength(String name, Duration length) {
        if (length.isZero() || length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + length + " (expected: more than zero, at most a day)");
        }
        return length;
    }

    private record Kind(int logger, int level, long content) {}

    private static final class Window {
        final long beginNanos;
        int accepted;
        long rejected;
        long lastNanos;
        boolean timeIsOver;
        String logger = "";
        Level level = Level.INFO;

        @Nullable
        String sample;

        Window(long beginNanos) {
            this.beginNanos = beginNanos;
        }
    }

    boolean accepts(LogRecord record) {
        long time = record.timeNanos();
        endBefore(time);
        Kind kind = new Kind(
                Bytes.getInt(record.bytes(), RecordLayout.loggerAt(record.start())),
                record.level().ordinal(),
                content.applyAsLong(record));
        Window window = open.get(kind);
        if (window == null || hasEnded(window, time)) {
            window = begin(kind, time);
        }
        if (window.accepted < most) {
            window.accepted++;
            return true;
        }
        reject(window, record, time);
        return false;
    }

    private Window begin(Kind kind, long time) {
        Window earlier = open.remove(kind);
        if (earlier != null) {
            end(earlier, true);
        } else if (open.size() == MOST_OPEN) {
            Iterator<Window> oldest = open.values().iterator();
            end(oldest.next(), false);
            oldest.remove();
        }
        Window window = new Window(time);
        open.put(kind, window);
        return window;
    }

    private void reject(Window window, LogRecord record, long time) {
        if (window.rejected++ == 0) {
            window.logger = record.loggerName();
            window.level = record.level();
            window.sample = shortened(String.valueOf(sample.apply(record)));
        }
        window.lastNanos = Math.max(window.lastNanos, time);
    }

    private static String shortened(String text) {
        if (text.length() <= MOST_SAMPLE_CHARS) {
            return text;
        }
        int end = MOST_SAMPLE_CHARS - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + '…';
    }

    /** Times may be anything, since callers can set them: a window of the far future is over, too. */
    private boolean hasEnded(Window window, long time) {
        return Math.abs(time - window.beginNanos) >= nanos;
    }

    private void endBefore(long time) {
        Iterator<Window> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Window window = oldest.next();
            if (!hasEnded(window, time)) {
                return;
            }
            oldest.remove();
            end(window, true);
        }
    }

    private void end(Window window, boolean timeIsOver) {
        if (window.rejected > 0) {
            window.timeIsOver = timeIsOver;
            ended.add(window);
        }
    }

    /** What is next to be said at a time, see {@link Filter#summary}. */
    @Nullable
    Summary summary(long timeNanos) {
        if (timeNanos == Long.MAX_VALUE) {
            open.values().forEach(window -> end(window, false));
            open.clear();
        } else {
            endBefore(timeNanos);
        }
        Window window = ended.poll();
        return window == null ? null : summary(window);
    }

    private Summary summary(Window window) {
        long elapsed = window.timeIsOver ? nanos : window.lastNanos - window.beginNanos;
        String seconds =
                BigDecimal.valueOf(Duration.ofNanos(elapsed).toMillis(), 3)
                                .stripTrailingZeros()
                                .toPlainString() + " s";
        return new Summary(
                window.logger,
                window.level,
                template,
                List.of(window.rejected, seconds, String.valueOf(window.sample)),
                Map.of("since", Instant.ofEpochSecond(0, window.beginNanos).toString()));
    }
}
