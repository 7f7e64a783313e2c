package dev.weir.spi;

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
     * Makes one. Called for each of this type, whether its settings are right or not: a setting that is missing or wrong has
     * been reported by the time it is read, and what is made of its stand-in, a result or an exception, is ignored.
     *
     * <p>The keys that are read are the keys that exist; the others are reported as unknown ones, also if this throws. So the
     * same ones are to be read each time, and all of them before anything is made of them.
     *
     * @param settings what the configuration says about it; lent for the call
     * @return a new one
     * @throws IllegalArgumentException if the settings are right one by one, but not of use. Its message becomes a problem
     *     of the configuration: of a key, if it begins with that and a colon, as in {@code batch.size: 0 (expected: more
     *     than 0)}, or else of the whole
     */
    T create(Settings settings);
}
