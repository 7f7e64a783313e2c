/**
 * What modules beside the core provide: {@link dev.weir.spi.ConfigurationSource}.
 */
@NullMarked
package dev.weir.spi;

import org.jspecify.annotations.NullMarked;
