/**
 * A formatter as others write it, to be copied: {@link dev.weir.examples.ecs.EcsFormatter}, the type {@code ecs} of a
 * configuration by {@link dev.weir.examples.ecs.EcsFormatterFactory}, and its test, which extends the contract suite. {@code
 * docs/writing-a-formatter.md} goes through it.
 */
@NullMarked
package dev.weir.examples.ecs;

import org.jspecify.annotations.NullMarked;
