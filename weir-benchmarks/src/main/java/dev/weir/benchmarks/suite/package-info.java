/**
 * Plans the measurements, starts a process for each and collects what they say: {@link
 * dev.weir.benchmarks.suite.Runner} is the loop.
 */
@NullMarked
package dev.weir.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
