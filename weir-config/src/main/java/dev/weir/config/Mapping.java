package dev.weir.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping that is being changed: a copy, since by an alias the node may stand in other places, too. */
final class Mapping {
    private final Node origin;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

    private Mapping(Node origin) {
        this.origin = origin;
    }

    /** Of what {@link YamlText} has composed; what is no mapping has no entries. */
    static Mapping of(Node node) {
        Mapping mapping = new Mapping(node);
        if (node instanceof MappingNode known) {
            known.getValue().forEach(mapping::put);
        }
        return mapping;
    }

    /** Without entries, in the place of a node. */
    static Mapping emptyAt(Node node) {
        return new Mapping(node);
    }

    /** Whether a node is a mapping with nothing strange about it. */
    static boolean is(Node node) {
        return node instanceof MappingNode && node.getTag().equals(Tag.MAP);
    }

    /** Whether nothing stands there. */
    static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** A key, which never is anything else than a scalar. */
    static String key(NodeTuple entry) {
        return ((ScalarNode) entry.getKeyNode()).getValue();
    }

    Collection<NodeTuple> entries() {
        return List.copyOf(entries.values());
    }

    Collection<String> keys() {
        return entries.keySet();
    }

    @Nullable
    Node get(String key) {
        NodeTuple entry = entries.get(key);
        return entry == null ? null : entry.getValueNode();
    }

    /** A copy of the mapping behind a key; empty if there is none. */
    Mapping section(String key) {
        Node node = get(key);
        return node != null && is(node) ? of(node) : emptyAt(node == null ? origin : node);
    }

    void put(NodeTuple entry) {
        entries.put(key(entry), entry);
    }

    /** Sets what is behind a key that may be there already. */
    void put(String key, Node value) {
        NodeTuple before = entries.get(key);
        Node keyNode = before == null ? scalar(key) : before.getKeyNode();
        entries.put(key, new NodeTuple(keyNode, value));
    }

    void remove(String key) {
        entries.remove(key);
    }

    /** Changes each mapping of a section; other values there are left to those who read them. */
    void changeEach(String section, BiConsumer<String, Mapping> change) {
        Mapping all = section(section);
        for (NodeTuple entry : all.entries()) {
            if (is(entry.getValueNode())) {
                Mapping changed = of(entry.getValueNode());
                change.accept(key(entry), changed);
                all.put(new NodeTuple(entry.getKeyNode(), changed.node()));
            }
        }
        if (!all.entries.isEmpty()) {
            put(section, all.node());
        }
    }

    /** The mapping as it is now, in the place where it was. */
    MappingNode node() {
        return new MappingNode(
                Tag.MAP,
                true,
                new ArrayList<>(entries.values()),
                FlowStyle.BLOCK,
                origin.getStartMark(),
                origin.getEndMark());
    }

    static Node scalar(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
    }
}
