package dev.weir.cli.convert;

import dev.weir.cli.convert.Content.Keys;
import dev.weir.cli.convert.Content.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The appenders of a {@code log4j2.xml}. */
final class Log4jAppenders {
    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("routing", "loggers and filters route here, by what is known when the file is read"),
            Map.entry("rewrite", "filters of type mask change what a handler gets"),
            Map.entry("scriptappenderselector", "Weir has no scripts"),
            Map.entry("smtp", "Weir sends no mail: let the collector alert"),
            Map.entry("syslog", "an example of a handler for syslog by TCP is in weir-examples"),
            Map.entry("socket", "no sink by TCP or UDP: a handler of type http posts JSON lines"),
            Map.entry("kafka", "no such sink yet: a handler of type http posts JSON lines"),
            Map.entry("jms", "no such sink: a handler of type http posts JSON lines"),
            Map.entry("flume", "no such sink: a handler of type http posts JSON lines"),
            Map.entry("jdbc", "Weir writes to no database: let a collector do it"),
            Map.entry("jpa", "Weir writes to no database: let a collector do it"),
            Map.entry("nosql", "Weir writes to no database: let a collector do it"),
            Map.entry("cassandra", "Weir writes to no database: let a collector do it"));

    private static final Map<String, String> NOT_NEEDED = Map.of(
            "bufferedIO", "a handler writes batches",
            "bufferSize", "a handler writes batches",
            "immediateFlush", "a handler flushes after each batch, before it counts records as written",
            "ignoreExceptions", "callers see no exception of a sink",
            "follow", "standard output is the process's own",
            "direct", "standard output is written directly",
            "createOnDemand", "a file is opened at the start",
            "locking", "lines of several processes are not torn");

    private final Draft draft;
    private final Log4jLookups lookups;
    private final Log4jFilters filters;
    private final Log4jLayouts layouts;

    Log4jAppenders(Draft draft, Log4jLookups lookups, Log4jFilters filters) {
        this.draft = draft;
        this.lookups = lookups;
        this.filters = filters;
        layouts = new Log4jLayouts(draft, lookups);
    }

    void read(Part part) {
        if (part.isTaken()) {
            return;
        }
        String type = Log4jFilters.type(part);
        Part named = part.find("name");
        String name = named == null ? type : text(named, draft.top()).sample();
        switch (type) {
            case "console" -> console(part, name);
            case "file", "randomaccessfile", "memorymappedfile" -> file(part, name, false);
            case "rollingfile", "rollingrandomaccessfile" -> file(part, name, true);
            case "http" -> http(part, name);
            case "null", "countingnoop" -> nothing(part, name);
            case "async" -> async(part, name);
            case "failover" -> failover(part, name);
            default ->
                draft.top()
                        .notConverted(
                                part, ADVICE.getOrDefault(type, "no such sink: a handler of one's own can be written"));
        }
    }

    private Resolved text(Part part, Entry entry) {
        return lookups.resolve(part.text(), new Lookups.Place(entry, part.line()));
    }

    private @Nullable HandlerDraft begin(Part part, String name, String type) {
        HandlerDraft handler = draft.addHandler(name, part);
        if (handler != null) {
            takeText(Log4jFilters.begin(part), "name");
            handler.keys().put("type", type);
        }
        return handler;
    }

    private static void takeText(Part part, String child) {
        Part taken = part.take(child);
        if (taken != null) {
            taken.text();
        }
    }

    private void common(Part part, HandlerDraft handler) {
        layouts.read(part, handler);
        unformatted(part, handler);
    }

    /** What has nothing to do with a format. */
    private void unformatted(Part part, HandlerDraft handler) {
        Rule.apply(filters.read(part, handler.entry()), handler);
        NOT_NEEDED.forEach((key, why) -> {
            Part found = part.find(key);
            if (found != null) {
                handler.entry().notNeeded(found, why);
            }
        });
    }

    private void console(Part part, String name) {
        HandlerDraft handler = begin(part, name, "console");
        if (handler == null) {
            return;
        }
        Part target = part.take("target");
        if (target != null && target.text().equalsIgnoreCase("SYSTEM_ERR")) {
            handler.keys().put("stream", "stderr");
        } else if (target != null && !target.text().equalsIgnoreCase("SYSTEM_OUT")) {
            handler.entry().notConverted(target, "neither SYSTEM_OUT nor SYSTEM_ERR");
        }
        common(part, handler);
    }

    private void nothing(Part part, String name) {
        HandlerDraft handler = begin(part, name, "null");
        if (handler != null) {
            unformatted(part, handler);
        }
    }

    // files

    private void file(Part part, String name, boolean rolls) {
        HandlerDraft handler = begin(part, name, "file");
        if (handler == null) {
            return;
        }
        Part file = part.take("fileName");
        Resolved path = file == null ? null : text(file, handler.entry());
        handler.keys().put("create-directories", "true");
        Part append = part.take("append");
        if (append != null && !append.text().equalsIgnoreCase("true")) {
            Resolved value = text(append, handler.entry());
            handler.keys().put("append", value.isLiteral() ? Scalar.word("false") : Scalar.of(value));
        }
        mode(part, handler);
        if (rolls) {
            path = rolled(part, handler, path);
        }
        if (path == null) {
            handler.entry()
                    .say(Remark.Kind.NOT_CONVERTED, part.line(), "the path (none is given: it is " + name + ".log)");
            path = Resolved.literal(name + ".log");
        }
        handler.keys().put("path", Scalar.of(path));
        common(part, handler);
    }

    private static void mode(Part part, HandlerDraft handler) {
        Part permissions = part.find("filePermissions");
        if (permissions == null) {
            return;
        }
        String text = permissions.text();
        if (!text.matches("rw-([r-][w-][x-]){2}")) {
            handler.entry().notConverted(permissions, "mode is such that the owner can read and write, as rw-r-----");
            return;
        }
        permissions.take();
        int mode = 0;
        for (int i = 0; i < text.length(); i++) {
            mode = mode * 2 + (text.charAt(i) == '-' ? 0 : 1);
        }
        handler.keys().put("mode", Scalar.literal("0" + Integer.toOctalString(mode)));
    }

    private @Nullable Resolved rolled(Part part, HandlerDraft handler, @Nullable Resolved file) {
        Part pattern = part.take("filePattern");
        RolledFile names = pattern == null
                ? null
                : new RolledFile(text(pattern, handler.entry()), new Lookups.Place(handler.entry(), pattern.line()));
        Rotation rotation = new Rotation();
        for (Part child : part.children()) {
            String type = Log4jFilters.type(child);
            if (child.isTaken()) {
                continue;
            }
            if (type.equals("policies")) {
                child.take().children().forEach(policy -> policy(policy, handler, rotation, names));
            } else if (type.endsWith("policy")) {
                policy(child, handler, rotation, names);
            } else if (type.equals("defaultrolloverstrategy") || type.equals("directwriterolloverstrategy")) {
                strategy(child, handler, rotation, names);
            }
        }
        if (part.find("DefaultRolloverStrategy") == null
                && names != null
                && names.isIndexed()
                && !names.isDated()
                && !rotationKeeps(part)) {
            rotation.keep(7); // Log4j's default
        }
        Resolved path = file == null && names != null ? names.path() : file;
        if (!rotation.isTriggered()) {
            handler.entry().say(Remark.Kind.DIFFERS, part.line(), "no policy that rolls the file: it is never rolled");
        } else if (path != null) {
            rotation.write(handler, names, path);
        }
        return path;
    }

    private static boolean rotationKeeps(Part part) {
        return part.children().stream()
                .anyMatch(child -> Log4jFilters.type(child).endsWith("rolloverstrategy"));
    }

    private void policy(Part policy, HandlerDraft handler, Rotation rotation, @Nullable RolledFile names) {
        switch (Log4jFilters.type(policy)) {
            case "timebasedtriggeringpolicy" -> timed(Log4jFilters.begin(policy), handler, rotation, names);
            case "sizebasedtriggeringpolicy" -> {
                Part size = Log4jFilters.begin(policy).find("size");
                Resolved text = size == null ? Resolved.literal("10MB") : text(size, handler.entry());
                String most = text.isLiteral() ? Units.size(text.text()) : null;
                if (size != null && most == null) {
                    handler.entry().notConverted(size, "a size is wanted for rotate.size, as 10MiB");
                } else if (most != null) {
                    rotation.size(most);
                    takeText(policy, "size");
                }
            }
            case "onstartuptriggeringpolicy" -> {
                rotation.atStart();
                Part least = Log4jFilters.begin(policy).find("minSize");
                if (least != null) {
                    handler.entry().differs(least, "an empty file is never rolled, any other is");
                }
            }
            case "crontriggeringpolicy" -> cron(policy, handler, rotation);
            default ->
                handler.entry().notConverted(policy, "no such policy here: rotate knows size, every and at-start");
        }
    }

    private void timed(Part policy, HandlerDraft handler, Rotation rotation, @Nullable RolledFile names) {
        rotation.every(names == null || names.period() == null ? "day" : names.period());
        Part interval = policy.take("interval");
        if (interval != null && !interval.text().equals("1")) {
            handler.entry().differs(interval, "a file is rolled at each turn of its unit of time");
        }
        Part modulate = policy.find("modulate");
        if (modulate != null) {
            handler.entry().notNeeded(modulate, "files are rolled at full hours and at midnight");
        }
        Part delay = policy.find("maxRandomDelay");
        Integer seconds = delay == null ? null : Units.number(delay.text());
        if (delay != null && seconds != null) {
            handler.entry().differs(delay, "jitter puts off compressing, not rolling");
            rotation.jitter(seconds + "s");
        }
    }

    private void cron(Part policy, HandlerDraft handler, Rotation rotation) {
        Part schedule = policy.find("schedule");
        String[] fields =
                schedule == null ? new String[0] : schedule.text().strip().split("\\s+");
        if (fields.length < 6) {
            handler.entry().notConverted(policy, "a schedule of six fields is wanted");
            return;
        }
        Log4jFilters.begin(policy);
        String days = fields[3].replace('?', '*') + fields[4].replace('?', '*') + fields[5].replace('?', '*');
        boolean full = fields[0].equals("0");
        String period = null;
        if (full && fields[1].equals("*") && fields[2].equals("*") && days.equals("***")) {
            period = "minute";
        } else if (full && fields[1].equals("0") && fields[2].equals("*") && days.equals("***")) {
            period = "hour";
        } else if (full && fields[1].equals("0") && fields[2].equals("0") && days.equals("***")) {
            period = "day";
        } else if (full && fields[1].equals("0") && fields[2].equals("0") && days.matches("(?i)\\*\\*(MON|2)")) {
            period = "week";
        }
        if (period != null) {
            takeText(policy, "schedule");
            rotation.every(period);
        } else if (schedule != null) {
            String nearest = nearest(fields);
            rotation.every(nearest);
            handler.entry()
                    .differs(schedule, "rotate.every knows minute, hour, day and week: " + nearest + " is nearest");
        }
        Part evaluated = policy.find("evaluateOnStartup");
        if (evaluated != null) {
            handler.entry().notNeeded(evaluated, "at the start a file is rolled whose period is over");
        }
    }

    /** The most frequent of the fields that are not one value. */
    private static String nearest(String[] fields) {
        if (!fields[0].matches("[0-9]+") || !fields[1].matches("[0-9]+")) {
            return "minute";
        }
        if (!fields[2].matches("[0-9]+")) {
            return "hour";
        }
        return fields[5].matches("[*?]") ? "day" : "week";
    }

    private void strategy(Part strategy, HandlerDraft handler, Rotation rotation, @Nullable RolledFile names) {
        boolean direct = Log4jFilters.type(strategy).startsWith("direct");
        Log4jFilters.begin(strategy);
        Part max = strategy.find(direct ? "maxFiles" : "max");
        Part min = strategy.take("min");
        Part index = strategy.find("fileIndex");
        boolean unlimited = index != null && index.text().equalsIgnoreCase("nomax");
        Integer most = max == null
                ? Integer.valueOf(7)
                : Units.number(text(max, handler.entry()).text());
        Integer least = min == null
                ? Integer.valueOf(1)
                : Units.number(text(min, handler.entry()).text());
        boolean byIndex = names != null && names.isIndexed() && !names.isDated();
        if (byIndex && !unlimited && !direct && most != null && least != null && most >= least) {
            rotation.keep(most - least + 1);
            if (max != null) {
                max.take();
            }
        } else if (max != null) {
            handler.entry()
                    .differs(
                            max,
                            "it is a number for each period there; rotate.keep is one for all rolled files, and"
                                    + " rotate.max-total a size");
        }
        if (index != null && index.text().matches("(?i)max|nomax")) {
            index.take();
        } else if (index != null) {
            handler.entry().differs(index, "the greatest index is the newest, and no file is renamed again");
        }
        for (String key : List.of("compressionLevel", "stopCustomActionsOnError", "tempCompressedFilePattern")) {
            Part found = strategy.find(key);
            if (found != null) {
                handler.entry().notNeeded(found, "compressing and deleting are Weir's own");
            }
        }
        for (Part delete : strategy.takeAll("Delete")) {
            delete(delete, handler, rotation);
        }
    }

    private void delete(Part delete, HandlerDraft handler, Rotation rotation) {
        handler.entry()
                .say(
                        Remark.Kind.DIFFERS,
                        delete.line(),
                        delete.brief() + " (only this handler's own rolled files are deleted)");
        for (String key : List.of("basePath", "maxDepth", "followLinks")) {
            takeText(delete, key);
        }
        conditions(delete, handler, rotation);
    }

    private void conditions(Part owner, HandlerDraft handler, Rotation rotation) {
        for (Part condition : owner.children()) {
            if (condition.isTaken()) {
                continue;
            }
            switch (Log4jFilters.type(condition)) {
                case "iffilename" -> {
                    takeText(condition.take(), "glob");
                    takeText(condition, "regex");
                    conditions(condition, handler, rotation);
                }
                case "ifany", "ifall" -> conditions(condition.take(), handler, rotation);
                case "iflastmodified" -> {
                    Part age = condition.find("age");
                    String time =
                            age == null ? null : age(text(age, handler.entry()).text());
                    if (time != null) {
                        takeText(condition.take(), "age");
                        rotation.maxAge(time);
                        conditions(condition, handler, rotation);
                    }
                }
                case "ifaccumulatedfilesize" -> {
                    Part most = condition.find("exceeds");
                    String size = most == null
                            ? null
                            : Units.size(text(most, handler.entry()).text());
                    if (size != null) {
                        takeText(condition.take(), "exceeds");
                        rotation.maxTotal(size);
                        conditions(condition, handler, rotation);
                    }
                }
                case "ifaccumulatedfilecount" -> {
                    Part most = condition.find("exceeds");
                    Integer files = most == null
                            ? null
                            : Units.number(text(most, handler.entry()).text());
                    if (files != null && files > 0) {
                        takeText(condition.take(), "exceeds");
                        rotation.keep(files);
                        conditions(condition, handler, rotation);
                    }
                }
                default -> {} // it is told in the end
            }
        }
    }

    /** A time of ISO 8601, or what Log4j takes for one, as {@code 90d}. */
    private static @Nullable String age(String text) {
        String iso = text.toUpperCase(Locale.ROOT);
        if (iso.matches("P?[1-9][0-9]{0,8}D")) {
            return iso.replaceAll("[PD]", "") + "d";
        }
        if (iso.matches("P?T?[1-9][0-9]{0,8}[HMS]")) {
            return iso.replaceAll("[PT]", "").toLowerCase(Locale.ROOT);
        }
        return null;
    }

    // HTTP

    private void http(Part part, String name) {
        HandlerDraft handler = begin(part, name, "http");
        if (handler == null) {
            return;
        }
        Part url = part.take("url");
        if (url != null) {
            handler.keys().put("url", Scalar.of(text(url, handler.entry())));
        }
        Part method = part.take("method");
        if (method != null && !method.text().equalsIgnoreCase("POST")) {
            handler.entry().notConverted(method, "batches are posted");
        }
        Keys headers = new Keys();
        for (Part property : part.takeAll("Property")) {
            Part key = property.take("name");
            Part value = property.take("value");
            if (key != null) {
                Resolved text = text(value == null ? property : value, handler.entry());
                headers.put(text(key, handler.entry()).sample(), Scalar.of(text));
            }
        }
        if (!headers.isEmpty()) {
            handler.keys().put("headers", headers);
        }
        timeout(part, handler);
        handler.entry()
                .say(
                        Remark.Kind.DIFFERS,
                        part.line(),
                        "one request carries a batch of lines, not one record:"
                                + " batch: { records: 1 } if the collector takes no more");
        common(part, handler);
    }

    private void timeout(Part part, HandlerDraft handler) {
        long millis = 0;
        for (String key : List.of("connectTimeoutMillis", "readTimeoutMillis")) {
            Part found = part.find(key);
            Integer number = found == null
                    ? null
                    : Units.number(text(found, handler.entry()).text());
            if (found != null && number != null) {
                found.take();
                millis += number;
            }
        }
        if (millis > 0) {
            handler.keys().put("timeout", Units.millis(Math.min(millis, 3_600_000)));
        }
        for (String key : List.of("Ssl", "verifyHostname")) {
            Part found = part.find(key);
            if (found != null) {
                handler.entry().notConverted(found, "the JVM's trust store and key store are used (javax.net.ssl.…)");
            }
        }
    }

    // what stands between

    private List<Pointer> pointers(Part part) {
        List<Pointer> pointers = new ArrayList<>();
        for (Part reference : part.takeAll("AppenderRef")) {
            pointers.addAll(Log4j2Xml.pointer(reference, draft.top(), filters, lookups));
        }
        return pointers;
    }

    private void async(Part part, String name) {
        takeText(Log4jFilters.begin(part), "name");
        List<Pointer> behind = pointers(part);
        List<Rule> rules = filters.read(part, draft.top());
        draft.standIn(
                name,
                behind.stream()
                        .map(pointer -> new Pointer(name, pointer.part(), null, rules).to(pointer))
                        .toList());
        draft.top()
                .say(
                        Remark.Kind.NOT_NEEDED,
                        part.line(),
                        "the queue " + name + " (each handler has one of its own: loggers name its handlers directly)");
        Part blocking = part.find("blocking");
        if (blocking == null || Units.isTrue(blocking.text())) {
            draft.top()
                    .say(
                            Remark.Kind.DIFFERS,
                            part.line(),
                            "callers wait for a full queue there; here the least severe records"
                                    + " go, and overflow: block waits");
        }
        tell(part, "blocking", "callers wait with overflow: block only");
        tell(part, "bufferSize", "records are counted in bytes: backlog of a handler");
        tell(part, "shutdownTimeout", "all handlers have five seconds together at the end");
        tell(part, "errorRef", "fallback of a handler says who takes its records while it fails");
        Part ignored = part.find("ignoreExceptions");
        if (ignored != null) {
            draft.top().notNeeded(ignored, "callers see no exception of a sink");
        }
        for (String queue : List.of(
                "ArrayBlockingQueue", "DisruptorBlockingQueue", "JCToolsBlockingQueue", "LinkedTransferQueue")) {
            Part found = part.find(queue);
            if (found != null) {
                draft.top().notNeeded(found, "Weir has one journal for all");
            }
        }
        Part location = part.take("includeLocation");
        if (location != null && Units.isTrue(location.text())) {
            draft.needCaller("includeLocation of " + name, part.line());
        }
    }

    private void tell(Part part, String key, String how) {
        Part found = part.find(key);
        if (found != null) {
            draft.top().differs(found, how);
        }
    }

    /** The primary one, whose records go to the first of the others while it fails. */
    private void failover(Part part, String name) {
        Part primary = part.find("primary");
        if (primary == null) {
            draft.top().notConverted(part, "primary is missing");
            return;
        }
        takeText(Log4jFilters.begin(part), "name");
        String first = text(primary.take(), draft.top()).sample();
        Pointer to = new Pointer(first, part, null, filters.read(part, draft.top()));
        draft.standIn(name, List.of(to));
        List<Pointer> others = new ArrayList<>();
        for (Part section : part.takeAll("Failovers")) {
            others.addAll(pointers(section));
        }
        if (!others.isEmpty()) {
            draft.fallback(first, others.get(0));
            if (others.get(0).level() != null) {
                draft.top().notConverted(others.get(0).part(), "its level: a fallback takes what it is given");
            }
        }
        others.stream()
                .skip(1)
                .forEach(other -> draft.top()
                        .notConverted(other.part(), "the second fallback: name it as that" + " one's own fallback"));
        tell(part, "retryIntervalSeconds", "breaker of a handler says how often it is tried");
        Part ignored = part.find("ignoreExceptions");
        if (ignored != null) {
            draft.top().notNeeded(ignored, "callers see no exception of a sink");
        }
    }
}
