package dev.weir.config;

import dev.weir.filter.Filter;
import dev.weir.format.Formatter;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Any document that the vocabulary allows, in YAML's flow style, each value in one of its spellings. What fits together
 * only by chance, as a level and the one above it, may not.
 */
final class AnyDocument {
    private static final List<String> HANDLERS = List.of("one", "two");
    /** Texts that are more than texts to those who read them. */
    private static final Map<String, List<String>> TEXTS = Map.of(
            "zone", List.of("UTC", "Europe/Berlin"),
            "mode", List.of("'0640'", "0600"),
            "sync", List.of("every(1s)", "'every(250 ms)'"),
            "fields", List.of("time", "level"),
            "expressions", List.of("a+", "'[0-9]{4}'"),
            "mask", List.of("'***'", "x", "1"),
            "format", List.of("'%(message)s'"),
            "datefmt", List.of("'%H:%M'"),
            "pattern", List.of("'%msg'", "'%Y-%m-%d-%H-%M.%i'"));

    private final Random random;
    private final Set<String> keys = new HashSet<>();
    private final TypeRegistry<?> formatters =
            TypeRegistry.ofFormatters(getClass().getClassLoader());
    private final TypeRegistry<?> filters = TypeRegistry.ofFilters(getClass().getClassLoader());
    private final TypeRegistry<?> handlers = TypeRegistry.ofHandlers(getClass().getClassLoader());
    private boolean overlay;
    private int paths;

    AnyDocument(Random random) {
        this.random = random;
    }

    /** The names of all keys that have come up. */
    Set<String> keys() {
        return keys;
    }

    String yaml() {
        return "{" + String.join(", ", entries()) + "}\n";
    }

    /** Little, and a profile p over it. */
    String withProfile() {
        overlay = true;
        return "{handlers: {one: {type: console}, two: {type: 'null'}}, profiles: {p: {" + String.join(", ", entries())
                + "}}}\n";
    }

    private List<String> entries() {
        List<String> entries = new ArrayList<>();
        entries.add("handlers: {one: " + typed(handlers) + ", two: " + typed(handlers) + "}");
        for (Key<?> key : Vocabulary.DOCUMENT) {
            if (key != Vocabulary.PROFILES && key != Vocabulary.HANDLERS && random.nextInt(6) == 0) {
                entries.add(entry(key));
            }
        }
        return entries;
    }

    private String entry(Key<?> key) {
        keys.add(key.name());
        if (overlay && random.nextInt(8) == 0) {
            return key.name() + ": null";
        }
        if (key == Vocabulary.FORMATTERS) {
            return "formatters: {f: " + typed(formatters) + "}";
        }
        if (key == Vocabulary.FILTERS) {
            return "filters: {g: " + typed(filters) + "}";
        }
        return key.name() + ": " + value(key.name(), key.kind());
    }

    private String section(List<Key<?>> of, List<String> before) {
        List<String> entries = new ArrayList<>(before);
        for (Key<?> key : of) {
            boolean must = key.isRequired() && !overlay;
            if (must || random.nextInt(5) == 0) {
                entries.add(entry(key));
            }
        }
        return "{" + String.join(", ", entries) + "}";
    }

    private String typed(TypeRegistry<?> registry) {
        List<String> types = new ArrayList<>(registry.keys().keySet());
        types.removeIf(type -> type.contains(".")); // of tests of their own
        String type = types.get(random.nextInt(types.size()));
        List<Key<?>> all = new ArrayList<>(registry.keys().getOrDefault(type, List.of()));
        if (registry == handlers) {
            all.addAll(type.equals(BuiltInHandlers.MEMORY) ? Vocabulary.MEMORY_HANDLER : Vocabulary.HANDLER);
        }
        boolean named = !overlay || random.nextBoolean();
        return section(all, named ? List.of("type: " + spelled(type)) : List.of());
    }

    private String value(String key, Kind<?> kind) {
        if (kind instanceof Kind.Scalar<?> scalar) {
            return varied(scalar(key, scalar));
        } else if (kind instanceof Kind.Words<?> words) {
            return varied(spelled(any(words.words().keySet())));
        } else if (kind instanceof Kind.NameOf) {
            return any(HANDLERS);
        } else if (kind instanceof Kind.ListOf<?> list) {
            return list(key, list.item());
        } else if (kind instanceof Kind.Named<?> named) {
            return "{n: " + value(key, named.value()) + ", 'm.m': " + value(key, named.value()) + "}";
        } else if (kind instanceof Kind.Section section) {
            return random.nextInt(10) == 0 && section.keys().stream().noneMatch(Key::isRequired)
                    ? "null"
                    : section(section.keys(), List.of());
        } else if (kind instanceof Kind.Made<?> made) {
            return made(made.made());
        } else if (kind instanceof Kind.Either<?> either) {
            return value(key, any(either.kinds()));
        } else if (kind instanceof Kind.Converted<?, ?> converted) {
            return value(key, converted.kind());
        }
        throw new AssertionError(kind);
    }

    private String list(String key, Kind<?> item) {
        List<String> items = new ArrayList<>();
        boolean before = overlay;
        overlay = false;
        for (int i = random.nextInt(3); i > 0; i--) {
            items.add(value(key, item));
        }
        overlay = before;
        return items.isEmpty() && random.nextBoolean() ? "null" : items.toString();
    }

    private String made(Class<?> made) {
        if (made == Formatter.class) {
            return random.nextBoolean() ? any(List.of("json", "text")) : typed(formatters);
        }
        if (made == Filter.class) {
            return typed(filters);
        }
        throw new AssertionError(made);
    }

    private String scalar(String key, Kind.Scalar<?> kind) {
        return switch (kind.form()) {
            case TEXT -> any(TEXTS.getOrDefault(key, List.of("a", "'b c'", "12", "1.5", "true", "\"\\u00e9\"")));
            case PATH -> "/tmp/none/" + paths++ + ".log";
            case NUMBER -> any(List.of("1", "'2'", "77"));
            case BYTES -> any(List.of("1048576", "1MiB", "1 MB", "'4mib'", "2000 kb"));
            case DURATION ->
                kind.least() instanceof Duration
                        ? any(List.of("1s", "250 ms", "1.5m"))
                        : any(List.of("0", "'0'", "1s", "2d"));
            case BOOL -> any(List.of("true", "false", "True", "'FALSE'"));
            case LEVEL -> any(List.of("TRACE", "info", "Warning", "FATAL", "error3", "CRITICAL"));
        };
    }

    /** A word in capitals may be in others. */
    private String spelled(String word) {
        boolean capitals = word.equals(word.toUpperCase(Locale.ROOT));
        String text = capitals && random.nextBoolean() ? word.toLowerCase(Locale.ROOT) : word;
        return random.nextBoolean() ? text : "'" + text + "'";
    }

    /** Now and then as the default of a variable that is not set. */
    private String varied(String scalar) {
        boolean bare = scalar.matches("[A-Za-z0-9/]+");
        return bare && random.nextInt(8) == 0 ? "\"${NONE:-" + scalar + "}\"" : scalar;
    }

    private <T> T any(Iterable<? extends T> all) {
        List<T> list = new ArrayList<>();
        all.forEach(list::add);
        return list.get(random.nextInt(list.size()));
    }
}
