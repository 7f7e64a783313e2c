package dev.weir.cli.convert;

import dev.weir.Level;
import dev.weir.cli.convert.Content.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filters of a {@code log4j2.xml}. */
final class Log4jFilters {
    private static final Set<String> KNOWN = Set.of(
            "thresholdfilter",
            "levelrangefilter",
            "levelmatchfilter",
            "markerfilter",
            "nomarkerfilter",
            "burstfilter",
            "threadcontextmapfilter",
            "contextmapfilter");

    private final Log4jLookups lookups;

    Log4jFilters(Log4jLookups lookups) {
        this.lookups = lookups;
    }

    /** The class of a plugin, wherever it is named, in small letters. */
    static String type(Part part) {
        boolean generic = Set.of(
                        "appender", "layout", "filter", "policy", "triggeringpolicy", "strategy", "rolloverstrategy")
                .contains(part.name().toLowerCase(Locale.ROOT));
        Part type = generic ? part.find("type") : null;
        return (type == null ? part.name() : type.text()).toLowerCase(Locale.ROOT);
    }

    /** Takes the class of a plugin, if it is named by an attribute. */
    static Part begin(Part part) {
        Part type = part.take("type");
        if (type != null) {
            type.text();
        }
        return part.take();
    }

    private static boolean isFilter(Part part) {
        return type(part).endsWith("filter");
    }

    /** Reads all filters of something; what is none of Weir's is told. */
    List<Rule> read(Part owner, Entry entry) {
        List<Rule> rules = new ArrayList<>();
        for (Part part : owner.children()) {
            if (!part.isTaken() && type(part).equals("filters")) {
                rules.addAll(read(part.take(), entry));
            } else if (!part.isTaken() && isFilter(part)) {
                Rule rule = rule(part, entry);
                if (rule != null) {
                    rules.add(rule);
                }
            }
        }
        return rules;
    }

    /** Tells of the filters of a logger. */
    void unread(Part owner, Entry entry) {
        for (Part part : owner.children()) {
            if (!part.isTaken() && (isFilter(part) || type(part).equals("filters"))) {
                entry.notConverted(part, "write it as filters of this logger, of type marker, name or key-value");
            }
        }
    }

    private @Nullable Rule rule(Part part, Entry entry) {
        String type = type(part);
        if (!KNOWN.contains(type)) {
            entry.notConverted(part, "no such filter here, so more records come");
            return null;
        }
        Rule rule =
                switch (type) {
                    case "thresholdfilter" -> threshold(part, entry);
                    case "levelrangefilter" -> range(part, entry);
                    case "levelmatchfilter" -> match(part, entry);
                    case "markerfilter" -> marker(part, entry);
                    case "threadcontextmapfilter", "contextmapfilter" -> context(part, entry);
                    case "burstfilter" -> burst(part, entry);
                    default -> null;
                };
        if (rule == null) {
            entry.notConverted(part, "no such filter here, so more records come");
            return null;
        }
        Part named = part.take("type");
        if (named != null) {
            named.text();
        }
        return rule;
    }

    private static String reply(Part part, String key, String otherwise) {
        String reply = part.takeText(key);
        return reply == null ? otherwise : reply;
    }

    private static String onMatch(Part part) {
        return reply(part, "onMatch", "NEUTRAL");
    }

    private static String onMismatch(Part part) {
        return reply(part, "onMismatch", "DENY");
    }

    private @Nullable Resolved value(Part part, String key, Entry entry) {
        Part found = part.find(key);
        return found == null ? null : lookups.resolve(found.text(), new Lookups.Place(entry, found.line()));
    }

    private @Nullable Level level(Part part, String key, @Nullable Level otherwise, Entry entry) {
        Resolved text = value(part, key, entry);
        if (text == null) {
            return otherwise;
        }
        return text.isLiteral() ? Levels.named(text.text()) : null;
    }

    private static void took(Part part, String... keys) {
        for (String key : keys) {
            part.take(key);
        }
    }

    private @Nullable Rule threshold(Part part, Entry entry) {
        Level level = level(part, "level", Level.ERROR, entry);
        Resolved text = value(part, "level", entry);
        if (level == null && (text == null || text.isLiteral())) {
            return null;
        }
        took(part, "level");
        String match = onMatch(part);
        String mismatch = onMismatch(part);
        if (level != null) {
            return Rule.ofLevels(part, level, Level.CRITICAL, match, mismatch);
        }
        boolean plain = !match.equalsIgnoreCase("DENY") && mismatch.equalsIgnoreCase("DENY");
        return plain ? Rule.ofVariable(part, text == null ? Resolved.literal("") : text) : null;
    }

    private @Nullable Rule range(Part part, Entry entry) {
        Level one = level(part, "minLevel", Level.CRITICAL, entry);
        Level other = level(part, "maxLevel", Level.TRACE, entry);
        if (one == null || other == null) {
            return null;
        }
        took(part, "minLevel", "maxLevel");
        boolean ordered = one.compareTo(other) <= 0;
        return Rule.ofLevels(part, ordered ? one : other, ordered ? other : one, onMatch(part), onMismatch(part));
    }

    private @Nullable Rule match(Part part, Entry entry) {
        Level level = level(part, "level", Level.ERROR, entry);
        if (level == null) {
            return null;
        }
        took(part, "level");
        return Rule.ofLevels(part, level, level, onMatch(part), onMismatch(part));
    }

    private @Nullable Rule marker(Part part, Entry entry) {
        Resolved marker = value(part, "marker", entry);
        if (marker == null) {
            return null;
        }
        took(part, "marker");
        return Rule.of(part, Rule.marker(marker), onMatch(part), onMismatch(part));
    }

    private @Nullable Rule context(Part part, Entry entry) {
        List<Part> pairs = part.children().stream()
                .filter(child -> child.is("KeyValuePair"))
                .toList();
        Resolved key = pairs.isEmpty() ? null : value(pairs.get(0), "key", entry);
        if (key == null) {
            return null;
        }
        List<Resolved> values = new ArrayList<>();
        for (Part pair : pairs) {
            Resolved other = value(pair, "key", entry);
            Resolved value = value(pair, "value", entry);
            if (other == null || value == null || !other.weir().equals(key.weir())) {
                return null; // several keys at once
            }
            values.add(value);
        }
        boolean isOr = values.size() == 1 || "or".equalsIgnoreCase(textOf(part, "operator"));
        if (!isOr) {
            return null;
        }
        pairs.forEach(pair -> took(pair.take(), "key", "value"));
        took(part, "operator");
        return Rule.of(part, Rule.keyValue(key, values), onMatch(part), onMismatch(part));
    }

    private static String textOf(Part part, String key) {
        Part found = part.find(key);
        return found == null ? "" : found.text();
    }

    /** It limits the records of a handler together, and the least severe only; Weir limits each call site. */
    private @Nullable Rule burst(Part part, Entry entry) {
        Resolved rate = value(part, "rate", entry);
        double perSecond = rate == null
                ? 10
                : rate.text().matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? Double.parseDouble(rate.text()) : -1;
        if (perSecond <= 0) {
            return null;
        }
        boolean whole = perSecond >= 1;
        long records = whole ? Math.round(perSecond) : 1;
        long millis = whole ? 1000 : Math.round(1000 / perSecond);
        entry.differs(part, "a rate-limit is for each call site and for all levels, and says how many more there were");
        return Rule.of(
                part,
                new Keys()
                        .put("type", "rate-limit")
                        .put("records", Long.toString(records))
                        .put("per", Units.millis(Math.min(millis, 86_400_000))),
                "NEUTRAL",
                "DENY");
    }
}
