package dev.weir.config;

import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A tree of nodes on one line. */
final class NodeText {
    private NodeText() {}

    static String of(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .map(entry -> Mapping.key(entry) + ": " + of(entry.getValueNode()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(NodeText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((ScalarNode) node).getValue();
    }
}
