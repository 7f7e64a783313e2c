/** The command {@code weir}. Start at {@link dev.weir.cli.Main}. */
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
