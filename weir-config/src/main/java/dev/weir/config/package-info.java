/**
 * From a configuration file to handlers, loggers and routes.
 */
@NullMarked
package dev.weir.config;

import org.jspecify.annotations.NullMarked;
