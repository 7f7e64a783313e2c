package dev.weir.spi;

import dev.weir.filter.Filter;

/**
 * A type of filter that a configuration can name. A filter that may stand at a logger, too, is a {@link
 * dev.weir.filter.LoggerFilter} besides. It is made for each handler and logger that names it, and once to check it.
 */
public interface FilterFactory extends TypeFactory<Filter> {}
