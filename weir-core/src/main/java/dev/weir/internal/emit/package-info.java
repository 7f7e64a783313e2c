/**
 * The emitting side: what runs on the caller's thread, up to the journal.
 */
@NullMarked
package dev.weir.internal.emit;

import org.jspecify.annotations.NullMarked;
