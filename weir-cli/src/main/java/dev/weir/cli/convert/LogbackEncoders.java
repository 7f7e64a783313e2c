package dev.weir.cli.convert;

import dev.weir.cli.convert.Content.Items;
import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The encoders and layouts of a {@code logback.xml}, those of Logstash, Elastic and Graylog among them. */
final class LogbackEncoders {
    private static final Map<String, String> JSON = Map.of(
            "LogstashEncoder", "logstash",
            "LogstashLayout", "logstash",
            "LoggingEventCompositeJsonEncoder", "logstash",
            "LoggingEventCompositeJsonLayout", "logstash",
            "EcsEncoder", "ecs",
            "GelfEncoder", "gelf",
            "JsonEncoder", "weir",
            "JsonLayout", "weir");

    /** Members of Logstash's encoder by what renames them, with the names they have. */
    private static final Map<String, String[]> LOGSTASH = logstash();

    /** Providers of a composite encoder, by the members of the preset. */
    private static final Map<String, List<String>> PROVIDERS = Map.ofEntries(
            Map.entry("timestamp", List.of("timestamp")),
            Map.entry("version", List.of("version")),
            Map.entry("message", List.of("message")),
            Map.entry("rawMessage", List.of()),
            Map.entry("loggerName", List.of("logger")),
            Map.entry("threadName", List.of("thread")),
            Map.entry("logLevel", List.of("level")),
            Map.entry("logLevelValue", List.of("levelValue")),
            Map.entry("callerData", List.of("callerClass", "callerMethod", "callerFile", "callerLine")),
            Map.entry("stackTrace", List.of("stackTrace")),
            Map.entry("stackHash", List.of("stackHash")),
            Map.entry("throwableClassName", List.of("throwableClass")),
            Map.entry("throwableMessage", List.of("throwableMessage")),
            Map.entry("mdc", List.of("mdc")),
            Map.entry("keyValuePairs", List.of("keyValues")),
            Map.entry("arguments", List.of("keyValues")),
            Map.entry("tags", List.of("tags")));

    private final Draft draft;
    private final LogbackLookups lookups;

    LogbackEncoders(Draft draft, LogbackLookups lookups) {
        this.draft = draft;
        this.lookups = lookups;
    }

    private static Map<String, String[]> logstash() {
        Map<String, String[]> fields = new LinkedHashMap<>();
        fields.put("timestamp", new String[] {"@timestamp", "time"});
        fields.put("version", new String[] {"@version", "version"});
        fields.put("message", new String[] {"message", "msg"});
        fields.put("logger", new String[] {"logger_name", "logger"});
        fields.put("thread", new String[] {"thread_name", "thread"});
        fields.put("level", new String[] {"level", "level"});
        fields.put("levelValue", new String[] {"level_value", "level_value"});
        fields.put("callerClass", new String[] {"caller_class_name", "class"});
        fields.put("callerMethod", new String[] {"caller_method_name", "function"});
        fields.put("callerFile", new String[] {"caller_file_name", "file"});
        fields.put("callerLine", new String[] {"caller_line_number", "line"});
        fields.put("stackTrace", new String[] {"stack_trace", "exception"});
        fields.put("stackHash", new String[] {"stack_hash", "exception_hash"});
        fields.put("throwableClass", new String[] {"throwable_class", "exception_type"});
        fields.put("throwableMessage", new String[] {"throwable_message", "exception_message"});
        fields.put("mdc", new String[] {"context", "context"});
        fields.put("keyValues", new String[] {"key_values", "key_values"});
        fields.put("tags", new String[] {"tags", "markers"});
        return fields;
    }

    private static boolean isChosenOnly(String field) {
        return List.of("stackHash", "throwableClass", "throwableMessage").contains(field);
    }

    /** Reads the encoder or layout of an appender. */
    void read(Part appender, HandlerDraft handler) {
        Part encoder = appender.find("encoder");
        Part layout = appender.find("layout");
        Part found = encoder == null ? layout : encoder;
        if (found == null) {
            handler.entry().say(Remark.Kind.DIFFERS, appender.line(), "no encoder is named: records are JSON here");
        } else {
            encoder(found, handler);
        }
    }

