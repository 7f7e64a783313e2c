/** Stress tests of what callers and stewards share besides the journal; in its package, to reach what is package-private. */
package dev.weir.internal.emit;
