/**
 * SLF4J's loggers, fluent API, markers and MDC over Weir's. Start at {@link dev.weir.slf4j.WeirServiceProvider}, which
 * SLF4J finds by itself.
 */
@NullMarked
package dev.weir.slf4j;

import org.jspecify.annotations.NullMarked;
