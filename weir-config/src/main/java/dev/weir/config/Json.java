package dev.weir.config;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Writes maps, lists, texts, whole numbers, booleans and null as JSON, for people to read. */
final class Json {
    private static final int WIDTH = 120;

    private Json() {}

    /** What fits on a line is on one. */
    static String of(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "", out);
        return out.append('\n').toString();
    }

    private static void write(Object value, String indent, StringBuilder out) {
        boolean isMap = value instanceof Map;
        String flat = flat(value);
        if (indent.length() + flat.length() <= WIDTH || !(isMap || value instanceof List)) {
            out.append(flat);
            return;
        }
        Iterator<?> items = isMap ? ((Map<?, ?>) value).entrySet().iterator() : ((List<?>) value).iterator();
        String inner = indent + "  ";
        String before = isMap ? "{\n" : "[\n";
        while (items.hasNext()) {
            Object item = items.next();
            out.append(before).append(inner);
            before = ",\n";
            if (item instanceof Map.Entry<?, ?> entry) {
                out.append(quoted(String.valueOf(entry.getKey()))).append(": ");
                write(entry.getValue(), inner, out);
            } else {
                write(item, inner, out);
            }
        }
        out.append('\n').append(indent).append(isMap ? '}' : ']');
    }

    private static String flat(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringJoiner entries = new StringJoiner(", ", "{ ", " }").setEmptyValue("{}");
            map.forEach((key, inner) -> entries.add(quoted(String.valueOf(key)) + ": " + flat(inner)));
            return entries.toString();
        } else if (value instanceof List<?> list) {
            StringJoiner items = new StringJoiner(", ", "[", "]");
            list.forEach(item -> items.add(flat(item)));
            return items.toString();
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
