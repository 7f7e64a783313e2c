package dev.weir.format;

import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordThrowables;
import dev.weir.record.RecordValues;
import dev.weir.record.ValueKind;
import java.util.Locale;

/**
 * The throwable of a record as values of a JSON object: its class, what it says, its stack trace as a text, as an array with an
 * object for each throwable, or as a hash of what is the same whenever the same thing fails.
 *
 * <p>Used by one thread.
 */
final class JsonThrowables {
    private static final Fragment CLASS = new Fragment("{\"class\":\"");
    private static final Fragment MESSAGE = new Fragment(",\"message\":\"");
    private static final Fragment RELATION = new Fragment(",\"relation\":\"");
    private static final Fragment DEPTH = new Fragment(",\"depth\":");
    private static final Fragment CIRCULAR = new Fragment(",\"circular\":true");
    private static final Fragment FRAMES = new Fragment(",\"frames\":[");
    private static final Fragment OMITTED = new Fragment(",\"omitted\":");
    private static final Fragment COMMON = new Fragment(",\"common\":");
    private static final Fragment METHOD = new Fragment("\",\"method\":\"");
    private static final Fragment FILE = new Fragment(",\"file\":\"");
    private static final Fragment LINE = new Fragment(",\"line\":");
    private static final Fragment MODULE = new Fragment(",\"module\":\"");
    private static final Fragment NATIVE = new Fragment(",\"native\":true");

    private final StackHash hash = new StackHash();
    private final StackTraces texts;
    private final ThrowableOrder order;
    private final int maxFrames;
    private final boolean shortenPackages;

    JsonThrowables(int maxFrames, boolean rootFirst, boolean shortenPackages) {
        this.maxFrames = maxFrames;
        this.shortenPackages = shortenPackages;
        order = new ThrowableOrder(rootFirst, this::throwable);
        texts = StackTraces.builder()
                .escape(Escape.JSON)
                .lineBreak("\\n")
                .indent("\\t")
                .maxFrames(maxFrames)
                .rootFirst(rootFirst)
                .shortenPackages(shortenPackages)
                .build();
    }

    /** Whether the value of a field is there, of a record that has a throwable. */
    static boolean has(JsonField field, LogRecord record) {
        RecordThrowables throwables = record.throwables();
        return field != JsonField.EXCEPTION_MESSAGE
                || record.values().kind(throwables.messageOf(throwables.first())) == ValueKind.STRING;
    }

    /** Appends the value of a field, without the quotation mark before it if it is a text. */
    void append(JsonField field, LogRecord record, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        switch (field) {
            case EXCEPTION -> texts.append(record, out);
            case EXCEPTION_TYPE -> record.values().appendText(throwables.typeOf(throwables.first()), out, Escape.JSON);
            case EXCEPTION_MESSAGE ->
                record.values().append(throwables.messageOf(throwables.first()), out, Escape.JSON);
            case EXCEPTION_HASH -> hash.append(record, out);
            default -> {
                array(record, out);
                return;
            }
        }
        out.put('"');
    }

    private void array(LogRecord record, ByteOutput out) {
        int from = out.size();
        order.visit(record, out);
        out.array()[from] = '['; // was the first comma
        out.put(']');
    }

    private void throwable(LogRecord record, int throwable, ThrowableOrder.Role role, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        RecordValues values = record.values();
        out.put(',');
        CLASS.appendTo(out);
        text(values, throwables.typeOf(throwable), out);
        int message = throwables.messageOf(throwable);
        if (values.kind(message) == ValueKind.STRING) {
            MESSAGE.appendTo(out);
            text(values, values.textOf(message), out);
        }
        if (role != ThrowableOrder.Role.FIRST) {
            RELATION.appendTo(out);
            out.put(role.name().toLowerCase(Locale.ROOT));
            out.put('"');
        }
        number(DEPTH, throwables.depth(throwable), out);
        if (throwables.isCircular(throwable)) {
            CIRCULAR.appendTo(out);
        } else {
            frames(record, throwable, out);
        }
        out.put('}');
    }

    private void frames(LogRecord record, int throwable, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        int count = throwables.frameCount(throwable);
        int written = Math.min(count, maxFrames);
        int frame = throwables.firstFrame(throwable);
        FRAMES.appendTo(out);
        for (int i = 0; i < written; i++) {
            if (i > 0) {
                out.put(',');
            }
            frame(record, frame, out);
            frame = throwables.nextFrame(frame);
        }
        out.put(']');
        number(OMITTED, throwables.omittedFrames(throwable) + count - written, out);
        number(COMMON, throwables.commonFrames(throwable), out);
    }

    private void frame(LogRecord record, int frame, ByteOutput out) {
        RecordThrowables throwables = record.throwables();
        RecordValues values = record.values();
        CLASS.appendTo(out);
        if (shortenPackages) {
            ShortNames.append(record, throwables.classOf(frame), out, Escape.JSON);
        } else {
            values.appendText(throwables.classOf(frame), out, Escape.JSON);
        }
        METHOD.appendTo(out);
        text(values, throwables.methodOf(frame), out);
        known(FILE, values, throwables.fileOf(frame), out);
        number(LINE, throwables.line(frame), out);
        known(MODULE, values, throwables.moduleOf(frame), out);
        if (throwables.isNative(frame)) {
            NATIVE.appendTo(out);
        }
        out.put('}');
    }

    private static void known(Fragment beginning, RecordValues values, int text, ByteOutput out) {
        if (values.textLength(text) > 0) {
            beginning.appendTo(out);
            text(values, text, out);
        }
    }

    private static void text(RecordValues values, int text, ByteOutput out) {
        values.appendText(text, out, Escape.JSON);
        out.put('"');
    }

    private static void number(Fragment beginning, int value, ByteOutput out) {
        if (value > 0) {
            beginning.appendTo(out);
            out.putDecimal(value);
        }
    }
}
