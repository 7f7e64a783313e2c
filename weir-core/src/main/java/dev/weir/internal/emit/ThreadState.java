package dev.weir.internal.emit;

import dev.weir.TraceContext.Scope;
import dev.weir.internal.record.Bytes;
import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.TraceBytes;
import dev.weir.internal.record.Utf8;
import dev.weir.internal.record.ValueTag;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Weir knows of a thread: its context (MDC), its trace scope, and the scratch it encodes in.
 *
 * <p>It hangs on the thread as an array of JDK types only, and the scratch by a weak reference, so that a thread that
 * outlives Weir's class loader (a pool under an application that was undeployed) does not keep it alive. A thread that
 * never set anything and is virtual has no array at all.
 *
 * <p>The context is an immutable map that every change replaces. It is encoded once, when the first record after a
 * change is emitted, and copied into every record from then on: first what is always written, then the entries whose
 * values became the record's trace ids, which are written only where other ids won.
 */
public final class ThreadState {
    private static final int CONTEXT = 0;
    private static final int ENCODED = 1;
    private static final int SIZES = 2;
    private static final int CONTEXT_TRACE = 3;
    private static final int SCOPE_TRACE = 4;
    private static final int SCRATCH = 5;
    private static final int WAITS = 6;
    private static final int SLOTS = 7;

    private static final int REST_BYTES = 0;
    private static final int REST_COUNT = 1;
    private static final int ALL_BYTES = 2;
    private static final int ALL_COUNT = 3;
    private static final int LEFT_OUT = 4;

    /** As many bytes as a section may have, and some more for the record around it. */
    private static final int MAX_CONTEXT_BYTES = 60_000;

    private static final ThreadLocal<@Nullable Object[]> STATE = new ThreadLocal<>();

    /**
     * Whether any virtual thread has an array. Until then none is asked for it, since asking leaves an entry on a thread
     * that has none. Racy, benign: a thread that has one has set this itself.
     */
    private static boolean anyVirtual;

    private ThreadState() {}

    // the context

    /** The calling thread's context; empty if there is none. Never changed afterwards. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable String> context() {
        @Nullable Object[] state = current();
        Object context = state == null ? null : state[CONTEXT];
        return context == null ? Map.of() : (Map<String, @Nullable String>) context;
    }

    /** Replaces the calling thread's context by a map that nobody changes any more. */
    public static void context(Map<String, @Nullable String> context) {
        @Nullable Object[] state = current();
        if (state == null) {
            if (context.isEmpty()) {
                return;
            }
            state = create();
        }
        state[CONTEXT] = context.isEmpty() ? null : context;
        state[ENCODED] = null;
        state[CONTEXT_TRACE] = null;
    }

    public static void put(String key, @Nullable String value) {
        Map<String, @Nullable String> changed = new LinkedHashMap<>(context());
        changed.put(key, value);
        context(changed);
    }

    public static void remove(String key) {
        Map<String, @Nullable String> present = context();
        if (present.containsKey(key)) {
            Map<String, @Nullable String> changed = new LinkedHashMap<>(present);
            changed.remove(key);
            context(changed);
        }
    }

    // the trace scope

    /** {@link TraceBytes} of the innermost scope, or null. */
    public static byte @Nullable [] traceScope() {
        @Nullable Object[] state = current();
        return state == null ? null : (byte[]) state[SCOPE_TRACE];
    }

    /** Begins a scope; its end restores what was, and is the end of the trace on this thread, if it had one. */
    public static Scope enterTrace(byte @Nullable [] trace) {
        @Nullable Object[] state = current();
        @Nullable Object[] own = state == null ? create() : state;
        Object before = own[SCOPE_TRACE];
        own[SCOPE_TRACE] = trace;
        return () -> {
            own[SCOPE_TRACE] = before;
            if (trace != null) {
                TraceEnds.ended();
            }
        };
    }

    // fluent calls

    /** The builder that the calling thread keeps; null if it keeps none. */
    public static @Nullable Object keptBuilder() {
        Scratch own = Scratches.own();
        return own == null ? null : own.builder();
    }

    /** Lets the calling thread keep a builder, if it has logged before and is no virtual thread. */
    public static void keepBuilder(Object builder) {
        Scratch own = Scratches.own();
        if (own != null) {
            own.builder(builder);
        }
    }

    // for the emitting side

    /** The calling thread's state, or null: no context, no scope, no scratch. */
    static @Nullable Object @Nullable [] current() {
        return anyVirtual || !Scratches.isVirtual(Thread.currentThread()) ? STATE.get() : null;
    }

    static @Nullable Scratch scratch(@Nullable Object[] state) {
        WeakReference<?> reference = (WeakReference<?>) state[SCRATCH];
        return reference == null ? null : (Scratch) reference.get();
    }

    /** Gives the calling thread a scratch of its own. */
    static void own(Scratch scratch) {
        @Nullable Object[] state = current();
        if (state == null) {
            state = create();
        }
        state[SCRATCH] = scratch.reference();
    }

    /** The calling thread's {@link WaitLog}. */
    static long[] waits() {
        @Nullable Object[] state = current();
        if (state == null) {
            state = create();
        }
        Object waits = state[WAITS];
        if (waits == null) {
            waits = WaitLog.create();
            state[WAITS] = waits;
        }
        return (long[]) waits;
    }

    /** The trace ids of a record emitted now: of the scope, else of the context. */
    static byte @Nullable [] trace(@Nullable Object[] state) {
        Object scope = state[SCOPE_TRACE];
        if (scope != null) {
            return (byte[]) scope;
        }
        if (state[CONTEXT] == null) {
            return null;
        }
        encoded(state);
        return (byte[]) state[CONTEXT_TRACE];
    }

