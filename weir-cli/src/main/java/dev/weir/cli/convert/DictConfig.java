package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Items;
import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import dev.weir.format.TextFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A dictionary of Python's {@code logging.config.dictConfig}, key by key. */
final class DictConfig {
    private static final String LOGGING = "logging.";
    private static final String HANDLERS = "logging.handlers.";
    private static final Set<String> JSON_CLASSES = Set.of(
            "pythonjsonlogger.jsonlogger.JsonFormatter",
            "pythonjsonlogger.json.JsonFormatter",
            "pythonjsonlogger.orjson.OrjsonFormatter",
            "pythonjsonlogger.msgspec.MsgspecFormatter");

    private static final Map<String, String> ADVICE = Map.of(
            "SocketHandler", "pickled records are not sent: a handler of type http posts JSON lines",
            "DatagramHandler", "no sink by UDP: a handler of type http posts JSON lines",
            "SysLogHandler", "an example of a handler for syslog by TCP is in weir-examples",
            "SMTPHandler", "Weir sends no mail: let the collector alert",
            "NTEventLogHandler", "no such sink: a handler of one's own can be written");

    /** Fields of JSON by Python's names of a record's attributes. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("asctime", "time"),
            Map.entry("created", "time"),
            Map.entry("timestamp", "time"),
            Map.entry("levelname", "level"),
            Map.entry("name", "logger"),
            Map.entry("message", "msg"),
            Map.entry("msg", "template"),
            Map.entry("threadName", "thread"),
            Map.entry("thread", "thread_id"),
            Map.entry("exc_info", "exception"),
            Map.entry("funcName", "function"),
            Map.entry("filename", "file"),
            Map.entry("lineno", "line"));

    private final Part root;
    private final Draft draft;
    private final Map<String, Keys> formatters = new HashMap<>();
    private final Map<String, Part> filters = new LinkedHashMap<>();

    private DictConfig(Part root, Draft draft) {
        this.root = root;
        this.draft = draft;
    }

    /** Reads all of it into a draft. */
    static void read(Part root, Draft draft) {
        new DictConfig(root, draft).read();
    }

    private void read() {
        root.take();
        header();
        Part section = root.take("formatters");
        if (section != null) {
            section.children().forEach(this::formatter);
        }
        Part named = root.take("filters");
        if (named != null) {
            named.takeRest().forEach(filter -> filters.put(filter.name(), filter));
        }
        Part sinks = root.take("handlers");
        if (sinks != null) {
            sinks.children().forEach(this::handler);
        }
        Part tree = root.take("loggers");
        if (tree != null) {
            tree.takeRest().forEach(logger -> logger(logger, logger.name().equals("root") ? "" : logger.name()));
        }
        Part logger = root.take("root");
        if (logger != null) {
            logger(logger, "");
        }
        if (!draft.root().keys().has("level")) {
            draft.root().keys().put("level", Level.WARN.name()); // which is Python's default
        }
        unusedFilters();
        for (Part other : root.children()) {
            if (!other.isTaken()) {
                draft.top().notNeeded(other, "dictConfig has no such key: it means nothing there either");
            }
        }
    }

    private void header() {
        Part version = root.take("version");
        if (version != null) {
            version.text();
        }
        Part disables = root.find("disable_existing_loggers");
        if (disables != null) {
            draft.top().notNeeded(disables, "loggers are never disabled: their levels say what is logged");
        }
        Part incremental = root.find("incremental");
        if (incremental != null) {
            if (Units.isTrue(incremental.text())) {
                draft.top().differs(incremental, "a configuration is always whole");
            } else {
                draft.top().notNeeded(incremental, "a configuration is always whole");
            }
        }
    }

    // references

