package dev.weir.config;

import dev.weir.format.Formatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The formatters a file names under {@code formatters}, and the types it can name. A formatter belongs to one
 * handler, so a name stands for the value that describes it, which is read for each handler anew.
 */
final class Formats {
    private final TypeRegistry<Formatter> types;
    private final KindReader reader;
    private final Map<String, Value> named = new LinkedHashMap<>();
    /** Names of the formatters that are being read, one within the other. */
    private final Set<String> open = new HashSet<>();

    Formats(TypeRegistry<Formatter> types, KindReader reader) {
        this.types = types;
        this.reader = reader;
    }

    TypeRegistry<Formatter> types() {
        return types;
    }

    /** Reads the section, and checks each formatter in it whether it is used or not; returns them as data. */
    Map<String, Object> read(Value section) {
        Map<String, Object> written = new LinkedHashMap<>();
        named.putAll(section.entries().takeAll());
        named.forEach((name, description) -> {
            KindReader.Read<Formatter> read = named(name, description);
            if (read != null) {
                written.put(name, read.written());
            }
        });
        return written;
    }

    /**
     * Makes the formatter of a handler: described on the spot, or by its name, or by its type if all else is left as it
     * is.
     *
     * @return null if there was a problem, which is reported
     */
    KindReader.@Nullable Read<Formatter> formatter(Value value) {
        return value.isScalar() ? byName(value) : described(value);
    }

    private KindReader.@Nullable Read<Formatter> byName(Value value) {
        Map<String, Supplier<KindReader.@Nullable Read<Formatter>>> choices = new LinkedHashMap<>();
        types.names().forEach(type -> choices.put(type, () -> types.createPlain(value, reader)));
        named.forEach((name, description) -> choices.put(name, () -> within(name, value, description)));
        Supplier<KindReader.@Nullable Read<Formatter>> chosen = value.oneOf(choices);
        if (chosen == null) {
            types.explain(value);
            return null;
        }
        KindReader.Read<Formatter> read = chosen.get();
        return read == null
                ? null
                : new KindReader.Read<>(read.value(), new Written.Named(value.shown(), read.written()));
    }

    /** A formatter may have another one within it, but not itself. */
    private KindReader.@Nullable Read<Formatter> within(String name, Value at, Value description) {
        if (at.reading().isSpent()) {
            return null;
        }
        if (open.contains(name)) {
            at.unexpected("within itself: " + Text.quoted(name), "another formatter");
            return null;
        }
        return named(name, description);
    }

    private KindReader.@Nullable Read<Formatter> named(String name, Value description) {
        open.add(name);
        try {
            return described(description);
        } finally {
            open.remove(name);
        }
    }

    private KindReader.@Nullable Read<Formatter> described(Value value) {
        Entries entries = value.entries();
        KindReader.Read<Formatter> formatter = types.create(value, entries, reader);
        entries.end();
        return formatter;
    }
}
