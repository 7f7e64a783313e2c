/**
 * Runnable scenes that show Weir at work: start at {@link dev.weir.examples.Demo}.
 */
@NullMarked
package dev.weir.examples;

import org.jspecify.annotations.NullMarked;
