package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordThrowables;
import dev.weir.record.RecordValues;
import dev.weir.record.ValueKind;
import java.util.Objects;

/**
 * The throwable of a record, laid out as {@link Throwable#printStackTrace} does it, or with its root cause first. Line breaks
 * and indents are the formatter's own, since within a JSON string they are two characters each; what the throwable says itself
 * is escaped. It keeps the frames it wrote last, to write them faster when they come again.
 */
public final class StackTraces {
    private static final Fragment NOTHING = new Fragment("");
    private static final Fragment CAUSED_BY = new Fragment("Caused by: ");
    private static final Fragment WRAPPED_BY = new Fragment("Wrapped by: ");
    private static final Fragment SUPPRESSED = new Fragment("Suppressed: ");
    private static final Fragment CIRCULAR = new Fragment("[CIRCULAR REFERENCE: ");
    private static final Fragment AT = new Fragment("at ");
    private static final Fragment ELLIPSIS = new Fragment("... ");
    private static final Fragment MORE = new Fragment(" more");
    private static final Fragment OMITTED = new Fragment(" omitted");
    private static final Fragment NATIVE = new Fragment("(Native Method)");
    private static final Fragment UNKNOWN = new Fragment("(Unknown Source)");
    private static final Fragment COLON = new Fragment(": ");

    private final FramesText known = new FramesText();
    private final Escape escape;
    private final Fragment lineBreak;
    private final Fragment indent;
    private final int maxFrames;
    private final boolean shortenPackages;
    private final ThrowableOrder order;
    /** What stands before the first line of each throwable, before those below it, and behind each; nothing without colours. */
    private final Fragment descriptionStart;

    private final Fragment frameStart;
    private final Fragment colourEnd;

    private StackTraces(Builder builder) {
        escape = builder.escape;
        lineBreak = new Fragment(builder.lineBreak);
        indent = new Fragment(builder.indent);
        maxFrames = builder.maxFrames;
        shortenPackages = builder.shortenPackages;
        order = new ThrowableOrder(builder.rootFirst, this::one);
        descriptionStart = builder.coloured ? Colour.RED.start() : NOTHING;
        frameStart = builder.coloured ? Colour.FAINT.start() : NOTHING;
        colourEnd = builder.coloured ? Colour.reset() : NOTHING;
    }

    /**
     * A layout to be set up.
     *
     * @return begins with that of a text: control characters of messages visibly, line feeds, and tabs
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Appends all of a record's throwable, each line ended; nothing if it has none.
     *
     * @param record lent for the call
     * @param out where to
     */
    public void append(LogRecord record, ByteOutput out) {
        order.visit(record, out);
    }

    private static Fragment caption(ThrowableOrder.Role role) {
        return switch (role) {
            case FIRST -> NOTHING;
            case CAUSE -> CAUSED_BY;
            case SUPPRESSED -> SUPPRESSED;
            case WRAPPER -> WRAPPED_BY;
        };
    }

    private void one(LogRecord record, int throwable, ThrowableOrder.Role role, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        int depth = throwables.depth(throwable);
        boolean circular = throwables.isCircular(throwable);
        indent(depth, out);
        descriptionStart.appendTo(out);
        caption(role).appendTo(out);
        if (circular) {
            CIRCULAR.appendTo(out);
        }
        description(record, throwable, out);
        if (circular) {
            out.put(']');
        }
        colourEnd.appendTo(out);
        lineBreak.appendTo(out);
        frames(record, throwable, depth + 1, out);
        if (!circular) {
            int hidden = Math.max(0, throwables.frameCount(throwable) - maxFrames);
            rest(throwables.omittedFrames(throwable) + hidden, OMITTED, depth + 1, out);
            rest(throwables.commonFrames(throwable), MORE, depth + 1, out);
        }
    }

    private void description(LogRecord record, int throwable, ByteOutput out) {
        RecordValues values = record.values();
        values.appendText(record.throwables().typeOf(throwable), out, escape);
        int message = record.throwables().messageOf(throwable);
        if (values.kind(message) == ValueKind.STRING) {
            COLON.appendTo(out);
            values.append(message, out, escape);
        }
    }

    private void frames(LogRecord record, int throwable, int indents, ByteOutput out) {
        int from = record.throwables().firstFrame(throwable);
        int end = record.throwables().framesEnd(throwable);
        if (!known.append(record.bytes(), from, end, indents, out)) {
            int textFrom = out.size();
            newFrames(record, throwable, indents, out);
            known.keep(record.bytes(), from, end, indents, out, textFrom);
        }
    }

