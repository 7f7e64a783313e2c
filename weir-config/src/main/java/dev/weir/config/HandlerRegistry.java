package dev.weir.config;

import dev.weir.handler.Handler;
import dev.weir.spi.HandlerFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of handlers a file can name: those that are built in, and those that others provide. What is wrong with a
 * factory is a problem only where a handler needs it.
 */
final class HandlerRegistry {
    /** A class path that cannot be read fails for ever. */
    private static final int MOST_FAILURES = 20;

    private final Map<String, List<HandlerFactory>> types = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    private HandlerRegistry() {}

    /** All that are built in, then all that a class loader finds, by their names. */
    static HandlerRegistry of(ClassLoader loader) {
        HandlerRegistry registry = new HandlerRegistry();
        BuiltIn.all().forEach(factory -> registry.add(factory.type(), factory));
        Map<String, List<HandlerFactory>> found = new TreeMap<>();
        registry.find(loader).forEach(factory -> registry.tryAdd(factory, found));
        found.forEach((type, factories) -> factories.forEach(factory -> registry.add(type, factory)));
        return registry;
    }

    private List<HandlerFactory> find(ClassLoader loader) {
        List<HandlerFactory> found = new ArrayList<>();
        Iterator<HandlerFactory> factories =
                ServiceLoader.load(HandlerFactory.class, loader).iterator();
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

    private void tryAdd(HandlerFactory factory, Map<String, List<HandlerFactory>> found) {
        try {
            found.computeIfAbsent(factory.type(), type -> new ArrayList<>()).add(factory);
        } catch (RuntimeException | LinkageError e) {
            failures.add(factory.getClass().getName() + ": " + e);
        }
    }

    private void add(String type, HandlerFactory factory) {
        types.computeIfAbsent(type, name -> new ArrayList<>()).add(factory);
    }

    /**
     * Makes the handler that a mapping describes.
     *
     * @return null if there was a problem, which is reported
     */
    @Nullable
    Handler create(Value whole, Entries entries, Formats formats) {
        Value named = entries.require("type");
        HandlerFactory factory = named == null ? null : factory(named);
        if (factory == null) {
            entries.takeAll(); // nobody knows which keys it might have
            return null;
        }
        return create(factory, whole, new EntrySettings(whole, entries, formats));
    }

    private @Nullable HandlerFactory factory(Value named) {
        List<HandlerFactory> factories = named.oneOf(types);
        if (factories == null) {
            failures.forEach(failure -> named.problem(named.inside("a type could not be loaded: " + failure)));
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

    /** What a factory makes or throws does not count if its settings were wrong: it is about the stand-ins. */
    private static @Nullable Handler create(HandlerFactory factory, Value whole, EntrySettings settings) {
        int before = whole.reading().reports();
        Handler handler = null;
        String refusal = null;
        try {
            handler = Objects.requireNonNull(factory.create(settings), "no handler");
        } catch (IllegalArgumentException e) {
            refusal = String.valueOf(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            refusal = "its type failed: " + e;
        }
        boolean asExpected = whole.reading().reports() == before;
        if (asExpected && refusal != null) {
            settings.refuse(refusal);
        }
        settings.end();
        return asExpected ? handler : null;
    }
}
