/**
 * What keeps a record from a handler, or a call from being logged at all: {@link dev.weir.filter.Filter} is the contract on
 * a handler's side, {@link dev.weir.filter.LoggerFilter} on a caller's.
 */
@NullMarked
package dev.weir.filter;

import org.jspecify.annotations.NullMarked;
