/**
 * What an application uses of Weir.
 */
@NullMarked
package dev.weir;

import org.jspecify.annotations.NullMarked;
