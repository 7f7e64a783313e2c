/**
 * Weir and its peers side by side. {@link dev.weir.benchmarks.Bench} is the suite, {@code ./weir bench} on the command
 * line; {@link dev.weir.benchmarks.CallBenchmark} looks at Weir's call alone. docs/benchmarks.md says what they show and
 * what not.
 *
 * <p>A run goes {@code suite} (plan, fork) → {@code trial} (in the measured process) → {@code peer} (the backend), and
 * back: {@code suite} (results) → {@code report}.
 */
@NullMarked
package dev.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
