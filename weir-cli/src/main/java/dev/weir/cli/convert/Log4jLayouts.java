package dev.weir.cli.convert;

import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layouts of a {@code log4j2.xml}. */
final class Log4jLayouts {
    private static final Map<String, String> TEMPLATES = Map.of(
            "EcsLayout.json", "ecs",
            "GelfLayout.json", "gelf",
            "GcpLayout.json", "gcp",
            "LogstashJsonEventLayoutV1.json", "logstash",
            "JsonLayout.json", "weir");

    private final Draft draft;
    private final Log4jLookups lookups;

    Log4jLayouts(Draft draft, Log4jLookups lookups) {
        this.draft = draft;
        this.lookups = lookups;
    }

    private Resolved text(Part part, HandlerDraft handler) {
        return lookups.resolve(part.text(), new Lookups.Place(handler.entry(), part.line()));
    }

    /** Reads the layout of an appender. */
    void read(Part appender, HandlerDraft handler) {
        for (Part part : appender.children()) {
            String type = Log4jFilters.type(part);
            if (!part.isTaken() && type.endsWith("layout")) {
                layout(part, type, handler);
                return;
            }
        }
        if (appender.find("Layout") == null) {
            // Log4j's default is %m%n
            handler.keys().put("formatter", new Keys().put("type", "text").put("pattern", Scalar.literal("%m%n")));
        }
    }

    private void layout(Part part, String type, HandlerDraft handler) {
        switch (type) {
            case "patternlayout" -> pattern(Log4jFilters.begin(part), handler);
            case "jsontemplatelayout" -> template(Log4jFilters.begin(part), handler);
            case "jsonlayout" -> json(Log4jFilters.begin(part), handler, "weir");
            case "gelflayout" -> json(Log4jFilters.begin(part), handler, "gelf");
            case "ecslayout" -> json(Log4jFilters.begin(part), handler, "ecs");
            default -> handler.entry().notConverted(part, "no such format here: records are JSON");
        }
    }

    private static void charset(Part part, HandlerDraft handler) {
        Part charset = part.find("charset");
        if (charset != null && charset.text().equalsIgnoreCase("UTF-8")) {
            charset.take();
        } else if (charset != null) {
            handler.entry().notConverted(charset, "Weir writes UTF-8");
        }
    }

    // text

    private void pattern(Part part, HandlerDraft handler) {
        charset(part, handler);
        Part given = part.take("pattern");
        Resolved text = given == null ? Resolved.literal("%m%n") : text(given, handler);
        Lookups.Place place = new Lookups.Place(handler.entry(), part.line());
        PatternText.Result result = PatternText.ofLog4j(text);
        result.problems().forEach(place::notConverted);
        if (result.showsCaller()) {
            draft.needCaller("the pattern of " + handler.name(), handler.line());
        }
        Resolved pattern = result.pattern();
        Part exceptions = part.take("alwaysWriteExceptions");
        if (exceptions != null && !Units.isTrue(exceptions.text())) {
            pattern = pattern.withText(pattern.text().replaceFirst("(%n)?$", "%nopex$1"));
        }
        Keys formatter = new Keys().put("type", "text").put("pattern", Scalar.of(pattern));
        Part disabled = part.take("disableAnsi");
        if (disabled != null && Units.isTrue(disabled.text())) {
            formatter.put("colours", "never");
        }
        Part found = part.find("noConsoleNoAnsi");
        if (found != null) {
            handler.entry().notNeeded(found, "colours are shown on terminals only");
        }
        handler.keys().put("formatter", formatter);
    }

    // JSON

