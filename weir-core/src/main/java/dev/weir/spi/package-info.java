/**
 * What modules beside the core provide: the configuration ({@link dev.weir.spi.ConfigurationSource}), and types of handlers,
 * filters and formatters that it can name ({@link dev.weir.spi.HandlerFactory} and its like, which read {@link
 * dev.weir.spi.Settings}).
 */
@NullMarked
package dev.weir.spi;

import org.jspecify.annotations.NullMarked;
