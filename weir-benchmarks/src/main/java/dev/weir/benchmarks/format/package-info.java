/** Formatters alone, Weir's and its peers', given the same calls; for {@link dev.weir.benchmarks.FormatBenchmark}. */
@NullMarked
package dev.weir.benchmarks.format;

import org.jspecify.annotations.NullMarked;
