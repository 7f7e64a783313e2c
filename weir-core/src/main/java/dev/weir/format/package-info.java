/**
 * From a record to the bytes a sink gets: {@link dev.weir.format.Formatter} is the contract, {@link
 * dev.weir.format.JsonFormatter} and {@link dev.weir.format.TextFormatter} are the two there are.
 */
@NullMarked
package dev.weir.format;

import org.jspecify.annotations.NullMarked;
