package dev.weir.spi;

import dev.weir.handler.Handler;

/**
 * A type of handler that a configuration can name. Found by {@link java.util.ServiceLoader}: an implementation is public,
 * has a public constructor without parameters, and is named by {@code META-INF/services/dev.weir.spi.HandlerFactory} or
 * by its module's {@code provides}.
 *
 * <p><b>Threads.</b> Used by one thread at a time: the one that first needs Weir, or that reads the configuration again.
 * There is no pipeline yet on the way to the first, so a factory must not log.
 *
 * <p><b>Ownership.</b> A handler belongs to the pipeline, unless the configuration turns out to be of no use: then it is
 * dropped without a call. So a factory and the constructors it calls acquire nothing; {@link Handler#open} does that.
 */
public interface HandlerFactory {
    /**
     * The name behind {@code type}. Two factories of the same name are an error where a handler has that type.
     *
     * @return lower-case with dashes; always the same
     */
    String type();

    /**
     * Makes a handler. Called for each handler of this type, whether its settings are right or not: a setting that is
     * missing or wrong has been reported by the time it is read, and what is made of its stand-in, a handler or an
     * exception, is ignored.
     *
     * <p>The keys that are read are the keys that exist; the others are reported as unknown ones, also if this throws. So the
     * same ones are to be read each time, and all of them before anything is made of them.
     *
     * @param settings what the configuration says about this handler; lent for the call
     * @return a new handler
     * @throws IllegalArgumentException if the settings are right one by one, but not of use. Its message becomes a problem
     *     of the configuration: of a key, if it begins with that and a colon, as in {@code batch.size: 0 (expected: more
     *     than 0)}, or else of the handler as a whole
     */
    Handler create(Settings settings);
}
