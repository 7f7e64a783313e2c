package dev.weir.config;

import dev.weir.filter.Filter;
import dev.weir.filter.LoggerFilter;
import dev.weir.spi.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters a file names under {@code filters}. One that keeps state belongs to one handler, so a name stands for the value
 * that describes it, which is read for each handler anew.
 */
final class Filters {
    /** Described on the spot, or by its name. */
    static final Kind<Filter> KIND = new Kind.Made<>(Filter.class);

    /** As that, of a type that can decide about a call. */
    static final Kind<LoggerFilter> OF_CALLS = KIND.as(Filters::deciding);

    private final TypeRegistry<Filter> types;
    private final KindReader reader;
    private final Map<String, Value> named = new LinkedHashMap<>();

    Filters(TypeRegistry<Filter> types, KindReader reader) {
        this.types = types;
        this.reader = reader;
    }

    TypeRegistry<Filter> types() {
        return types;
    }

    /** Reads the section, and checks each filter in it whether it is used or not; returns them as data. */
    Map<String, Object> read(Value section) {
        Map<String, Object> written = new LinkedHashMap<>();
        named.putAll(section.entries().takeAll());
        named.forEach((name, value) -> {
            KindReader.Read<Filter> read = described(value);
            if (read != null) {
                written.put(name, read.written());
            }
        });
        return written;
    }

    /** Makes a filter: described on the spot, or by its name; null if there was a problem, which is reported. */
    KindReader.@Nullable Read<Filter> filter(Value item) {
        if (item.reading().isSpent()) {
            return null;
        }
        if (!item.isScalar()) {
            return described(item);
        }
        Value description = item.nameOf("filters", named);
        KindReader.Read<Filter> read = description == null ? null : described(description);
        return read == null
                ? null
                : new KindReader.Read<>(read.value(), new Written.Named(item.shown(), read.written()));
    }

    private static LoggerFilter deciding(Filter filter) {
        if (filter instanceof LoggerFilter one) {
            return one;
        }
        throw new IllegalArgumentException(
                "a filter of records (expected: one that can decide about a call, as name, marker or "
                        + "key-value; others stand at handlers)");
    }

    private KindReader.@Nullable Read<Filter> described(Value value) {
        Entries entries = value.entries();
        KindReader.Read<Filter> filter = types.create(value, entries, reader);
        entries.end();
        return filter;
    }
}
