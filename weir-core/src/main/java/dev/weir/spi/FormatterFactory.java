package dev.weir.spi;

import dev.weir.format.Formatter;

/**
 * A type of formatter that a configuration can name. A formatter is made for each handler that has one of the type, and once to
 * check each that stands under {@code formatters}.
 */
public interface FormatterFactory extends TypeFactory<Formatter> {}
