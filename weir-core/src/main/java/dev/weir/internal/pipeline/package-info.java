/**
 * What holds the parts together: loggers, routing, workers, installation and the end.
 */
@NullMarked
package dev.weir.internal.pipeline;

import org.jspecify.annotations.NullMarked;
