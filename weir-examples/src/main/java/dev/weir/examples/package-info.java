/**
 * Runnable scenes that show Weir at work: start at {@link dev.weir.examples.Demo}. The package {@code syslog} beside them is a
 * handler to copy.
 */
@NullMarked
package dev.weir.examples;

import org.jspecify.annotations.NullMarked;
