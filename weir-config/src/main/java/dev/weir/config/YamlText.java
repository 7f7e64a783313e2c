package dev.weir.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML 1.2, of which JSON is a part, as a graph of nodes that know their places. Nothing is constructed from it. Whatever
 * the bytes are, it takes little time and memory: size, depth and aliases are limited. In what is composed no node
 * contains itself, and the keys of a mapping are scalars of which none stands twice.
 */
final class YamlText {
    private static final int MAX_DEPTH = 32;
    /** Of collections. */
    private static final int MAX_ALIASES = 64;
    /** Of collections and scalars. */
    private static final int MAX_ALL_ALIASES = 1000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlText() {}

    /**
     * Reads one document.
     *
     * @param reading gets the problem if it is not one
     * @return null if it has nothing in it, or if there was a problem
     */
    static @Nullable Node compose(ConfigurationFile file, Reading reading) {
        String name = file.name();
        if (file.bytes().length > ConfigurationFile.MAX_BYTES) {
            String expected = " (expected: at most " + ConfigurationFile.MAX_BYTES + " bytes)";
            reading.problem(name, 1, 1, "the file is too long" + expected);
            return null;
        }
        String text = decode(file.bytes());
        if (text == null) {
            reading.problem(name, 1, 1, "the file is not text (expected: UTF-8)");
            return null;
        }
        try {
            Node node = composer(name, text).getSingleNode().orElse(null);
            return node == null || new Keys(reading).haveNoCircle(node, "") ? node : null;
        } catch (ReaderException e) {
            String found = String.format("the character U+%04X", e.getCodePoint());
            report(name, text, e.getPosition(), found + " (expected: printable characters)", reading);
        } catch (MarkedYamlEngineException e) {
            report(name, text, e, reading);
        } catch (YamlEngineException e) {
            reading.problem(name, 1, 1, "not usable as YAML: " + e.getMessage());
        } catch (NumberFormatException e) { // out of an escape that is no character
            reading.problem(
                    name, 1, 1, "not usable as YAML: an escape that is no character (expected: up to \\U0010FFFF)");
        }
        return null;
    }

    private static @Nullable String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static Composer composer(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(ConfigurationFile.MAX_BYTES)
                .setUseMarks(true)
                .setAllowNonScalarKeys(true) // refused later, with their places
                .build();
        return new Composer(settings, new ShallowParser(new ParserImpl(settings, new StreamReader(settings, text))));
    }

    private static void report(String name, String text, MarkedYamlEngineException e, Reading reading) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        int line = mark.map(Mark::getLine).orElse(0);
        int tab = tabInIndentation(text, line);
        if (tab >= 0 && String.valueOf(e.getProblem()).contains("TAB")) {
            reading.problem(name, line + 1, tab + 1, "not YAML: a tab as indentation (expected: spaces)");
            return;
        }
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        int column = mark.map(Mark::getColumn).orElse(0);
        reading.problem(name, line + 1, column + 1, "not YAML: " + context + e.getProblem());
    }

    /** The column of a tab before all else in a line, from 0; -1 if there is none. */
    private static int tabInIndentation(String text, int line) {
        String found = text.lines().skip(line).findFirst().orElse("");
        int column = 0;
        while (column < found.length() && found.charAt(column) == ' ') {
            column++;
        }
        return column < found.length() && found.charAt(column) == '\t' ? column : -1;
    }

    /** Of a character by its position, which is all that is known of it. */
    private static void report(String name, String text, int position, String problem, Reading reading) {
        int[] before = text.codePoints().limit(position).toArray();
        int line = 1;
        int column = 1;
        for (int character : before) {
            column = character == '\n' ? 1 : column + 1;
            line += character == '\n' ? 1 : 0;
        }
        reading.problem(name, line, column, problem);
    }

    /** Ends the parsing of what is nested too deeply, before the composer, which recurs, can exhaust the stack. */
    private static final class ShallowParser implements Parser {
        private final Parser parser;
        private int depth;
        private int aliases;

        ShallowParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> aliases++;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw new ParserException("nested deeper than " + MAX_DEPTH + " levels", event.getStartMark());
            }
            if (aliases > MAX_ALL_ALIASES) {
                throw new ParserException("more than " + MAX_ALL_ALIASES + " aliases", event.getStartMark());
            }
            return event;
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }
    }

    /** Goes once through all nodes, however many aliases lead to one, and leaves only keys that are names and stand once. */
    private static final class Keys {
        private final Reading reading;
        private final Set<Node> open = new HashSet<>();
        private final Set<Node> done = new HashSet<>();

        Keys(Reading reading) {
            this.reading = reading;
        }

        /** Returns false if a node contains itself, which is reported. */
        boolean haveNoCircle(Node node, String path) {
            if (!open.add(node)) {
                reading.problem(node, inside(path, "an alias in it stands for it (expected: something else)"));
                return false;
            }
            boolean sound = true;
            if (done.add(node)) {
                for (NodeTuple entry : names(node, path)) {
                    sound &= haveNoCircle(entry.getValueNode(), child(path, Mapping.key(entry)));
                }
                for (Node item : items(node)) {
                    sound &= haveNoCircle(item, path);
                }
            }
            open.remove(node);
            return sound;
        }

        private static List<Node> items(Node node) {
            return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
        }

        private List<NodeTuple> names(Node node, String path) {
            if (!(node instanceof MappingNode mapping)) {
                return List.of();
            }
            Map<String, NodeTuple> kept = new LinkedHashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                Node key = entry.getKeyNode();
                if (!(key instanceof ScalarNode scalar)) {
                    reading.problem(key, inside(path, "a collection as a key (expected: a name)"));
                    continue;
                }
                NodeTuple first = kept.putIfAbsent(scalar.getValue(), entry);
                if (first != null) {
                    int line = Reading.lineOf(first.getKeyNode());
                    String problem = Text.quoted(scalar.getValue()) + " stands twice (first in line " + line + ")";
                    reading.problem(key, inside(path, problem));
                }
            }
            mapping.setValue(new ArrayList<>(kept.values()));
            return mapping.getValue();
        }

        private static String child(String path, String key) {
            return path.isEmpty() ? Text.shortened(key) : path + "." + Text.shortened(key);
        }

        private static String inside(String path, String problem) {
            return path.isEmpty() ? problem : path + ": " + problem;
        }
    }
}
