package dev.weir.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The ready-made profile for containers whose output is collected from stdout: a file stays only if it says that it lies on a
 * volume, and what the root gets goes to stdout, as does what had nothing but files to go to.
 */
final class Kubernetes {
    private static final String STDOUT = "stdout";

    private final Mapping document;
    private final List<Overlay> overlays;
    private final Reading reading;

    /**
     * Of a document.
     *
     * @param overlays what will be laid over it next, which may say that a file lies on a volume
     */
    Kubernetes(Mapping document, List<Overlay> overlays, Reading reading) {
        this.document = document;
        this.overlays = overlays;
        this.reading = reading;
    }

    void apply() {
        if (document.section(References.HANDLERS).keys().isEmpty()) {
            return; // by default there is a console
        }
        Set<String> files = new LinkedHashSet<>();
        document.changeEach(References.HANDLERS, (name, handler) -> {
            if (isFile(handler, reading) && !isOnVolume(name, handler)) {
                files.add(name);
            }
        });
        List<String> silenced = new References(document, reading).remove(References.HANDLERS, files);
        String console = console();
        document.changeEach(References.HANDLERS, (name, handler) -> {
            String target = reading.text(handler.get("target"));
            if (target != null && files.contains(target)) {
                handler.put("target", Mapping.scalar(console));
            }
        });
        document.changeEach(References.LOGGERS, (name, logger) -> {
            if (silenced.contains(name) && "false".equalsIgnoreCase(reading.text(logger.get("propagate")))) {
                attach(console, logger, List.of());
            }
        });
        attachToRoot(console);
    }

    static boolean isFile(Mapping handler, Reading reading) {
        return "file".equals(reading.text(handler.get("type")));
    }

    /** What is said last counts. */
    private boolean isOnVolume(String name, Mapping handler) {
        Node volume = handler.get("volume");
        for (Overlay overlay : overlays) {
            Node later =
                    overlay.content().section(References.HANDLERS).section(name).get("volume");
            volume = later == null ? volume : later;
        }
        return isTrue(volume, reading);
    }

    static boolean isTrue(@Nullable Node node, Reading reading) {
        return "true".equalsIgnoreCase(reading.text(node));
    }

    /** The name of the first console on stdout, which is made if there is none. */
    private String console() {
        Mapping handlers = document.section(References.HANDLERS);
        for (NodeTuple entry : handlers.entries()) {
            if (isStdout(entry.getValueNode())) {
                return Mapping.key(entry);
            }
        }
        String name = handlers.get(STDOUT) == null ? STDOUT : ReadyMade.KUBERNETES;
        handlers.put(name, ReadyMade.described(ReadyMade.KUBERNETES, "type: console", reading));
        document.put(References.HANDLERS, handlers.node());
        return name;
    }

    private boolean isStdout(Node handler) {
        Mapping keys = Mapping.of(handler);
        String stream = reading.text(keys.get("stream"));
        return "console".equals(reading.text(keys.get("type"))) && (stream == null || stream.equals(STDOUT));
    }

    private void attachToRoot(String console) {
        Mapping root = document.section(References.ROOT);
        Node list = root.get(References.HANDLERS);
        boolean listed = list != null && !Mapping.isNothing(list);
        if (listed && !(list instanceof SequenceNode)) {
            return; // as whoever reads it says
        }
        List<Node> attached =
                list instanceof SequenceNode named ? named.getValue() : list == null ? byDefault() : List.of();
        if (attached.stream().noneMatch(this::leadsToStdout)) {
            attach(console, root, attached);
            document.put(References.ROOT, root.node());
        }
    }

    /** All that take no other's records. */
    private List<Node> byDefault() {
        Set<String> receivers = new HashSet<>();
        Mapping handlers = document.section(References.HANDLERS);
        for (NodeTuple entry : handlers.entries()) {
            Mapping keys = Mapping.of(entry.getValueNode());
            for (String key : List.of("fallback", "target")) {
                String receiver = reading.text(keys.get(key));
                if (receiver != null) {
                    receivers.add(receiver);
                }
            }
        }
        List<Node> others = new ArrayList<>();
        for (String name : handlers.keys()) {
            if (!receivers.contains(name)) {
                others.add(Mapping.scalar(name));
            }
        }
        return others;
    }

    /** It is a console on stdout, or passes on to one at last. */
    private boolean leadsToStdout(Node reference) {
        Mapping handlers = document.section(References.HANDLERS);
        Set<String> met = new HashSet<>();
        String next = reading.text(reference);
        while (next != null && met.add(next)) {
            Node handler = handlers.get(next);
            if (handler != null && isStdout(handler)) {
                return true;
            }
            next = handler == null ? null : reading.text(Mapping.of(handler).get("target"));
        }
        return false;
    }

    private static void attach(String handler, Mapping logger, List<Node> others) {
        List<Node> all = new ArrayList<>(others);
        all.add(Mapping.scalar(handler));
        logger.put(References.HANDLERS, new SequenceNode(Tag.SEQ, all, FlowStyle.FLOW));
    }
}
