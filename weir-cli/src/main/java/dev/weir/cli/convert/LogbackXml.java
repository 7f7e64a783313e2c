package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code logback.xml}, element by element. */
final class LogbackXml {
    /** What may stand anywhere in it, and what to do about it. */
    private static final Map<String, String> ADVICE = Map.of(
            "include", "convert that file apart and join the two",
            "if", "decide by hand which of its branches is meant; variables can choose values",
            "springProfile", "decide by hand what is meant; variables can choose values",
            "springProperty", "Weir does not read Spring's properties: use a variable of the environment",
            "define", "a class computes it: use a variable of the environment",
            "insertFromJNDI", "use a variable of the environment",
            "conversionRule", "a word of one's own: a key-value shows it, or a FormatterFactory",
            "receiver", "Weir receives no records of other processes",
            "evaluator", "Weir has no expressions");

    private static final Map<String, String> NOT_NEEDED = Map.of(
            "jmxConfigurator", "monitoring reads Weir by jmx: true, and nothing is changed that way",
            "statusListener", "Weir tells its own troubles on stderr",
            "contextListener", "levels need no propagation",
            "shutdownHook", "Weir has one",
            "import", "classes are found by their names",
            "serializeModel", "there is no such model",
            "sequenceNumberGenerator", "records are numbered by nobody");

    private final Part root;
    private final Draft draft;
    private final LogbackLookups lookups;
    private final LogbackAppenders appenders;

    private LogbackXml(Part root, Draft draft) {
        this.root = root;
        this.draft = draft;
        lookups = new LogbackLookups(draft.top());
        appenders = new LogbackAppenders(draft, lookups);
    }

    /** Reads all of it into a draft. */
    static void read(Part root, Draft draft) {
        new LogbackXml(root, draft).read();
    }

    private void read() {
        root.take();
        scan();
        properties();
        for (Part part : root.children()) {
            part(part);
        }
        if (!draft.root().keys().has("level")) {
            draft.root().keys().put("level", Level.DEBUG.name()); // which is Logback's default
        }
        lookups.tellUnused(draft.top());
    }

    private void scan() {
        for (String attribute : List.of("scan", "scanPeriod")) {
            Part part = root.find(attribute);
            if (part != null) {
                draft.top().differs(part, "Weir watches its file by itself: reload-on");
            }
        }
        for (String attribute : List.of("debug", "packagingData")) {
            Part part = root.find(attribute);
            if (part != null) {
                draft.top()
                        .notNeeded(
                                part,
                                attribute.equals("debug")
                                        ? "Weir tells its own troubles on stderr"
                                        : "jars of classes are not named in stack traces");
            }
        }
    }

    /** Before all else, since what refers to them may stand anywhere behind. */
    private void properties() {
        for (Part part : root.children()) {
            if (part.is("property") || part.is("variable") || part.is("substitutionProperty")) {
                property(part);
            } else if (part.is("timestamp") || part.is("springProperty")) {
                computed(part);
            } else if (part.is("contextName")) {
                lookups.define("contextName", part.take().text(), part);
            }
        }
    }

    /** What is known to the running process only has a text of its own here. */
    private void computed(Part part) {
        Part name = part.find(part.is("timestamp") ? "key" : "name");
        Part otherwise = part.find("defaultValue");
        if (name != null && part.is("timestamp")) {
            lookups.define(name.text(), "current", part);
            draft.top().notConverted(part, "it is \"current\" here; rotate.at-start begins a new file at each start");
        } else if (name != null && otherwise != null) {
            lookups.define(name.text(), otherwise.text(), part);
            draft.top().notConverted(part, "Weir does not read Spring's properties: its default stands");
        }
    }

    private void property(Part part) {
        Part name = part.find("name");
        Part value = part.find("value");
        if (name == null || (value == null && !part.hasLooseText())) {
            draft.top().notConverted(part, "convert with the properties of that file written here");
            return;
        }
        part.take();
        name.take();
        lookups.define(name.text(), value == null ? part.text() : value.take().text(), part);
        Part scope = part.find("scope");
        if (scope != null && !scope.text().equalsIgnoreCase("local")) {
            draft.top().differs(scope, "what is added to records is said by add of a formatter");
        } else if (scope != null) {
            scope.take();
        }
    }

