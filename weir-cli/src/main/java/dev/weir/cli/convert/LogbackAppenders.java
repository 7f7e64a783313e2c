package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The appenders of a {@code logback.xml}. */
final class LogbackAppenders {
    private static final List<String> PACKAGES = List.of(
            "ch.qos.logback.", "net.logstash.logback.", "co.elastic.logging.logback.", "de.siegmar.logbackgelf.");

    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("SiftingAppender", "one handler has one file: filters of type key-value split by a known value"),
            Map.entry("SMTPAppender", "Weir sends no mail: let the collector alert"),
            Map.entry("DBAppender", "Weir writes to no database: let a collector do it"),
            Map.entry("DBAppenderBase", "Weir writes to no database: let a collector do it"),
            Map.entry("SyslogAppender", "an example of a handler for syslog by TCP is in weir-examples"),
            Map.entry("SocketAppender", "serialized events are not sent: a handler of type http posts JSON lines"),
            Map.entry("SSLSocketAppender", "serialized events are not sent: a handler of type http posts JSON lines"),
            Map.entry("ServerSocketAppender", "Weir does not listen: a handler of type http posts JSON lines"),
            Map.entry("JMSAppender", "no such sink: a handler of type http posts JSON lines"),
            Map.entry(
                    "LogstashTcpSocketAppender",
                    "no sink by TCP: a handler of type http posts JSON lines to Logstash's http input"),
            Map.entry(
                    "LogstashUdpSocketAppender",
                    "no sink by UDP: a handler of type http posts JSON lines to Logstash's http input"),
            Map.entry("GelfUdpAppender", "no sink by UDP: a handler of type http posts to Graylog's GELF HTTP input"),
            Map.entry("GelfTcpAppender", "no sink by TCP: a handler of type http posts to Graylog's GELF HTTP input"),
            Map.entry("KafkaAppender", "no such sink yet: a handler of type http posts JSON lines"));

    private static final Map<String, String> NOT_NEEDED = Map.of(
            "immediateFlush", "a handler flushes after each batch, before it counts records as written",
            "bufferSize", "a handler writes batches",
            "withJansi", "colours are shown on a terminal: colours of a formatter",
            "lazy", "a file is opened at the start",
            "checkIncrement", "the size is known with each record",
            "outputPatternAsHeader", "there are no headers",
            "parent", "a layout belongs to its handler");

    private final Draft draft;
    private final LogbackLookups lookups;
    private final LogbackEncoders encoders;

    LogbackAppenders(Draft draft, LogbackLookups lookups) {
        this.draft = draft;
        this.lookups = lookups;
        encoders = new LogbackEncoders(draft, lookups);
    }

    /** The last part of the name of a class of Logback's, or of encoders for it; all of it if it is of others. */
    static String simpleName(String type) {
        int dot = type.lastIndexOf('.');
        boolean known = dot < 0 || PACKAGES.stream().anyMatch(type::startsWith);
        return known ? type.substring(dot + 1) : type;
    }

    void read(Part part) {
        Part type = part.find("class");
        Part named = part.find("name");
        String name = named != null ? text(named, draft.top()).sample() : "";
        switch (simpleName(type == null ? "" : type.text())) {
            case "ConsoleAppender" -> console(part, name);
            case "FileAppender", "RollingFileAppender" -> file(part, name);
            case "NOPAppender" -> nothing(part, name);
            case "AsyncAppender", "LoggingEventAsyncDisruptorAppender" -> async(part, name);
            default -> unknown(part, type);
        }
    }

    private void unknown(Part part, @Nullable Part type) {
        String name = type == null ? "" : simpleName(type.text());
        draft.top()
                .notConverted(part, ADVICE.getOrDefault(name, "no such sink: a handler of one's own can be written"));
    }

    private @Nullable HandlerDraft begin(Part part, String name) {
        HandlerDraft handler = draft.addHandler(name, part);
        if (handler != null) {
            part.take();
            take(part, "name");
            take(part, "class");
        }
        return handler;
    }

    private static void take(Part part, String child) {
        Part taken = part.take(child);
        if (taken != null) {
            taken.text();
        }
    }

    private Resolved text(Part part, Entry entry) {
        return lookups.resolve(part.text(), new Lookups.Place(entry, part.line()));
    }

    private void console(Part part, String name) {
        HandlerDraft handler = begin(part, name);
        if (handler == null) {
            return;
        }
        handler.keys().put("type", "console");
        Part target = part.take("target");
        if (target != null && target.text().equalsIgnoreCase("System.err")) {
            handler.keys().put("stream", "stderr");
        } else if (target != null && !target.text().equalsIgnoreCase("System.out")) {
            handler.entry().notConverted(target, "neither System.out nor System.err");
        }
        common(part, handler);
    }

    private void nothing(Part part, String name) {
        HandlerDraft handler = begin(part, name);
        if (handler != null) {
            handler.keys().put("type", "null");
        }
    }

    private void common(Part part, HandlerDraft handler) {
        encoders.read(part, handler);
        filters(part, handler);
        NOT_NEEDED.forEach((key, why) -> {
            Part found = part.find(key);
            if (found != null) {
                handler.entry().notNeeded(found, why);
            }
        });
    }

    // files

    private void file(Part part, String name) {
        HandlerDraft handler = begin(part, name);
        if (handler == null) {
            return;
        }
        Part file = part.take("file");
        Resolved path = file == null ? null : text(file, handler.entry());
        handler.keys().put("type", "file");
        handler.keys().put("path", "");
        handler.keys().put("create-directories", "true");
        Part append = part.take("append");
        if (append != null) {
            Resolved value = text(append, handler.entry());
            if (!value.text().equalsIgnoreCase("true")) {
                handler.keys().put("append", value.isLiteral() ? Scalar.word("false") : Scalar.of(value));
            }
        }
        Part prudent = part.find("prudent");
        if (prudent != null) {
            handler.entry()
                    .differs(
                            prudent,
                            "several processes may append to a file here without it, and one of them may roll it: docs/configuration.md, shared files");
        }
        Part policy = part.find("rollingPolicy");
        Part trigger = part.find("triggeringPolicy");
        if (policy != null || trigger != null) {
            path = rolled(handler, policy, trigger, path);
        }
        if (path == null) {
            handler.entry()
                    .say(Remark.Kind.NOT_CONVERTED, part.line(), "the path (none is given: it is " + name + ".log)");
            path = Resolved.literal(name + ".log");
        }
        handler.keys().put("path", Scalar.of(path));
        common(part, handler);
    }

    private @Nullable Resolved rolled(
            HandlerDraft handler, @Nullable Part policy, @Nullable Part trigger, @Nullable Resolved file) {
        Rotation rotation = new Rotation();
        RolledFile names = policy == null ? null : policy(handler, policy, rotation);
        if (trigger != null) {
            trigger(handler, trigger, rotation);
        }
        Resolved path = file == null && names != null ? names.path() : file;
        if (rotation.isTriggered() && path != null) {
            rotation.write(handler, names, path);
        }
        return path;
    }

    private @Nullable RolledFile policy(HandlerDraft handler, Part policy, Rotation rotation) {
        Part type = policy.find("class");
        String name = type == null ? "" : simpleName(type.text());
        if (!List.of("TimeBasedRollingPolicy", "SizeAndTimeBasedRollingPolicy", "FixedWindowRollingPolicy")
                .contains(name)) {
            handler.entry().notConverted(policy, "no such policy here: rotate knows size, every and at-start");
            return null;
        }
        take(policy.take(), "class");
        Part pattern = policy.take("fileNamePattern");
        RolledFile names = pattern == null
                ? null
                : new RolledFile(text(pattern, handler.entry()), new Lookups.Place(handler.entry(), pattern.line()));
        if (name.equals("FixedWindowRollingPolicy")) {
            window(handler, policy, rotation);
        } else {
            timed(handler, policy, rotation, names);
        }
        NOT_NEEDED.forEach((key, why) -> {
            Part found = policy.find(key);
            if (found != null) {
                handler.entry().notNeeded(found, why);
            }
        });
        return names;
    }

    private void window(HandlerDraft handler, Part policy, Rotation rotation) {
        Part min = policy.take("minIndex");
        Part max = policy.take("maxIndex");
        Integer least = min == null
                ? Integer.valueOf(1)
                : Units.number(text(min, handler.entry()).text());
        Integer most = max == null
                ? Integer.valueOf(7)
                : Units.number(text(max, handler.entry()).text());
        if (least != null && most != null && most >= least) {
            rotation.keep(most - least + 1);
            handler.entry()
                    .say(
                            Remark.Kind.DIFFERS,
                            policy.line(),
                            "files are not renamed again when others follow: the greatest" + " index is the newest");
        } else {
            handler.entry()
                    .say(
                            Remark.Kind.NOT_CONVERTED,
                            policy.line(),
                            "minIndex and maxIndex (not numbers one above the other)");
        }
    }

    private void timed(HandlerDraft handler, Part policy, Rotation rotation, @Nullable RolledFile names) {
        String period = names == null || names.period() == null ? "day" : names.period();
        rotation.every(period);
        Part nested = policy.find("timeBasedFileNamingAndTriggeringPolicy");
        if (nested != null && nested.find("maxFileSize") != null) {
            take(nested.take(), "class");
            size(handler, nested, rotation);
        }
        size(handler, policy, rotation);
        Part history = policy.take("maxHistory");
        if (history != null) {
            Resolved text = text(history, handler.entry());
            Integer periods = text.isLiteral() ? Units.number(text.text()) : null;
            if (periods == null) {
                handler.entry().notConverted(history, "a number of periods is wanted to make rotate.max-age of it");
            } else if (periods > 0) {
                rotation.maxAge(
                        switch (period) {
                            case "minute" -> periods + "m";
                            case "hour" -> periods + "h";
                            case "week" -> (names == null ? 7L : names.daysOfPeriod()) * periods + "d";
                            default -> periods + "d";
                        });
            }
        }
        Part cap = policy.take("totalSizeCap");
        if (cap != null) {
            Resolved text = text(cap, handler.entry());
            String size = text.isLiteral() ? Units.size(text.text()) : null;
            if (size == null && !text.text().equals("0")) {
                handler.entry().notConverted(cap, "a size is wanted for rotate.max-total, as 1GiB");
            } else if (size != null) {
                rotation.maxTotal(size);
            }
        }
        Part clean = policy.find("cleanHistoryOnStart");
        if (clean != null) {
            handler.entry().notNeeded(clean, "what is too old or too much is deleted at the start, too");
        }
    }

    private void size(HandlerDraft handler, Part from, Rotation rotation) {
        Part max = from.take("maxFileSize");
        if (max == null) {
            return;
        }
        Resolved text = text(max, handler.entry());
        String size = text.isLiteral() ? Units.size(text.text()) : null;
        if (size == null) {
            handler.entry().notConverted(max, "a size is wanted for rotate.size, as 10MiB");
        } else {
            rotation.size(size);
        }
    }

    private void trigger(HandlerDraft handler, Part trigger, Rotation rotation) {
        Part type = trigger.find("class");
        if (type == null || !simpleName(type.text()).equals("SizeBasedTriggeringPolicy")) {
            handler.entry().notConverted(trigger, "no such policy here: rotate knows size, every and at-start");
            return;
        }
        take(trigger.take(), "class");
        if (trigger.find("maxFileSize") == null) {
            rotation.size("10MiB"); // Logback's default
        }
        size(handler, trigger, rotation);
        Part increment = trigger.find("checkIncrement");
        if (increment != null) {
            handler.entry().notNeeded(increment, NOT_NEEDED.getOrDefault("checkIncrement", ""));
        }
    }

    // queues

    private void async(Part part, String name) {
        List<Pointer> behind = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (Part filter : part.children()) {
            Rule rule = filter.is("filter") ? rule(filter, draft.top()) : null;
            if (rule != null) {
                rules.add(rule);
            }
        }
        List<Part> references = new ArrayList<>(part.takeAll("appender-ref"));
        for (Part reference : references) {
            Part ref = reference.take("ref");
            if (ref != null) {
                behind.add(new Pointer(text(ref, draft.top()).sample(), reference, null, rules));
            }
        }
        for (Part inner : part.takeAll("appender")) {
            Part named = inner.find("name");
            String innerName = named != null ? text(named, draft.top()).sample() : name + "-queued";
            read(inner);
            behind.add(new Pointer(innerName, inner, null, rules));
        }
        draft.standIn(name, behind);
        take(part.take(), "name");
        take(part, "class");
        loss(part, behind);
        draft.top()
                .say(
                        Remark.Kind.NOT_NEEDED,
                        part.line(),
                        "the queue " + name + " (each handler has one of its own: loggers name its handlers directly)");
    }

    /** What is lost when the queue is full, and who waits. */
    private void loss(Part part, List<Pointer> behind) {
        Part threshold = part.find("discardingThreshold");
        Part neverBlock = part.find("neverBlock");
        boolean never = neverBlock != null && Units.isTrue(neverBlock.text());
        if (threshold != null && threshold.text().equals("0") && !never) {
            threshold.take();
            draft.blocking(behind);
            if (neverBlock != null) {
                neverBlock.take();
            }
        } else {
            tell(
                    part,
                    "discardingThreshold",
                    "overflow: drop-by-severity drops the least severe first, when the backlog is full");
            tell(part, "neverBlock", "callers wait with overflow: block only");
        }
        tell(part, "queueSize", "records are counted in bytes: backlog of a handler");
        tell(part, "ringBufferSize", "records are counted in bytes: backlog of a handler");
        tell(part, "maxFlushTime", "all handlers have shutdown.deadline together, five seconds by default");
        Part caller = part.take("includeCallerData");
        if (caller != null && Units.isTrue(caller.text())) {
            draft.needCaller("the queue of line " + part.line(), part.line());
        }
    }

    private void tell(Part part, String key, String how) {
        Part found = part.find(key);
        if (found != null) {
            draft.top().differs(found, how);
        }
    }

    // filters

    private void filters(Part part, HandlerDraft handler) {
        List<Rule> rules = new ArrayList<>();
        for (Part filter : part.children()) {
            if (!filter.isTaken() && filter.is("filter")) {
                Rule rule = rule(filter, handler.entry());
                if (rule != null) {
                    rules.add(rule);
                }
            }
        }
        Rule.apply(rules, handler);
    }

    /** Null if it is none that is known, which is told. */
    private @Nullable Rule rule(Part filter, Entry entry) {
        Part type = filter.find("class");
        String name = type == null ? "" : simpleName(type.text());
        Part level = filter.find("level");
        Resolved text = level == null ? Resolved.literal("") : text(level, entry);
        Level known = text.isLiteral() ? Levels.named(text.text()) : null;
        if (!name.equals("ThresholdFilter") && !name.equals("LevelFilter")) {
            entry.notConverted(filter, "no such filter here, so more records come to this handler");
            return null;
        }
        if (level == null || (known == null && !(name.equals("ThresholdFilter") && !text.isLiteral()))) {
            entry.notConverted(filter, "a level is wanted, as WARN, so more records come to this handler");
            return null;
        }
        take(filter, "class");
        level.take();
        if (known == null) {
            return Rule.ofVariable(filter, text);
        }
        if (name.equals("ThresholdFilter")) {
            return Rule.ofLevels(filter, known, Level.CRITICAL, "NEUTRAL", "DENY");
        }
        // what is critical here is an ERROR there
        Level most = known == Level.ERROR ? Level.CRITICAL : known;
        return Rule.ofLevels(
                filter, known, most, LogbackXml.reply(filter, "onMatch"), LogbackXml.reply(filter, "onMismatch"));
    }
}
