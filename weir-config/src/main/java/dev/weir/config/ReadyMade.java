package dev.weir.config;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.nodes.Node;

/** Profiles that are there without being described. */
final class ReadyMade {
    static final String KUBERNETES = "kubernetes";
    static final String BATCH = "batch";
    static final List<String> NAMES = List.of(KUBERNETES, BATCH);

    private ReadyMade() {}

    /**
     * Lays the one of a name, if there is one, over a document.
     *
     * @param overlays what will be laid over it next
     */
    static void apply(String profile, Mapping document, List<Overlay> overlays, Reading reading) {
        switch (profile) {
            case KUBERNETES -> new Kubernetes(document, overlays, reading).apply();
            case BATCH -> batch(document, reading);
            default -> {}
        }
    }

    /** Nothing is dropped, however long that takes. */
    private static void batch(Mapping document, Reading reading) {
        document.changeEach(References.HANDLERS, (name, handler) -> handler.remove("overflow"));
        Node all = described(BATCH, "queue: { overflow: block }\nshutdown: { deadline: none }\n", reading);
        new Overlay(reading, all, "").apply(document, Map.of(), new HashMap<>());
    }

    /** A ready-made profile in the words of any other. */
    static Node described(String profile, String yaml, Reading reading) {
        ConfigurationFile file = new ConfigurationFile("profile " + profile, yaml.getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull(YamlText.compose(file, reading));
    }
}
