/**
 * Suites that a handler or a formatter extends and runs, and fakes that stand in for the world.
 */
@NullMarked
package dev.weir.testkit;

import org.jspecify.annotations.NullMarked;
