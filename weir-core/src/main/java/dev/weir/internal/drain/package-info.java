/**
 * The draining side: start at {@link dev.weir.internal.drain.QueueListener}, which runs a {@link
 * dev.weir.internal.drain.HandlerWorker} for each handler.
 */
@NullMarked
package dev.weir.internal.drain;

import org.jspecify.annotations.NullMarked;
