package dev.weir.cli.convert;

import dev.weir.cli.convert.Content.Items;
import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a configuration of Weir as YAML 1.2: what fits on a line and has no comments within, on one line with braces;
 * other mappings on a line for each key; comments above what they are about.
 */
final class YamlText {
    private static final int WIDTH = 120;
    private static final Pattern PLAIN = Pattern.compile("(?:[A-Za-z_/]|\\.{1,2}/)[A-Za-z0-9_./-]*");
    private static final Pattern RESOLVED =
            Pattern.compile("null|true|false|~|[-+.]?(inf|nan|[0-9]).*", Pattern.CASE_INSENSITIVE);

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /** A whole document; between its sections are blank lines. */
    static String of(Keys document) {
        YamlText text = new YamlText();
        boolean first = true;
        for (Map.Entry<String, Entry> section : document.entries().entrySet()) {
            if (!first && section.getValue().content() instanceof Keys) {
                text.out.append('\n');
            }
            text.entry(section.getKey(), section.getValue(), "", !isOneLiner(section.getKey()));
            first = false;
        }
        return text.out.toString();
    }

    private static boolean isOneLiner(String section) {
        return section.equals("root") || section.equals("version");
    }

    private void entry(String key, Entry entry, String indent, boolean mustBreak) {
        entry.remarks().forEach(remark -> comment(remark, indent));
        String flow = indent + quoted(key) + ": " + flow(entry.content());
        boolean breaks = entry.content() instanceof Keys keys
                && !keys.isEmpty()
                && (mustBreak || flow.length() > WIDTH || !keys.allRemarks().isEmpty());
        if (!breaks) {
            out.append(flow).append('\n');
            return;
        }
        out.append(indent).append(quoted(key)).append(":\n");
        ((Keys) entry.content()).entries().forEach((name, inner) -> entry(name, inner, indent + "  ", false));
    }

    private void comment(Remark remark, String indent) {
        out.append(indent).append("# ").append(remark.firstLine()).append('\n');
        remark.texts().stream()
                .skip(1)
                .forEach(line -> out.append(indent).append("#   ").append(line).append('\n'));
    }

    private static String flow(Content content) {
        if (content instanceof Scalar scalar) {
            return scalar.yaml();
        }
        if (content instanceof Items list) {
            return list.items().stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        Keys keys = (Keys) content;
        return keys.isEmpty()
                ? "{}"
                : keys.entries().entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": "
                                + flow(entry.getValue().content()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }

    /** A text so that it is read as a text, plain if it can be. */
    static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !RESOLVED.matcher(text).matches()) {
            return text;
        }
        boolean single = (text.indexOf('\\') >= 0 || text.indexOf('"') >= 0)
                && text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '\'');
        return single ? '\'' + text + '\'' : doubleQuoted(text);
    }

    private static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean pair = Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
                    if (pair) {
                        quoted.append(c).append(text.charAt(++i));
                    } else if (isPrintable(c)) {
                        quoted.append(c);
                    } else {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPrintable(char c) {
        return (c >= ' ' && c < 0x7F)
                || (c > 0xA0 && c < 0xFFFE && c != 0x2028 && c != 0x2029 && c != 0xFEFF && !Character.isSurrogate(c));
    }
}
