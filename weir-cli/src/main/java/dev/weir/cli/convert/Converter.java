package dev.weir.cli.convert;

import dev.weir.cli.convert.Content.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes a {@code weir.yaml} of a {@code logback.xml}, a {@code log4j2.xml} or a dictionary of Python's {@code
 * logging.config.dictConfig}, which it tells apart by what they hold. Whatever of it has no counterpart is in a comment.
 *
 * <p>Nothing is fetched, no class is loaded, and no variable is looked up outside of the file.
 */
public final class Converter {
    private static final Set<String> LOG4J_SECTIONS = Set.of("appenders", "loggers");

    private Converter() {}

    /**
     * Converts a file.
     *
     * @param name its path, for the first line of the result
     * @param content at most a mebibyte
     * @return the result, complete whatever could not be converted
     * @throws InputException if it is none of the three, or cannot be read; the message says what to do
     */
    public static Conversion convert(String name, byte[] content) throws InputException {
        if (content.length > Limits.MAX_BYTES) {
            throw new InputException(0, "too long (expected: at most " + Limits.MAX_BYTES + " bytes)");
        }
        return looksLikeXml(content) ? xml(name, content) : yaml(name, content);
    }

    private static boolean looksLikeXml(byte[] content) {
        for (byte b : content) {
            boolean skipped = b <= ' '; // blanks, and the bytes of a byte order mark and of UTF-16
            if (!skipped) {
                return b == '<';
            }
        }
        return false;
    }

    private static Conversion xml(String name, byte[] content) throws InputException {
        Part root = XmlParts.read(content);
        Draft draft = new Draft();
        if (!root.is("configuration")) {
            throw new InputException(root.line(), "<" + Part.shortened(root.name()) + "> " + otherXml(root));
        }
        boolean log4j = root.name().equals("Configuration")
                || root.children().stream()
                        .anyMatch(part -> LOG4J_SECTIONS.contains(part.name().toLowerCase(Locale.ROOT)));
        if (log4j) {
            Log4j2Xml.read(root, draft);
        } else {
            LogbackXml.read(root, draft);
        }
        return conversion(name, log4j ? "log4j2.xml" : "logback.xml", root, draft);
    }

    private static String otherXml(Part root) {
        if (root.children().stream().anyMatch(part -> part.is("appender") || part.is("root") || part.is("logger"))) {
            return root.is("included")
                    ? "is a part of a logback.xml (expected: the file that includes it; write its parts into it)"
                    : "is a configuration of Log4j 1 (expected: logback.xml or log4j2.xml; Log4j's own"
                            + " Log4j1ConfigurationConverter makes a log4j2.xml of it)";
        }
        return "is no configuration of logging (expected: <configuration> of Logback or <Configuration> of Log4j 2)";
    }

    private static Conversion yaml(String name, byte[] content) throws InputException {
        refuseProperties(content);
        Part root = YamlParts.read(content);
        if (root.find("Configuration") != null || root.find("configuration") != null) {
            throw new InputException(
                    0,
                    "a configuration of Log4j 2 as YAML or JSON (expected: as XML; write it so, or rewrite it by hand)");
        }
        Part handlers = root.find("handlers");
        if (root.find("version") == null
                || (root.find("handlers") == null && root.find("root") == null && root.find("loggers") == null)) {
            throw new InputException(
                    0, "no dictionary of dictConfig (expected: the keys version, handlers, formatters, loggers, root)");
        }
        if (handlers != null && handlers.children().stream().anyMatch(Converter::isOfWeir)) {
            throw new InputException(0, "it is a weir.yaml already: its handlers have types, not classes");
        }
        Draft draft = new Draft();
        DictConfig.read(root, draft);
        return conversion(name, "dictConfig", root, draft);
    }

    private static boolean isOfWeir(Part handler) {
        return handler.find("class") == null && handler.find("()") == null && handler.find("type") != null;
    }

    /** Which are lines, and often YAML by chance. */
    private static void refuseProperties(byte[] content) throws InputException {
        for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\\R", -1)) {
            String text = line.strip();
            if (text.matches("log4j\\.[A-Za-z.]+\\s*[=:].*")) {
                throw new InputException(
                        0,
                        "properties of Log4j 1 (expected: logback.xml or log4j2.xml; Log4j's own"
                                + " Log4j1ConfigurationConverter makes a log4j2.xml of them)");
            }
            if (text.matches("(status|appenders?|rootLogger|loggers?|property)(\\.[A-Za-z0-9_.]+)?\\s*=.*")) {
                throw new InputException(
                        0, "properties of Log4j 2 (expected: as XML; write it so, or rewrite it by hand)");
            }
        }
    }

    private static Conversion conversion(String name, String source, Part root, Draft draft) {
        Keys document = draft.finish();
        Rest.tell(root, draft.top());
        List<Remark> remarks = new ArrayList<>(draft.top().remarks());
        StringBuilder yaml = new StringBuilder("# Made of ")
                .append(Part.shortened(name))
                .append(" (")
                .append(source);
        yaml.append(") by weir convert. Numbers in comments are lines of that file.\n");
        yaml.append(
                "# No call waits for a handler here: what one cannot keep up with is dropped, the least severe first,"
                        + " and counted;\n# overflow: block waits instead. docs/coming-from.md has what else differs.\n");
        remarks.forEach(remark -> append(remark, yaml));
        yaml.append(YamlText.of(document));
        remarks.addAll(document.allRemarks());
        long missing = remarks.stream()
                .filter(remark -> remark.kind() == Remark.Kind.NOT_CONVERTED)
                .count();
        return new Conversion(source, yaml.toString(), (int) missing);
    }

    private static void append(Remark remark, StringBuilder yaml) {
        yaml.append("# ").append(remark.firstLine()).append('\n');
        remark.texts().stream()
                .skip(1)
                .forEach(line -> yaml.append("#   ").append(line).append('\n'));
    }
}
