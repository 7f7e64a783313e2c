package dev.weir;

import dev.weir.internal.emit.ThreadState;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.TraceBytes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A position in a distributed trace, as the W3C's Trace Context has it: trace id, span id and flags.
 *
 * <p>Immutable, any thread. {@link #scope(TraceContext)} makes one the calling thread's own; every record the
 * thread then emits carries its ids, captured at the call. A scope does not spread to other threads by itself: {@link
 * Context#wrap(Runnable)} carries it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context, W3C</a>
 */
public final class TraceContext {
    private static final int TRACE_ID_DIGITS = 32;
    private static final int SPAN_ID_DIGITS = 16;
    /** Of version 00: {@code 00-<32 hex>-<16 hex>-<2 hex>}. */
    private static final int HEADER_LENGTH = 55;

    private static final int KNOWN_FLAGS = 0x03;

    private final String traceId;
    private final String spanId;
    private final int flags;
    private final byte[] bytes;

    private TraceContext(String traceId, String spanId, int flags) {
        this.traceId = traceId;
        this.spanId = spanId;
        this.flags = flags;
        this.bytes = TraceBytes.of(traceId, spanId, flags);
    }

    private TraceContext(byte[] bytes) {
        this.traceId = TraceBytes.hex(bytes, 0, RecordLayout.TRACE_ID_BYTES);
        this.spanId = TraceBytes.hex(bytes, RecordLayout.TRACE_ID_BYTES, RecordLayout.SPAN_ID_BYTES);
        this.flags = TraceBytes.flags(bytes) & 0xFF;
        this.bytes = bytes;
    }

    /**
     * A context of given ids.
     *
     * @param traceId 32 lower-case hexadecimal digits, not all zero
     * @param spanId 16 lower-case hexadecimal digits, not all zero
     * @param flags 0 to 255
     * @return the context
     * @throws IllegalArgumentException if one of them is not
     */
    public static TraceContext of(String traceId, String spanId, int flags) {
        if (!TraceBytes.isValidId(traceId, TRACE_ID_DIGITS)) {
            throw new IllegalArgumentException(
                    "traceId: " + traceId + " (expected: 32 lower-case hexadecimal digits, not all zero)");
        }
        if (!TraceBytes.isValidId(spanId, SPAN_ID_DIGITS)) {
            throw new IllegalArgumentException(
                    "spanId: " + spanId + " (expected: 16 lower-case hexadecimal digits, not all zero)");
        }
        if (flags < 0 || flags > 0xFF) {
            throw new IllegalArgumentException("flags: " + flags + " (expected: 0 to 255)");
        }
        return new TraceContext(traceId, spanId, flags);
    }

    /**
     * Reads a {@code traceparent} header by the W3C's rules: version 00 exactly, of a higher version the part that
     * version 00 knows; white space around it is allowed.
     *
     * @param traceparent the header's value, of any length and content
     * @return the context, or null if the header is not valid and therefore has to be ignored as a whole
     */
    public static @Nullable TraceContext parse(@Nullable String traceparent) {
        if (traceparent == null) {
            return null;
        }
        int from = 0;
        int to = traceparent.length();
        while (from < to && isBlank(traceparent.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(traceparent.charAt(to - 1))) {
            to--;
        }
        if (to - from < HEADER_LENGTH
                || traceparent.charAt(from + 2) != '-'
                || traceparent.charAt(from + 35) != '-'
                || traceparent.charAt(from + 52) != '-') {
            return null;
        }
        int version = hexByte(traceparent, from);
        int flags = hexByte(traceparent, from + 53);
        if (version < 0 || version == 0xFF || flags < 0) {
            return null;
        }
        boolean longer = to - from > HEADER_LENGTH;
        if (longer && (version == 0 || traceparent.charAt(from + HEADER_LENGTH) != '-')) {
            return null;
        }
        String traceId = traceparent.substring(from + 3, from + 35);
        String spanId = traceparent.substring(from + 36, from + 52);
        if (!TraceBytes.isValidId(traceId, TRACE_ID_DIGITS) || !TraceBytes.isValidId(spanId, SPAN_ID_DIGITS)) {
            return null;
        }
        return new TraceContext(traceId, spanId, flags);
    }

    /**
     * The context of the calling thread's innermost scope.
     *
     * @return null outside any scope
     */
    public static @Nullable TraceContext current() {
        byte[] bytes = ThreadState.traceScope();
        return bytes == null ? null : new TraceContext(bytes);
    }

    /**
     * Makes a context the calling thread's own until the scope is closed. Scopes nest; they are closed in the reverse
     * order, by the same thread. The end of one is the end of the trace on this thread, for handlers that {@link
     * HandlerOptions#flushOnTraceEnd flush then}.
     *
     * @param context the context
     * @return closes the scope and restores what was before
     */
    public static Scope scope(TraceContext context) {
        Objects.requireNonNull(context, "context");
        return ThreadState.enterTrace(context.bytes);
    }

    /**
     * Makes the context that a {@code traceparent} header names the calling thread's own. A header that is missing or
     * not valid has to be ignored: the records inside this scope carry no ids.
     *
     * @param traceparent the header's value, or null
     * @return closes the scope and restores what was before
     */
    public static Scope scope(@Nullable String traceparent) {
        TraceContext context = parse(traceparent);
        return ThreadState.enterTrace(context == null ? null : context.bytes);
    }

    /**
     * The trace id.
     *
     * @return 32 lower-case hexadecimal digits
     */
    public String traceId() {
        return traceId;
    }

    /**
     * The span id.
     *
     * @return 16 lower-case hexadecimal digits
     */
    public String spanId() {
        return spanId;
    }

    /**
     * The flags as they were received.
     *
     * @return 0 to 255
     */
    public int flags() {
        return flags;
    }

    /**
     * Whether the caller may have recorded the trace.
     *
     * @return the sampled bit
     */
    public boolean isSampled() {
        return (flags & 1) != 0;
    }

    /**
     * This context as a header of version 00; flags that version does not know are zero in it.
     *
     * @return {@code 00-<trace id>-<span id>-<flags>}
     */
    public String toTraceparent() {
        int known = flags & KNOWN_FLAGS;
        return "00-" + traceId + '-' + spanId + "-0" + known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TraceContext that
                && traceId.equals(that.traceId)
                && spanId.equals(that.spanId)
                && flags == that.flags;
    }

    @Override
    public int hashCode() {
        return Objects.hash(traceId, spanId, flags);
    }

    @Override
    public String toString() {
        return toTraceparent();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Two lower-case hexadecimal digits as a number, or -1. */
    private static int hexByte(String text, int at) {
        int high = hexDigit(text.charAt(at));
        int low = hexDigit(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    /** Ends what {@link TraceContext#scope} or {@link Context#scope} began. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
