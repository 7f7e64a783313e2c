package dev.weir.internal.emit;

import dev.weir.Level;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.TraceBytes;
import org.jspecify.annotations.Nullable;

/**
 * What a lens shows, and to whom: levels that are off, for threads whose records would have one trace id or one value in
 * their context. Immutable; asked by the threads that log, and allocates nothing.
 */
public final class LensCheck {
    private final int levels;
    /** Of the context; null if it is about a trace. */
    private final @Nullable String key;
    /** The context's, or the trace id in hexadecimal. */
    private final String value;

    private final byte[] trace;

    private LensCheck(int levels, @Nullable String key, String value, byte[] trace) {
        this.levels = levels;
        this.key = key;
        this.value = value;
        this.trace = trace;
    }

    /**
     * For calls within a trace.
     *
     * @param levels bit i for the level with ordinal i
     * @param traceId valid
     */
    public static LensCheck ofTrace(int levels, String traceId) {
        return new LensCheck(levels, null, traceId, TraceBytes.of(traceId, "", 0));
    }

    /** For calls of threads whose context has exactly this value under a key. */
    public static LensCheck ofContext(int levels, String key, String value) {
        return new LensCheck(levels, key, value, new byte[RecordLayout.TRACE_BYTES]);
    }

    public int levels() {
        return levels;
    }

    /** Whether a call of the calling thread is shown. */
    boolean shows(Level level) {
        if ((levels & level.bit()) == 0) {
            return false;
        }
        return key == null
                ? ThreadState.isInTrace(value, trace)
                : value.equals(ThreadState.context().get(key));
    }

    /** To whom it is shown. */
    public String subject() {
        return key == null ? "trace " + value : "context " + key + '=' + value;
    }

    /** As {@link #subject}, without the value of the context, which may be personal. */
    public String discreetSubject() {
        return key == null ? subject() : "one value of context " + key;
    }
}