    /** A text, in which {@code cfg://} stands for another value of the file. */
    private String text(Part part, Entry entry) {
        String text = part.text();
        if (text.startsWith("cfg://")) {
            Part target = root;
            List<Part> way = new ArrayList<>();
            for (String step :
                    text.substring("cfg://".length()).replace("]", "").split("[.\\[]", -1)) {
                Part within = target;
                target = within.children().stream()
                        .filter(child -> child.is(step))
                        .findFirst()
                        .orElse(null);
                if (target == null) {
                    break;
                }
                way.add(target);
            }
            if (target != null && target.isPlain()) {
                way.forEach(Part::take);
                return target.text();
            }
            entry.say(Remark.Kind.NOT_CONVERTED, part.line(), text + " (it refers to no text of this file)");
        }
        return text;
    }

    private Scalar literal(Part part, Entry entry) {
        return Scalar.literal(text(part, entry));
    }

    // formatters

    private void formatter(Part part) {
        Keys keys = new Keys();
        Entry entry = new Entry(keys);
        part.take().goesTo(entry);
        Part factory = part.find("()");
        Part type = part.find("class");
        Part named = factory == null ? type : factory;
        String name = named == null ? "logging.Formatter" : named.text();
        if (JSON_CLASSES.contains(name)) {
            takeText(part, "()", "class");
            json(part, keys, entry);
        } else if (name.equals("logging.Formatter")) {
            takeText(part, "()", "class");
            percent(part, keys, entry);
        } else {
            entry.notConverted(named == null ? part : named, "a class of its own: here is what the other keys say");
            percent(part, keys, entry);
        }
        formatters.put(part.name(), keys);
        draft.formatters().entries().put(part.name(), entry);
    }

    private static void takeText(Part part, String... keys) {
        for (String key : keys) {
            Part taken = part.take(key);
            if (taken != null) {
                taken.text();
            }
        }
    }

    private PercentStyle.@Nullable Result format(Part part, Entry entry) {
        Part format = part.take(part.find("format") == null ? "fmt" : "format");
        Part style = part.take("style");
        if (format == null) {
            if (style != null) {
                style.text();
            }
            return null;
        }
        PercentStyle.Result result = PercentStyle.of(text(format, entry), style == null ? "%" : style.text());
        result.problems().forEach(problem -> entry.say(Remark.Kind.NOT_CONVERTED, format.line(), problem));
        if (result.showsCaller()) {
            draft.needCaller("the formatter " + part.name(), part.line());
        }
        return result;
    }

    private void percent(Part part, Keys keys, Entry entry) {
        PercentStyle.Result result = format(part, entry);
        keys.put("type", "text");
        // without a format Python shows the message alone
        String format = result == null ? "%(message)s" : result.format();
        if (format != null) {
            keys.put("format", Scalar.literal(format));
        }
        datefmt(part, format == null ? "%(asctime)s" : format, keys, entry);
        Part defaults = part.take("defaults");
        if (defaults != null) {
            Keys values = new Keys();
            defaults.takeRest().forEach(value -> values.put(value.name(), literal(value, entry)));
            if (!values.isEmpty()) {
                keys.put("defaults", values);
            }
        }
        takeText(part, "validate");
    }

    private void datefmt(Part part, String format, Keys keys, Entry entry) {
        Part datefmt = part.find("datefmt");
        if (datefmt == null) {
            return;
        }
        String text = text(datefmt, entry);
        try {
            TextFormatter.builder().format("%(asctime)s").datefmt(text);
        } catch (IllegalArgumentException e) {
            entry.notConverted(datefmt, "Weir does not know all of it: " + e.getMessage());
            return;
        }
        if (format.contains("%(asctime)")) {
            datefmt.take();
            keys.put("datefmt", Scalar.literal(text));
        } else {
            entry.notNeeded(datefmt, "the format shows no asctime");
        }
    }

