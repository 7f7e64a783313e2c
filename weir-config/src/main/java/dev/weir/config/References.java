package dev.weir.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What a document refers to by the names of its sections, and how that is taken out of it. */
final class References {
    static final String HANDLERS = "handlers";
    static final String FORMATTERS = "formatters";
    static final String FILTERS = "filters";
    static final String LOGGERS = "loggers";
    static final String ROOT = "root";
    /** Those whose entries have names. */
    static final List<String> SECTIONS = List.of(HANDLERS, FORMATTERS, FILTERS, LOGGERS);

    private final Mapping document;
    private final Reading reading;

    References(Mapping document, Reading reading) {
        this.document = document;
        this.reading = reading;
    }

    /**
     * Takes entries out of a section, and every reference to them; but a memory handler keeps its target, without which it is
     * none.
     *
     * @return the loggers that had handlers and have none now, the root among them
     */
    List<String> remove(String section, Set<String> names) {
        Mapping entries = document.section(section);
        names.forEach(entries::remove);
        if (!names.isEmpty()) {
            document.put(section, entries.node());
        }
        List<String> emptied = new ArrayList<>();
        switch (section) {
            case HANDLERS -> {
                document.changeEach(HANDLERS, (name, handler) -> unset(handler, "fallback", names));
                changeLoggers((name, logger) -> {
                    if (cut(logger, HANDLERS, names)) {
                        emptied.add(name);
                    }
                });
            }
            case FORMATTERS -> {
                document.changeEach(HANDLERS, (name, handler) -> unset(handler, "formatter", names));
                document.changeEach(FORMATTERS, (name, formatter) -> unset(formatter, "formatter", names));
            }
            case FILTERS -> {
                document.changeEach(HANDLERS, (name, handler) -> cut(handler, FILTERS, names));
                changeLoggers((name, logger) -> cut(logger, FILTERS, names));
            }
            default -> {} // nothing refers to a logger
        }
        return emptied;
    }

    private void changeLoggers(BiConsumer<String, Mapping> change) {
        document.changeEach(LOGGERS, change);
        Mapping root = document.section(ROOT);
        if (!root.keys().isEmpty()) {
            change.accept(ROOT, root);
            document.put(ROOT, root.node());
        }
    }

    private void unset(Mapping entry, String key, Set<String> names) {
        String name = reading.text(entry.get(key));
        if (name != null && names.contains(name)) {
            entry.remove(key);
        }
    }

    /** Returns whether the list has become empty. */
    private boolean cut(Mapping entry, String key, Set<String> names) {
        if (!(entry.get(key) instanceof SequenceNode list)) {
            return false;
        }
        List<Node> left = new ArrayList<>();
        for (Node item : list.getValue()) {
            String name = reading.text(item);
            if (name == null || !names.contains(name)) {
                left.add(item);
            }
        }
        boolean changed = left.size() < list.getValue().size();
        if (changed) {
            entry.put(
                    key,
                    new SequenceNode(
                            list.getTag(), true, left, FlowStyle.FLOW, list.getStartMark(), list.getEndMark()));
        }
        return changed && left.isEmpty();
    }
}
