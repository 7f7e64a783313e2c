package dev.weir.cli.convert;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML, of which JSON is a part, as parts. Nothing is constructed from it. Aliases are parts of their own; merge keys
 * ({@code <<}), which Python's readers know, are followed.
 */
final class YamlParts {
    private static final int MAX_ALIASES = 64;
    private static final String MERGE = "<<";

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
        return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
                .getSingleNode()
                .orElseThrow(() -> new InputException(0, "nothing in it (expected: a configuration)"));
    }

    private Part part(Part part, Node node, int depth) throws InputException {
        limits.count(part, depth);
        if (node instanceof ScalarNode scalar) {
            part.append(scalar.getValue());
        } else if (node instanceof MappingNode mapping) {
            for (Map.Entry<String, NodeTuple> entry : entries(mapping, depth).entrySet()) {
                Node key = entry.getValue().getKeyNode();
                part.add(part(
                        new Part(Part.Kind.KEY, entry.getKey(), line(key)),
                        entry.getValue().getValueNode(),
                        depth + 1));
            }
        } else if (node instanceof SequenceNode sequence) {
            int number = 0;
            for (Node item : sequence.getValue()) {
                part.add(part(new Part(Part.Kind.ITEM, Integer.toString(number++), line(item)), item, depth + 1));
            }
        }
        return part;
    }

    /** With those that are merged in; its own count more. */
    private static Map<String, NodeTuple> entries(MappingNode mapping, int depth) throws InputException {
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new InputException(line(tuple.getKeyNode()), "a key that is no text");
            }
            if (key.getValue().equals(MERGE) && key.isPlain() && depth < MAX_ALIASES) {
                merge(tuple.getValueNode(), entries, depth + 1);
            } else {
                entries.put(key.getValue(), tuple);
            }
        }
        return entries;
    }

    private static void merge(Node from, Map<String, NodeTuple> into, int depth) throws InputException {
        if (from instanceof MappingNode mapping) {
            entries(mapping, depth).forEach(into::putIfAbsent);
        } else if (from instanceof SequenceNode sequence) {
            for (Node node : sequence.getValue()) {
                if (node instanceof MappingNode mapping) {
                    entries(mapping, depth).forEach(into::putIfAbsent);
                }
            }
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
