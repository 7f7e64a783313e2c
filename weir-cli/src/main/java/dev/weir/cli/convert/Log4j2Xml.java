package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code log4j2.xml}, element by element, in the concise form or the strict one. */
final class Log4j2Xml {
    private static final Map<String, String> NOT_NEEDED = Map.of(
            "status", "Weir tells its own troubles on stderr",
            "verbose", "Weir tells its own troubles on stderr",
            "dest", "Weir tells its own troubles on stderr",
            "shutdownHook", "Weir has one",
            "shutdownTimeout", "Weir has five seconds at the end, or what Weir.close is given",
            "packages", "classes are not looked for in packages",
            "schema", "the schema is docs/configuration.md",
            "strict", "there is one form");

    private static final Map<String, String> ADVICE = Map.of(
            "advertiser", "no such thing here",
            "Scripts", "Weir has no scripts",
            "CustomLevels", "Weir has six levels: TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL",
            "MonitorResources", "no other files are watched");

    private final Part root;
    private final Draft draft;
    private final Log4jLookups lookups = new Log4jLookups();
    private final Log4jFilters filters;
    private final Log4jAppenders appenders;

    private Log4j2Xml(Part root, Draft draft) {
        this.root = root;
        this.draft = draft;
        filters = new Log4jFilters(lookups);
        appenders = new Log4jAppenders(draft, lookups, filters);
    }

    /** Reads all of it into a draft. */
    static void read(Part root, Draft draft) {
        new Log4j2Xml(root, draft).read();
    }

    private void read() {
        root.take();
        header();
        properties();
        for (Part section : root.takeAll("Appenders")) {
            section.children().forEach(appenders::read);
        }
        for (Part section : root.takeAll("Loggers")) {
            section.children().forEach(this::logger);
        }
        filters.read(root, draft.top()).forEach(draft::addGlobal);
        if (!draft.root().keys().has("level")) {
            draft.root().keys().put("level", Level.ERROR.name()); // which is Log4j's default
        }
        lookups.tellUnused(draft.top());
    }

    private void header() {
        NOT_NEEDED.forEach((key, why) -> {
            Part part = root.find(key);
            if (part != null) {
                draft.top().notNeeded(part, why);
            }
        });
        ADVICE.forEach((key, why) -> {
            Part part = root.find(key);
            if (part != null) {
                draft.top().notConverted(part, why);
            }
        });
        Part interval = root.find("monitorInterval");
        if (interval != null) {
            draft.top().differs(interval, "Weir watches its file by itself: reload-on");
        }
        Part name = root.take("name");
        if (name != null) {
            name.text();
        }
    }

    private void properties() {
        for (Part section : root.takeAll("Properties")) {
            for (Part property : section.takeAll("Property")) {
                Part name = property.take("name");
                Part value = property.take("value");
                if (name != null) {
                    lookups.define(name.text(), value == null ? property.text() : value.text(), property);
                }
            }
        }
    }

    private Resolved text(Part part, Entry entry) {
        return lookups.resolve(part.text(), new Lookups.Place(entry, part.line()));
    }

    private void logger(Part part) {
        boolean root = part.is("Root") || part.is("AsyncRoot");
        if (!root && !part.is("Logger") && !part.is("AsyncLogger")) {
            return;
        }
        part.take();
        Part named = part.take("name");
        String name = named != null ? text(named, draft.top()).sample() : "";
        LoggerDraft logger = draft.logger(root ? "" : name);
        part.goesTo(logger.entry());
        Part level = part.take("level");
        if (level != null) {
            logger.level(text(level, logger.entry()), level);
        }
        Part additivity = part.take("additivity");
        if (additivity != null) {
            logger.propagate(text(additivity, logger.entry()), additivity);
        }
        Part location = part.take("includeLocation");
        if (location != null && Units.isTrue(location.text())) {
            logger.keys().put("caller", Scalar.word("true"));
        }
        for (Part reference : part.takeAll("AppenderRef")) {
            pointer(reference, logger.entry(), filters, lookups).forEach(logger::add);
        }
        filters.unread(part, logger.entry());
    }

    /** What an {@code AppenderRef} says. */
    static List<Pointer> pointer(Part reference, Entry entry, Log4jFilters filters, Lookups lookups) {
        Part ref = reference.take("ref");
        if (ref == null) {
            return List.of();
        }
        @Nullable Part level = reference.take("level");
        Lookups.Place place = new Lookups.Place(entry, reference.line());
        List<Rule> rules = new ArrayList<>(filters.read(reference, entry));
        return List.of(new Pointer(
                lookups.resolve(ref.text(), place).sample(),
                reference,
                level == null ? null : lookups.resolve(level.text(), place),
                rules));
    }
}
