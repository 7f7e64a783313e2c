package dev.weir.config;

import dev.weir.Level;
import dev.weir.filter.Filter;
import dev.weir.format.Formatter;
import dev.weir.spi.Key;
import dev.weir.spi.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema of configurations (JSON Schema 2020-12), made of what the document is read by: {@link Vocabulary} and the keys of
 * each type. It accepts whatever the document accepts, but for a key of nobody's that a profile takes away; what it cannot know, as which names there are and whether a number
 * within a text is too large, is left to the document. Behind every key may stand a text with a reference to a variable.
 *
 * <p>Profiles are described apart: there everything may be left out, and null takes things away.
 */
final class Schema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String REFERENCE = "reference";
    /** More names than these are known; these are what editors complete. */
    private static final List<Object> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL");
    /** Every name that {@link Level#ofName} knows, in any case. */
    private static final String LEVEL_NAMES = caseless("TRACE", "FINEST", "DEBUG", "FINER", "FINE", "INFO", "CONFIG")
            + "|" + caseless("NOTICE", "INFORMATIONAL", "WARN", "WARNING", "ERROR", "SEVERE", "ERR", "CRITICAL")
            + "|" + caseless("FATAL", "CRIT", "ALERT", "EMERG", "EMERGENCY")
            + "|(?:" + caseless("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL") + ")[2-4]";

    private static final String TIME = "[0-9]{1,9}(?:\\.[0-9]{1,9})? ?(?:us|ms|s|m|h|d)";
    private static final String SIZE =
            "[0-9]{1,18} ?(?:" + caseless("", "B", "KB", "MB", "GB", "KiB", "MiB", "GiB") + ")";

    private final TypeRegistry<Formatter> formatters;
    private final Map<String, TypeRegistry<?>> types = new LinkedHashMap<>();
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private Schema(ClassLoader loader) {
        types.put("handler", TypeRegistry.ofHandlers(loader));
        types.put("filter", TypeRegistry.ofFilters(loader));
        formatters = TypeRegistry.ofFormatters(loader);
        types.put("formatter", formatters);
    }

    /** With the types that a class loader finds. */
    static String of(ClassLoader loader) {
        return Json.of(new Schema(loader).document());
    }

    private Map<String, Object> document() {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", DIALECT);
        whole.put("title", "weir.yaml");
        whole.put("description", "A configuration of Weir.");
        Part document = new Part(false);
        whole.putAll(document.keys(Vocabulary.DOCUMENT));
        scalars();
        types.forEach((what, registry) -> {
            document.ofTypes(what, registry);
            new Part(true).ofTypes(what, registry);
        });
        definitions.put("profile", new Part(true).keys(overlayKeys()));
        whole.put("$defs", definitions);
        return whole;
    }

    /** A profile has no profiles. */
    private static List<Key<?>> overlayKeys() {
        List<Key<?>> keys = new ArrayList<>(Vocabulary.DOCUMENT);
        keys.remove(Vocabulary.PROFILES);
        return keys;
    }

    // scalars

    private void scalars() {
        definitions.put(
                REFERENCE,
                map(
                        "description",
                        "A text with a variable: ${NAME}, ${sys:name} or ${file:/path}, each with :-default or without.",
                        "type",
                        "string",
                        "pattern",
                        "\\$\\{[^}]+\\}"));
        definitions.put("text", map("type", List.of("string", "number", "boolean")));
        definitions.put("size", anyOf(pattern(SIZE), ref(REFERENCE)));
        definitions.put("time", anyOf(pattern(TIME), ref(REFERENCE)));
        definitions.put("level", anyOf(map("enum", LEVELS), pattern(LEVEL_NAMES), ref(REFERENCE)));
        definitions.put(
                "boolean", anyOf(map("type", "boolean"), pattern("true|True|TRUE|false|False|FALSE"), ref(REFERENCE)));
    }

    private static Map<String, Object> scalar(Kind.Scalar<?> kind) {
        return switch (kind.form()) {
            case TEXT, PATH -> ref("text");
            case LEVEL -> ref("level");
            case BOOL -> ref("boolean");
            case NUMBER -> anyOf(number(kind, 999_999_999L), pattern("[0-9]{1,9}"), ref(REFERENCE));
            case BYTES -> anyOf(number(kind, null), ref("size"));
            case DURATION ->
                kind.least() instanceof Duration least && !least.isZero()
                        ? ref("time")
                        : anyOf(map("enum", List.of(0, "0")), ref("time"));
        };
    }

    private static Map<String, Object> number(Kind.Scalar<?> kind, @Nullable Long most) {
        Map<String, Object> number = map("type", "integer", "minimum", kind.least() == null ? 0 : kind.least());
        Object limit = kind.most() == null ? most : kind.most();
        if (limit != null) {
            number.put("maximum", limit);
        }
        return number;
    }

    private static Map<String, Object> words(Kind.Words<?> words) {
        List<Object> values = new ArrayList<>();
        List<String> capitals = new ArrayList<>();
        for (String word : words.words().keySet()) {
            values.addAll(asWritten(word));
            if (word.equals(word.toUpperCase(Locale.ROOT)) && !word.equals(word.toLowerCase(Locale.ROOT))) {
                capitals.add(word);
            }
        }
        Map<String, Object> known = map("enum", values);
        return capitals.isEmpty()
                ? anyOf(known, ref(REFERENCE))
                : anyOf(known, pattern(caseless(capitals.toArray(String[]::new))), ref(REFERENCE));
    }

    /** What YAML may take a plain word for, and the word. */
    private static List<Object> asWritten(String word) {
        List<Object> values = new ArrayList<>();
        switch (word) {
            case "true", "false" -> values.add(Boolean.valueOf(word));
            case "null" -> values.add(null);
            default -> {
                if (word.matches("[0-9]{1,9}")) {
                    values.add(Integer.valueOf(word));
                }
            }
        }
        values.add(word);
        return values;
    }

    /** Of the whole text. ECMA's regular expressions have no flag for it, so each letter says both of its cases. */
    private static String caseless(String... words) {
        List<String> patterns = new ArrayList<>();
        for (String word : words) {
            StringBuilder pattern = new StringBuilder();
            word.chars().forEach(c -> {
                String upper = String.valueOf((char) c).toUpperCase(Locale.ROOT);
                String lower = upper.toLowerCase(Locale.ROOT);
                pattern.append(upper.equals(lower) ? upper : "[" + upper + lower + "]");
            });
            patterns.add(pattern.toString());
        }
        return String.join("|", patterns);
    }

    // what is made of others

    /** A document, or a part of one that is laid over another. */
    private final class Part {
        private final boolean overlay;

        Part(boolean overlay) {
            this.overlay = overlay;
        }

        /** The definition of what has a type. */
        private String definition(String what) {
            return overlay ? what + "-overlay" : what;
        }

        private Map<String, Object> of(Kind<?> kind) {
            if (kind instanceof Kind.Scalar<?> scalar) {
                return scalar(scalar);
            } else if (kind instanceof Kind.Words<?> words) {
                return words(words);
            } else if (kind instanceof Kind.NameOf) {
                return ref("text");
            } else if (kind instanceof Kind.ListOf<?> list) {
                return map("type", List.of("array", "null"), "items", new Part(false).of(list.item()));
            } else if (kind instanceof Kind.Named<?> named) {
                return map("type", List.of("object", "null"), "additionalProperties", value(named.value()));
            } else if (kind instanceof Kind.Section section) {
                return keys(section.keys());
            } else if (kind instanceof Kind.Made<?> made) {
                return made(made.made());
            } else if (kind instanceof Kind.Either<?> either) {
                return anyOf(either.kinds().stream().map(this::of).toArray());
            } else if (kind instanceof Kind.Converted<?, ?> converted) {
                return of(converted.kind());
            }
            throw new IllegalStateException("a kind that is not known: " + kind);
        }

        /** What may stand behind a key: in an overlay also null. */
        private Map<String, Object> value(Kind<?> kind) {
            return overlay ? anyOf(of(kind), map("type", "null")) : of(kind);
        }

        private Map<String, Object> made(Class<?> made) {
            if (made == Formatter.class) {
                return anyOf(map("enum", List.copyOf(formatters.names())), ref("text"), ref(definition("formatter")));
            }
            return made == Filter.class ? anyOf(ref("text"), ref(definition("filter"))) : ref(definition("handler"));
        }

        Map<String, Object> keys(Collection<Key<?>> keys) {
            return keys(keys, map());
        }

        /** Behind some that are known otherwise. */
        private Map<String, Object> keys(Collection<Key<?>> keys, Map<String, Object> properties) {
            List<Object> required = new ArrayList<>();
            for (Key<?> key : keys) {
                properties.put(key.name(), key(key));
                if (key.isRequired() && !overlay) {
                    required.add(key.name());
                }
            }
            return object(properties, required);
        }

        /** A mapping; nothing at all is one without keys. */
        private Map<String, Object> object(Map<String, Object> properties, List<Object> required) {
            Map<String, Object> object = map("type", required.isEmpty() ? List.of("object", "null") : "object");
            if (!required.isEmpty()) {
                object.put("required", required);
            }
            object.put("properties", properties);
            object.put("additionalProperties", false);
            return object;
        }

        private Map<String, Object> key(Key<?> key) {
            Map<String, Object> described = new LinkedHashMap<>();
            if (!key.text().isEmpty()) {
                described.put("description", key.text());
            }
            Object otherwise = byDefault(key);
            if (otherwise != null) {
                described.put("default", otherwise);
            }
            described.putAll(describing(key));
            return described;
        }

        private Map<String, Object> describing(Key<?> key) {
            if (key == Vocabulary.PROFILES) {
                return map("type", List.of("object", "null"), "additionalProperties", ref("profile"));
            }
            Map<String, Object> schema = value(key.kind());
            if (key == Vocabulary.FORMATTERS || key == Vocabulary.FILTERS) { // a name does not stand for another one
                String what = key == Vocabulary.FORMATTERS ? "formatter" : "filter";
                schema = map("type", List.of("object", "null"), "additionalProperties", named(what));
            }
            if (key.isSecret()) {
                schema.put("writeOnly", true);
            }
            return schema;
        }

        private Map<String, Object> named(String what) {
            Map<String, Object> described = ref(definition(what));
            return overlay ? anyOf(described, map("type", "null")) : described;
        }

        // what has a type

        void ofTypes(String what, TypeRegistry<?> registry) {
            if (overlay) {
                definitions.put(definition(what), anyType(what, registry));
                return;
            }
            List<Object> cases = new ArrayList<>();
            registry.keys().forEach((type, keys) -> {
                List<Key<?>> all = new ArrayList<>(keys);
                all.addAll(inCommon(what, type));
                definitions.put(what + "-" + type, keys(all, map("type", true)));
                Map<String, Object> named =
                        map("properties", map("type", map("enum", asWritten(type))), "required", List.of("type"));
                cases.add(map("if", named, "then", ref(what + "-" + type)));
            });
            definitions.put(
                    what,
                    map(
                            "type",
                            "object",
                            "required",
                            List.of("type"),
                            "properties",
                            map("type", type(registry)),
                            "allOf",
                            cases));
        }

        /** The type may be that of what it is laid over, so the keys of all are known. */
        private Map<String, Object> anyType(String what, TypeRegistry<?> registry) {
            Map<String, List<Object>> schemas = new LinkedHashMap<>();
            registry.keys().forEach((type, keys) -> {
                List<Key<?>> all = new ArrayList<>(keys);
                all.addAll(inCommon(what, type));
                all.forEach(key -> {
                    List<Object> known = schemas.computeIfAbsent(key.name(), name -> new ArrayList<>());
                    Object schema = key(key);
                    if (!known.contains(schema)) {
                        known.add(schema);
                    }
                });
            });
            Map<String, Object> properties = map("type", type(registry));
            schemas.forEach(
                    (name, known) -> properties.put(name, known.size() == 1 ? known.get(0) : map("anyOf", known)));
            return object(properties, List.of());
        }

        private Map<String, Object> type(TypeRegistry<?> registry) {
            List<Object> names = new ArrayList<>();
            registry.names().forEach(name -> names.addAll(asWritten(name)));
            return anyOf(map("enum", names), ref(REFERENCE));
        }
    }

    private static List<Key<?>> inCommon(String what, String type) {
        if (!what.equals("handler")) {
            return List.of();
        }
        return type.equals(BuiltInHandlers.MEMORY) ? Vocabulary.MEMORY_HANDLER : Vocabulary.HANDLER;
    }

    // defaults

    /** As it would be written; null if it has none, or one that is not written. */
    private static @Nullable Object byDefault(Key<?> key) {
        Object value = key.defaultValue();
        return value == null ? null : written(key.kind(), value);
    }

    private static @Nullable Object written(Kind<?> kind, Object value) {
        if (kind instanceof Kind.Scalar<?> scalar) {
            return scalar(scalar.form(), value);
        } else if (kind instanceof Kind.Words<?> words) {
            return word(words, value);
        } else if (kind instanceof Kind.Either<?> either) {
            for (Kind<?> one : either.kinds()) {
                Object written = written(one, value);
                if (written != null) {
                    return written;
                }
            }
        } else if (kind instanceof Kind.ListOf<?> list && value instanceof Collection<?> values) {
            List<Object> all = new ArrayList<>();
            for (Object one : values) {
                Object written = written(list.item(), one);
                if (written == null) {
                    return null;
                }
                all.add(written);
            }
            return all;
        } else if (kind instanceof Kind.Converted<?, ?> converted) {
            return written(converted.kind(), value);
        }
        return null;
    }

    private static @Nullable Object word(Kind.Words<?> words, Object value) {
        for (Map.Entry<String, ?> word : words.words().entrySet()) {
            if (word.getValue().equals(value)) {
                return asWritten(word.getKey()).get(0);
            }
        }
        return null;
    }

    /** What was made of a scalar by a function is none any more. */
    private static @Nullable Object scalar(Kind.Form form, Object value) {
        return switch (form) {
            case BYTES -> value instanceof Long bytes && bytes != Integer.MAX_VALUE ? ByteSize.text(bytes) : null;
            case DURATION -> value instanceof Duration time ? TimeSpan.text(time) : null;
            case LEVEL -> value instanceof Level level ? level.name() : null;
            case NUMBER, BOOL -> value;
            case TEXT, PATH -> value instanceof String ? value : null;
        };
    }

    // JSON

    private static Map<String, Object> ref(String definition) {
        return map("$ref", "#/$defs/" + definition);
    }

    private static Map<String, Object> pattern(String pattern) {
        return map("type", "string", "pattern", "^(?:" + pattern + ")$");
    }

    private static Map<String, Object> anyOf(Object... schemas) {
        return map("anyOf", Arrays.asList(schemas));
    }

    /** Keys and values in turn. */
    private static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
