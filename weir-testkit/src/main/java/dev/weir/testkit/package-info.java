/**
 * Suites that a handler or a formatter extends and runs, fakes that stand in for the world, and an extension of JUnit that
 * captures what a test logs: {@link dev.weir.testkit.CapturedRecords}.
 *
 * <p>Whoever writes a handler extends {@link dev.weir.testkit.HandlerContract}, whoever writes a formatter {@link
 * dev.weir.testkit.FormatterContract}. {@link dev.weir.testkit.Records} makes records without a pipeline at hand; {@link
 * dev.weir.testkit.CapturingHandler} and {@link dev.weir.testkit.HalfWritingHandler} are sinks for tests of what stands
 * before a handler; {@link dev.weir.testkit.FailingHandler}, {@link dev.weir.testkit.SlowHandler} and {@link
 * dev.weir.testkit.StuckHandler} stand before any other and spoil it. A {@link dev.weir.testkit.ManualClock} stands in for
 * both of the system's clocks.
 */
@NullMarked
package dev.weir.testkit;

import org.jspecify.annotations.NullMarked;
