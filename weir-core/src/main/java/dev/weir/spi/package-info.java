/**
 * What modules beside the core provide: the configuration ({@link dev.weir.spi.ConfigurationSource}), and types of handlers
 * that it can name ({@link dev.weir.spi.HandlerFactory}, which reads {@link dev.weir.spi.Settings}).
 */
@NullMarked
package dev.weir.spi;

import org.jspecify.annotations.NullMarked;
