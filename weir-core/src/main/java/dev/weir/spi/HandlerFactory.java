package dev.weir.spi;

import dev.weir.handler.Handler;

/**
 * A type of handler that a configuration can name.
 *
 * <p><b>Ownership.</b> A handler belongs to the pipeline, unless the configuration turns out to be of no use: then it is
 * dropped without a call. So a factory and the constructors it calls acquire nothing; {@link Handler#open} does that.
 */
public interface HandlerFactory extends TypeFactory<Handler> {}
