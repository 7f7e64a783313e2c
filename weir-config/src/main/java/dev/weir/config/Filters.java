package dev.weir.config;

import dev.weir.filter.Filter;
import dev.weir.filter.LoggerFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters a file names under {@code filters}. One that keeps state belongs to one handler, so a name stands for the value
 * that describes it, which is read for each handler anew.
 */
final class Filters {
    private final TypeRegistry<Filter> types;
    private final Formats formats;
    private final Map<String, Value> named = new LinkedHashMap<>();

    private Filters(TypeRegistry<Filter> types, Formats formats) {
        this.types = types;
        this.formats = formats;
    }

    /** Reads the section, and checks each filter in it whether it is used or not. */
    static Filters read(@Nullable Value section, TypeRegistry<Filter> types, Formats formats) {
        Filters filters = new Filters(types, formats);
        if (section != null) {
            filters.named.putAll(section.entries().takeAll());
            filters.named.values().forEach(filters::described);
        }
        return filters;
    }

    /** Makes the filters of a handler: each described on the spot, or by its name. */
    List<Filter> ofHandler(Value list) {
        List<Filter> made = new ArrayList<>();
        for (Value item : list.items()) {
            Filter filter = filter(item);
            if (filter != null) {
                made.add(filter);
            }
        }
        return made;
    }

    /** Makes the filters of a logger, of types that can decide about a call. */
    List<LoggerFilter> ofLogger(Value list) {
        List<LoggerFilter> made = new ArrayList<>();
        for (Value item : list.items()) {
            Filter filter = filter(item);
            if (filter instanceof LoggerFilter deciding) {
                made.add(deciding);
            } else if (filter != null) {
                item.unexpected(
                        "a filter of records",
                        "one that can decide about a call, as name, marker or key-value; others stand at handlers");
            }
        }
        return made;
    }

    private @Nullable Filter filter(Value item) {
        Value description = item.isScalar() ? item.oneOf(named) : item;
        return description == null ? null : described(description);
    }

    private @Nullable Filter described(Value value) {
        Entries entries = value.entries();
        Filter filter = types.create(value, entries, formats);
        entries.end();
        return filter;
    }
}
