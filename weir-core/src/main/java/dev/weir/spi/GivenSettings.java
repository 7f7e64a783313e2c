package dev.weir.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Settings that a program gives: values as they are read, by the names of keys. */
final class GivenSettings implements Settings {
    private final String path;
    private final List<Key<?>> keys;
    /** By name; sections as settings, and all else as it is read. */
    private final Map<String, Object> values = new LinkedHashMap<>();

    private GivenSettings(String path, List<Key<?>> keys) {
        this.path = path;
        this.keys = keys;
    }

    /**
     * Checks what is given.
     *
     * @throws IllegalArgumentException with every problem, a line each
     */
    static GivenSettings checked(List<Key<?>> keys, Map<String, ?> given) {
        List<String> problems = new ArrayList<>();
        GivenSettings settings = read("", keys, given, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return settings;
    }

    private static GivenSettings read(String path, List<Key<?>> keys, Map<String, ?> given, List<String> problems) {
        GivenSettings settings = new GivenSettings(path, keys);
        for (Map.Entry<String, ?> entry : given.entrySet()) {
            Key<?> key = settings.declared(entry.getKey());
            if (key == null) {
                problems.add(path + entry.getKey() + ": unknown key (expected: "
                        + String.join(", ", keys.stream().map(Key::name).toList()) + ")");
            } else {
                settings.put(key, entry.getValue(), problems);
            }
        }
        for (Key<?> key : keys) {
            if (key.isRequired() && !given.containsKey(key.name())) {
                problems.add(path + key.name() + " is missing");
            }
        }
        return settings;
    }

    private @Nullable Key<?> declared(String name) {
        for (Key<?> key : keys) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }

    private void put(Key<?> key, @Nullable Object given, List<String> problems) {
        String at = path + key.name();
        List<String> found = new ArrayList<>();
        try {
            values.put(key.name(), read(at, key.kind(), given, found));
        } catch (IllegalArgumentException refused) {
            found.add(at + ": " + refused.getMessage());
        }
        if (key.isSecret() && !found.isEmpty()) {
            problems.add(at + ": a value that is not shown is refused");
        } else {
            problems.addAll(found);
        }
    }

    private static Object read(String at, Kind<?> kind, @Nullable Object given, List<String> problems) {
        if (kind instanceof Kind.Scalar<?> scalar) {
            return scalar(scalar, given);
        } else if (kind instanceof Kind.Words<?> words) {
            Object meant = given instanceof String word ? words.words().get(word) : null;
            return require(meant, given, String.join(", ", words.words().keySet()));
        } else if (kind instanceof Kind.NameOf) {
            return require(given instanceof String ? given : null, given, "a name");
        } else if (kind instanceof Kind.ListOf<?> list) {
            List<Object> items = new ArrayList<>();
            for (Object item : (List<?>) require(given instanceof List ? given : null, given, "a list")) {
                items.add(read(at, list.item(), item, problems));
            }
            return List.copyOf(items);
        } else if (kind instanceof Kind.Named<?> named) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map(given)
                    .forEach((name, value) ->
                            entries.put(String.valueOf(name), read(at, named.value(), value, problems)));
            return Collections.unmodifiableMap(entries);
        } else if (kind instanceof Kind.Section section) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map(given).forEach((name, value) -> entries.put(String.valueOf(name), value));
            return read(at + ".", section.keys(), entries, problems);
        } else if (kind instanceof Kind.Made<?> made) {
            return require(
                    made.made().isInstance(given) ? given : null,
                    given,
                    made.made().getSimpleName());
        } else if (kind instanceof Kind.Either<?> either) {
            return either(at, either, given, problems);
        } else if (kind instanceof Kind.Converted<?, ?> converted) {
            return converted(at, converted, given, problems);
        }
        throw new IllegalStateException("a kind that is not known: " + kind);
    }

    private static <S, T> Object converted(
            String at, Kind.Converted<S, T> kind, @Nullable Object given, List<String> problems) {
        @SuppressWarnings("unchecked") // what a kind reads is of its type
        S read = (S) read(at, kind.kind(), given, problems);
        return require(kind.function().apply(read), given, "another value");
    }

    private static Object either(String at, Kind.Either<?> kind, @Nullable Object given, List<String> problems) {
        List<String> refusals = new ArrayList<>();
        for (Kind<?> one : kind.kinds()) {
            try {
                return read(at, one, given, problems);
            } catch (IllegalArgumentException refused) {
                refusals.add(refused.getMessage());
            }
        }
        throw new IllegalArgumentException(String.join(", or ", refusals));
    }

    private static Map<?, ?> map(@Nullable Object given) {
        return (Map<?, ?>) require(given instanceof Map ? given : null, given, "a map");
    }

    private static Object scalar(Kind.Scalar<?> kind, @Nullable Object given) {
        Object read = kind.type().isInstance(given) ? given : widened(kind.form(), given);
        String expected = kind.type().getSimpleName();
        require(read, given, expected);
        boolean fits = isNotLess(read, kind.least()) && isNotLess(kind.most(), read) && isNotNegative(read);
        return require(fits ? read : null, given, range(kind, expected));
    }

    private static String range(Kind.Scalar<?> kind, String expected) {
        boolean counts = Number.class.isAssignableFrom(kind.type()) || kind.type() == Duration.class;
        return expected
                + (kind.least() != null ? ", from " + kind.least() : counts ? ", not negative" : "")
                + (kind.most() == null ? "" : ", up to " + kind.most());
    }

    private static @Nullable Object widened(Kind.Form form, @Nullable Object given) {
        if (form == Kind.Form.BYTES && given instanceof Integer bytes) {
            return (long) bytes;
        }
        return form == Kind.Form.PATH && given instanceof String path ? Path.of(path) : null;
    }

    @SuppressWarnings("unchecked") // both are of the kind's type
    private static boolean isNotLess(@Nullable Object value, @Nullable Object least) {
        return value == null || least == null || ((Comparable<Object>) value).compareTo(least) >= 0;
    }

    private static boolean isNotNegative(@Nullable Object value) {
        return !(value instanceof Number number && number.longValue() < 0)
                && !(value instanceof Duration time && time.isNegative());
    }

    private static <T> T require(@Nullable T value, @Nullable Object given, String expected) {
        if (value == null) {
            throw new IllegalArgumentException(given + " (expected: " + expected + ")");
        }
        return value;
    }

    // settings

    @Override
    public boolean has(Key<?> key) {
        return values.containsKey(requireDeclared(key).name());
    }

    @Override
    @SuppressWarnings("unchecked") // it was read by the key's kind
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(requireDeclared(key).name()));
    }

    @Override
    public <T> void give(Key<T> key, Consumer<? super T> to) {
        find(key).ifPresent(to);
    }

    private <T> Key<T> requireDeclared(Key<T> key) {
        if (declared(key.name()) == null) {
            throw new IllegalStateException("the key " + path + key.name() + " is read, but not declared");
        }
        return key;
    }
}