    private void newFrames(LogRecord record, int throwable, int indents, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        int frame = throwables.firstFrame(throwable);
        for (int left = Math.min(throwables.frameCount(throwable), maxFrames); left > 0; left--) {
            indent(indents, out);
            frameStart.appendTo(out);
            frame(record, frame, out);
            colourEnd.appendTo(out);
            lineBreak.appendTo(out);
            frame = throwables.nextFrame(frame);
        }
    }

    private void frame(LogRecord record, int frame, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        RecordValues values = record.values();
        AT.appendTo(out);
        if (values.textLength(throwables.moduleOf(frame)) > 0) {
            values.appendText(throwables.moduleOf(frame), out, escape);
            out.put('/');
        }
        className(record, throwables.classOf(frame), out);
        out.put('.');
        values.appendText(throwables.methodOf(frame), out, escape);
        place(record, frame, out);
    }

    private void className(LogRecord record, int name, ByteOutput out) {
        if (shortenPackages) {
            ShortNames.append(record, name, out, escape);
        } else {
            record.values().appendText(name, out, escape);
        }
    }

    private void place(LogRecord record, int frame, ByteOutput out) {
        int file = record.throwables().fileOf(frame);
        int line = record.throwables().line(frame);
        if (record.throwables().isNative(frame)) {
            NATIVE.appendTo(out);
        } else if (record.values().textLength(file) == 0) {
            UNKNOWN.appendTo(out);
        } else {
            out.put('(');
            record.values().appendText(file, out, escape);
            if (line >= 0) {
                out.put(':');
                out.putDecimal(line);
            }
            out.put(')');
        }
    }

    private void rest(int count, Fragment what, int indents, ByteOutput out) {
        if (count > 0) {
            indent(indents, out);
            frameStart.appendTo(out);
            ELLIPSIS.appendTo(out);
            out.putDecimal(count);
            what.appendTo(out);
            colourEnd.appendTo(out);
            lineBreak.appendTo(out);
        }
    }

    private void indent(int times, ByteOutput out) {
        for (int i = 0; i < times; i++) {
            indent.appendTo(out);
        }
    }

    /** Sets up {@link StackTraces}. Used by one thread. */
    public static final class Builder {
        private Escape escape = Escape.TEXT;
        private String lineBreak = "\n";
        private String indent = "\t";
        private int maxFrames = Integer.MAX_VALUE;
        private boolean rootFirst;
        private boolean shortenPackages;
        private boolean coloured;

        private Builder() {}

        /**
         * How messages and names are kept from being taken for something else.
         *
         * @param escape that of the output the stack trace becomes a part of
         * @return this
         */
        public Builder escape(Escape escape) {
            this.escape = Objects.requireNonNull(escape, "escape");
            return this;
        }

        /**
         * What ends a line.
         *
         * @param text as it is written: within a JSON string a backslash and an n
         * @return this
         */
        public Builder lineBreak(String text) {
            lineBreak = Objects.requireNonNull(text, "lineBreak");
            return this;
        }

        /**
         * What stands before a line, once for each step.
         *
         * @param text as it is written: within a JSON string a backslash and a t
         * @return this
         */
        public Builder indent(String text) {
            indent = Objects.requireNonNull(text, "indent");
            return this;
        }

        /**
         * How many frames of each throwable are written; how many are not is told.
         *
         * @param most 0 or more
         * @return this
         */
        public Builder maxFrames(int most) {
            if (most < 0) {
                throw new IllegalArgumentException("maxFrames: " + most + " (expected: 0 or more)");
            }
            maxFrames = most;
            return this;
        }

        /**
         * Whether the root cause comes first, and each throwable after its cause as {@code Wrapped by}.
         *
         * @param first false, unless it is set
         * @return this
         */
        public Builder rootFirst(boolean first) {
            rootFirst = first;
            return this;
        }

        /** Whether a terminal shows what was thrown in red and its frames faintly. */
        Builder coloured(boolean shown) {
            coloured = shown;
            return this;
        }

        /**
         * Whether packages in the names of frames' classes are shortened to initials, as {@code o.h.i.Session}.
         *
         * @param shorten false, unless it is set
         * @return this
         */
        public Builder shortenPackages(boolean shorten) {
            shortenPackages = shorten;
            return this;
        }

        /**
         * Ends the set-up.
         *
         * @return the layout
         */
        public StackTraces build() {
            return new StackTraces(this);
        }
    }
}
