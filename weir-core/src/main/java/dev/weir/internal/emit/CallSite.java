package dev.weir.internal.emit;

import dev.weir.internal.record.RecordEncoder;
import dev.weir.internal.record.RecordLayout;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a logging call was made, looked for on the stack of the calling thread.
 *
 * <p>The call is made by the first frame beyond the boundary: a class, by its name, whose methods are those of a logging API.
 * From the top of the stack all is passed over until that class is met, and then what belongs to it without a gap. So what a
 * facade does within itself does not count, and neither does a class of that name further down. Frames that the JVM hides, and
 * those of reflection, are not seen.
 *
 * <p>If the boundary is not met among the first {@link #MOST_FRAMES} frames there is no answer: none is better than a wrong one,
 * and a boundary that is not there at all must not cost the whole stack.
 *
 * <p>The walk is lazy and takes frames by the batch. Nothing of what it has found is kept: to tell two methods of one name, and
 * two classes of one name, takes what makes the rest, and encoding that is a small part of the whole.
 */
final class CallSite
        implements Function<Stream<StackWalker.StackFrame>, StackWalker.@Nullable StackFrame>,
                Consumer<StackWalker.StackFrame> {
    /** A boundary is not looked for further down. */
    static final int MOST_FRAMES = 128;

    /**
     * With which the first batch has ten frames: a caller is at most the tenth, unless a bridge is in between. A second batch would
     * be one of 32, and take longer than the first.
     */
    private static final int FIRST_BATCH = 12;

    private static final StackWalker WALKER = StackWalker.getInstance(Set.of(), FIRST_BATCH);
    private static final Set<String> WEIR =
            Set.of("dev.weir.Logger", "dev.weir.RecordBuilder", "dev.weir.LiveRecordBuilder");

    /** What SLF4J gives out while it is being initialised, and what stays in between for ever after. */
    private static final String SUBSTITUTE = "org.slf4j.helpers.SubstituteLogger";

    private final @Nullable String boundary;
    private boolean met;
    private StackWalker.@Nullable StackFrame found;

    private CallSite(@Nullable String boundary) {
        this.boundary = boundary;
    }

    /**
     * Who called.
     *
     * @param boundary the class whose methods were called; null for Weir's own API
     * @return null if the boundary is not on the stack
     */
    static @Nullable StackTraceElement find(@Nullable String boundary) {
        StackWalker.StackFrame frame = WALKER.walk(new CallSite(boundary));
        return frame == null ? null : frame.toStackTraceElement();
    }

    /**
     * Has all loaded that a walk needs, and what a frame of the JDK's own takes to be described: a first one at the end of a stack
     * would leave classes that never load again.
     */
    static void prepare() {
        Set.of(CalledByJdk.class.getName()).forEach(new CalledByJdk());
    }

    private static final class CalledByJdk implements Consumer<String> {
        @Override
        public void accept(String self) {
            find(self);
        }
    }

    @Override
    public StackWalker.@Nullable StackFrame apply(Stream<StackWalker.StackFrame> stack) {
        Spliterator<StackWalker.StackFrame> frames = stack.spliterator();
        int left = MOST_FRAMES;
        while (found == null && left > 0 && frames.tryAdvance(this)) {
            left--;
        }
        return found;
    }

    @Override
    public void accept(StackWalker.StackFrame frame) {
        String className = frame.getClassName();
        if (isBoundary(className)) {
            met = true;
        } else if (met && !className.equals(SUBSTITUTE)) {
            found = frame;
        }
    }

    private boolean isBoundary(String className) {
        return boundary == null ? WEIR.contains(className) : className.equals(boundary);
    }

    // in a record

    /** How many extras {@link #write} writes. */
    static int extras(StackTraceElement caller) {
        return 2 + (caller.getFileName() == null ? 0 : 1) + (caller.getLineNumber() > 0 ? 1 : 0);
    }

    /** Writes class and method, and file and line if they are known. */
    static void write(StackTraceElement caller, RecordEncoder out) {
        text(RecordLayout.EXTRA_CALLER_CLASS, caller.getClassName(), out);
        text(RecordLayout.EXTRA_CALLER_METHOD, caller.getMethodName(), out);
        String file = caller.getFileName();
        if (file != null) {
            text(RecordLayout.EXTRA_CALLER_FILE, file, out);
        }
        if (caller.getLineNumber() > 0) {
            out.extraKey(RecordLayout.EXTRA_CALLER_LINE);
            out.longValue(caller.getLineNumber());
        }
    }

    private static void text(byte key, String text, RecordEncoder out) {
        out.extraKey(key);
        out.string(text);
    }
}
