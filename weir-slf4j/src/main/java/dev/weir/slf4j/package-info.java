/**
 * SLF4J's calls, carried over to Weir's.
 */
@NullMarked
package dev.weir.slf4j;

import org.jspecify.annotations.NullMarked;
