package dev.weir.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes {@link Written} data as YAML that says the same when it is read: what fits on a line on one, with braces; other
 * mappings with a line for each key. Secrets are masked.
 */
final class WrittenText {
    private static final int WIDTH = 120;
    private static final String MASK = "\"***\"";
    /** Begins with a letter or a path's first characters, and holds nothing that YAML looks at. */
    private static final Pattern PLAIN = Pattern.compile("(?:[A-Za-z_/]|\\.{1,2}/)[A-Za-z0-9_./-]*");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");
    private static final Pattern NULL = Pattern.compile("null|Null|NULL");

    private final StringBuilder out = new StringBuilder();

    private WrittenText() {}

    /** A whole document: its sections, with blank lines between those that take several. */
    static String of(Map<String, Object> document) {
        WrittenText text = new WrittenText();
        boolean roomy = false;
        for (Map.Entry<String, Object> section : document.entrySet()) {
            int before = text.out.length();
            boolean named = References.SECTIONS.contains(section.getKey());
            text.entry(section.getKey(), section.getValue(), "", named);
            boolean isBlock = text.out.indexOf("\n", before) < text.out.length() - 1;
            if (before > 0 && (isBlock || roomy)) {
                text.out.insert(before, '\n');
            }
            roomy = isBlock;
        }
        return text.out.toString();
    }

    private void entry(String key, Object value, String indent, boolean named) {
        String flow = indent + quoted(key) + ": " + flow(value);
        if (!(value instanceof Map<?, ?> keys) || keys.isEmpty() || (!named && flow.length() <= WIDTH)) {
            out.append(flow).append('\n');
            return;
        }
        out.append(indent).append(quoted(key)).append(":\n");
        keys.forEach((name, inner) -> entry(String.valueOf(name), inner, indent + "  ", false));
    }

    private static String flow(Object value) {
        if (value instanceof Written.Secret secret) {
            return flow(masked(secret.hidden()));
        } else if (value instanceof Map<?, ?> keys) {
            List<String> entries = new ArrayList<>();
            keys.forEach((key, inner) -> entries.add(quoted(String.valueOf(key)) + ": " + flow(inner)));
            return entries.isEmpty() ? "{}" : "{ " + String.join(", ", entries) + " }";
        } else if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(WrittenText::flow).toList()) + "]";
        } else if (value instanceof Mask) {
            return MASK;
        } else if (value instanceof Written.Word word
                && WORD.matcher(word.word()).matches()) {
            return word.word();
        } else if (value instanceof Number || value instanceof Written.Size || value instanceof Boolean) {
            return Written.text(value);
        }
        return quoted(Written.text(value).replace("$", "$$"));
    }

    /** What stands for a secret. */
    private enum Mask {
        MASK
    }

    /** Its shape, so that the result can be read where a mapping or a list is expected. */
    private static Object masked(Object hidden) {
        if (hidden instanceof Map<?, ?> keys) {
            Map<Object, Object> masked = new LinkedHashMap<>();
            keys.forEach((key, value) -> masked.put(key, masked(value)));
            return masked;
        }
        return hidden instanceof List<?> list
                ? list.stream().map(WrittenText::masked).toList()
                : Mask.MASK;
    }

    /** A text so that it is read as this text. */
    private static String quoted(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NULL.matcher(text).matches();
        if (plain || isTime(text)) {
            return text;
        }
        boolean single = (text.indexOf('\\') >= 0 || text.indexOf('"') >= 0)
                && text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '\'');
        return single ? '\'' + text + '\'' : doubleQuoted(text);
    }

    /** It begins with a digit and ends with a unit, so YAML takes it for no number. */
    private static boolean isTime(String text) {
        return TimeSpan.parse(text) != null && text.indexOf(' ') < 0;
    }

    private static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Text.isHarmless(character)) {
                        quoted.appendCodePoint(character);
                    } else {
                        String digits = character > 0xFFFF ? "\\U%08x" : "\\u%04x";
                        quoted.append(String.format(Locale.ROOT, digits, character));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
