/**
 * Weir and its peers side by side: {@link dev.weir.benchmarks.EndToEnd} from the call to the file, {@link
 * dev.weir.benchmarks.CallBenchmark} the call alone. docs/benchmarks.md says how to run them and what they do not show.
 */
@NullMarked
package dev.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
