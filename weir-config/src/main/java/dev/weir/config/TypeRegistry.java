package dev.weir.config;

import dev.weir.filter.Filter;
import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.spi.FilterFactory;
import dev.weir.spi.FormatterFactory;
import dev.weir.spi.HandlerFactory;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import dev.weir.spi.TypeFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of handlers, of filters, or of formatters a file can name: those that are built in, and those that others provide. What is wrong
 * with a factory is a problem only where it is needed.
 *
 * @param <T> what the types make
 */
final class TypeRegistry<T> {
    /** A class path that cannot be read fails for ever. */
    private static final int MOST_FAILURES = 20;
    /** Types of Weir's that are not in this module, and where they are. */
    private static final Map<String, String> ELSEWHERE = Map.of("http", "dev.weir:weir-http");

    private final String made;
    private final Map<String, List<TypeFactory<T>>> types = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * All that are built in, then all that are found, by their names.
     *
     * @param made what a factory makes, in a word
     */
    private TypeRegistry(
            String made, List<? extends TypeFactory<T>> builtIn, ServiceLoader<? extends TypeFactory<T>> others) {
        this.made = made;
        builtIn.forEach(factory -> add(factory.type(), factory));
        Map<String, List<TypeFactory<T>>> found = new TreeMap<>();
        find(others).forEach(factory -> tryAdd(factory, found));
        found.forEach((type, factories) -> factories.forEach(factory -> add(type, factory)));
    }

    static TypeRegistry<Handler> ofHandlers(ClassLoader loader) {
        return new TypeRegistry<>("handler", BuiltInHandlers.all(), ServiceLoader.load(HandlerFactory.class, loader));
    }

    static TypeRegistry<Filter> ofFilters(ClassLoader loader) {
        return new TypeRegistry<>("filter", BuiltInFilters.all(), ServiceLoader.load(FilterFactory.class, loader));
    }

    static TypeRegistry<Formatter> ofFormatters(ClassLoader loader) {
        return new TypeRegistry<>(
                "formatter", BuiltInFormats.all(), ServiceLoader.load(FormatterFactory.class, loader));
    }

    private List<TypeFactory<T>> find(ServiceLoader<? extends TypeFactory<T>> others) {
        List<TypeFactory<T>> found = new ArrayList<>();
        Iterator<? extends TypeFactory<T>> factories = others.iterator();
        boolean more = true;
        while (more && failures.size() < MOST_FAILURES) {
            try {
                more = factories.hasNext();
                if (more) {
                    found.add(factories.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                failures.add(e.getCause() == null ? e.toString() : e + " (" + e.getCause() + ")");
            }
        }
        return found;
    }

    private void tryAdd(TypeFactory<T> factory, Map<String, List<TypeFactory<T>>> found) {
        try {
            found.computeIfAbsent(factory.type(), type -> new ArrayList<>()).add(factory);
        } catch (RuntimeException | LinkageError e) {
            failures.add(factory.getClass().getName() + ": " + e);
        }
    }

    private void add(String type, TypeFactory<T> factory) {
        types.computeIfAbsent(type, name -> new ArrayList<>()).add(factory);
    }

    /**
     * Makes what a mapping describes; keys that are not for its type to read are left in its entries.
     *
     * @return null if there was a problem, which is reported
     */
    KindReader.@Nullable Read<T> create(Value whole, Entries entries, KindReader reader) {
        Value named = entries.require("type");
        TypeFactory<T> factory = named == null ? null : factory(named);
        if (named == null || factory == null) {
            entries.takeAll(); // nobody knows which keys it might have
            return null;
        }
        return create(factory, whole, entries, reader);
    }

    /**
     * Makes one of a type that is named without any keys.
     *
     * @return null if there was a problem, which is reported
     */
    KindReader.@Nullable Read<T> createPlain(Value named, KindReader reader) {
        TypeFactory<T> factory = factory(named);
        return factory == null ? null : create(factory, named, new Entries(named, null), reader);
    }

    /** The names of the types, in the order in which messages have them. */
    Set<String> names() {
        return types.keySet();
    }

    /** The keys of each type that can be had, in the order in which messages have them. */
    Map<String, List<Key<?>>> keys() {
        Map<String, List<Key<?>>> keys = new LinkedHashMap<>();
        types.forEach((type, factories) -> keys.put(type, factories.get(0).keys()));
        return keys;
    }

    private @Nullable TypeFactory<T> factory(Value named) {
        List<TypeFactory<T>> factories = named.oneOf(types);
        if (factories == null) {
            explain(named);
            return null;
        }
        if (factories.size() > 1) {
            String names = factories.stream()
                    .map(factory -> factory.getClass().getName())
                    .collect(Collectors.joining(" and "));
            named.unexpected(Text.quoted(factories.get(0).type()) + " is made by " + names, "one factory for a type");
            return null;
        }
        return factories.get(0);
    }

    /** Reports why a type might be missing. */
    void explain(Value named) {
        String type = named.isScalar() && !named.isNothing() ? named.text() : null;
        String module = type == null ? null : ELSEWHERE.get(type);
        if (type != null && !named.isSecret()) {
            named.reading().missingType(type);
        }
        if (module != null) {
            named.problem(named.inside("this type needs " + module + " on the class path or the module path"));
        }
        failures.forEach(failure -> named.problem(named.inside("a type could not be loaded: " + failure)));
    }

    private KindReader.@Nullable Read<T> create(
            TypeFactory<T> factory, Value whole, Entries entries, KindReader reader) {
        int before = whole.reading().reports();
        KeyedSettings settings = null;
        try {
            settings = reader.section(whole, entries, new Kind.Section(factory.keys()).keys());
            if (whole.reading().reports() > before) {
                return null;
            }
            T created = created(factory, settings, whole.reading());
            if (created == null) {
                return null;
            }
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("type", new Written.Word(factory.type()));
            written.putAll(settings.written());
            return new KindReader.Read<>(created, written);
        } catch (RuntimeException | LinkageError e) {
            String problem = "its type failed: " + e;
            whole.refused(settings == null ? problem : settings.withoutSecrets(problem));
            return null;
        }
    }

    /** Null if there was a problem: what is refused after that counts no more, since something is missing. */
    private @Nullable T created(TypeFactory<T> factory, KeyedSettings settings, Reading reading) {
        int before = reading.reports();
        try {
            T created = Objects.requireNonNull(factory.create(settings), "no " + made);
            return reading.reports() == before ? created : null;
        } catch (IllegalArgumentException refused) {
            if (reading.reports() == before) {
                settings.refuse(String.valueOf(refused.getMessage()));
            }
            return null;
        }
    }
}
