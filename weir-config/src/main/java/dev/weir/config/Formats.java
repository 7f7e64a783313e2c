package dev.weir.config;

import dev.weir.format.Formatter;
import dev.weir.format.JsonFormatter;
import dev.weir.format.TextFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The formatters: those a file names under {@code formatters}, and the types it can name. A formatter belongs to one
 * handler, so a name stands for the value that describes it, which is read for each handler anew. A new type is a
 * line in {@link #TYPES} and a method that takes its keys.
 */
final class Formats {
    private static final Map<String, Type> TYPES = types();

    private final Map<String, Value> named = new LinkedHashMap<>();

    /** Makes a formatter of one type; null if there was a problem. */
    @FunctionalInterface
    private interface Type {
        @Nullable
        Formatter read(Entries entries);
    }

    private Formats() {}

    private static Map<String, Type> types() {
        Map<String, Type> types = new LinkedHashMap<>();
        types.put("json", Formats::json);
        types.put("text", Formats::text);
        return types;
    }

    /** Reads the section, and checks each formatter in it whether it is used or not. */
    static Formats read(@Nullable Value section) {
        Formats formats = new Formats();
        if (section != null) {
            formats.named.putAll(section.entries().takeAll());
            formats.named.values().forEach(value -> described(value.entries()));
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
        return value.isScalar() ? byName(value) : described(value.entries());
    }

    private @Nullable Formatter byName(Value value) {
        Map<String, Supplier<@Nullable Formatter>> choices = new LinkedHashMap<>();
        TYPES.forEach((name, type) -> choices.put(name, () -> type.read(new Entries(value, null))));
        named.forEach((name, description) -> choices.put(name, () -> described(description.entries())));
        Supplier<@Nullable Formatter> chosen = value.oneOf(choices);
        return chosen == null ? null : chosen.get();
    }

    private static @Nullable Formatter described(Entries entries) {
        Value named = entries.require("type");
        Type type = named == null ? null : named.oneOf(TYPES);
        if (type == null) {
            return null;
        }
        Formatter formatter = type.read(entries);
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
        return builder.build();
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
        entries.set("format", Value::text, builder::format);
        entries.set("datefmt", Value::text, builder::datefmt);
        return builder.build();
    }
}