    private void json(Part part, Keys keys, Entry entry) {
        PercentStyle.Result result = format(part, entry);
        keys.put("type", "json").put("preset", "python");
        Map<String, String> names = new LinkedHashMap<>();
        List<String> shown = result == null ? List.of() : result.names();
        Keys renamed = new Keys();
        Part fields = part.take("rename_fields");
        if (fields != null) {
            fields.takeRest().forEach(field -> names.put(field.name(), text(field, entry)));
        }
        for (String name : shown) {
            String field = FIELDS.get(name);
            if (field == null) {
                entry.say(
                        Remark.Kind.NOT_CONVERTED,
                        part.line(),
                        "%(" + name + ") (no field of JSON; a key-value of that name is written" + " anyway)");
            } else {
                renamed.put(names.getOrDefault(name, name), field);
            }
        }
        names.forEach((name, other) -> {
            if (!shown.contains(name)) {
                entry.say(
                        Remark.Kind.NOT_CONVERTED,
                        part.line(),
                        "rename_fields: " + name + ": " + other + " (a field that is not in the format)");
            }
        });
        if (!renamed.isEmpty()) {
            for (String rest : List.of("context", "key_values", "exception")) {
                if (!renamed.has(rest)) {
                    renamed.put(rest, rest);
                }
            }
            keys.put("fields", renamed);
        }
        Keys added = new Keys();
        Part constants = part.take("static_fields");
        if (constants != null) {
            constants.takeRest().forEach(field -> added.put(field.name(), literal(field, entry)));
        }
        if (!added.isEmpty()) {
            keys.put("add", added);
        }
        Part datefmt = part.find("datefmt");
        if (datefmt != null) {
            entry.notConverted(datefmt, "times of JSON look as the preset says");
        }
    }

    // handlers

    private void handler(Part part) {
        Part named = part.find("class");
        String type = named != null ? named.text() : "";
        String known = type.startsWith(HANDLERS)
                ? type.substring(HANDLERS.length())
                : type.startsWith(LOGGING) ? type.substring(LOGGING.length()) : "";
        switch (known) {
            case "StreamHandler" -> stream(part);
            case "FileHandler", "WatchedFileHandler", "RotatingFileHandler", "TimedRotatingFileHandler" ->
                file(part, known);
            case "NullHandler" -> begin(part, "null");
            case "MemoryHandler" -> memory(part);
            case "HTTPHandler" -> http(part);
            case "QueueHandler" -> queue(part);
            default ->
                draft.top()
                        .notConverted(
                                part,
                                ADVICE.getOrDefault(
                                        known,
                                        "a class of its own: a handler for Weir can be written, and has a type"));
        }
    }

    private @Nullable HandlerDraft begin(Part part, String type) {
        HandlerDraft handler = draft.addHandler(part.name(), part);
        if (handler == null) {
            return null;
        }
        part.take();
        takeText(part, "class");
        handler.keys().put("type", type);
        Part level = part.take("level");
        if (level != null) {
            threshold(level, handler);
        }
        Part formatter = part.take("formatter");
        boolean writes = !type.equals("memory") && !type.equals("null");
        if (formatter != null && writes) {
            String name = text(formatter, handler.entry());
            if (formatters.containsKey(name)) {
                handler.keys().put("formatter", Scalar.literal(name));
            } else {
                handler.entry().notConverted(formatter, "there is no such formatter");
            }
        } else if (formatter != null) {
            handler.entry().notNeeded(formatter, "it formats nothing");
        } else if (writes && !type.equals("http")) {
            // without a formatter Python shows the message alone
            handler.keys()
                    .put("formatter", new Keys().put("type", "text").put("format", Scalar.literal("%(message)s")));
        }
        Part list = part.take("filters");
        if (list != null) {
            list.takeRest().forEach(name -> filter(name, handler));
        }
        return handler;
    }

    private void threshold(Part level, HandlerDraft handler) {
        String text = text(level, handler.entry());
        if (!text.matches("[0-9]{1,9}")) {
            if (!text.equalsIgnoreCase("NOTSET")) {
                handler.raise(Resolved.literal(text), level);
            }
            return;
        }
        Level least = Levels.atLeast(Integer.parseInt(text));
        if (least == null) {
            handler.entry().notConverted(level, "no record is so severe: take the handler off its loggers");
        } else if (!text.equals("0")) {
            handler.raise(least);
            tellOfNumber(level, text, least, handler.entry());
        }
    }

    private static void tellOfNumber(Part level, String number, Level least, Entry entry) {
        if (!number.equals(Integer.toString(least.pythonNumber()))) {
            entry.say(
                    Remark.Kind.DIFFERS,
                    level.line(),
                    "the level " + number + " lies between two of Weir's: here it is " + least);
        }
    }