    /**
     * Whether a record of the calling thread would have this trace id, of the scope, else of the context. Encodes nothing.
     *
     * @param traceId valid
     * @param trace the same as {@link TraceBytes}
     */
    static boolean isInTrace(String traceId, byte[] trace) {
        @Nullable Object[] state = current();
        if (state == null) {
            return false;
        }
        byte[] scope = (byte[]) state[SCOPE_TRACE];
        if (scope != null) {
            return TraceBytes.isSameTrace(scope, trace);
        }
        Map<String, @Nullable String> context = context();
        String key = traceKey(context);
        return key != null && traceId.equals(context.get(key));
    }

    /** The encoded context of a record emitted now; null if there is nothing to write. */
    static byte @Nullable [] encoded(@Nullable Object[] state) {
        if (state[CONTEXT] == null) {
            return null;
        }
        Object encoded = state[ENCODED];
        return encoded == null ? encode(state) : (byte[]) encoded;
    }

    /** How many of the encoded bytes to write. */
    static int encodedBytes(@Nullable Object[] state) {
        return sizes(state)[state[SCOPE_TRACE] == null ? REST_BYTES : ALL_BYTES];
    }

    /** How many entries these are. */
    static int encodedCount(@Nullable Object[] state) {
        return sizes(state)[state[SCOPE_TRACE] == null ? REST_COUNT : ALL_COUNT];
    }

    /** Whether there were more entries than a section can hold. */
    static boolean isEncodedCut(@Nullable Object[] state) {
        return sizes(state)[LEFT_OUT] > 0;
    }

    private static int[] sizes(@Nullable Object[] state) {
        return (int[]) Objects.requireNonNull(state[SIZES]);
    }

    private static @Nullable Object[] create() {
        @Nullable Object[] created = new Object[SLOTS];
        if (Scratches.isVirtual(Thread.currentThread())) {
            anyVirtual = true;
        }
        STATE.set(created);
        return created;
    }

    @SuppressWarnings("unchecked")
    private static byte[] encode(@Nullable Object[] state) {
        Map<String, @Nullable String> context = (Map<String, @Nullable String>) Objects.requireNonNull(state[CONTEXT]);
        String traceKey = traceKey(context);
        String spanKey =
                traceKey == null ? null : validKey(context, "span_id", "spanId", 2 * RecordLayout.SPAN_ID_BYTES);
        ContextBytes out = new ContextBytes();
        for (Map.Entry<String, @Nullable String> entry : context.entrySet()) {
            if (!entry.getKey().equals(traceKey) && !entry.getKey().equals(spanKey)) {
                out.add(entry.getKey(), entry.getValue());
            }
        }
        int[] sizes = {out.size, out.count, 0, 0, 0};
        if (traceKey != null) {
            String traceId = Objects.requireNonNull(context.get(traceKey));
            String spanId = spanKey == null ? "" : Objects.requireNonNull(context.get(spanKey));
            out.add(traceKey, traceId);
            if (spanKey != null) {
                out.add(spanKey, spanId);
            }
            state[CONTEXT_TRACE] = TraceBytes.of(traceId, spanId, flags(context));
        }
        sizes[ALL_BYTES] = out.size;
        sizes[ALL_COUNT] = out.count;
        sizes[LEFT_OUT] = out.leftOut;
        state[SIZES] = sizes;
        byte[] encoded = out.bytes;
        state[ENCODED] = encoded;
        return encoded;
    }

    /** The key under which a context has the records' trace id; null if it has none. */
    private static @Nullable String traceKey(Map<String, @Nullable String> context) {
        return validKey(context, "trace_id", "traceId", 2 * RecordLayout.TRACE_ID_BYTES);
    }

    private static @Nullable String validKey(
            Map<String, @Nullable String> context, String key, String otherKey, int digits) {
        if (isValid(context.get(key), digits)) {
            return key;
        }
        return isValid(context.get(otherKey), digits) ? otherKey : null;
    }

    private static boolean isValid(@Nullable String id, int digits) {
        return id != null && TraceBytes.isValidId(id, digits);
    }

    private static int flags(Map<String, @Nullable String> context) {
        String flags = context.get("trace_flags");
        if (flags == null || flags.length() != 2) {
            return 0;
        }
        int high = Character.digit(flags.charAt(0), 16);
        int low = Character.digit(flags.charAt(1), 16);
        return high < 0 || low < 0 ? 0 : high << 4 | low;
    }

    /** Collects entries; what would be more than a section can hold is left out. */
    private static final class ContextBytes {
        private byte[] bytes = new byte[128];
        private int size;
        private int count;
        private int leftOut;

        void add(String key, @Nullable String value) {
            byte[] keyBytes = utf8(key);
            byte[] valueBytes = value == null ? new byte[0] : utf8(value);
            int more = 2 + keyBytes.length + 1 + (value == null ? 0 : 2 + valueBytes.length);
            if (size + more > MAX_CONTEXT_BYTES) {
                leftOut++;
                return;
            }
            if (bytes.length < size + more) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
            }
            text(keyBytes);
            if (value == null) {
                bytes[size++] = ValueTag.NULL;
            } else {
                bytes[size++] = ValueTag.STRING;
                text(valueBytes);
            }
            count++;
        }

        private void text(byte[] utf8) {
            Bytes.putShort(bytes, size, utf8.length);
            System.arraycopy(utf8, 0, bytes, size + 2, utf8.length);
            size += 2 + utf8.length;
        }

        private static byte[] utf8(String text) {
            return Utf8.ofAtMost(MAX_CONTEXT_BYTES / 4, text);
        }
    }
}
