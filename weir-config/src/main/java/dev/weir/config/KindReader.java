package dev.weir.config;

import dev.weir.filter.Filter;
import dev.weir.format.Formatter;
import dev.weir.handler.Handler;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as their {@linkplain Kind kinds} say, with everything that one may refer to: types, and names of formatters,
 * filters and handlers. What is not as expected is reported, with its place, and not read.
 */
final class KindReader {
    /** Times from here on are more than nothing. */
    private static final Duration LEAST_TIME = Duration.ofNanos(1);

    private final TypeRegistry<Handler> handlerTypes;
    private final Formats formats;
    private final Filters filters;
    private final Map<String, String> handlerNames = new LinkedHashMap<>();
    private @Nullable String within;

    /** With the types that a class loader finds. */
    KindReader(ClassLoader types) {
        handlerTypes = TypeRegistry.ofHandlers(types);
        formats = new Formats(TypeRegistry.ofFormatters(types), this);
        filters = new Filters(TypeRegistry.ofFilters(types), this);
    }

    /**
     * What was read.
     *
     * @param value by its key's kind
     * @param written the same as data: see {@link Written}
     */
    record Read<T>(T value, Object written) {}

    TypeRegistry<Handler> handlerTypes() {
        return handlerTypes;
    }

    Formats formats() {
        return formats;
    }

    Filters filters() {
        return filters;
    }

    /** Says which handlers there are to be named. */
    void handlerNames(Iterable<String> names) {
        names.forEach(name -> handlerNames.put(name, name));
    }

    /** Says whose keys are read: a handler does not name itself. Null if it is no handler's. */
    void within(@Nullable String handler) {
        within = handler;
    }

    private @Nullable Read<String> handlerName(Value value) {
        String name = value.isOneOf(handlerNames) ? value.shown() : null;
        if (name == null || name.equals(within)) {
            value.nameOf("handlers", namesOfHandlers()); // which reports it
            return null;
        }
        return new Read<>(name, name);
    }

    private Map<String, String> namesOfHandlers() {
        if (within == null) {
            return handlerNames;
        }
        Map<String, String> others = new LinkedHashMap<>(handlerNames);
        others.remove(within);
        return others;
    }

    /**
     * Reads a section's keys; those that are not among them are left in its entries.
     *
     * @param whole the section
     */
    KeyedSettings section(Value whole, Entries entries, List<Key<?>> keys) {
        KeyedSettings settings = new KeyedSettings(whole, entries, keys);
        for (Key<?> key : keys) {
            Value value = key.isRequired() ? entries.require(key.name()) : entries.take(key.name());
            if (value != null) {
                settings.put(key, value, read(key, key.isSecret() ? value.secret() : value));
            }
        }
        return settings;
    }

    private static Object hidden(Key<?> key, Object written) {
        return key.isSecret() ? new Written.Secret(written) : written;
    }

    private <T> @Nullable Read<T> read(Key<T> key, Value value) {
        Read<T> read = read(value, key.kind());
        return read == null ? null : new Read<>(read.value, hidden(key, read.written));
    }

    /**
     * Reads a value.
     *
     * @return null if it is not as expected, which is reported
     */
    @SuppressWarnings("unchecked") // each kind reads what it is of
    <T> @Nullable Read<T> read(Value value, Kind<T> kind) {
        return (Read<T>) readAny(value, kind);
    }

    private @Nullable Read<?> readAny(Value value, Kind<?> kind) {
        if (kind instanceof Kind.Scalar<?> scalar) {
            return scalar(value, scalar, expected(kind));
        } else if (kind instanceof Kind.Words<?> words) {
            return word(value, words);
        } else if (kind instanceof Kind.NameOf) {
            return handlerName(value);
        } else if (kind instanceof Kind.ListOf<?> list) {
            return list(value, list.item());
        } else if (kind instanceof Kind.Named<?> named) {
            return named(value, named.value());
        } else if (kind instanceof Kind.Section section) {
            return section(value, section);
        } else if (kind instanceof Kind.Made<?> made) {
            return made(value, made.made());
        } else if (kind instanceof Kind.Either<?> either) {
            return either(value, either);
        } else if (kind instanceof Kind.Converted<?, ?> converted) {
            return converted(value, converted, null);
        }
        throw new IllegalStateException("a kind that is not known: " + kind);
    }

    private <S, T> @Nullable Read<T> converted(Value value, Kind.Converted<S, T> kind, @Nullable String expected) {
        int before = value.reading().reports();
        Read<S> read = expected != null && kind.kind() instanceof Kind.Scalar<S> scalar
                ? scalar(value, scalar, expected)
                : read(value, kind.kind());
        if (read == null || value.reading().reports() > before) {
            return null;
        }
        T made;
        if (read.value instanceof KeyedSettings settings) {
            made = settings.attempt(() -> kind.function().apply(read.value));
        } else {
            made = value.attempt(() -> kind.function().apply(read.value));
        }
        return made == null ? null : new Read<>(made, read.written);
    }

    private @Nullable Read<?> word(Value value, Kind.Words<?> words) {
        Object meant = value.oneOf(words.words());
        return meant == null ? null : new Read<>(meant, new Written.Word(value.shown()));
    }

    private Read<?> list(Value value, Kind<?> item) {
        List<Object> read = new ArrayList<>();
        List<Object> written = new ArrayList<>();
        for (Value one : value.items()) {
            Read<?> of = readAny(one, item);
            if (of != null) {
                read.add(of.value);
                written.add(of.written);
            }
        }
        return new Read<>(Collections.unmodifiableList(read), written);
    }

