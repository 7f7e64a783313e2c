package dev.weir.internal.record;

/**
 * The flat bytes of a record, little-endian. It refers to nothing outside itself but the logger, by its id, so that it
 * can lie in a ring, in a backlog or in a mapped file and be read there without the process that wrote it.
 *
 * <pre>
 *  0  int    length     header and rounding included, a multiple of 8; 0: not yet published; negative: padding to skip
 *  4  byte   kind       {@link #KIND_RECORD} or {@link #KIND_CHANGE}
 *  5  byte   level      ordinal of {@link dev.weir.Level}
 *  6  short  flags      FLAG_…
 *  8  int    logger     id of the logger; in a change of routes its generation
 * 12  byte   severity   OpenTelemetry's number, 1 to 24
 * 13  byte   traceFlags W3C trace flags
 * 14  u16    arguments  where a section begins, 0 if there is none
 * 16  long   time       nanoseconds since 1970-01-01T00:00Z
 * 24  u16    context    section
 * 26  u16    keyValues  section
 * 28  u16    throwable  section
 * 30  u16    extras     section
 * 32  long   threadId
 * 40  [16 bytes trace id, 8 bytes span id]     if FLAG_TRACE
 *  …  text   thread name
 *  …  value  message template: STRING, or NULL for a null message
 *  …  sections, in the order arguments, context, keyValues, throwable, extras, where present
 * </pre>
 *
 * A <em>text</em> is {@code u16 length} and so many bytes of well-formed UTF-8. A <em>value</em> is a tag byte of
 * {@link ValueTag} and what the tag says.
 *
 * <pre>
 * arguments  u16 count, values
 * context    u16 count, (text key, value)…
 * keyValues  u16 count, (text key, value)…            in the order of the call, doubles kept
 * throwable  u16 count, throwables in depth-first order, each:
 *              byte  relation    {@link #RELATION_TOP}, _CAUSE, _SUPPRESSED, or either with {@link #RELATION_CIRCULAR}
 *              byte  depth       how many throwables enclose it
 *              text  class
 *              value message     STRING or NULL
 *              u16   common      frames at its end that it shares with the throwable enclosing it and that are left out
 *              u16   omitted     frames left out for size, before the common ones
 *              u16   bytes       of all frames together, to skip them
 *              u16   count, frames, each: text module (empty: none), text class, text method, text file (empty:
 *                                         unknown), int line (negative: unknown; -2: native)
 * extras     u16 count, (byte key EXTRA_…, value)…
 * </pre>
 */
public final class RecordLayout {
    public static final byte KIND_RECORD = 1;
    public static final byte KIND_CHANGE = 2;

    /** Trace id and span id follow the header. */
    public static final int FLAG_TRACE = 1;
    /** There is a trace id but no span id. */
    public static final int FLAG_NO_SPAN = 1 << 1;
    /** Something was shortened or left out to keep the record within its maximum. */
    public static final int FLAG_TRUNCATED = 1 << 2;
    /** Weir's own record: it counts in {@code synthetic} alone. */
    public static final int FLAG_SYNTHETIC = 1 << 3;
    /** A filter of the handler in whose hand the record is has rejected it; set there alone. */
    public static final int FLAG_REJECTED = 1 << 4;

    public static final byte RELATION_TOP = 0;
    public static final byte RELATION_CAUSE = 1;
    public static final byte RELATION_SUPPRESSED = 2;
    /** Added to a relation: this throwable stands further up already, so its frames and causes are not told again. */
    public static final byte RELATION_CIRCULAR = 4;

    public static final byte EXTRA_MARKERS = 1;
    public static final byte EXTRA_EVENT_NAME = 2;
    public static final byte EXTRA_OBSERVED_TIME = 3;
    public static final byte EXTRA_SEVERITY_TEXT = 4;
    public static final byte EXTRA_CALLER_CLASS = 5;
    public static final byte EXTRA_CALLER_METHOD = 6;
    public static final byte EXTRA_CALLER_FILE = 7;
    public static final byte EXTRA_CALLER_LINE = 8;
    public static final byte EXTRA_UNIQUE_ID = 9;

    /** Bytes before the trace ids or the thread name. */
    public static final int HEADER_BYTES = 40;

    public static final int TRACE_ID_BYTES = 16;
    public static final int SPAN_ID_BYTES = 8;
    public static final int TRACE_BYTES = TRACE_ID_BYTES + SPAN_ID_BYTES;
    /** Records begin and end at multiples of this. */
    public static final int ALIGNMENT = 8;
    /** No text is longer, in bytes: its length is a u16. */
    public static final int MAX_TEXT_BYTES = 0xFFFF;

    /** What is longer of a thread's name is not taken. */
    public static final int MAX_THREAD_NAME_CHARS = 1024;

    private RecordLayout() {}

    public static int align(int bytes) {
        return (bytes + (ALIGNMENT - 1)) & -ALIGNMENT;
    }

    public static int lengthAt(int record) {
        return record;
    }

    public static int kindAt(int record) {
        return record + 4;
    }

    public static int levelAt(int record) {
        return record + 5;
    }

    public static int flagsAt(int record) {
        return record + 6;
    }

    public static int loggerAt(int record) {
        return record + 8;
    }

    public static int severityAt(int record) {
        return record + 12;
    }

    public static int traceFlagsAt(int record) {
        return record + 13;
    }

    public static int argumentsAt(int record) {
        return record + 14;
    }

    public static int timeAt(int record) {
        return record + 16;
    }

    public static int contextAt(int record) {
        return record + 24;
    }

    public static int keyValuesAt(int record) {
        return record + 26;
    }

    public static int throwableAt(int record) {
        return record + 28;
    }

    public static int extrasAt(int record) {
        return record + 30;
    }

    public static int threadIdAt(int record) {
        return record + 32;
    }

    /** Where the trace ids are if the record has them. */
    public static int traceAt(int record) {
        return record + HEADER_BYTES;
    }

    /** Where the thread name's text begins. */
    public static int threadNameAt(int record, int flags) {
        return record + HEADER_BYTES + ((flags & FLAG_TRACE) != 0 ? TRACE_BYTES : 0);
    }
}
