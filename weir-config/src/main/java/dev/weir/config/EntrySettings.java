package dev.weir.config;

import dev.weir.Level;
import dev.weir.format.Formatter;
import dev.weir.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of a mapping that are for a type to read. */
final class EntrySettings implements Settings {
    private final Value whole;
    private final Entries entries;
    private final Formats formats;
    private final Set<String> taken = new HashSet<>();
    /** Those that are there, of the keys that were taken. */
    private final Map<String, Value> values = new HashMap<>();

    private final Map<String, EntrySettings> sections = new LinkedHashMap<>();

    /** Of a mapping and its entries, of which some may be taken already. */
    EntrySettings(Value whole, Entries entries, Formats formats) {
        this.whole = whole;
        this.entries = entries;
        this.formats = formats;
    }

    /** What they are read from. */
    Entries entries() {
        return entries;
    }

    // keys

    private @Nullable Value take(String key) {
        if (taken.add(key)) {
            Value value = entries.take(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values.get(key);
    }

    private <T> T read(String key, Function<Value, @Nullable T> as, T otherwise) {
        Value value = take(key);
        T read = value == null ? null : as.apply(value);
        return read == null ? otherwise : read;
    }

    private <T> T require(String key, Function<Value, @Nullable T> as, T standIn) {
        if (take(key) == null) {
            entries.missing(key);
        }
        return read(key, as, standIn);
    }

    /** Reports the keys of the sections that nobody has read; those beside them may still be read by others. */
    void end() {
        sections.values().forEach(section -> {
            section.end();
            section.entries.end();
        });
    }

    /** Reports why nothing was made: of a value, if the message begins with its key, or else of the whole. */
    void refuse(String message) {
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            String key = entry.getKey();
            Value value = entry.getValue();
            if (message.startsWith(key + ": ")) {
                value.refused(message.substring(key.length() + 2));
                return;
            }
            EntrySettings section = sections.get(key);
            if (section != null && message.startsWith(key + ".")) {
                section.refuse(message.substring(key.length() + 1));
                return;
            }
        }
        whole.problem(whole.inside(message));
    }

    // values

    @Override
    public boolean has(String key) {
        return take(key) != null;
    }

    @Override
    public String text(String key) {
        return require(key, Value::text, "");
    }

    @Override
    public String text(String key, String otherwise) {
        return read(key, Value::text, otherwise);
    }

    @Override
    public Path path(String key) {
        return require(key, EntrySettings::path, Path.of(""));
    }

    @Override
    public Path path(String key, Path otherwise) {
        return read(key, EntrySettings::path, otherwise);
    }

    private static @Nullable Path path(Value value) {
        String text = value.text();
        return text == null ? null : value.attempt(() -> Path.of(text));
    }

    @Override
    public int number(String key) {
        return require(key, Value::count, 1);
    }

    @Override
    public int number(String key, int otherwise) {
        return read(key, Value::count, otherwise);
    }

    @Override
    public long bytes(String key) {
        return require(key, Value::bytes, 1L);
    }

    @Override
    public long bytes(String key, long otherwise) {
        return read(key, Value::bytes, otherwise);
    }

    @Override
    public Duration duration(String key) {
        return require(key, Value::duration, Duration.ofSeconds(1));
    }

    @Override
    public Duration duration(String key, Duration otherwise) {
        return read(key, Value::duration, otherwise);
    }

    @Override
    public boolean bool(String key, boolean otherwise) {
        return read(key, Value::bool, otherwise);
    }

    @Override
    public Level level(String key, Level otherwise) {
        return read(key, Value::level, otherwise);
    }

    @Override
    public <T> T oneOf(String key, Map<String, T> choices) {
        return require(
                key, value -> value.oneOf(choices), choices.values().iterator().next());
    }

    @Override
    public <T> T oneOf(String key, Map<String, T> choices, T otherwise) {
        return read(key, value -> value.oneOf(choices), otherwise);
    }

    @Override
    public List<String> texts(String key) {
        return require(key, EntrySettings::list, List.of());
    }

    @Override
    public List<String> texts(String key, List<String> otherwise) {
        return read(key, EntrySettings::list, otherwise);
    }

    /** A list of texts. */
    static List<String> list(Value value) {
        List<String> texts = new ArrayList<>();
        for (Value item : value.items()) {
            String text = item.text();
            if (text != null) {
                texts.add(text);
            }
        }
        return Collections.unmodifiableList(texts);
    }

    @Override
    public Map<String, String> namedTexts(String key) {
        return require(key, EntrySettings::map, Map.of());
    }

    @Override
    public Map<String, String> namedTexts(String key, Map<String, String> otherwise) {
        return read(key, EntrySettings::map, otherwise);
    }

    /** Texts by name, in their order. */
    static Map<String, String> map(Value value) {
        Map<String, String> texts = new LinkedHashMap<>();
        value.entries().takeAll().forEach((name, named) -> {
            String text = named.text();
            if (text != null) {
                texts.put(name, text);
            }
        });
        return Collections.unmodifiableMap(texts);
    }

    @Override
    public Settings section(String key) {
        EntrySettings known = sections.get(key);
        if (known != null) {
            return known;
        }
        Value value = take(key);
        EntrySettings section = value == null
                ? new EntrySettings(whole, new Entries(whole.child(key, whole.node()), null), formats)
                : new EntrySettings(value, value.entries(), formats);
        sections.put(key, section);
        return section;
    }

    @Override
    public Formatter formatter(Formatter otherwise) {
        return read("formatter", formats::formatter, otherwise);
    }
}