    private void encoder(Part part, HandlerDraft handler) {
        Part type = part.find("class");
        String name = type == null ? "PatternLayoutEncoder" : LogbackAppenders.simpleName(type.text());
        Part inner = part.find("layout");
        if (name.equals("LayoutWrappingEncoder") && inner != null) {
            takeClass(part.take());
            charset(part, handler);
            encoder(inner, handler);
        } else if (name.equals("PatternLayoutEncoder") || name.equals("PatternLayout")) {
            takeClass(part.take());
            charset(part, handler);
            pattern(part, handler);
        } else if (JSON.containsKey(name)) {
            takeClass(part.take());
            charset(part, handler);
            Keys formatter = new Keys().put("type", "json").put("preset", JSON.getOrDefault(name, "weir"));
            handler.keys().put("formatter", formatter);
            switch (name) {
                case "EcsEncoder" -> ecs(part, handler, formatter);
                case "GelfEncoder" -> gelf(part, handler, formatter);
                case "JsonEncoder", "JsonLayout" ->
                    handler.entry()
                            .say(
                                    Remark.Kind.DIFFERS,
                                    part.line(),
                                    "members have other names than those of " + name
                                            + ": fields of a formatter names them");
                default -> logstash(part, handler, formatter);
            }
        } else {
            handler.entry().notConverted(part, "no such format here: records are JSON");
        }
    }

    private static void takeClass(Part part) {
        Part type = part.take("class");
        if (type != null) {
            type.text();
        }
    }

    private static void charset(Part part, HandlerDraft handler) {
        Part charset = part.find("charset");
        if (charset != null && charset.text().equalsIgnoreCase("UTF-8")) {
            charset.take();
        } else if (charset != null) {
            handler.entry().notConverted(charset, "Weir writes UTF-8");
        }
        for (String key : List.of("outputPatternAsHeader", "immediateFlush", "parent")) {
            Part found = part.find(key);
            if (found != null) {
                handler.entry().notNeeded(found, "it has no meaning here");
            }
        }
    }

    private Resolved text(Part part, HandlerDraft handler) {
        return lookups.resolve(part.text(), new Lookups.Place(handler.entry(), part.line()));
    }

    private void pattern(Part part, HandlerDraft handler) {
        Part pattern = part.take("pattern");
        if (pattern == null) {
            handler.entry()
                    .say(Remark.Kind.NOT_CONVERTED, part.line(), "a layout without a pattern: records are JSON here");
            return;
        }
        Lookups.Place place = new Lookups.Place(handler.entry(), pattern.line());
        PatternText.Result result = PatternText.ofLogback(
                text(pattern, handler),
                key -> lookups.isDefined(key)
                        ? lookups.resolve("${" + key + '}', place).sample()
                        : null);
        result.problems().forEach(place::notConverted);
        if (result.showsCaller()) {
            draft.needCaller("the pattern of " + handler.name(), handler.line());
        }
        handler.keys().put("formatter", new Keys().put("type", "text").put("pattern", Scalar.of(result.pattern())));
    }

    // JSON

