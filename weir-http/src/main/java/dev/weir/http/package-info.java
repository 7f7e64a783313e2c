/**
 * Records to a collector by HTTP: start at {@link dev.weir.http.HttpHandler}.
 */
@NullMarked
package dev.weir.http;

import org.jspecify.annotations.NullMarked;
