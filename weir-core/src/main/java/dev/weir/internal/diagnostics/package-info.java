/**
 * Weir's own troubles, which never go through a pipeline: start at {@link dev.weir.internal.diagnostics.Diagnostics}.
 */
@NullMarked
package dev.weir.internal.diagnostics;

import org.jspecify.annotations.NullMarked;