    private void filter(Part name, HandlerDraft handler) {
        String text = name.text();
        Part filter = filters.get(text);
        if (filter == null) {
            handler.entry().notConverted(name, "there is no such filter");
            return;
        }
        Keys keys = named(filter);
        if (keys == null) {
            handler.entry().notConverted(name, "a class of its own, so more records come to this handler");
        } else {
            handler.addFilter(keys);
        }
    }

    /** A {@code logging.Filter}, which looks at names of loggers; null if it is another. */
    private static @Nullable Keys named(Part filter) {
        Part factory = filter.find("()");
        Part name = filter.find("name");
        boolean plain = factory == null || factory.text().equals("logging.Filter");
        if (!plain || name == null || name.text().isEmpty()) {
            return null;
        }
        if (factory != null) {
            factory.take();
        }
        name.take();
        return new Keys().put("type", "name").put("name", Scalar.literal(name.text()));
    }

    /** Those with a class of their own, and those that nobody names. */
    private void unusedFilters() {
        filters.values().forEach(filter -> {
            if (filter.find("()") != null || filter.find("name") != null) {
                if (filter.find("()") == null) {
                    draft.top().notNeeded(filter, "no handler names it, or it lets everything pass");
                } else {
                    draft.top()
                            .notConverted(
                                    filter,
                                    "a class of its own: levels, and filters of type name, marker, key-value"
                                            + " and mask, can be said here");
                }
            }
        });
    }

    private void stream(Part part) {
        HandlerDraft handler = begin(part, "console");
        if (handler == null) {
            return;
        }
        Part stream = part.take("stream");
        String name = stream == null ? "ext://sys.stderr" : stream.text();
        if (name.equals("ext://sys.stderr")) {
            handler.keys().put("stream", "stderr");
        } else if (!name.equals("ext://sys.stdout") && stream != null) {
            handler.entry().notConverted(stream, "neither sys.stdout nor sys.stderr");
        }
    }

    private void file(Part part, String type) {
        HandlerDraft handler = begin(part, "file");
        if (handler == null) {
            return;
        }
        Part filename = part.take("filename");
        Resolved path = Resolved.literal(filename == null ? part.name() + ".log" : text(filename, handler.entry()));
        if (filename == null) {
            handler.entry().say(Remark.Kind.NOT_CONVERTED, part.line(), "the path (none is given)");
        }
        handler.keys().put("path", Scalar.of(path));
        boolean rolls = type.endsWith("RotatingFileHandler");
        Part mode = part.take("mode");
        if (mode != null && text(mode, handler.entry()).startsWith("w")) {
            handler.keys().put("append", "false");
        }
        Part encoding = part.find("encoding");
        if (encoding != null && encoding.text().matches("(?i)utf-?8|null|~|")) {
            encoding.take();
        } else if (encoding != null) {
            handler.entry().notConverted(encoding, "Weir writes UTF-8");
        }
        for (String key : List.of("delay", "errors")) {
            Part found = part.find(key);
            if (found != null) {
                handler.entry()
                        .notNeeded(
                                found,
                                key.equals("delay")
                                        ? "a file is opened at the start"
                                        : "any text can be written in UTF-8");
            }
        }
        if (rolls) {
            Rotation rotation = new Rotation();
            if (type.equals("RotatingFileHandler")) {
                bySize(part, handler, rotation);
            } else {
                byTime(part, handler, rotation);
            }
            if (rotation.isTriggered()) {
                rotation.write(handler, null, path);
            }
        }
    }

    private int number(@Nullable Part part, int otherwise, Entry entry) {
        if (part == null) {
            return otherwise;
        }
        Integer number = Units.number(text(part, entry).replace("_", ""));
        if (number == null) {
            entry.notConverted(part, "no whole number");
            return otherwise;
        }
        return number;
    }

