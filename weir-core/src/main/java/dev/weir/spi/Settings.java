package dev.weir.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a configuration says about one handler, filter or formatter, or about a section of it, by the {@linkplain Key keys}
 * that its type {@linkplain TypeFactory#keys() declares}. All values have been checked: they are of their key's kind, and those that are
 * required are there.
 *
 * <p>Used by one thread, within {@link TypeFactory#create}. What is returned does not change and may be kept, but not
 * the settings and their sections.
 */
public interface Settings {
    /**
     * Whether there is such a key, with any value.
     *
     * @param key one that is declared
     * @return false if it is left to its default
     */
    boolean has(Key<?> key);

    /**
     * What stands behind a key, or its default.
     *
     * @param key one that is declared, and is required, has a default, or is a section none of whose keys is required
     * @return the value
     * @param <T> what is read
     * @throws IllegalStateException if it is not there and has no default
     */
    default <T> T get(Key<T> key) {
        Optional<T> there = find(key);
        if (there.isPresent()) {
            return there.get();
        }
        T otherwise = key.defaultValue();
        if (otherwise != null) {
            return otherwise;
        }
        if (key.kind() instanceof Kind.Section section) {
            @SuppressWarnings("unchecked") // of a key of sections
            T empty = (T) of(section.keys(), Map.of());
            return empty;
        }
        throw new IllegalStateException("the key " + key.name() + " is left out, and has no default");
    }

    /**
     * What stands behind a key, if it is there.
     *
     * @param key one that is declared
     * @return empty if it is left out, whether it has a default or not
     * @param <T> what is read
     */
    <T> Optional<T> find(Key<T> key);

    /**
     * Hands on what stands behind a key, if it is there. What is refused is a problem of that key, and others are looked at
     * all the same, so that all that is wrong is found at once.
     *
     * @param key one that is declared
     * @param to an {@link IllegalArgumentException} of it is a problem of the value
     * @param <T> what is read
     */
    <T> void give(Key<T> key, Consumer<? super T> to);

    /**
     * Settings without a file, as strict as one: {@code new HttpHandlerFactory().create(Settings.of(keys, values))} is what
     * {@link TypeFactory#create(Map)} does.
     *
     * @param keys those that are known
     * @param values what is read, by the names of keys: for a section another such map, for one of several words the word
     * @return the settings
     * @throws IllegalArgumentException with every problem: a key that is not known, one that is missing, a value of another kind
     */
    static Settings of(List<Key<?>> keys, Map<String, ?> values) {
        return GivenSettings.checked(keys, values);
    }
}
