/**
 * Threads of Weir's own: {@link dev.weir.internal.thread.OwnThread} makes all of the core's.
 */
@NullMarked
package dev.weir.internal.thread;

import org.jspecify.annotations.NullMarked;
