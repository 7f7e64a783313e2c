package dev.weir.cli.convert;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
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
 * YAML, of which JSON is a part, as parts. Nothing is constructed from it. Aliases are parts of their own; merge keys
 * ({@code <<}), which Python's readers know, have been followed by the composer.
 */
final class YamlParts {
    private static final int MAX_ALIASES = 64;

    private final Limits limits = new Limits();

    private YamlParts() {}

    /**
     * Reads a document.
     *
     * @return a part without a name that holds all keys
     * @throws InputException if it is not YAML, no mapping, or more than is read
     */
    static Part read(byte[] bytes) throws InputException {
        Node node;
        try {
            node = compose(decode(bytes));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new InputException(line, "not YAML: " + Part.shortened(String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            throw new InputException(0, "not YAML: " + Part.shortened(String.valueOf(e.getMessage())));
        } catch (NumberFormatException e) { // out of an escape that is no character
            throw new InputException(0, "not YAML: an escape that is no character");
        }
        if (!(node instanceof MappingNode)) {
            throw new InputException(0, "not a configuration (expected: keys with values)");
        }
        return new YamlParts().part(new Part(Part.Kind.KEY, "", 1), node, 0);
    }

    private static String decode(byte[] bytes) throws InputException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InputException(0, "not text (expected: UTF-8)");
        }
    }

    private static Node compose(String text) throws InputException {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(Limits.MAX_BYTES)
                .setUseMarks(true)
                .build();
        refuseDepth(new ParserImpl(settings, new StreamReader(settings, text)));
        return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
                .getSingleNode()
                .orElseThrow(() -> new InputException(0, "nothing in it (expected: a configuration)"));
    }

    /** The composer recurs, and would exhaust the stack, or never end where something holds itself. */
    private static void refuseDepth(Parser parser) throws InputException {
        Deque<String> open = new ArrayDeque<>();
        while (parser.hasNext()) {
            Event event = parser.next();
            int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            if (event instanceof CollectionStartEvent start) {
                open.push(start.getAnchor().map(Anchor::getValue).orElse(""));
            } else if (event instanceof CollectionEndEvent) {
                open.pop();
            } else if (event instanceof AliasEvent alias
                    && open.contains(alias.getAlias().getValue())) {
                throw new InputException(line, "*" + alias.getAlias().getValue() + " within what it stands for");
            }
            if (open.size() > Limits.MAX_DEPTH) {
                throw new InputException(line, Limits.TOO_DEEP);
            }
        }
    }

    private Part part(Part part, Node node, int depth) throws InputException {
        limits.count(part, depth);
        if (node instanceof ScalarNode scalar) {
            part.append(scalar.getValue());
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new InputException(line(tuple.getKeyNode()), "a key that is no text");
                }
                Part child = new Part(Part.Kind.KEY, key.getValue(), line(key));
                part.add(part(child, tuple.getValueNode(), depth + 1));
            }
        } else if (node instanceof SequenceNode sequence) {
            int number = 0;
            for (Node item : sequence.getValue()) {
                part.add(part(new Part(Part.Kind.ITEM, Integer.toString(number++), line(item)), item, depth + 1));
            }
        }
        return part;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