    private void bySize(Part part, HandlerDraft handler, Rotation rotation) {
        Part most = part.take("maxBytes");
        Part backups = part.take("backupCount");
        int bytes = number(most, 0, handler.entry());
        int files = number(backups, 0, handler.entry());
        if (bytes > 0 && files > 0) {
            rotation.size(Units.size(bytes));
            rotation.keep(files);
            handler.entry()
                    .say(
                            Remark.Kind.DIFFERS,
                            part.line(),
                            "rolled files are not renamed again when others follow: the"
                                    + " greatest index is the newest");
        } else {
            handler.entry()
                    .say(
                            Remark.Kind.NOT_NEEDED,
                            part.line(),
                            "rotation (without both maxBytes and backupCount there is none)");
        }
    }

    private void byTime(Part part, HandlerDraft handler, Rotation rotation) {
        Part when = part.take("when");
        String unit = when == null ? "H" : text(when, handler.entry()).toUpperCase(Locale.ROOT);
        int interval = number(part.take("interval"), 1, handler.entry());
        int files = number(part.take("backupCount"), 0, handler.entry());
        int line = when == null ? part.line() : when.line();
        String period =
                switch (unit) {
                    case "S", "M" -> "minute";
                    case "H" -> "hour";
                    case "D", "MIDNIGHT" -> "day";
                    default -> unit.matches("W[0-6]") ? "week" : "";
                };
        if (period.isEmpty()) {
            handler.entry()
                    .say(
                            Remark.Kind.NOT_CONVERTED,
                            line,
                            "when: " + unit + " (S, M, H, D, MIDNIGHT or W0 to W6 is expected)");
            return;
        }
        rotation.every(period);
        if (files > 0) {
            rotation.keep(files);
        }
        boolean exact = interval == 1 && (unit.equals("MIDNIGHT") || unit.equals("W6"));
        if (!exact) {
            handler.entry()
                    .say(
                            Remark.Kind.DIFFERS,
                            line,
                            "when: " + unit + ", interval: " + interval + " (files are rolled at each full"
                                    + " minute or hour, at midnight, or at midnight before Monday)");
        }
        if (Units.isTrue(part.takeText("utc"))) {
            rotation.utc();
        }
        Part time = part.find("atTime");
        if (time != null) {
            handler.entry().notConverted(time, "files are rolled at midnight");
        }
    }

    private void memory(Part part) {
        HandlerDraft handler = begin(part, "memory");
        if (handler == null) {
            return;
        }
        Part target = part.find("target");
        String name = target == null ? "" : text(target, handler.entry()).replaceFirst("^handlers\\.", "");
        if (target != null) {
            target.take();
        }
        draft.target(handler, name, target == null ? part : target);
        Part capacity = part.find("capacity");
        if (capacity != null) {
            handler.entry()
                    .differs(
                            capacity,
                            "it counts records there; here it is a size, 1MiB unless it is said, and what is more is"
                                    + " forgotten, the oldest first, and not passed on");
        }
        Part level = part.take("flushLevel");
        if (level != null) {
            String text = text(level, handler.entry());
            Level least = text.matches("[0-9]{1,9}") ? Levels.atLeast(Integer.parseInt(text)) : Levels.named(text);
            if (least == null) {
                handler.entry().notConverted(level, "no level of Weir's");
            } else if (least != Level.ERROR) {
                handler.keys().put("flush-level", least.name());
            }
        }
        Part onClose = part.take("flushOnClose");
        if (onClose == null || Units.isTrue(onClose.text())) {
            handler.keys().put("flush-on-close", "true");
        }
    }

    private void http(Part part) {
        HandlerDraft handler = begin(part, "http");
        if (handler == null) {
            return;
        }
        boolean secure = Units.isTrue(part.takeText("secure"));
        Part host = part.take("host");
        Part url = part.take("url");
        String path = url == null ? "/" : text(url, handler.entry());
        handler.keys()
                .put(
                        "url",
                        Scalar.literal((secure ? "https://" : "http://")
                                + (host == null ? "localhost" : text(host, handler.entry()))
                                + (path.startsWith("/") ? path : '/' + path)));
        Part method = part.take("method");
        if (method == null || !method.text().equalsIgnoreCase("POST")) {
            handler.entry()
                    .say(
                            Remark.Kind.DIFFERS,
                            part.line(),
                            "records are fields of a form in a GET there; here batches of JSON" + " lines are posted");
        } else {
            handler.entry()
                    .say(
                            Remark.Kind.DIFFERS,
                            part.line(),
                            "a record is a form there; here batches of JSON lines are posted");
        }
        for (String key : List.of("credentials", "context")) {
            Part found = part.find(key);
            if (found != null) {
                handler.entry()
                        .notConverted(found, "a header can be said by headers, from a variable of the environment");
            }
        }
    }

