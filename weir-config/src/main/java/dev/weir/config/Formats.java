package dev.weir.config;

import dev.weir.format.Colours;
import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import dev.weir.spi.Settings;
import dev.weir.spi.TypeFactory;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The formatters: those a file names under {@code formatters}, and the types it can name. A formatter belongs to one
 * handler, so a name stands for the value that describes it, which is read for each handler anew.
 */
final class Formats {
    private static final Map<String, Colours> COLOURS = colours();

    private final TypeRegistry<Formatter> types;
    private final Map<String, Value> named = new LinkedHashMap<>();
    /** Names of the formatters that are being read, one within the other. */
    private final Set<String> open = new HashSet<>();

    /** A type that reads its entries itself, since its keys have values that no settings have. */
    private record BuiltInFormat(String type, Function<Entries, Formatter> maker) implements TypeFactory<Formatter> {
        @Override
        public Formatter create(Settings settings) {
            return maker.apply(((EntrySettings) settings).entries());
        }
    }

    private Formats(TypeRegistry<Formatter> types) {
        this.types = types;
    }

    /** In the order in which messages name them. */
    static List<TypeFactory<Formatter>> builtIn() {
        return List.of(new BuiltInFormat("json", Formats::json), new BuiltInFormat("text", Formats::text));
    }

    /** Reads the section, and checks each formatter in it whether it is used or not. */
    static Formats read(@Nullable Value section, TypeRegistry<Formatter> types) {
        Formats formats = new Formats(types);
        if (section != null) {
            formats.named.putAll(section.entries().takeAll());
            formats.named.forEach((name, description) -> formats.named(name, description));
        }
        return formats;
    }

    /**
     * Makes the formatter of a handler: described on the spot, or by its name, or by its type if all else is left as it
     * is.
     *
     * @return null if there was a problem, which is reported
     */
    @Nullable
    Formatter formatter(Value value) {
        return value.isScalar() ? byName(value) : described(value);
    }

    private @Nullable Formatter byName(Value value) {
        Map<String, Supplier<@Nullable Formatter>> choices = new LinkedHashMap<>();
        types.names().forEach(type -> choices.put(type, () -> types.createPlain(value, this)));
        named.forEach((name, description) -> choices.put(name, () -> within(name, value, description)));
        Supplier<@Nullable Formatter> chosen = value.oneOf(choices);
        if (chosen == null) {
            types.explain(value);
            return null;
        }
        return chosen.get();
    }

    /** A formatter may have another one within it, but not itself. */
    private @Nullable Formatter within(String name, Value at, Value description) {
        if (open.contains(name)) {
            at.unexpected("within itself: " + Text.quoted(name), "another formatter");
            return null;
        }
        return named(name, description);
    }

    private @Nullable Formatter named(String name, Value description) {
        open.add(name);
        try {
            return described(description);
        } finally {
            open.remove(name);
        }
    }

    private @Nullable Formatter described(Value value) {
        Entries entries = value.entries();
        Formatter formatter = types.create(value, entries, this);
        entries.end();
        return formatter;
    }

    private static Formatter json(Entries entries) {
        JsonFormatter.Builder builder = JsonFormatter.builder();
        entries.set("preset", Value::text, builder::preset);
        Value fields = entries.take("fields");
        if (fields != null && fields.isList()) {
            chooseFields(fields, builder);
        } else if (fields != null) {
            nameFields(fields, builder);
        }
        entries.set("add", EntrySettings::map, added -> added.forEach(builder::add));
        entries.set("nested", Value::bool, builder::nested);
        keys(entries.take("context"), builder::contextKeys);
        keys(entries.take("key-values"), builder::keyValueKeys);
        exception(entries.take("exception"), builder);
        entries.set("host", Value::text, builder::host);
        entries.set("project", Value::text, builder::project);
        return builder.build();
    }

    private static void keys(@Nullable Value section, BiConsumer<List<String>, List<String>> to) {
        if (section != null) {
            Entries patterns = section.entries();
            to.accept(
                    patterns.get("include", EntrySettings::list, List.of()),
                    patterns.get("exclude", EntrySettings::list, List.of()));
            patterns.end();
        }
    }

    private static void exception(@Nullable Value section, JsonFormatter.Builder builder) {
        if (section != null) {
            Entries entries = section.entries();
            entries.set("max-frames", Value::count, builder::maxFrames);
            entries.set("root-first", Value::bool, builder::rootFirst);
            entries.set("shorten-packages", Value::bool, builder::shortenPackages);
            entries.end();
        }
    }

    private static void chooseFields(Value fields, JsonFormatter.Builder builder) {
        List<String> chosen = new ArrayList<>();
        for (Value item : fields.items()) {
            String field = field(item);
            if (field == null) {
                return;
            }
            chosen.add(field);
        }
        fields.attempt(() -> builder.fields(chosen));
    }

    private static void nameFields(Value fields, JsonFormatter.Builder builder) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry : fields.entries().takeAll().entrySet()) {
            String field = field(entry.getValue());
            if (field == null) {
                return;
            }
            sources.put(entry.getKey(), field);
        }
        fields.attempt(() -> builder.fields(sources));
    }

    /** The name of a field; each is tried by itself, so that a wrong one is reported in its own place. */
    private static @Nullable String field(Value value) {
        String name = value.text();
        return name == null || value.attempt(() -> JsonFormatter.builder().fields(List.of(name))) == null ? null : name;
    }

    private static Formatter text(Entries entries) {
        TextFormatter.Builder builder = TextFormatter.builder();
        boolean hasAsctime = readLayout(entries, builder);
        Value datefmt = entries.take("datefmt");
        if (datefmt != null && !hasAsctime) {
            datefmt.unexpected("beside a layout that has no asctime", "a time pattern within %d{…}");
        } else if (datefmt != null) {
            attempt(datefmt, builder::datefmt);
        }
        entries.set("zone", Value::text, id -> builder.zone(zone(id)));
        entries.set("defaults", EntrySettings::map, builder::defaults);
        entries.set("colours", value -> value.oneOf(COLOURS), builder::colours);
        return builder.build();
    }

    /** Reads the one key that says how a record looks; returns whether that is a format of Python's. */
    private static boolean readLayout(Entries entries, TextFormatter.Builder builder) {
        Value format = entries.take("format");
        Value pattern = entries.take("pattern");
        Value preset = entries.take("preset");
        if (pattern != null && format != null) {
            pattern.unexpected("beside format", "one of the two");
        } else if (preset != null && (format != null || pattern != null)) {
            preset.unexpected("beside " + (format == null ? "pattern" : "format"), "one of the two");
        } else if (format != null) {
            attempt(format, builder::format);
        } else if (pattern != null) {
            attempt(pattern, builder::pattern);
        } else if (preset != null) {
            return !"pretty".equals(attempt(preset, builder::preset));
        }
        return pattern == null;
    }

    private static @Nullable String attempt(Value value, Function<String, TextFormatter.Builder> use) {
        String text = value.text();
        if (text != null) {
            value.attempt(() -> use.apply(text));
        }
        return text;
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(Text.quoted(id) + " (expected: a zone, as UTC or Europe/Berlin)", e);
        }
    }

    private static Map<String, Colours> colours() {
        Map<String, Colours> colours = new LinkedHashMap<>();
        colours.put("auto", Colours.AUTO);
        colours.put("always", Colours.ALWAYS);
        colours.put("never", Colours.NEVER);
        return colours;
    }
}
