package dev.weir.spi;

import java.util.List;
import java.util.Map;

/**
 * Makes what a configuration describes under a {@code type}: a handler, a filter or a formatter. Implementations are {@link
 * HandlerFactory handler}, {@link FilterFactory filter} and {@link FormatterFactory formatter factories}, found by {@link
 * java.util.ServiceLoader}: an implementation is public, has a public constructor without parameters, and is named in {@code META-INF/services} or by its
 * module's {@code provides}.
 *
 * <p><b>Threads.</b> Used by one thread at a time: the one that first needs Weir, or that reads the configuration again.
 * There is no pipeline yet on the way to the first, so a factory must not log.
 *
 * @param <T> what it makes
 */
public interface TypeFactory<T> {
    /**
     * The name behind {@code type}. Two factories of the same name are an error where something has that type.
     *
     * @return lower-case with dashes; always the same
     */
    String type();

    /**
     * The keys that something of this type has, besides {@code type} and, for a handler, those that every handler has.
     *
     * @return always the same
     */
    List<Key<?>> keys();

    /**
     * Makes one. Called only if each of its settings is right by itself.
     *
     * @param settings what the configuration says about it; lent for the call
     * @return a new one
     * @throws IllegalArgumentException if the settings are right one by one, but not of use. Its message becomes a problem
     *     of the configuration: of a key, if it begins with that and a colon, as in {@code batch.size: 0 (expected: more
     *     than 0)}, or else of the whole. {@link Settings#give} finds several at once
     */
    T create(Settings settings);

    /**
     * Makes one without a file, by the same keys and as strictly: {@code new HttpHandlerFactory().create(Map.of("url", url))}.
     *
     * @param values by the names of keys, each of the type that its key reads; for a section another such map
     * @return a new one
     * @throws IllegalArgumentException with every key that is unknown, missing or wrong
     */
    default T create(Map<String, ?> values) {
        return create(Settings.of(keys(), values));
    }
}