    private void logstash(Part part, HandlerDraft handler, Keys formatter) {
        Map<String, String> names = new LinkedHashMap<>();
        LOGSTASH.forEach((key, field) -> {
            if (!isChosenOnly(key)) {
                names.put(key, field[0]);
            }
        });
        boolean chosen = false;
        Part providers = part.take("providers");
        if (providers != null) {
            names.clear();
            chosen = true;
            providers(providers, handler, formatter, names);
        }
        chosen |= rename(part, handler, names);
        Part mdc = part.take("includeMdc");
        if (mdc != null && !Units.isTrue(mdc.text())) {
            chosen |= names.remove("mdc") != null;
        }
        Part pairs = part.take("includeKeyValuePairs");
        if (pairs != null && !Units.isTrue(pairs.text())) {
            chosen |= names.remove("keyValues") != null;
        }
        patterns(part, "includeMdcKeyName", "excludeMdcKeyName", handler, "context", formatter);
        patterns(part, "includeKeyValueKeyName", "excludeKeyValueKeyName", handler, "key-values", formatter);
        for (Part custom : part.takeAll("customFields")) {
            customFields(custom, handler, formatter);
        }
        Part caller = part.take("includeCallerData");
        if (caller != null && Units.isTrue(caller.text())) {
            draft.needCaller("includeCallerData of " + handler.name(), handler.line());
        }
        throwables(part, handler, formatter);
        if (chosen) {
            Keys fields = new Keys();
            names.forEach((key, name) -> fields.put(name, fieldOf(key)));
            if (names.containsKey("mdc")) { // where tracers put ids, which are a record's own here
                fields.put("trace_id", "trace_id").put("span_id", "span_id");
            }
            formatter.put("fields", fields);
        }
    }

    private static String fieldOf(String key) {
        String[] field = LOGSTASH.get(key);
        return field == null ? key : field[1];
    }

    private void providers(Part providers, HandlerDraft handler, Keys formatter, Map<String, String> names) {
        for (Part provider : providers.children()) {
            List<String> members = PROVIDERS.get(provider.name());
            if (provider.is("customFields") || provider.is("pattern") || provider.is("context")) {
                Part inner = provider.find("customFields");
                if (provider.is("customFields") && inner != null) {
                    customFields(inner.take(), handler, formatter);
                    provider.take();
                }
                continue;
            }
            if (members == null || members.isEmpty()) {
                continue;
            }
            provider.take();
            members.forEach(member -> names.put(member, nameOf(member)));
            Part name = provider.take("fieldName");
            if (name != null && members.size() == 1) {
                names.put(members.get(0), text(name, handler).sample());
            }
            if (provider.is("callerData")) {
                draft.needCaller("callerData of " + handler.name(), handler.line());
            }
            if (provider.is("mdc")) {
                patterns(provider, "includeMdcKeyName", "excludeMdcKeyName", handler, "context", formatter);
            }
            if (provider.is("stackTrace")) {
                throwables(provider, handler, formatter);
            }
        }
    }

    private static String nameOf(String member) {
        String[] field = LOGSTASH.get(member);
        return field == null ? member : field[0];
    }

    private boolean rename(Part part, HandlerDraft handler, Map<String, String> names) {
        Part fields = part.take("fieldNames");
        if (fields == null) {
            return false;
        }
        takeClass(fields);
        for (Part field : fields.children()) {
            if (field.isTaken() || !LOGSTASH.containsKey(field.name()) || isChosenOnly(field.name())) {
                continue;
            }
            String name = text(field.take(), handler).sample();
            if (name.equals("[ignore]")) {
                names.remove(field.name());
            } else if (names.containsKey(field.name())) {
                names.put(field.name(), name);
            }
        }
        return true;
    }

    private void patterns(Part part, String include, String exclude, HandlerDraft handler, String key, Keys formatter) {
        Keys section = new Keys();
        List<Part> included = part.takeAll(include);
        List<Part> excluded = part.takeAll(exclude);
        if (!included.isEmpty()) {
            section.put("include", names(included, handler));
        }
        if (!excluded.isEmpty()) {
            section.put("exclude", names(excluded, handler));
        }
        if (!section.isEmpty()) {
            formatter.put(key, section);
        }
    }

    private Items names(List<Part> parts, HandlerDraft handler) {
        return new Items(parts.stream()
                .<Content>map(part -> Scalar.of(text(part, handler)))
                .toList());
    }

