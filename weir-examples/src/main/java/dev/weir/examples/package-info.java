/**
 * Runnable scenes: what Weir does when things go wrong.
 */
@NullMarked
package dev.weir.examples;

import org.jspecify.annotations.NullMarked;
