/**
 * The journal between callers and handlers: start at {@link dev.weir.internal.journal.Journal} (append, recycle, change
 * of routes) and {@link dev.weir.internal.journal.Cursor} (take, relieve).
 */
@NullMarked
package dev.weir.internal.journal;

import org.jspecify.annotations.NullMarked;