    private void part(Part part) {
        if (part.isTaken()) {
            return;
        }
        String notNeeded = find(NOT_NEEDED, part);
        String advice = find(ADVICE, part);
        if (notNeeded != null) {
            draft.top().notNeeded(part, notNeeded);
        } else if (advice != null) {
            draft.top().notConverted(part, advice);
        } else if (part.is("appender")) {
            appenders.read(part);
        } else if (part.is("logger")) {
            Part name = part.take().take("name");
            logger(part, name == null ? "" : text(name, draft.top()).sample());
        } else if (part.is("root")) {
            logger(part.take(), "");
        } else if (part.is("turboFilter")) {
            turbo(part);
        }
    }

    private static @Nullable String find(Map<String, String> texts, Part part) {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (part.is(text.getKey())) {
                return text.getValue();
            }
        }
        return null;
    }

    private Resolved text(Part part, Entry entry) {
        return lookups.resolve(part.text(), new Lookups.Place(entry, part.line()));
    }

    private void logger(Part part, String name) {
        LoggerDraft logger = draft.logger(name.equalsIgnoreCase("ROOT") ? "" : name);
        part.goesTo(logger.entry());
        Part level = part.take("level");
        if (level != null) {
            Part value = level.isPlain() ? level : level.take("value");
            Resolved text = value == null ? Resolved.literal("") : text(value, logger.entry());
            if (!text.text().matches("(?i)INHERITED|NULL|")) {
                logger.level(text, level);
            }
        }
        Part additivity = part.take("additivity");
        if (additivity != null) {
            logger.propagate(text(additivity, logger.entry()), additivity);
        }
        for (Part reference : part.takeAll("appender-ref")) {
            Part ref = reference.take("ref");
            if (ref != null) {
                logger.add(new Pointer(text(ref, logger.entry()).sample(), reference));
            }
        }
    }

    // filters of all loggers

    private void turbo(Part part) {
        Part type = part.find("class");
        String name = type == null ? "" : LogbackAppenders.simpleName(type.text());
        switch (name) {
            case "MarkerFilter" -> rule(part, "Marker", null);
            case "MDCFilter" -> rule(part, "MDCKey", "Value");
            case "DuplicateMessageFilter" -> duplicates(part);
            default ->
                draft.top()
                        .notConverted(
                                part,
                                "no such filter here: filters of handlers and loggers are in docs/configuration.md");
        }
    }

    private void rule(Part part, String key, @Nullable String value) {
        Part subject = part.find(key);
        if (subject == null) {
            draft.top().notConverted(part, "it says nothing: " + key + " is missing");
            return;
        }
        take(part, "class");
        Resolved text = text(subject.take(), draft.top());
        Part other = value == null ? null : part.take(value);
        Keys filter = value == null
                ? Rule.marker(text)
                : Rule.keyValue(text, other == null ? List.of() : List.of(text(other, draft.top())));
        draft.addGlobal(Rule.of(part, filter, reply(part, "onMatch"), reply(part, "onMismatch")));
    }

    static String reply(Part part, String key) {
        String reply = part.takeText(key);
        return reply == null ? "NEUTRAL" : reply;
    }

    private static void take(Part part, String child) {
        Part taken = part.take(child);
        if (taken != null) {
            taken.text();
        }
    }

    private void duplicates(Part part) {
        Part allowed = part.find("AllowedRepetitions");
        Integer number = allowed == null ? Integer.valueOf(5) : Units.number(allowed.text());
        int records = number == null ? 6 : number + 1;
        draft.top()
                .differs(
                        part,
                        "handlers accept " + records
                                + " records of a call site in 10s each, and say how many more there were");
        draft.addGlobal(new Keys()
                .put("type", "rate-limit")
                .put("records", Scalar.word(Integer.toString(records)))
                .put("per", "10s"));
    }
}