    /** Members that are the same in every record, as JSON. */
    private void customFields(Part part, HandlerDraft handler, Keys formatter) {
        Resolved json = text(part, handler);
        Part object;
        try {
            object = YamlParts.read(json.text().getBytes(StandardCharsets.UTF_8));
        } catch (InputException e) {
            handler.entry().notConverted(part, "no JSON object");
            return;
        }
        Keys added = addedTo(formatter);
        for (Part member : object.children()) {
            if (member.isPlain()) {
                added.put(member.name(), Scalar.of(json.withText(member.text())));
            } else {
                handler.entry()
                        .say(
                                Remark.Kind.NOT_CONVERTED,
                                part.line(),
                                "the member " + String.join(" ", member.described())
                                        + " of customFields (add has texts only; with nested, names with dots make objects)");
            }
        }
        if (added.isEmpty()) {
            formatter.entries().remove("add");
        }
    }

    private static Keys addedTo(Keys formatter) {
        Entry there = formatter.entries().get("add");
        if (there != null && there.content() instanceof Keys added) {
            return added;
        }
        Keys added = new Keys();
        formatter.put("add", added);
        return added;
    }

    private void throwables(Part part, HandlerDraft handler, Keys formatter) {
        Part converter = part.find("throwableConverter");
        if (converter == null) {
            return;
        }
        converter.take();
        takeClass(converter);
        Keys exception = new Keys();
        Part depth = converter.find("maxDepthPerThrowable");
        Integer number =
                depth == null ? null : Units.number(text(depth, handler).text());
        if (depth != null && number != null) {
            depth.take();
            exception.put("max-frames", Integer.toString(number));
        }
        Part first = converter.take("rootCauseFirst");
        if (first != null && Units.isTrue(first.text())) {
            exception.put("root-first", "true");
        }
        Part shortened = converter.find("shortenedClassNameLength");
        if (shortened != null) {
            handler.entry().differs(shortened, "packages become initials, whatever the length");
            exception.put("shorten-packages", "true");
        }
        if (!exception.isEmpty()) {
            formatter.put("exception", exception);
        }
    }

    private void ecs(Part part, HandlerDraft handler, Keys formatter) {
        Keys added = new Keys();
        Map<String, String> members = new LinkedHashMap<>();
        members.put("serviceName", "service.name");
        members.put("serviceVersion", "service.version");
        members.put("serviceEnvironment", "service.environment");
        members.put("serviceNodeName", "service.node.name");
        members.put("eventDataset", "event.dataset");
        members.forEach((key, name) -> {
            Part value = part.take(key);
            if (value != null) {
                added.put(name, Scalar.of(text(value, handler)));
            }
        });
        for (Part field : part.takeAll("additionalField")) {
            Part key = field.take("key");
            Part value = field.take("value");
            if (key != null && value != null) {
                added.put(text(key, handler).sample(), Scalar.of(text(value, handler)));
            }
        }
        if (!added.isEmpty()) {
            formatter.put("add", added);
        }
        origin(part, "includeOrigin", handler);
        marker(part, "includeMarkers", handler);
    }

    private void gelf(Part part, HandlerDraft handler, Keys formatter) {
        Part host = part.take("originHost");
        if (host != null) {
            formatter.put("host", Scalar.of(text(host, handler)));
        }
        Keys added = new Keys();
        for (Part field : part.takeAll("staticField")) {
            Resolved text = text(field, handler);
            int colon = text.text().indexOf(':');
            if (colon > 0) {
                added.put(
                        text.text().substring(0, colon).strip(),
                        Scalar.of(text.withText(text.text().substring(colon + 1).strip())));
            } else {
                handler.entry().notConverted(field, "a name and a value are wanted, with a colon between");
            }
        }
        if (!added.isEmpty()) {
            formatter.put("add", added);
        }
        origin(part, "includeCallerData", handler);
        marker(part, "includeMarker", handler);
    }

    private void origin(Part part, String key, HandlerDraft handler) {
        Part caller = part.take(key);
        if (caller != null && Units.isTrue(caller.text())) {
            draft.needCaller(key + " of " + handler.name(), handler.line());
        }
    }

    private static void marker(Part part, String key, HandlerDraft handler) {
        @Nullable Part markers = part.find(key);
        if (markers != null) {
            handler.entry().notNeeded(markers, "markers are written whenever a record has some");
        }
    }
}
