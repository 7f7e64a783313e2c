/**
 * The record, as handlers, filters and formatters see it: start at {@link dev.weir.record.LogRecord}.
 */
@NullMarked
package dev.weir.record;

import org.jspecify.annotations.NullMarked;
