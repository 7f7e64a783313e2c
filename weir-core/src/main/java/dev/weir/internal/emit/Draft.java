package dev.weir.internal.emit;

import dev.weir.Level;
import dev.weir.internal.record.RecordEncoder;
import dev.weir.internal.record.RecordLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that a fluent call puts together. It refers to what it was given until it is emitted, and is encoded then.
 *
 * <p>Used by one thread at a time; the arrays are kept from one use to the next.
 */
public final class Draft {
    private static final Object LONG = new Object();
    private static final Object DOUBLE = new Object();
    private static final Object FLOAT = new Object();
    /** As many values as a section can count. */
    static final int MOST = 0xFFFF;

    private static final int MOST_SEVERE = 24;

    private @Nullable String template;
    private final Values arguments = new Values();
    private final Values keyValues = new Values();
    private @Nullable String[] keys = new String[4];
    private @Nullable String[] markers = new String[2];
    private int markerCount;
    private @Nullable Throwable cause;
    private boolean timed;
    private long timeNanos;
    private byte @Nullable [] threadName;
    private long threadId;
    private @Nullable String eventName;
    /** 0: the level's. */
    private int severityNumber;

    private @Nullable String severityText;
    private boolean observed;
    private long observedNanos;
    private @Nullable String uniqueId;
    /** Null: the API itself. */
    private @Nullable String boundary;
    /** Whether the caller is not to be looked for, since it was given, or is unknown. */
    private boolean callerGiven;

    private @Nullable StackTraceElement caller;

    /** Objects and primitives in their order, without boxes. */
    private static final class Values {
        private @Nullable Object[] objects = new Object[4];
        private long[] bits = new long[4];
        private int count;

        void add(@Nullable Object value, long valueBits) {
            if (count == objects.length) {
                objects = Arrays.copyOf(objects, 2 * count);
                bits = Arrays.copyOf(bits, 2 * count);
            }
            objects[count] = value;
            bits[count++] = valueBits;
        }

        void write(int i, RecordEncoder out, boolean structured) {
            Object value = objects[i];
            if (value == LONG) {
                out.longValue(bits[i]);
            } else if (value == DOUBLE) {
                out.doubleValue(Double.longBitsToDouble(bits[i]));
            } else if (value == FLOAT) {
                out.floatValue(Float.intBitsToFloat((int) bits[i]));
            } else if (structured) {
                out.structuredValue(value);
            } else {
                out.value(value);
            }
        }

        void clear() {
            Arrays.fill(objects, 0, count, null);
            count = 0;
        }
    }

    public void template(@Nullable String text) {
        template = text;
    }

    public void argument(@Nullable Object value) {
        arguments.add(value, 0);
    }

    public void argument(long value) {
        arguments.add(LONG, value);
    }

    public void argument(double value) {
        arguments.add(DOUBLE, Double.doubleToRawLongBits(value));
    }

    public void argument(float value) {
        arguments.add(FLOAT, Float.floatToRawIntBits(value));
    }

    public void keyValue(@Nullable String key, @Nullable Object value) {
        key(key);
        keyValues.add(value, 0);
    }

    public void keyValue(@Nullable String key, long value) {
        key(key);
        keyValues.add(LONG, value);
    }

    public void keyValue(@Nullable String key, double value) {
        key(key);
        keyValues.add(DOUBLE, Double.doubleToRawLongBits(value));
    }

    public void keyValue(@Nullable String key, float value) {
        key(key);
        keyValues.add(FLOAT, Float.floatToRawIntBits(value));
    }

    private void key(@Nullable String key) {
        if (keyValues.count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
        }
        keys[keyValues.count] = key;
    }

    /** Adds a marker's name, unless it is there. */
    public void marker(@Nullable String name) {
        for (int i = 0; i < markerCount; i++) {
            if (Objects.equals(markers[i], name)) {
                return;
            }
        }
        if (markerCount == markers.length) {
            markers = Arrays.copyOf(markers, 2 * markerCount);
        }
        markers[markerCount++] = name;
    }

    public void cause(@Nullable Throwable thrown) {
        cause = thrown;
    }

    /** When it happened, in nanoseconds since 1970. */
    public void time(long epochNanos) {
        timed = true;
        timeNanos = epochNanos;
    }

    /** The thread it happened on. */
    public void thread(byte[] nameUtf8, long id) {
        threadName = nameUtf8;
        threadId = id;
    }

