package dev.weir.filter;

import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.ValueDecoder;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.LogRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the first of equal records within a time, which begins with it, and says at its end how often it was repeated.
 * Records are equal if logger, level, message with its arguments, and throwable with its stack are; key-values, context,
 * thread and trace may differ.
 *
 * <p>Times are those of the records. It knows 1,024 records at most; for another one the oldest is forgotten early. Belongs to
 * one handler.
 */
public final class DuplicatesFilter implements Filter {
    private final Windows windows;

    /**
     * A filter.
     *
     * @param window more than zero, at most a day
     */
    public DuplicatesFilter(Duration window) {
        windows = new Windows(
                1,
                Windows.requireLength("window", window),
                DuplicatesFilter::content,
                LogRecord::message,
                "repeated {} times in {}: {}");
    }

    private static long content(LogRecord record) {
        byte[] bytes = record.bytes();
        int template = RecordSections.templateAt(bytes, record.start());
        int arguments = RecordSections.argumentsAt(bytes, record.start());
        int throwable = RecordSections.throwableAt(bytes, record.start());
        long hash = ContentHash.of(0, bytes, template, ValueTag.skip(bytes, template));
        hash = ContentHash.of(hash, bytes, arguments, arguments == 0 ? 0 : argumentsEnd(bytes, arguments));
        return ContentHash.of(hash, bytes, throwable, throwable == 0 ? 0 : throwableEnd(bytes, throwable));
    }

    private static int argumentsEnd(byte[] bytes, int section) {
        int next = section + 2;
        for (int left = Bytes.getUnsignedShort(bytes, section); left > 0; left--) {
            next = ValueTag.skip(bytes, next);
        }
        return next;
    }

    private static int throwableEnd(byte[] bytes, int section) {
        int next = section + 2;
        for (int left = Bytes.getUnsignedShort(bytes, section); left > 0; left--) {
            int message = ValueDecoder.skipText(bytes, next + 2);
            int common = ValueTag.skip(bytes, message);
            next = common + 8 + Bytes.getUnsignedShort(bytes, common + 4);
        }
        return next;
    }

    @Override
    public boolean accepts(LogRecord record) {
        return windows.accepts(record);
    }

    @Override
    public @Nullable Summary summary(long timeNanos) {
        return windows.summary(timeNanos);
    }
}
