/**
 * Where records go: {@link dev.weir.handler.Handler} is the contract; console, file and null are here.
 */
@NullMarked
package dev.weir.handler;

import org.jspecify.annotations.NullMarked;
