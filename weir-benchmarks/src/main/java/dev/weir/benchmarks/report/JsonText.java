package dev.weir.benchmarks.report;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps, lists, texts, numbers, booleans and null as JSON (RFC 8259), indented; what is not finite is null. */
final class JsonText {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String of(@Nullable Object value) {
        JsonText text = new JsonText();
        text.value(value, "\n");
        return text.out.append('\n').toString();
    }

    private void value(@Nullable Object value, String lineEnd) {
        if (value instanceof Map<?, ?> map) {
            map(map, lineEnd);
        } else if (value instanceof Iterable<?> list) {
            list(list, lineEnd);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            out.append("null");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void map(Map<?, ?> map, String lineEnd) {
        String inner = lineEnd + INDENT;
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            out.append(inner);
            string(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), inner);
            out.append(entries.hasNext() ? "," : lineEnd);
        }
        out.append('}');
    }

    private void list(Iterable<?> list, String lineEnd) {
        String inner = lineEnd + INDENT;
        out.append('[');
        for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
            out.append(inner);
            value(elements.next(), inner);
            out.append(elements.hasNext() ? "," : lineEnd);
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append("\\u").append(String.format("%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
