package dev.weir.config;

import dev.weir.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The profiles that are active, and what they make of a document. Each is laid over it in turn: first what is ready made of
 * that name, then what the document has behind {@code profiles}, then the overlay file beside it.
 */
final class Profiles {
    static final String PROPERTY = "weir.profiles";
    static final String ENVIRONMENT = "WEIR_PROFILES";
    static final String KEY = "profiles";
    /** Of which files and resources can have names, and none of them elsewhere. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private final String by;
    private final Set<String> names;

    private Profiles(String by, Set<String> names) {
        this.by = by;
        this.names = names;
    }

    /**
     * Those that the property names, or else the environment variable, in this order, separated by commas.
     *
     * @throws ConfigurationException if one cannot be the name of a profile
     */
    static Profiles active(Variables variables) {
        String named = variables.properties().apply(PROPERTY);
        boolean byProperty = named != null && !named.isBlank();
        String by = byProperty ? "-D" + PROPERTY : ENVIRONMENT;
        return new Profiles(
                by, names(by, byProperty ? named : variables.environment().apply(ENVIRONMENT)));
    }

    /**
     * Those that are named.
     *
     * @param by what names them, for messages
     * @param names in their order, separated by commas
     * @throws ConfigurationException if one cannot be the name of a profile
     */
    static Profiles named(String by, String names) {
        return new Profiles(by, names(by, names));
    }

    private static Set<String> names(String by, @Nullable String named) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : named == null ? new String[0] : named.split(",")) {
            String stripped = name.strip();
            if (!stripped.isEmpty() && !NAME.matcher(stripped).matches()) {
                String problem = by + ": " + Text.quoted(stripped)
                        + " (expected: names of letters, digits, dots, hyphens and underscores, separated by commas)";
                throw new ConfigurationException(by, List.of(Text.escaped(problem)));
            }
            if (!stripped.isEmpty()) {
                names.add(stripped);
            }
        }
        return names;
    }

    /** What names them. */
    String by() {
        return by;
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    boolean contains(String name) {
        return names.contains(name);
    }

    /**
     * The document with all profiles over it and without those that it describes.
     *
     * @param document null if there is nothing in it
     * @param file where it was found; null if nowhere
     */
    @Nullable
    Node merged(
            @Nullable Node document, @Nullable ConfigurationFile file, ConfigurationFinder finder, Reading reading) {
        if (document != null && !Mapping.is(document) && !Mapping.isNothing(document)) {
            return document; // not a configuration at all, as whoever reads it says
        }
        Mapping merged = document == null ? Mapping.emptyAt(Mapping.scalar("")) : Mapping.of(document);
        Mapping own = described(merged, reading);
        merged.remove(KEY);
        Merging merging = new Merging(merged, reading);
        for (String name : names) {
            List<Overlay> overlays = new ArrayList<>();
            Node entry = own.get(name);
            if (entry != null) {
                overlays.add(new Overlay(reading, entry, KEY + "." + name));
            }
            boolean isThere = addFile(name, file, finder, overlays, reading);
            if (!isThere && entry == null && !ReadyMade.NAMES.contains(name)) {
                reading.problem(unknown(name, own, file));
            }
            merging.apply(name, overlays);
        }
        merging.end();
        return merged.node();
    }

    /** What stands behind {@code profiles}, checked whether it is active or not. */
    private static Mapping described(Mapping document, Reading reading) {
        Node section = document.get(KEY);
        if (section != null) {
            Value value = new Value(reading, section, KEY);
            value.entries(); // says if it is none
            Mapping all = document.section(KEY);
            all.entries().forEach(entry -> check(value.child(Mapping.key(entry), entry.getValueNode())));
            return all;
        }
        return Mapping.emptyAt(document.node());
    }

    private static void check(Value overlay) {
        overlay.entries(); // says if it is none
        for (NodeTuple entry : Mapping.of(overlay.node()).entries()) {
            if (Mapping.key(entry).equals(KEY)) {
                overlay.reading().problem(entry.getKeyNode(), overlay.inside("a profile has no profiles of its own"));
            }
        }
    }

    /** Returns whether there is one. */
    private boolean addFile(
            String profile,
            @Nullable ConfigurationFile file,
            ConfigurationFinder finder,
            List<Overlay> overlays,
            Reading reading) {
        try {
            ConfigurationFile overlay = finder.overlay(file, profile);
            if (overlay == null || (file != null && overlay.name().equals(file.name()))) {
                return overlay != null;
            }
            Node content = YamlText.compose(overlay, reading);
            if (content != null) {
                check(new Value(reading, content, ""));
                overlays.add(new Overlay(reading, content, ""));
            }
        } catch (ConfigurationException e) {
            e.problems().forEach(reading::problem);
        }
        return true;
    }

    private String unknown(String name, Mapping own, @Nullable ConfigurationFile file) {
        Set<String> known = new TreeSet<>(own.keys());
        known.addAll(ReadyMade.NAMES);
        String place = file == null || file.path() == null ? "on the class path" : "beside " + file.name();
        return by + ": " + Text.quoted(name) + " (expected: " + Text.list(known) + ", or a file "
                + ConfigurationFinder.overlayName(name) + " " + place + Text.didYouMean(name, known) + ")";
    }

    /** A document while one profile after the other is laid over it. */
    private static final class Merging {
        private final Mapping document;
        private final Reading reading;
        private final Map<String, Set<String>> known = new HashMap<>();
        private final Map<String, Node> silenced = new LinkedHashMap<>();

        Merging(Mapping document, Reading reading) {
            this.document = document;
            this.reading = reading;
            learn();
        }

        void apply(String profile, List<Overlay> overlays) {
            ReadyMade.apply(profile, document, overlays, reading);
            learn();
            for (Overlay overlay : overlays) {
                overlay.apply(document, known, silenced);
                document.remove(KEY);
                learn();
            }
        }

        /** What has been there once may be removed, also by two profiles that do not know of each other. */
        private void learn() {
            for (String section : References.SECTIONS) {
                known.computeIfAbsent(section, name -> new LinkedHashSet<>())
                        .addAll(document.section(section).keys());
            }
        }

        /** Warns of loggers whose records go nowhere. */
        void end() {
            Mapping loggers = document.section(References.LOGGERS);
            silenced.forEach((logger, place) -> {
                boolean isRoot = logger.equals(References.ROOT);
                Mapping options = isRoot ? document.section(References.ROOT) : loggers.section(logger);
                boolean empty = options.get(References.HANDLERS) instanceof SequenceNode list
                        && list.getValue().isEmpty();
                boolean last = isRoot || "false".equalsIgnoreCase(reading.text(options.get("propagate")));
                if (empty && last) {
                    String name = isRoot ? logger : References.LOGGERS + "." + Text.shortened(logger);
                    reading.silent(
                            place,
                            isRoot ? RouteWarnings.ROOT : logger,
                            name + ": no handler is left, so what only it would get is discarded");
                }
            });
        }
    }
}
