/**
 * What happens inside a measured process: {@link dev.weir.benchmarks.trial.Trial} reads its {@link
 * dev.weir.benchmarks.trial.Task} and hands it to one of the trials.
 */
@NullMarked
package dev.weir.benchmarks.trial;

import org.jspecify.annotations.NullMarked;