    /** Each handler has a queue of its own: those behind this one stand in its place. */
    private void queue(Part part) {
        takeText(part.take(), "class");
        List<Pointer> behind = new ArrayList<>();
        Part list = part.take("handlers");
        if (list != null) {
            list.takeRest().forEach(name -> behind.add(new Pointer(name.text(), name, levelOf(part), List.of())));
        }
        draft.standIn(part.name(), behind);
        draft.top()
                .say(
                        Remark.Kind.NOT_NEEDED,
                        part.line(),
                        "the queue " + part.name()
                                + " (each handler has one of its own: loggers name its handlers directly)");
        Part queue = part.find("queue");
        if (queue != null) {
            draft.top().notNeeded(queue, "queue.capacity and backlog of a handler are in bytes");
        }
        Part listener = part.find("listener");
        if (listener != null) {
            draft.top().notNeeded(listener, "each handler has a worker, which runs from the start");
        }
        Part respects = part.find("respect_handler_level");
        if (respects == null || !Units.isTrue(respects.text())) {
            draft.top()
                    .say(
                            Remark.Kind.DIFFERS,
                            part.line(),
                            "levels of the handlers behind " + part.name()
                                    + " count here; there they do not, without respect_handler_level");
        }
        if (respects != null) {
            respects.take();
        }
        Part formatter = part.find("formatter");
        if (formatter != null) {
            draft.top().notConverted(formatter, "records are formatted by the handlers behind it");
        }
    }

    private @Nullable Resolved levelOf(Part part) {
        Part level = part.take("level");
        if (level == null) {
            level = part.children().stream()
                    .filter(child -> child.is("level"))
                    .findFirst()
                    .orElse(null);
        }
        return level == null ? null : Resolved.literal(level.text());
    }

    // loggers

    private void logger(Part part, String name) {
        LoggerDraft logger = draft.logger(name);
        part.goesTo(logger.entry());
        Part level = part.take("level");
        if (level != null) {
            level(level, logger, name.isEmpty());
        }
        Part propagate = part.take("propagate");
        if (propagate != null) {
            logger.propagate(Resolved.literal(text(propagate, logger.entry())), propagate);
        }
        Part list = part.take("handlers");
        if (list != null) {
            list.takeRest().forEach(handler -> logger.add(new Pointer(handler.text(), handler)));
        }
        List<Content> named = new ArrayList<>();
        Part references = part.take("filters");
        if (references != null) {
            for (Part item : references.children()) {
                Part filter = filters.get(item.text());
                Keys keys = filter == null ? null : named(filter);
                if (keys == null) {
                    logger.entry().notConverted(item, "a class of its own, so more is logged");
                } else {
                    named.add(keys);
                    logger.entry().differs(item, "filters of a logger decide about the loggers below, too");
                }
            }
        }
        if (!named.isEmpty()) {
            logger.keys().put("filters", new Items(named));
        }
    }

    private void level(Part level, LoggerDraft logger, boolean root) {
        String text = text(level, logger.entry());
        if (text.equals("0") || text.equalsIgnoreCase("NOTSET")) {
            if (root) {
                logger.keys().put("level", Level.TRACE.name());
            }
        } else if (text.matches("[0-9]{1,9}")) {
            Level least = Levels.atLeast(Integer.parseInt(text));
            logger.keys().put("level", least == null ? Levels.OFF : least.name());
            if (least != null) {
                tellOfNumber(level, text, least, logger.entry());
            }
        } else {
            logger.level(Resolved.literal(text), level);
        }
    }
}