    public void eventName(@Nullable String name) {
        eventName = name;
    }

    /**
     * How severe it is where it comes from.
     *
     * @param number OpenTelemetry's; outside 1 to 24 it is not taken
     */
    public void severity(int number, @Nullable String text) {
        severityNumber = number >= 1 && number <= MOST_SEVERE ? number : 0;
        severityText = text;
    }

    /** When it came to the caller's knowledge, in nanoseconds since 1970. */
    public void observed(long epochNanos) {
        observed = true;
        observedNanos = epochNanos;
    }

    public void uniqueId(@Nullable String id) {
        uniqueId = id;
    }

    /** The class whose methods' caller made the call; null for this API's own. */
    public void boundary(@Nullable String className) {
        boundary = className;
        callerGiven = false;
        caller = null;
    }

    /** Who made the call; null if that is unknown. */
    public void caller(@Nullable StackTraceElement known) {
        callerGiven = true;
        caller = known;
    }

    /** Forgets everything. */
    public void clear() {
        template = null;
        arguments.clear();
        Arrays.fill(keys, 0, Math.min(keys.length, keyValues.count), null);
        keyValues.clear();
        Arrays.fill(markers, 0, markerCount, null);
        markerCount = 0;
        cause = null;
        timed = false;
        threadName = null;
        eventName = null;
        severityNumber = 0;
        severityText = null;
        observed = false;
        uniqueId = null;
        boundary(null);
    }

    int severityNumber(Level level) {
        return severityNumber == 0 ? level.severityNumber() : severityNumber;
    }

    long timeNanos(EpochClock clock) {
        return timed ? timeNanos : clock.nanos();
    }

    byte[] threadName(byte[] callers) {
        return threadName == null ? callers : threadName;
    }

    long threadId(long callers) {
        return threadName == null ? callers : threadId;
    }

    @Nullable
    String template() {
        return template;
    }

    /** The markers' names, without what they refer to. */
    List<String> markers() {
        List<String> names = new ArrayList<>(markerCount);
        for (int i = 0; i < markerCount; i++) {
            names.add(String.valueOf(markers[i]));
        }
        return names;
    }

    @Nullable
    Throwable cause() {
        return cause;
    }

    void writeMessage(RecordEncoder out) {
        out.message(template);
        if (arguments.count > 0) {
            int count = Math.min(arguments.count, MOST);
            out.beginArguments(count);
            for (int i = 0; i < count; i++) {
                arguments.write(i, out, false);
            }
        }
    }

    void writeKeyValues(RecordEncoder out) {
        if (keyValues.count == 0) {
            return;
        }
        out.beginKeyValues(keyValues.count);
        int written = 0;
        while (written < Math.min(keyValues.count, MOST) && out.hasRoom()) {
            out.key(keys[written]);
            keyValues.write(written, out, true);
            written++;
        }
        if (written < keyValues.count) {
            out.endKeyValues(written);
            out.markTruncated();
        }
    }

    /**
     * Writes what else is there.
     *
     * @param located whether to look for the caller, unless it was given
     */
    void writeExtras(RecordEncoder out, boolean located) {
        StackTraceElement madeBy = located && !callerGiven ? CallSite.find(boundary) : caller;
        int count = (markerCount > 0 ? 1 : 0)
                + (eventName != null ? 1 : 0)
                + (observed ? 1 : 0)
                + (severityText != null ? 1 : 0)
                + (uniqueId != null ? 1 : 0)
                + (madeBy != null ? CallSite.extras(madeBy) : 0);
        if (count == 0) {
            return;
        }
        out.beginExtras(count);
        if (markerCount > 0) {
            out.extraKey(RecordLayout.EXTRA_MARKERS);
            out.value(Arrays.copyOf(markers, markerCount));
        }
        writeExtra(RecordLayout.EXTRA_EVENT_NAME, eventName, out);
        if (observed) {
            out.extraKey(RecordLayout.EXTRA_OBSERVED_TIME);
            out.longValue(observedNanos);
        }
        writeExtra(RecordLayout.EXTRA_SEVERITY_TEXT, severityText, out);
        writeExtra(RecordLayout.EXTRA_UNIQUE_ID, uniqueId, out);
        if (madeBy != null) {
            CallSite.write(madeBy, out);
        }
    }

    private static void writeExtra(byte key, @Nullable String text, RecordEncoder out) {
        if (text != null) {
            out.extraKey(key);
            out.string(text);
        }
    }
}
