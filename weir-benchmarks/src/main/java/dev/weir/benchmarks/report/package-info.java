/**
 * What a run found, for people and for programs: {@link dev.weir.benchmarks.report.Report} writes Markdown, JSON and
 * charts.
 */
@NullMarked
package dev.weir.benchmarks.report;

import org.jspecify.annotations.NullMarked;
