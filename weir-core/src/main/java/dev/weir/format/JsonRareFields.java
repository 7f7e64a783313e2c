package dev.weir.format;

import dev.weir.internal.record.RecordLayout;
import dev.weir.internal.record.RecordSections;
import dev.weir.internal.record.ValueTag;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;

/** Members of a JSON object that not every record has, or that only some formats want. Used by one thread. */
final class JsonRareFields {
    private static final Fragment LINE_FEED = new Fragment("\\n");
    private static final Fragment FILE = new Fragment(",\"file\":");
    private static final Fragment LINE = new Fragment(",\"line\":");
    private static final Fragment FUNCTION = new Fragment(",\"function\":\"");

    private final JsonPreset preset;
    private final JsonValues values;
    private final JsonThrowables throwables;

    JsonRareFields(JsonPreset preset, JsonValues values, JsonThrowables throwables) {
        this.preset = preset;
        this.values = values;
        this.throwables = throwables;
    }

    /** Appends the member, if the record has it. */
    void append(JsonMember member, LogRecord record, ByteOutput out) {
        switch (member.field()) {
            case EXCEPTION, EXCEPTION_TYPE, EXCEPTION_MESSAGE, EXCEPTION_FRAMES, EXCEPTION_HASH ->
                throwable(member, record, out);
            case SHORT_MESSAGE -> shortMessage(member, record, out);
            case FULL_MESSAGE -> fullMessage(member, record, out);
            case MARKERS -> markers(member, record, out);
            case EVENT -> text(member, record, record.eventNameAt(), out);
            case CLASS -> text(member, record, record.callerClassAt(), out);
            case FUNCTION -> text(member, record, record.callerMethodAt(), out);
            case FILE -> text(member, record, record.callerFileAt(), out);
            case LINE -> line(member, record, out);
            case LOCATION -> location(member, record, out);
            default -> throw new IllegalStateException(member.field() + " (expected: a rare field)");
        }
    }

    private void throwable(JsonMember member, LogRecord record, ByteOutput out) {
        if (record.hasThrowable() && JsonThrowables.has(member.field(), record)) {
            member.beginning().appendTo(out);
            throwables.append(member.field(), record, out);
        }
    }

    // messages

    /** Graylog refuses a message in which nothing is. */
    private static void shortMessage(JsonMember member, LogRecord record, ByteOutput out) {
        member.beginning().appendTo(out);
        int from = out.size();
        record.appendMessage(out, Escape.JSON);
        if (isBlank(out, from)) {
            out.truncate(from);
            out.put('-');
        }
        out.put('"');
    }

    private static boolean isBlank(ByteOutput out, int from) {
        byte[] bytes = out.array();
        int next = from;
        while (next < out.size()) {
            boolean isBreak = bytes[next] == '\\' && "nrt".indexOf(bytes[next + 1]) >= 0;
            if (!isBreak && bytes[next] != ' ') {
                return false;
            }
            next += isBreak ? 2 : 1;
        }
        return true;
    }

    private void fullMessage(JsonMember member, LogRecord record, ByteOutput out) {
        if (record.hasThrowable()) {
            member.beginning().appendTo(out);
            record.appendMessage(out, Escape.JSON);
            LINE_FEED.appendTo(out);
            throwables.append(JsonField.EXCEPTION, record, out);
        }
    }

    // what a call can add

    private void markers(JsonMember member, LogRecord record, ByteOutput out) {
        int value = RecordSections.extraAt(record.bytes(), record.start(), RecordLayout.EXTRA_MARKERS);
        if (value == 0 || record.bytes()[value] == ValueTag.NULL) {
            return;
        }
        member.beginning().appendTo(out);
        if (preset.isGelf()) {
            record.values().append(value, out, Escape.JSON);
            out.put('"');
        } else {
            values.append(record.bytes(), value, out);
        }
    }

    private static void text(JsonMember member, LogRecord record, int text, ByteOutput out) {
        if (text != 0) {
            member.beginning().appendTo(out);
            JsonValues.string(record.bytes(), text, out);
        }
    }

    // where it was made

    private static void line(JsonMember member, LogRecord record, ByteOutput out) {
        long line = record.callerLine();
        if (line > 0) {
            member.beginning().appendTo(out);
            out.putDecimal(line);
        }
    }

    /** Google Cloud's lines are texts, since they are numbers of 64 bits. */
    private void location(JsonMember member, LogRecord record, ByteOutput out) {
        int file = record.callerFileAt();
        int method = record.callerMethodAt();
        if (file == 0 && method == 0) {
            return;
        }
        member.beginning().appendTo(out);
        int from = out.size();
        if (file != 0) {
            FILE.appendTo(out);
            JsonValues.string(record.bytes(), file, out);
        }
        if (record.callerLine() > 0) {
            LINE.appendTo(out);
            line(record.callerLine(), out);
        }
        if (method != 0) {
            function(record, method, out);
        }
        out.array()[from] = '{'; // was the first comma
        out.put('}');
    }

    private void line(long line, ByteOutput out) {
        if (preset == JsonPreset.GCP) {
            out.put('"');
            out.putDecimal(line);
            out.put('"');
        } else {
            out.putDecimal(line);
        }
    }

    private static void function(LogRecord record, int method, ByteOutput out) {
        FUNCTION.appendTo(out);
        if (record.callerClassAt() != 0) {
            record.values().appendText(record.callerClassAt(), out, Escape.JSON);
            out.put('.');
        }
        record.values().appendText(method, out, Escape.JSON);
        out.put('"');
    }
}