    private void template(Part part, HandlerDraft handler) {
        charset(part, handler);
        Keys formatter = new Keys().put("type", "json");
        Part uri = part.find("eventTemplateUri");
        Part inline = part.find("eventTemplate");
        String preset = "ecs"; // Log4j's default
        if (uri != null) {
            String text = text(uri, handler).text();
            String known =
                    TEMPLATES.get(text.substring(text.lastIndexOf('/') + 1).replace("classpath:", ""));
            if (known != null && text.startsWith("classpath:")) {
                uri.take();
                preset = known;
                if (known.equals("weir")) {
                    handler.entry()
                            .say(
                                    Remark.Kind.DIFFERS,
                                    uri.line(),
                                    "members have other names than those of JsonLayout.json:"
                                            + " fields of a formatter names them");
                }
            } else {
                handler.entry()
                        .notConverted(uri, "a template of one's own: fields of a formatter chooses and names members");
                preset = "weir";
            }
        } else if (inline != null) {
            handler.entry()
                    .notConverted(inline, "a template of one's own: fields of a formatter chooses and names members");
            preset = "weir";
        }
        formatter.put("preset", preset);
        add(part, "EventTemplateAdditionalField", handler, formatter);
        location(part, "locationInfoEnabled", handler);
        Part trace = part.take("stackTraceEnabled");
        if (trace != null && !Units.isTrue(trace.text())) {
            handler.entry().notConverted(trace, "fields of a formatter without exception leaves it out");
        }
        unneeded(part, handler);
        handler.keys().put("formatter", formatter);
    }

    private void json(Part part, HandlerDraft handler, String preset) {
        charset(part, handler);
        Keys formatter = new Keys().put("type", "json").put("preset", preset);
        if (preset.equals("weir")) {
            handler.entry()
                    .say(
                            Remark.Kind.DIFFERS,
                            part.line(),
                            "members have other names than those of JsonLayout: fields of a" + " formatter names them");
        }
        Part host = part.take("host");
        if (preset.equals("gelf") && host != null) {
            formatter.put("host", Scalar.of(text(host, handler)));
        }
        Keys added = new Keys();
        if (preset.equals("ecs")) {
            Map<String, String> members = Map.of(
                    "serviceName", "service.name",
                    "serviceVersion", "service.version",
                    "serviceEnvironment", "service.environment",
                    "serviceNodeName", "service.node.name",
                    "eventDataset", "event.dataset");
            members.keySet().stream().sorted().forEach(key -> {
                Part value = part.take(key);
                if (value != null) {
                    added.put(members.getOrDefault(key, key), Scalar.of(text(value, handler)));
                }
            });
        }
        if (!added.isEmpty()) {
            formatter.put("add", added);
        }
        add(part, "KeyValuePair", handler, formatter);
        location(part, "locationInfo", handler);
        location(part, "includeOrigin", handler);
        unneeded(part, handler);
        handler.keys().put("formatter", formatter);
    }

    private static void unneeded(Part part, HandlerDraft handler) {
        for (String key : List.of(
                "eventEol",
                "compact",
                "complete",
                "properties",
                "eventDelimiter",
                "maxStringLength",
                "includeMarkers")) {
            Part found = part.find(key);
            if (found != null) {
                handler.entry()
                        .differs(
                                found,
                                "a record is one line with all that it has, and no longer than queue.max-record");
            }
        }
    }

    private void location(Part part, String key, HandlerDraft handler) {
        Part location = part.take(key);
        if (location != null && Units.isTrue(location.text())) {
            draft.needCaller(key + " of " + handler.name(), handler.line());
        }
    }

    /** Members that are the same in every record. */
    private void add(Part part, String element, HandlerDraft handler, Keys formatter) {
        @Nullable Entry there = formatter.entries().get("add");
        Keys added = there != null && there.content() instanceof Keys keys ? keys : new Keys();
        for (Part pair : part.takeAll(element)) {
            Part key = pair.take("key");
            Part value = pair.take("value");
            Part format = pair.find("format");
            if (key == null || value == null) {
                handler.entry().notConverted(pair, "a key and a value are wanted");
            } else if (format != null && format.text().equalsIgnoreCase("JSON")) {
                handler.entry().notConverted(pair, "add has texts only");
            } else {
                if (format != null) {
                    format.take();
                }
                added.put(text(key, handler).sample(), Scalar.of(text(value, handler)));
            }
        }
        if (!added.isEmpty()) {
            formatter.put("add", added);
        }
    }
}
