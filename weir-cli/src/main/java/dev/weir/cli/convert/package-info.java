/**
 * Configurations of other systems made into one of Weir. A file becomes a tree of {@link dev.weir.cli.convert.Part}s
 * ({@code XmlParts}, {@code YamlParts}); a reader ({@code LogbackXml}, {@code Log4j2Xml}, {@code DictConfig}) takes parts
 * from it and fills a {@code Draft}; what nobody has taken is told by {@code Rest}; {@code YamlText} writes the rest down.
 * Start at {@link dev.weir.cli.convert.Converter}.
 */
@NullMarked
package dev.weir.cli.convert;

import org.jspecify.annotations.NullMarked;
