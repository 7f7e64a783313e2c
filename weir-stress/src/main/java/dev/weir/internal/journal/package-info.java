/**
 * Stress tests of the journal's orderings on the real classes; in its package, to reach what is package-private. Two
 * actors each, since more do not schedule on two processors.
 *
 * <p>{@code mvn -pl weir-core,weir-stress -am verify} runs them all in jcstress's mode {@code sanity}; with {@code
 * -Dstress.mode=quick} for about a minute a test, {@code -Dstress.tests=GateForOne} only those that match.
 */
package dev.weir.internal.journal;
