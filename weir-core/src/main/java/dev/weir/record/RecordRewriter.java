package dev.weir.record;

import dev.weir.internal.record.RecordPatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes copies of records in which some values are replaced by texts: what a filter needs that changes what its handler gets,
 * see {@link dev.weir.filter.Filter#rewrite}.
 *
 * <p>It goes through all that a call gave a record as content: the arguments, the message with its arguments put in, the
 * context, the key-values, with all that is in their arrays and maps, and what throwables say. Names stay as they are: of keys,
 * loggers, threads, markers, events, classes and methods.
 *
 * <p><b>Bounds.</b> A copy is no longer than its record, or than 4 KiB if that is shorter; if texts in the place of values make
 * it longer, the longest are cut, with the mark of a record that was too long at the call.
 *
 * <p>Used by one thread. A record of which nothing is replaced costs no copy and no allocation.
 */
public final class RecordRewriter {
    private static final int NO_PLACE = 0;
    private static final int NO_KEY = 0;

    private final Replacements replacements;
    private final RecordPatch patch = new RecordPatch();
    private final ByteOutput text = new ByteOutput(256);
    private final ByteOutput message = new ByteOutput(256);
    private @Nullable LogRecord copy;

    /**
     * Says what is replaced. Each method appends what is to stand instead, as UTF-8, and returns true, or appends nothing and
     * returns false.
     *
     * <p>What it throws is thrown on by {@link RecordRewriter#rewrite}.
     */
    public interface Replacements {
        /**
         * Whether a value is replaced. Of an array or a map it is asked first, and then, unless that is replaced as a whole, of
         * its elements.
         *
         * @param record lent for the call
         * @param key the place of the key the value stands behind, within an array that of the array; 0 if it has none
         * @param value its place
         * @param out for what is to stand instead
         * @return false to keep it
         */
        boolean replaceValue(LogRecord record, int key, int value, ByteOutput out);

        /**
         * Whether an argument of the message is replaced; by default as a value without a key. Its elements, if it has any, have
         * none.
         *
         * @param record lent for the call
         * @param before where the text of the template ends, in {@link LogRecord#bytes()}, that stands before the argument; 0 if
         *     it has no place in the template
         * @param value the argument's place
         * @param out for what is to stand instead
         * @return false to keep it
         */
        default boolean replaceArgument(LogRecord record, int before, int value, ByteOutput out) {
            return replaceValue(record, NO_KEY, value, out);
        }

        /**
         * Whether a text is replaced: what a throwable says, or the message with its arguments put in, as far as they have been
         * kept or replaced. If the message is, the record's template is what stands instead, and it has no arguments any more.
         *
         * @param utf8 lent for the call
         * @param from where it begins
         * @param length how many bytes it has
         * @param out for what is to stand instead
         * @return false to keep it
         */
        boolean replaceText(byte[] utf8, int from, int length, ByteOutput out);
    }

    /**
     * One that replaces what it is told.
     *
     * @param replacements asked for each value of each record
     */
    public RecordRewriter(Replacements replacements) {
        this.replacements = Objects.requireNonNull(replacements, "replacements");
    }

    /**
     * Replaces what is to be replaced in a copy.
     *
     * @param record stays as it is
     * @return the record itself, if nothing is; else a view of the copy, valid until the next call
     */
    public LogRecord rewrite(LogRecord record) {
        patch.begin(record.bytes(), record.start());
        message(record);
        entries(record, record.contextAt());
        entries(record, record.keyValuesAt());
        throwables(record);
        return patch.isEmpty() ? record : applied(record);
    }

    private LogRecord applied(LogRecord record) {
        patch.apply();
        LogRecord view = record.view(copy);
        copy = view;
        return view.moveTo(patch.bytes(), 0);
    }

    // the message

    private void message(LogRecord record) {
        RecordValues values = record.values();
        int template = record.templateAt();
        if (values.kind(template) != ValueKind.STRING) {
            arguments(record, NO_PLACE, NO_PLACE);
            return;
        }
        int from = values.textFrom(values.textOf(template));
        int end = from + values.textLength(values.textOf(template));
        arguments(record, from, end);
        message.truncate(0);
        (patch.isEmpty() ? record : applied(record)).appendMessage(message, ByteOutput.Escape.NONE);
        text.truncate(0);
        if (replacements.replaceText(message.array(), 0, message.size(), text)) {
            patch.begin(record.bytes(), record.start());
            patch.replace(template, text.array(), 0, text.size());
            patch.dropArguments();
        }
    }

    private void arguments(LogRecord record, int templateFrom, int templateEnd) {
        RecordValues values = record.values();
        int list = record.argumentsAt();
        int argument = values.first(list);
        int next = templateFrom;
        for (int left = values.count(list); left > 0; left--) {
            int place = place(record.bytes(), templateFrom, next, templateEnd);
            text.truncate(0);
            if (replacements.replaceArgument(record, place, argument, text)) {
                patch.replace(argument, text.array(), 0, text.size());
            } else {
                elements(record, NO_KEY, argument);
            }
            next = place == NO_PLACE ? templateEnd : place + 2;
            argument = values.after(argument);
        }
    }

    /** Where the next argument is put in, as {@link MessageText} does it. */
    private static int place(byte[] bytes, int begin, int from, int end) {
        for (int at = from; at < end - 1; at++) {
            if (bytes[at] == '{' && bytes[at + 1] == '}') {
                boolean escaped = at > begin && bytes[at - 1] == '\\';
                if (!escaped || (at - 1 > begin && bytes[at - 2] == '\\')) {
                    return at;
                }
            }
        }
        return NO_PLACE;
    }

    // values

    private void entries(LogRecord record, int list) {
        RecordValues values = record.values();
        int entry = values.first(list);
        for (int left = values.count(list); left > 0; left--) {
            int value = values.valueOf(entry);
            value(record, entry, value);
            entry = values.after(value);
        }
    }

    private void value(LogRecord record, int key, int value) {
        text.truncate(0);
        if (replacements.replaceValue(record, key, value, text)) {
            patch.replace(value, text.array(), 0, text.size());
        } else {
            elements(record, key, value);
        }
    }

    private void elements(LogRecord record, int key, int value) {
        RecordValues values = record.values();
        ValueKind kind = values.kind(value);
        if (kind != ValueKind.ARRAY && kind != ValueKind.MAP) {
            return;
        }
        int list = values.elements(value);
        int entered = patch.enter(value);
        if (kind == ValueKind.MAP) {
            entries(record, list);
        } else {
            int element = values.first(list);
            for (int left = values.count(list); left > 0; left--) {
                value(record, key, element);
                element = values.after(element);
            }
        }
        patch.leave(value, entered);
    }

    private void throwables(LogRecord record) {
        RecordThrowables throwables = record.throwables();
        int throwable = throwables.first();
        for (int left = throwables.count(); left > 0; left--) {
            said(record.values(), record.bytes(), throwables.messageOf(throwable));
            throwable = throwables.after(throwable);
        }
    }

    private void said(RecordValues values, byte[] bytes, int said) {
        if (values.kind(said) == ValueKind.STRING) {
            int place = values.textOf(said);
            text.truncate(0);
            if (replacements.replaceText(bytes, values.textFrom(place), values.textLength(place), text)) {
                patch.replace(said, text.array(), 0, text.size());
            }
        }
    }
}
