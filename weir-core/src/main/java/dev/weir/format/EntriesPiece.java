package dev.weir.format;

import dev.weir.record.Attributes;
import dev.weir.record.ByteOutput;
import dev.weir.record.ByteOutput.Escape;
import dev.weir.record.LogRecord;
import dev.weir.record.RecordValues;

/** Keys with their values, all that a record has. */
final class EntriesPiece implements TextPiece {
    private final Layout layout;
    private final Attributes attributes = new Attributes();

    /** Which of them, and how. */
    enum Layout {
        /** The context: {@code user=u1, tenant=t1}. */
        CONTEXT,
        /** The key-values: {@code amount=12 item=a b}. */
        BARE,
        /** The key-values: {@code amount='12' item='a b'}. */
        SINGLE_QUOTES,
        /** The key-values: {@code amount="12" item="a b"}. */
        DOUBLE_QUOTES,
        /** Context and key-values as one, each after a blank, in quotation marks where it takes them: {@code item="a b"}. */
        ATTRIBUTES
    }

    EntriesPiece(Layout layout) {
        this.layout = layout;
    }

    @Override
    public Source source() {
        return layout == Layout.CONTEXT || layout == Layout.ATTRIBUTES ? Source.CONTEXT : Source.RECORD;
    }

    @Override
    public void append(LogRecord record, ByteOutput out, Escape escape) {
        switch (layout) {
            case CONTEXT -> list(record, record.contextAt(), ", ", out, escape);
            case BARE, SINGLE_QUOTES, DOUBLE_QUOTES -> list(record, record.keyValuesAt(), " ", out, escape);
            case ATTRIBUTES -> attributes(record, out, escape);
        }
    }

    private void list(LogRecord record, int list, String separator, ByteOutput out, Escape escape) {
        RecordValues values = record.values();
        int count = values.count(list);
        int entry = values.first(list);
        for (int i = 0; i < count; i++) {
            for (int c = 0; i > 0 && c < separator.length(); c++) {
                out.put(separator.charAt(c));
            }
            int value = values.valueOf(entry);
            values.appendText(entry, out, escape);
            out.put('=');
            value(values, value, out, escape);
            entry = values.after(value);
        }
    }

    private void value(RecordValues values, int value, ByteOutput out, Escape escape) {
        if (layout == Layout.DOUBLE_QUOTES) {
            quoted(values, value, out, escape);
            return;
        }
        if (layout == Layout.SINGLE_QUOTES) {
            out.put('\'');
        }
        values.append(value, out, escape);
        if (layout == Layout.SINGLE_QUOTES) {
            out.put('\'');
        }
    }

    /** Within quotation marks, none of the content can be taken for the end of it. */
    private static void quoted(RecordValues values, int value, ByteOutput out, Escape escape) {
        out.put('"');
        values.append(value, out, escape == Escape.TEXT ? Escape.JSON : escape);
        out.put('"');
    }

    private void attributes(LogRecord record, ByteOutput out, Escape escape) {
        RecordValues values = record.values();
        attributes.moveTo(record);
        for (int i = 0; i < attributes.size(); i++) {
            int entry = attributes.entry(i);
            out.put(' ');
            int from = out.size();
            values.appendText(entry, out, escape);
            if (!isPlain(out, from)) {
                out.truncate(from);
                out.put('"');
                values.appendText(entry, out, escape == Escape.TEXT ? Escape.JSON : escape);
                out.put('"');
            }
            out.put('=');
            int valueFrom = out.size();
            int value = values.valueOf(entry);
            values.append(value, out, escape);
            if (!isPlain(out, valueFrom)) {
                out.truncate(valueFrom);
                quoted(values, value, out, escape);
            }
        }
    }

    /** Whether what stands at the end of the output is one word. */
    private static boolean isPlain(ByteOutput out, int from) {
        byte[] bytes = out.array();
        for (int i = from; i < out.size(); i++) {
            if (bytes[i] == ' ' || bytes[i] == '=' || bytes[i] == '"' || bytes[i] == '\\') {
                return false;
            }
        }
        return from < out.size();
    }
}
