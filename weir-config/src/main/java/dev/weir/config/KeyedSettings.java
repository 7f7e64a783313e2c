package dev.weir.config;

import dev.weir.spi.Key;
import dev.weir.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys of a section that have been read, each with its place. */
final class KeyedSettings implements Settings {
    private final Value whole;
    private final Entries entries;
    private final List<Key<?>> keys;
    private final Map<String, Place> places = new LinkedHashMap<>();

    /**
     * What stands behind a key.
     *
     * @param read null if it was not as expected, which is reported
     */
    private record Place(Value value, KindReader.@Nullable Read<?> read) {}

    /** Before anything is read. */
    KeyedSettings(Value whole, Entries entries, List<Key<?>> keys) {
        this.whole = whole;
        this.entries = entries;
        this.keys = keys;
    }

    void put(Key<?> key, Value value, KindReader.@Nullable Read<?> read) {
        places.put(key.name(), new Place(key.isSecret() ? value.secret() : value, read));
    }

    /** All that was read, as data by key. */
    Map<String, Object> written() {
        Map<String, Object> written = new LinkedHashMap<>();
        places.forEach((name, place) -> {
            if (place.read != null) {
                written.put(name, place.read.written());
            }
        });
        return written;
    }

    /** The section. */
    Value whole() {
        return whole;
    }

    /** Where a key's value stands, or else the whole. */
    Value place(Key<?> key) {
        Place place = places.get(key.name());
        return place == null ? whole : place.value;
    }

    /** Reports the keys that nobody knows. */
    void end() {
        entries.end();
    }

    // settings

    @Override
    public boolean has(Key<?> key) {
        return placeOf(key) != null;
    }

    @Override
    @SuppressWarnings("unchecked") // it was read by the key's kind
    public <T> Optional<T> find(Key<T> key) {
        Place place = placeOf(key);
        return place == null || place.read == null ? Optional.empty() : Optional.of((T) place.read.value());
    }

    @Override
    public <T> void give(Key<T> key, Consumer<? super T> to) {
        find(key)
                .ifPresent(value -> place(key).attempt(() -> {
                    to.accept(value);
                    return value;
                }));
    }

    private @Nullable Place placeOf(Key<?> key) {
        if (keys.stream().noneMatch(declared -> declared.name().equals(key.name()))) {
            throw new IllegalStateException("the key " + key.name() + " is read, but not declared");
        }
        return places.get(key.name());
    }

    // problems

    /**
     * Makes something of these settings; an {@link IllegalArgumentException} on the way is a problem of the key that its
     * message begins with, or else of the whole.
     *
     * @return null if there was a problem
     */
    <T> @Nullable T attempt(Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException refused) {
            refuse(String.valueOf(refused.getMessage()));
            return null;
        }
    }

    /** A text of others' without what must not be shown. */
    String withoutSecrets(String text) {
        String left = text;
        for (Place place : places.values()) {
            left = place.value.withoutSecrets(left);
        }
        return left;
    }

    /** Reports why nothing was made: of a value, if the message begins with its key, or else of the whole. */
    void refuse(String message) {
        for (Map.Entry<String, Place> entry : places.entrySet()) {
            String key = entry.getKey();
            Value value = entry.getValue().value;
            if (message.startsWith(key + ": ")) {
                value.refused(withoutSecrets(message.substring(key.length() + 2)));
                return;
            }
            Object read =
                    entry.getValue().read == null ? null : entry.getValue().read.value();
            if (message.startsWith(key + ".") && read instanceof KeyedSettings section) {
                section.refuse(message.substring(key.length() + 1));
                return;
            }
        }
        whole.refused(withoutSecrets(message));
    }
}