    private Read<?> named(Value value, Kind<?> kind) {
        Map<String, Object> read = new LinkedHashMap<>();
        Map<String, Object> written = new LinkedHashMap<>();
        value.entries().takeAll().forEach((name, one) -> {
            Read<?> of = readAny(one, kind);
            if (of != null) {
                read.put(name, of.value);
                written.put(name, of.written);
            }
        });
        return new Read<>(Collections.unmodifiableMap(read), written);
    }

    private Read<?> section(Value value, Kind.Section kind) {
        Entries entries = value.entries();
        KeyedSettings settings = section(value, entries, kind.keys());
        entries.end();
        return new Read<>(settings, settings.written());
    }

    private @Nullable Read<?> made(Value value, Class<?> made) {
        if (made == Formatter.class) {
            return formats.formatter(value);
        } else if (made == Filter.class) {
            return filters.filter(value);
        }
        throw new IllegalStateException("nothing makes a " + made.getName() + " here");
    }

    // of several kinds

    private @Nullable Read<?> either(Value value, Kind.Either<?> either) {
        Kind<?> fitting = fitting(value, either);
        if (fitting instanceof Kind.Scalar<?> scalar) {
            return scalar(value, scalar, expected(either));
        } else if (fitting instanceof Kind.Converted<?, ?> converted) {
            return converted(value, converted, expected(either));
        } else if (fitting != null) {
            return readAny(value, fitting);
        }
        value.unexpected(expected(either), words(either));
        return null;
    }

    private static List<String> words(Kind.Either<?> either) {
        List<String> all = new ArrayList<>();
        for (Kind<?> kind : either.kinds()) {
            if (bare(kind) instanceof Kind.Words<?> words) {
                all.addAll(words.words().keySet());
            }
        }
        return all;
    }

    /** The one that fits what is written there, by its looks; null if none does. */
    private static @Nullable Kind<?> fitting(Value value, Kind.Either<?> either) {
        for (Kind<?> kind : either.kinds()) {
            if (bare(kind) instanceof Kind.Words<?> words && value.isScalar() && value.isOneOf(words.words())) {
                return kind;
            }
        }
        for (Kind<?> kind : either.kinds()) {
            Kind<?> bare = bare(kind);
            boolean fits = value.isList()
                    ? bare instanceof Kind.ListOf
                    : value.isMapping()
                            ? bare instanceof Kind.Section || bare instanceof Kind.Named || bare instanceof Kind.Made
                            : bare instanceof Kind.Scalar || bare instanceof Kind.Either;
            if (fits) {
                return kind;
            }
        }
        return null;
    }

    /** What is written there, whatever is made of it. */
    static Kind<?> bare(Kind<?> kind) {
        return kind instanceof Kind.Converted<?, ?> converted ? bare(converted.kind()) : kind;
    }

    // scalars

    private static <T> @Nullable Read<T> scalar(Value value, Kind.Scalar<T> kind, String expected) {
        Object found =
                switch (kind.form()) {
                    case TEXT -> value.text();
                    case PATH -> value.path();
                    case NUMBER -> value.count();
                    case BYTES -> value.bytes();
                    case DURATION -> value.duration();
                    case BOOL -> value.bool();
                    case LEVEL -> value.level(expected);
                };
        if (found == null) {
            return null;
        }
        T read = kind.type().cast(found);
        if (isLess(read, kind.least()) || isLess(kind.most(), read)) {
            value.unexpected(range(kind));
            return null;
        }
        Object written = written(kind.form(), read);
        if (kind.form() == Kind.Form.PATH && value.isSecret()) {
            value.unexpected("a secret within a path", "none, since messages show paths");
            return null;
        }
        return new Read<>(read, value.isSecret() ? new Written.Secret(written) : written);
    }

    private static Object written(Kind.Form form, Object read) {
        return form == Kind.Form.BYTES ? new Written.Size((Long) read) : read;
    }

    @SuppressWarnings("unchecked") // scalars with limits are numbers and times
    private static boolean isLess(@Nullable Object value, @Nullable Object than) {
        return value != null && than != null && ((Comparable<Object>) value).compareTo(than) < 0;
    }

    /** What a scalar has to be within, in words. */
    static String range(Kind.Scalar<?> kind) {
        String least = kind.least() == null
                ? ""
                : kind.least().equals(LEAST_TIME)
                        ? "more than 0"
                        : "at least " + Written.text(written(kind.form(), kind.least()));
        String most = kind.most() == null ? "" : "at most " + Written.text(written(kind.form(), kind.most()));
        return least.isEmpty() || most.isEmpty() ? least + most : least + ", " + most;
    }

    // what is expected, in words

    /** What a value of a kind looks like. */
    String expected(Kind<?> kind) {
        if (kind instanceof Kind.Scalar<?> scalar) {
            return Value.expected(scalar.form());
        } else if (kind instanceof Kind.Words<?> words) {
            return Text.list(words.words().keySet());
        } else if (kind instanceof Kind.NameOf) {
            return Text.list(namesOfHandlers().keySet());
        } else if (kind instanceof Kind.ListOf) {
            return "a list";
        } else if (kind instanceof Kind.Converted<?, ?> converted) {
            return expected(converted.kind());
        } else if (kind instanceof Kind.Either<?> either) {
            return either(either.kinds(), this::expected);
        }
        return "keys with values";
    }

    /** With commas, and "or" before the last. */
    private static String either(List<? extends Kind<?>> kinds, Function<Kind<?>, String> expected) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < kinds.size(); i++) {
            text.append(i == 0 ? "" : i < kinds.size() - 1 ? ", " : " or ").append(expected.apply(kinds.get(i)));
        }
        return text.toString();
    }
}
