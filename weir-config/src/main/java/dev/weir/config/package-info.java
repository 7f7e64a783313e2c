/**
 * From a configuration file to handlers, loggers and routes. Start at {@link dev.weir.config.YamlConfigurationSource}:
 * the {@code ConfigurationFinder} finds the file, {@code YamlText} reads it as a graph of nodes, {@code Profiles} lay
 * each {@code Overlay} that is active over it, the {@code Document} says what stands where, by asking {@code Entries}
 * for keys and each {@code Value} for its type, the {@code TypeRegistry} finds the factory that a handler's type names
 * and hands it its keys as {@code EntrySettings}, and a {@code Reading} keeps every problem and warning with its place.
 */
@NullMarked
package dev.weir.config;

import org.jspecify.annotations.NullMarked;
